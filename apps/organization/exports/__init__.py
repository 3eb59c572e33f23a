"""Workbooks of the workload survey."""
