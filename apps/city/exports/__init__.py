"""The handover as paper."""
