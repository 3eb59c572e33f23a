"""The rooms of the house, in the order of docs/architecture.md; an app imports only apps above it."""
