"""The whole roadmap as one table: from the ten-year vision over the three-year one to the initiatives."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from apps.roadmap.choices import Horizon
from apps.roadmap.models import Initiative, Milestone, Vision
from apps.roadmap.selectors.records import initiative_list, visions_visible_to
from apps.roadmap.selectors.timing import is_overdue, next_milestone


@dataclass
class Step:
    """One row: an initiative, the three-year vision it leads to, and the ten-year vision that this one serves.

    Any of the three may be missing. A vision is written once over `ten_rows` or `three_rows` rows; 0: it began above.
    """

    ten: Vision | None
    three: Vision | None
    initiative: Any
    ten_rows: int = 1
    three_rows: int = 1

    @property
    def area(self) -> str:
        """The area that the first of the three names."""
        return next((each.area for each in (self.ten, self.three, self.initiative) if each and each.area), "")

    @property
    def milestone(self) -> Milestone | None:
        return next_milestone(self.initiative) if self.initiative else None

    @property
    def is_overdue(self) -> bool:
        return bool(self.milestone and is_overdue(self.milestone))


def way_to_visions(user: Any) -> list[tuple[str, list[Step]]]:
    """The rows by area, in the order of the numbers; what has neither vision nor area stands last, under no area."""
    visions = {vision.pk: vision for vision in visions_visible_to(user)}
    initiatives = initiative_list(user)
    steps = [_step(visions, visions.get(each.vision_id or 0), each) for each in initiatives]
    steps += _visions_without_initiative(visions, steps)
    steps.sort(key=_place)
    areas = sorted(dict.fromkeys(step.area for step in steps), key=lambda area: area == "")
    return [(area, _spread([step for step in steps if step.area == area])) for area in areas]


def _step(visions: dict[int, Vision], vision: Vision | None, initiative: Initiative | None) -> Step:
    if vision is None or vision.horizon == Horizon.TEN_YEARS:
        return Step(vision, None, initiative)
    return Step(visions.get(vision.serves_id or 0), vision, initiative)


def _visions_without_initiative(visions: dict[int, Vision], steps: list[Step]) -> Iterator[Step]:
    """Three-year visions first: a ten-year one that they serve then needs no row of its own."""
    shown = {vision.pk for step in steps for vision in (step.ten, step.three) if vision}
    for vision in sorted(visions.values(), key=lambda each: each.horizon == Horizon.TEN_YEARS):
        if vision.pk not in shown:
            step = _step(visions, vision, None)
            shown |= {each.pk for each in (step.ten, step.three) if each}
            yield step


def _place(step: Step) -> list[tuple[bool, str, int]]:
    """By ten-year vision, three-year vision and initiative; what is missing or has no number comes last."""
    parts = (step.ten, step.three, step.initiative)
    return [(not each.number, each.number or "", each.pk) if each else (True, "", 0) for each in parts]


def _spread(steps: list[Step]) -> list[Step]:
    """The rows of one area, each vision written once."""
    above: Step | None = None
    ten_at = three_at = steps[0]
    for step in steps:
        if above and step.ten and step.ten == above.ten:
            ten_at.ten_rows, step.ten_rows = ten_at.ten_rows + 1, 0
        else:
            ten_at = step
        if above and step.three and (step.ten, step.three) == (above.ten, above.three):
            three_at.three_rows, step.three_rows = three_at.three_rows + 1, 0
        else:
            three_at = step
        above = step
    return steps
