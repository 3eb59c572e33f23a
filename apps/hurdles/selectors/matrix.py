"""The matrix of open hurdles, category × legal level × theme: what sections share, and what might be bundled.

One statement, however many hurdles there are. A hurdle with several legal bases or themes stands in each of their
cells, and once in every total.
"""

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
COLUMNS = {"category": "category_id", "level": "level_id", "theme": "theme_id"}

# Each hurdle stands in every pair of its levels and themes. Where a face looks at no level, it counts the hurdle in its
# first one alone; likewise with themes.
HURDLES = """
WITH seen AS MATERIALIZED ({seen}),
theirs AS (SELECT hurdle_id, sum(hours_lost) AS hours FROM hurdles_endorsement GROUP BY hurdle_id),
bundled AS (
    SELECT DISTINCT hurdle_id FROM hurdles_commonhurdlemember m
    JOIN hurdles_commonhurdle c ON c.id = m.common_hurdle_id AND c.archived_at IS NULL
),
l AS (
    SELECT hurdle_id, level_id, row_number() OVER (PARTITION BY hurdle_id) = 1 AS first
    FROM (SELECT DISTINCT hurdle_id, level_id FROM hurdles_legalbasis) AS each
),
t AS (SELECT hurdle_id, theme_id, row_number() OVER (PARTITION BY hurdle_id) = 1 AS first FROM hurdles_hurdletheme),
h AS MATERIALIZED (
    SELECT seen.id, category_id, level_id, theme_id, affects_all_units, reporting_unit_id,
        coalesce(l.first, true) AS first_level, coalesce(t.first, true) AS first_theme,
        bundled.hurdle_id IS NOT NULL AS bundled, coalesce(hours_lost, 0) + coalesce(theirs.hours, 0) AS hours
    FROM seen
    LEFT JOIN theirs ON theirs.hurdle_id = seen.id
    LEFT JOIN bundled ON bundled.hurdle_id = seen.id
    LEFT JOIN l ON l.hurdle_id = seen.id
    LEFT JOIN t ON t.hurdle_id = seen.id
),
"""
# The smallest cells, and each unit once in each of them: so few rows that every face is counted from them in no time.
FINE = """
cells AS MATERIALIZED (
    SELECT category_id, level_id, theme_id, first_level, first_theme,
        count(*) AS hurdles, count(*) FILTER (WHERE bundled) AS bundled, sum(hours) AS hours,
        bool_or(affects_all_units) AS touches_all, sum(hashint8(id::bigint)) AS mark
    FROM h GROUP BY category_id, level_id, theme_id, first_level, first_theme
),
touched AS MATERIALIZED (
    SELECT DISTINCT category_id, level_id, theme_id, reporting_unit_id AS unit_id FROM h
    UNION SELECT category_id, level_id, theme_id, unit_id FROM h JOIN hurdles_affectedunit ON hurdle_id = h.id
    UNION SELECT category_id, level_id, theme_id, unit_id FROM h JOIN hurdles_endorsement ON hurdle_id = h.id
)
"""
# Both kinds of rows, by the same columns: of each place the numbers, and its units.
NUMBERS = (
    "sum(hurdles)::bigint, sum(bundled)::bigint, sum(hours)::bigint, bool_or(touches_all), sum(mark)::bigint, NULL"
)
UNITS = "NULL::bigint, NULL::bigint, NULL::bigint, NULL::boolean, NULL::bigint, count(DISTINCT unit_id)"


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
    return Matrix(_faces(seen, parameters))


def _faces(seen: str, parameters: Any) -> dict[str, dict[Place, Cell]]:
    """The cells of each face, out of one statement."""
    statement = HURDLES.format(seen=seen) + FINE + " UNION ALL ".join(map(_face, FACES))
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows = cursor.fetchall()
    units = {row[:4]: row[9] for row in rows if row[9]}
    everyone = sections_today().count()
    faces: dict[str, dict[Place, Cell]] = {name: {} for name in FACES}
    for face, *place, number, bundled, hours, touches_all, mark, _units in rows:
        if number:
            touched = everyone if touches_all else units[(face, *place)]
            faces[face][tuple(place)] = Cell(number, bundled, hours, touched, touches_all, mark)
    return faces


def _face(name: str) -> str:
    """The two queries of one face: its numbers, each hurdle once in a place, and its units."""
    wanted = FACES[name]
    place = ", ".join(column if each in wanted else "NULL::bigint" for each, column in COLUMNS.items())
    groups = f" GROUP BY {', '.join(COLUMNS[each] for each in wanted)}" if wanted else ""
    once = " AND ".join(["true", *(f"first_{each}" for each in ("level", "theme") if each not in wanted)])
    numbers = f"SELECT '{name}', {place}, {NUMBERS} FROM cells WHERE {once}{groups}"  # noqa: S608 columns of ours
    units = f"SELECT '{name}', {place}, {UNITS} FROM touched{groups}"  # noqa: S608 columns of ours
    return f"{numbers} UNION ALL {units}"
