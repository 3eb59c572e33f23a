"""What of the training leaves the portal as a file."""
