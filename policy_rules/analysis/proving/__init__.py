"""Rules as formulas: what is read off them holds of all facts, not only of those that are given."""
