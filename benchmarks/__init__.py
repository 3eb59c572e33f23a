"""What is fast is measured here: `make bench` prints a table of ratios. Times are of one machine, ratios travel."""
