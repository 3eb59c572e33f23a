"""What was done in a year, what was learnt from it, and what answers it."""
