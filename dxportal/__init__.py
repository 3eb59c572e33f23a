"""Wiring only: settings, addresses, the menu, and the processes of a machine without PostgreSQL."""
