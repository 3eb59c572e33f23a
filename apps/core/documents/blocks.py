"""What stands in a chapter: text, figures, tables, charts and pictures."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any, ClassVar, Literal

from django.utils.translation import gettext as _
from lxml import etree  # type: ignore[import-untyped]

from apps.core import money
from apps.core.documents.parts import DocumentError, Part, one_of
from apps.core.drawings import shapes_and_words, size

Origin = Literal["generated", "people"]
ColumnKind = Literal["text", "number", "date", "code"]
ChartKind = Literal["bars", "lines"]
Tone = Literal["key", "gray", "green", "orange"]
Amount = int | float | None


@dataclass(frozen=True)
class Text(Part):
    """Paragraphs, parted by line ends; what people wrote themselves is marked in every output."""

    block: ClassVar[str] = "text"

    text: str
    origin: Origin

    def _check(self) -> None:
        one_of(self.origin, Origin)

    @property
    def paragraphs(self) -> list[str]:
        return [line for line in self.text.split("\n") if line.strip()]

    @property
    def own(self) -> bool:
        return self.origin == "people"

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Text":
        return cls(**_without_block(data))


@dataclass(frozen=True)
class FigureValue(Part):
    """A number as it stood at the document's moment, with its definition and the records that it counted.

    `text` is the value as a reader sees it, without its unit; `url` is the list of what it counts.
    """

    name: str
    label: str
    value: int | str
    text: str
    unit: str
    definition: str
    url: str
    records: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """30件."""
        return self.text + self.unit

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "FigureValue":
        return cls(**data)


@dataclass(frozen=True)
class Figures(Part):
    """Key figures side by side."""

    block: ClassVar[str] = "figures"

    items: tuple[FigureValue, ...]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Figures":
        return cls(tuple(FigureValue.from_json(item) for item in data["items"]))


@dataclass(frozen=True)
class TableColumn(Part):
    """A column: numbers stand at the right, codes and dates are not broken."""

    label: str
    kind: ColumnKind = "text"

    def _check(self) -> None:
        one_of(self.kind, ColumnKind)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "TableColumn":
        return cls(**data)


@dataclass(frozen=True)
class DataTable(Part):
    """A table of ready strings; `total` is its last row, `unit` holds for all of its numbers."""

    block: ClassVar[str] = "table"

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None
    note: str = ""
    unit: str = ""

    def _check(self) -> None:
        if not self.columns:
            raise DocumentError(f"the table {self.title!r} has no columns")
        for row in self.all_rows:
            if len(row) != len(self.columns) or not all(isinstance(cell, str) for cell in row):
                raise DocumentError(f"the table {self.title!r} needs {len(self.columns)} strings a row, not {row!r}")

    @property
    def all_rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows, and the total below them."""
        return self.rows if self.total is None else (*self.rows, self.total)

    @property
    def subject(self) -> int:
        """The column that names a row: the first of text, else the first."""
        return next((index for index, column in enumerate(self.columns) if column.kind == "text"), 0)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "DataTable":
        columns = tuple(TableColumn.from_json(column) for column in data["columns"])
        return cls(**{**_without_block(data), "columns": columns})


@dataclass(frozen=True)
class Series(Part):
    """Bars of one look, or one line; the tone is a colour together with a fill, a dash and a point of its own."""

    name: str
    tone: Tone = "key"

    def _check(self) -> None:
        one_of(self.tone, Tone)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Series":
        return cls(**data)


@dataclass(frozen=True)
class Point(Part):
    """A place on the axis with one value for each series; None is missing, which is not zero."""

    label: str
    values: tuple[Amount, ...]

    def _check(self) -> None:
        for value in self.values:
            if isinstance(value, bool) or not isinstance(value, int | float | None):
                raise DocumentError(f"{value!r} cannot be drawn")
            if value is not None and not isfinite(value):
                raise DocumentError(f"{value!r} cannot be drawn")

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Point":
        return cls(**data)


@dataclass(frozen=True)
class Chart(Part):
    """Bars or lines, with a title that says what is counted and a lead that says what one sees."""

    block: ClassVar[str] = "chart"

    title: str
    lead: str
    unit: str
    kind: ChartKind
    series: tuple[Series, ...]
    points: tuple[Point, ...]

    def _check(self) -> None:
        one_of(self.kind, ChartKind)
        names, tones = {each.name for each in self.series}, {each.tone for each in self.series}
        if not self.series or min(len(names), len(tones)) < len(self.series):
            raise DocumentError(f"the chart {self.title!r} needs series with names and tones of their own")
        for point in self.points:
            if len(point.values) != len(self.series):
                raise DocumentError(f"the chart {self.title!r} needs {len(self.series)} values at {point.label!r}")

    @property
    def description(self) -> str:
        """The chart in words, for those who do not see it: its title, and every number."""
        unit = _("(unit: %(unit)s)") % {"unit": self.unit} if self.unit else ""
        return f"{self.title}{unit}：{'、'.join(self._spoken(point) for point in self.points) or missing()}"

    def _spoken(self, point: Point) -> str:
        if len(self.series) == 1:
            return f"{point.label} {amount(point.values[0])}"
        pairs = zip(self.series, point.values, strict=True)
        return f"{point.label}（{'、'.join(f'{series.name} {amount(value)}' for series, value in pairs)}）"

    @property
    def twin(self) -> DataTable:
        """The same as a table, for those who read."""
        return DataTable(
            title=self.title,
            columns=(TableColumn(_("Item")), *(TableColumn(series.name, "number") for series in self.series)),
            rows=tuple((point.label, *(amount(value) for value in point.values)) for point in self.points),
            unit=self.unit,
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Chart":
        series = tuple(Series.from_json(each) for each in data["series"])
        points = tuple(Point.from_json(point) for point in data["points"])
        return cls(**{**_without_block(data), "series": series, "points": points})


@dataclass(frozen=True)
class Picture(Part):
    """A drawing that somebody else laid out, such as the roadmap, and the same in words."""

    block: ClassVar[str] = "picture"

    title: str
    lead: str
    svg: str
    description: str

    def _check(self) -> None:
        try:
            size(self.svg)
            object.__setattr__(self, "svg", shapes_and_words(self.svg))
        except (ValueError, etree.XMLSyntaxError) as error:
            raise DocumentError(f"the picture {self.title!r} is no drawing: {error}") from error

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Picture":
        return cls(**_without_block(data))


def amount(value: Amount) -> str:
    """1,234, 38.5 or △2 as in tables; words for what is missing."""
    if value is None:
        return missing()
    return money.number(value if isinstance(value, int) else Decimal(repr(value)))


def missing() -> str:
    """What stands in the place of a value that nobody has."""
    return _("no data")


Block = Text | Figures | DataTable | Chart | Picture
_BLOCKS: tuple[type[Block], ...] = (Text, Figures, DataTable, Chart, Picture)
BLOCK_OF = {kind.block: kind for kind in _BLOCKS}


def _without_block(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "block"}
