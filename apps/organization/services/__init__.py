"""Writes of units through their reorganisations, and of the workload survey."""
