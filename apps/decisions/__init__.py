"""Meetings of headquarters and of the team, what they decided, and the directives of the head of headquarters."""
