"""What can be shown of a policy: which answers hang on how the text is read."""
