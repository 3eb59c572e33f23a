"""The matrix of open hurdles, category × legal level × theme: what sections share, and what might be bundled.

Two statements, however many hurdles there are: one adds up hurdles and hours, one counts units. A hurdle with several
legal bases or themes stands in each of their cells, and once in every total.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from apps.hurdles.models import Theme
from apps.hurdles.selectors.hurdles import open_hurdles
from apps.organization.selectors import sections_today

# Category, legal level and theme of a cell; None where the face does not look at it, or where a hurdle has none.
Place = tuple[int | None, int | None, int | None]
MOST_SUGGESTIONS = 10


@dataclass(frozen=True)
class Cell:
    """What stands in one place of the matrix."""

    hurdles: int
    bundled: int
    hours: int
    units: int
    touches_all: bool
    fingerprint: int

    @property
    def loose(self) -> int:
        """How many no common hurdle bundles yet."""
        return self.hurdles - self.bundled


@dataclass(frozen=True)
class Suggestion:
    """A group that might be bundled: people decide."""

    category: int
    level: int
    theme: int
    cell: Cell


# A face of the cube: the dimensions by which it counts.
FACES: dict[str, tuple[str, ...]] = {
    "all": (),
    "category": ("category",),
    "level": ("level",),
    "theme": ("theme",),
    "category_level": ("category", "level"),
    "theme_level": ("theme", "level"),
    "group": ("category", "level", "theme"),
}
COLUMNS = {"category": "h.category_id", "level": "l.level_id", "theme": "t.theme_id"}
JOINS = {"category": "", "level": " JOIN l ON l.id = h.id", "theme": " JOIN t ON t.id = h.id"}

HURDLES = """
WITH seen AS MATERIALIZED ({seen}),
theirs AS (
    SELECT hurdle_id, sum(hours_lost) AS hours FROM hurdles_endorsement
    WHERE hurdle_id IN (SELECT id FROM seen) GROUP BY hurdle_id
),
bundled AS (
    SELECT DISTINCT hurdle_id FROM hurdles_commonhurdlemember m
    JOIN hurdles_commonhurdle c ON c.id = m.common_hurdle_id AND c.archived_at IS NULL
),
h AS MATERIALIZED (
    SELECT seen.id, category_id, affects_all_units, reporting_unit_id, bundled.hurdle_id IS NOT NULL AS bundled,
        coalesce(hours_lost, 0) + coalesce(theirs.hours, 0) AS hours
    FROM seen
    LEFT JOIN theirs ON theirs.hurdle_id = seen.id
    LEFT JOIN bundled ON bundled.hurdle_id = seen.id
),
l AS (SELECT DISTINCT h.id, level_id FROM h LEFT JOIN hurdles_legalbasis b ON b.hurdle_id = h.id),
t AS (SELECT h.id, theme_id FROM h LEFT JOIN hurdles_hurdletheme b ON b.hurdle_id = h.id),
u AS (
    SELECT id, reporting_unit_id AS unit_id FROM h
    UNION SELECT hurdle_id, unit_id FROM hurdles_affectedunit WHERE hurdle_id IN (SELECT id FROM h)
    UNION SELECT hurdle_id, unit_id FROM hurdles_endorsement WHERE hurdle_id IN (SELECT id FROM h)
)
"""
NUMBERS = """count(*), count(*) FILTER (WHERE h.bundled), sum(h.hours), bool_or(h.affects_all_units),
    sum(hashint8(h.id::bigint))"""
# Each unit once in each of the smallest cells: so few rows that every face is counted from them in no time.
FINE = """, fine AS MATERIALIZED (
    SELECT DISTINCT h.category_id, l.level_id, t.theme_id, u.unit_id
    FROM h JOIN l ON l.id = h.id JOIN t ON t.id = h.id JOIN u ON u.id = h.id
)
"""


@dataclass(frozen=True)
class Matrix:
    """Every face of the matrix: `faces["category_level"][(category, level, None)]` is a cell."""

    faces: dict[str, dict[Place, Cell]]

    @property
    def total(self) -> Cell | None:
        return self.faces["all"].get((None, None, None))

    def suggestions(self) -> list[Suggestion]:
        """Groups of two and more of which some are not bundled: those that touch most units first, then by hours.

        Of groups that hold the very same hurdles the first one stands for all.
        """
        found: dict[tuple[int, int], Suggestion] = {}
        for (category, level, theme), cell in sorted(self.faces["group"].items(), key=_rank):
            if category and level and theme and cell.hurdles > 1 and cell.loose:
                found.setdefault((cell.hurdles, cell.fingerprint), Suggestion(category, level, theme, cell))
        return list(found.values())[:MOST_SUGGESTIONS]


def _rank(item: tuple[Place, Cell]) -> tuple[int, ...]:
    place, cell = item
    return (-cell.units, -cell.hours, -cell.hurdles, *(key or 0 for key in place))


def matrix(user: Any, theme: Theme | None = None) -> Matrix:
    """The matrix of the open hurdles that `user` sees, of one theme or of all."""
    hurdles = open_hurdles(user).order_by()
    if theme:
        hurdles = hurdles.filter(themes=theme)
    columns = ("id", "category_id", "hours_lost", "affects_all_units", "reporting_unit_id")
    try:
        seen, parameters = hurdles.values(*columns).query.sql_with_params()
    except EmptyResultSet:  # who holds no role sees nothing, and Django does not even ask
        return Matrix({name: {} for name in FACES})
    units = {row[:4]: row[4] for row in _rows(seen, parameters, FINE, _units_of_face)}
    everyone = sections_today().count()
    faces: dict[str, dict[Place, Cell]] = {name: {} for name in FACES}
    for face, *place, number, bundled, hours, touches_all, mark in _rows(seen, parameters, "", _numbers_of_face):
        touched = everyone if touches_all else units[(face, *place)]
        faces[face][tuple(place)] = Cell(number, bundled, int(hours), touched, touches_all, int(mark))
    return Matrix(faces)


def _rows(seen: str, parameters: Any, more: str, face: Callable[[str], str]) -> list[tuple[Any, ...]]:
    """One statement: the values of each place of each face."""
    faces = " UNION ALL ".join(map(face, FACES))
    with connection.cursor() as cursor:
        cursor.execute(HURDLES.format(seen=seen) + more + faces, parameters)
        return [row for row in cursor.fetchall() if row[4]]


def _numbers_of_face(name: str) -> str:
    return _face(name, COLUMNS, NUMBERS, "h" + "".join(JOINS[each] for each in FACES[name]))


def _units_of_face(name: str) -> str:
    return _face(name, {each: f"{each}_id" for each in COLUMNS}, "count(DISTINCT unit_id)", "fine")


def _face(name: str, columns: Mapping[str, str], values: str, rows: str) -> str:
    wanted = FACES[name]
    place = ", ".join(column if each in wanted else "NULL::bigint" for each, column in columns.items())
    groups = ", ".join(columns[each] for each in wanted)
    return f"SELECT '{name}', {place}, {values} FROM {rows}" + (f" GROUP BY {groups}" if groups else "")  # noqa: S608
