"""What concerns the whole city at once.

Owns: loading a city from YAML files with every reference checked, and the accounts of the demo city.
"""
