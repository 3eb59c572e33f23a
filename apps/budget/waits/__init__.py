"""What the budget makes wait for people, by what it is about."""

from apps.budget.waits import asking, cases, intents, outcomes, stages

__all__ = ["asking", "cases", "intents", "outcomes", "stages"]
