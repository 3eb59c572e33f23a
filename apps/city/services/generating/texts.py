"""Texts of hurdles with their search keys, drawn with natural frequencies."""

import random
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, TypeVar

from apps.city.services.generating import words
from apps.city.services.generating.problems import PROBLEMS, Problem
from apps.core.search import search_key

Drawn = TypeVar("Drawn")
# A few words are all that is ever asked for.
key_of = cache(search_key)


def frequent(chance: random.Random, items: Sequence[Drawn], steepness: float = 2.0) -> Drawn:
    """One of the items; the earlier, the more often."""
    return items[int(len(items) * chance.random() ** steepness)]


def any_of(chance: random.Random, items: Sequence[Drawn]) -> Drawn:
    return items[int(len(items) * chance.random())]


class HurdleTexts(NamedTuple):
    """What a hurdle says, and the search key of all of it but its number."""

    problem: Problem
    subject: str
    title: str
    obstacle: str
    practice: str
    desired: str
    countermeasure: str
    simplification: str

    @property
    def place(self) -> str:
        return self.title.split(self.subject)[0]


def draw_texts(chance: random.Random) -> tuple[HurdleTexts, str]:
    """The texts and their key. Two sections that meet the same write it in their own words, and often alike."""
    problem, subject = frequent(chance, PROBLEMS, 1.4), frequent(chance, words.SUBJECTS, 1.3)
    place, detail = any_of(chance, words.PLACES), any_of(chance, words.DETAILS)
    title = (place, subject, problem.title)
    obstacle = (subject, "について、", problem.obstacle, detail)
    # Many sections fill in no more than they have to.
    practice = problem.practice if chance.random() < 0.7 else ""
    desired = problem.desired if chance.random() < 0.6 else ""
    countermeasure = problem.countermeasure if chance.random() < 0.35 else ""
    texts = HurdleTexts(
        problem=problem,
        subject=subject,
        title="".join(title),
        obstacle="".join(obstacle),
        practice=practice,
        desired=desired,
        countermeasure=countermeasure,
        simplification=any_of(chance, words.SIMPLIFICATIONS),
    )
    fields = (title, obstacle, (practice,), (desired,), (countermeasure,))
    return texts, "\n".join("".join(map(key_of, field)) for field in fields)
