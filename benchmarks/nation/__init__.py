"""A made-up nation in tables, and what the SQL engine is measured against on it."""
