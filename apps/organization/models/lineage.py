"""What became of units: today's figures count an old record with the unit that took it over.

A unit leads to its main successor once it has ended, not before: a reorganisation that is entered in October for
1 April changes nothing until then. Read with one query, however many reorganisations there were.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from apps.organization.models.units import Unit


@dataclass(frozen=True)
class Lineage:
    """How ended units lead on as of one day: `main` counts each record once, `heirs` says who works on it."""

    day: date
    main: dict[int, int] = field(default_factory=dict)
    heirs: dict[int, set[int]] = field(default_factory=dict)

    @classmethod
    def on(cls, day: date) -> "Lineage":
        lineage = cls(day)
        ended = Unit.objects.filter(valid_to__lt=day).order_by()
        for unit, main, heir in ended.values_list("pk", "main_successor", "successors"):
            if main:
                lineage.main[unit] = main
            lineage.heirs.setdefault(unit, set()).update(each for each in (main, heir) if each)
        return lineage

    def now(self, unit: int) -> int:
        """The unit that counts this one's records on the day; itself where it goes on or nobody took over."""
        seen = {unit}
        while (following := self.main.get(unit)) and following not in seen:
            seen.add(following)
            unit = following
        return unit

    def rolled_up_to(self, units: Iterable[int]) -> set[int]:
        """These units with all whose records they count."""
        wanted = set(units)
        return wanted | {old for old in self.main if self.now(old) in wanted}

    def own(self, units: Iterable[int]) -> frozenset[int]:
        """What is "own" to people of these units: their predecessors and, where one has ended, its successor."""
        held = set(units)
        present = {self.now(unit) for unit in held} | held
        return frozenset(present | {old for old in self.heirs if not present.isdisjoint(self._reached(old))})

    def _reached(self, unit: int) -> set[int]:
        """All units to which this one leads, by any successor."""
        reached: set[int] = set()
        waiting = [unit]
        while waiting:
            further = self.heirs.get(waiting.pop(), set()) - reached
            reached |= further
            waiting += further
        return reached
