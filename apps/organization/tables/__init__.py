"""The columns of the lists of units and of the workload survey."""
