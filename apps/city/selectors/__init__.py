"""Reads of what concerns the whole city."""
