"""Under which headings the initiatives stand in the roadmap picture, and on which page of it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from apps.hurdles.models import Hurdle
from apps.hurdles.selectors import visible_to as visible_hurdles
from apps.roadmap.choices import Grouping
from apps.roadmap.models import Initiative, InitiativeHurdle, Vision
from apps.roadmap.selectors.records import policies_visible_to, visions_visible_to

Titled = list[tuple[str, list[Initiative]]]
PAGE = 300  # rows


def page_of(titled: Titled, number: int) -> Titled:
    """One page of the rows, under their headings."""
    first, last, at, found = (number - 1) * PAGE, number * PAGE, 0, []
    for title, rows in titled:
        shown = rows[max(first - at, 0) : max(last - at, 0)]
        at += len(rows)
        if shown:
            found.append((title, shown))
    return found


def of_theme(initiatives: QuerySet[Initiative], theme: Any, user: Any) -> QuerySet[Initiative]:
    """Those that clear a hurdle of this theme, as far as the person sees hurdles."""
    hurdles = visible_hurdles(user).filter(theme_links__theme=theme)
    return initiatives.filter(pk__in=InitiativeHurdle.objects.filter(hurdle__in=hurdles).values("initiative_id"))


def grouped(initiatives: QuerySet[Initiative], grouping: str, user: Any) -> Titled:
    """The initiatives under their headings; with themes, one stands under each of its own."""
    rows = list(initiatives.select_related("lead_unit").defer("current_state", "search_key").order_by("number", "pk"))
    match grouping:
        case Grouping.VISION:
            return _by_record(rows, _ten_year_visions(user), "vision_id")
        case Grouping.POLICY:
            return _by_record(rows, {each.pk: each for each in policies_visible_to(user)}, "policy_id")
        case Grouping.UNIT:
            rows.sort(key=lambda each: (each.lead_unit.order, each.lead_unit_id))
            return _by_title((str(each.lead_unit), each) for each in rows)
        case Grouping.THEME:
            return _by_theme(rows, user)
        case Grouping.START:
            return [("", sorted(rows, key=lambda each: (each.starts_on or date.max, each.ends_on or date.max)))]
    return _by_title((each.area, each) for each in rows)


def _by_title(pairs: Iterable[tuple[str, Initiative]]) -> Titled:
    """In the order in which the titles come; what has none comes last."""
    found: dict[str, list[Initiative]] = defaultdict(list)
    for title, initiative in pairs:
        found[title].append(initiative)
    return sorted(found.items(), key=lambda pair: not pair[0])


def _by_record(rows: list[Initiative], records: dict[int, Any], link: str) -> Titled:
    """By a linked record that the person sees, in the order of its numbers."""

    def place(row: Initiative) -> tuple[bool, str, int]:
        record = records.get(getattr(row, link) or 0)
        return (not (record and record.number), (record and record.number) or "", record.pk if record else 0)

    def title(row: Initiative) -> str:
        record = records.get(getattr(row, link) or 0)
        return " ".join(filter(None, (record.number, str(record)))) if record else ""

    return _by_title((title(row), row) for row in sorted(rows, key=place))


def _ten_year_visions(user: Any) -> dict[int, Vision]:
    """For every vision the ten-year one that it serves, or itself."""
    visions = {each.pk: each for each in visions_visible_to(user)}
    return {pk: visions.get(each.serves_id or 0, each) for pk, each in visions.items()}


def _by_theme(rows: list[Initiative], user: Any) -> Titled:
    hurdles = visible_hurdles(user).order_by().values("pk")
    links = Hurdle.objects.filter(pk__in=hurdles, initiative_links__initiative__in=[each.pk for each in rows])
    pairs = links.order_by("theme_links__theme__order").values_list(
        "theme_links__theme__name", "initiative_links__initiative_id"
    )
    found = list(dict.fromkeys((name, key) for name, key in pairs if name))
    by_key = {each.pk: each for each in rows}
    themed = [(name, by_key[key]) for name, key in found if key in by_key]
    order = list(dict.fromkeys(name for name, _row in themed))
    place = {each.pk: at for at, each in enumerate(rows)}
    themed.sort(key=lambda pair: (order.index(pair[0]), place[pair[1].pk]))
    bare = {each.pk for each in rows} - {each.pk for _name, each in themed}
    return _by_title([*themed, *(("", each) for each in rows if each.pk in bare)])
