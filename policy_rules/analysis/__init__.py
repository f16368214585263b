"""What can be shown of a policy: what hangs on a reading of the text, what is so of all facts."""
