"""A private PostgreSQL and Valkey from wheels; what starts and stops the demo, the tests and commands.

Standard library only: this package runs before Django has settings.
"""
