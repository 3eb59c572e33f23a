"""Forms of the training."""
