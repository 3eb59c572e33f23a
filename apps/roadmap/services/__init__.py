"""Writes of the roadmap, by what they are about."""
