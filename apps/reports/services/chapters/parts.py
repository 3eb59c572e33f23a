"""The pieces of which every chapter is built: figures and breakdowns of the registry, and the writing of cells."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from apps.core import money, wareki
from apps.core.documents import Chart, Figures, FigureValue, Point, Series
from apps.core.fiscal import FiscalYear
from apps.core.registry import Standpoint, figures

NOTHING = "－"


def key_figures(standpoint: Standpoint, *names: str) -> Figures:
    """These figures of the registry as they stand now."""
    return Figures(tuple(figure_value(standpoint, name) for name in names))


def figure_value(standpoint: Standpoint, name: str) -> FigureValue:
    """One figure with its definition and the numbers of the records that it counts."""
    figure = figures[name]
    value = figure.count(standpoint)
    return FigureValue(
        name=name,
        label=str(figure.label),
        value=_stated(value),
        text=count(value),
        unit=str(figure.unit),
        definition=str(figure.definition),
        url=figure.link(standpoint),
        records=tuple(sorted(_names(figure.records(standpoint)))) if figure.records else (),
    )


def _stated(value: int | Decimal | None) -> int | str:
    """The value for other programs: a share keeps its digits, what nobody can tell is a dash."""
    if value is None:
        return NOTHING
    return str(value) if isinstance(value, Decimal) else value


def _names(records: Iterable[Any]) -> Iterable[str]:
    """Numbers where records have them, else the uid at which they live, else the key in the database."""
    for record in records:
        yield str(getattr(record, "address", None) or getattr(record, "uid", None) or record.pk)


def bars(standpoint: Standpoint, name: str, lead: str = "") -> Chart:
    """A breakdown of the registry as bars."""
    figure = figures[name]
    return Chart(
        title=str(figure.label),
        lead=lead or str(figure.definition),
        unit=str(figure.unit),
        kind="bars",
        series=(Series(str(figure.label)),),
        points=tuple(Point(str(row["label"]), (row["value"],)) for row in figure.count(standpoint)),
    )


def day(value: date | None) -> str:
    """R4.10.14, as in tables."""
    return wareki.format_date(value, short=True) if value else NOTHING


def year(value: FiscalYear | None) -> str:
    """R4, as in the head of a column."""
    return value.short if value else NOTHING


def count(value: int | Decimal | None) -> str:
    """1,234 or 22.2; a dash where nobody knows."""
    return NOTHING if value is None else money.number(value)


def measured(value: Decimal | None) -> str:
    """A measured value without idle zeros; a dash where it is missing, which is not zero."""
    if value is None:
        return NOTHING
    return money.number(int(value) if value == value.to_integral_value() else value.normalize())


def k(value: int | None) -> str:
    """An amount in 千円, with △ for less than nothing."""
    return NOTHING if value is None else money.signed(value)


def named(*records: Any) -> str:
    """Names with the mark that Japanese lists have."""
    return "、".join(str(record) for record in records) or NOTHING
