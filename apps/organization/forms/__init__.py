"""The forms of signing in, of the workload survey and of reorganisations."""
