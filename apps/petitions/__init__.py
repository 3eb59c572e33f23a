"""Petitions: what the city asks of the nation where national law is in the way."""
