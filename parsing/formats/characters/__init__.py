"""What the characters of a cell say: those that only look like others, and runs that do not count."""
