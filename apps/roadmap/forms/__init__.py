"""Forms of the roadmap, by what they are about."""
