"""Japanese era dates: ISO inside, wareki on every screen, both accepted from people.

An era's first day is the day its name took effect (改元の詔書、元号を改める政令). 明治 and 大正 ended on
the day on which the next era began, so that day has two correct names when typed and is written with the
later one. Days before 1873, when Japan changed to the solar calendar, are counted in the solar calendar
throughout.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from apps.core.clock import local_date


@dataclass(frozen=True)
class Era:
    """An era with its first and its last valid day; `last` is None for the present one."""

    name: str
    letter: str
    start: date
    last: date | None

    def year_of(self, western: int) -> int:
        """The year within the era of a western year: 1 for 元年."""
        return western - self.start.year + 1

    def western(self, year: int) -> int:
        """The western year of the era's year `year`."""
        return self.start.year + year - 1


ERAS = (
    Era("令和", "R", date(2019, 5, 1), None),
    Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    Era("大正", "T", date(1912, 7, 30), date(1926, 12, 25)),
    Era("明治", "M", date(1868, 1, 25), date(1912, 7, 30)),
)
WEEKDAYS = "月火水木金土日"

MESSAGES: dict[str, object] = {
    "unreadable": _("Write a date such as 令和4年10月14日, R4.10.14 or 2022-10-14."),
    "unreadable_year": _("Write a fiscal year such as 令和4年度, R4 or 2022."),
    "no_era": _("Write the era (such as R4) or a year of four digits: “%(text)s” can mean several years."),
    "no_such_day": _("This day does not exist"),
    "era_ended": _("%(era)s lasted until %(end)s"),
    "era_not_begun": _("%(era)s began on %(start)s"),
    "wrong_weekday": _("%(date)s is a %(weekday)s"),
    "year_out_of_range": _("Fiscal years run from %(first)s to %(last)s."),
}


class WarekiError(ValueError):
    """A date or fiscal year that cannot be taken; `str()` says so in the reader's language."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return str(MESSAGES[self.code]) % self.params


def era_of(day: date) -> Era | None:
    """The era that a day is written with; None before 明治."""
    return next((era for era in ERAS if era.start <= day), None)


def format_date(d: date | datetime, *, weekday: bool = False, short: bool = False) -> str:
    """令和4年10月14日, with weekday 令和4年10月14日（金）, short R4.10.14; a western year before 明治.

    A datetime gives its day in Tokyo.
    """
    day = local_date(d)
    era = era_of(day)
    text = _short(era, day) if short else _long(era, day)
    return f"{text}（{WEEKDAYS[day.weekday()]}）" if weekday else text


def _short(era: Era | None, day: date) -> str:
    year = f"{era.letter}{era.year_of(day.year)}" if era else str(day.year)
    return f"{year}.{day.month}.{day.day}"


def _long(era: Era | None, day: date) -> str:
    return f"{era.name if era else ''}{_year_month_day(era, day)}"


def _year_month_day(era: Era | None, day: date) -> str:
    """元年5月1日: what follows the era's name."""
    year = format_year(era.year_of(day.year)) if era else str(day.year)
    return f"{year}年{day.month}月{day.day}日"


def format_year(year: int) -> str:
    """The year of an era as written in full: 元 for the first."""
    return "元" if year == 1 else str(year)


_ERA_NAMES = {key: era for era in ERAS for key in (era.name, era.name[0], era.letter.lower())}
ERA_PATTERN = "|".join(sorted(_ERA_NAMES, key=len, reverse=True))
_DATE = re.compile(
    rf"(?P<era>{ERA_PATTERN})?(?P<year>元|\d{{1,4}})[年./-](?P<month>\d{{1,2}})[月./-](?P<day>\d{{1,2}})日?"
    rf"(?:\((?P<weekday>[{WEEKDAYS}])(?:曜日?)?\))?",
    re.ASCII,
)
_SEPARATORS = str.maketrans({"。": ".", "・": ".", "ー": "-", "‐": "-", "–": "-", "−": "-", "—": "-", "―": "-"})


def normalise(text: str) -> str:
    """Full-width characters and ligatures (㋿) made plain, no white space, lower case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(plain.split()).translate(_SEPARATORS)


def parse_date(text: str) -> date:
    """The day that a person typed, in wareki or with a western year of four digits.

    Raises WarekiError in the words of the person: unreadable, a day that does not exist, outside its era, a
    year without an era, or a weekday that belongs to another day.
    """
    found = _DATE.fullmatch(normalise(text))
    if not found:
        raise WarekiError("unreadable")
    era = era_named(found["era"], found["year"], text)
    day = _day(western_year(era, found["year"]), int(found["month"]), int(found["day"]))
    _check_era(era, day)
    _check_weekday(day, found["weekday"])
    return day


def era_named(name: str | None, year: str, text: str) -> Era | None:
    """The era of a normalised name; None for a western year; refuses a short year without an era."""
    if name:
        return _ERA_NAMES[name]
    if len(year) != 4:
        raise WarekiError("no_era", text=text.strip())
    return None


def western_year(era: Era | None, year: str) -> int:
    """The western year of a typed year: 元 is 1, 0 is no year."""
    number = 1 if year == "元" else int(year)
    if number == 0:
        raise WarekiError("no_such_day")
    return era.western(number) if era else number


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise WarekiError("no_such_day") from None


def _check_era(era: Era | None, day: date) -> None:
    if era and era.last and day > era.last:
        raise era_ended(era, era.last)
    if era and day < era.start:
        raise WarekiError("era_not_begun", era=era.name, start=_year_month_day(era, era.start))


def era_ended(era: Era, last: date) -> WarekiError:
    """The refusal of what lies after an era: 平成は31年4月30日まで."""
    return WarekiError("era_ended", era=era.name, end=_year_month_day(era, last))


def _check_weekday(day: date, weekday: str | None) -> None:
    actual = WEEKDAYS[day.weekday()]
    if weekday and weekday != actual:
        raise WarekiError("wrong_weekday", date=format_date(day), weekday=f"{actual}曜日")
