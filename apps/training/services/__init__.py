"""What changes the training: every change goes through one of these."""
