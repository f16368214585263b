"""What can be shown of a policy: what hangs on how the text is read, and what is so of all facts."""
