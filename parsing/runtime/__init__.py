"""Reading many files, within limits and in processes apart, and what was read before."""
