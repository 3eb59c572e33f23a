"""Files of the roadmap, by what they hold."""
