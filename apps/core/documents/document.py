"""A whole document: its chapters, what is numbered in it, and the words of its days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from apps.core.clock import TOKYO
from apps.core.documents.blocks import BLOCK_OF, Block, Chart, DataTable, Figures, FigureValue, Picture, Text
from apps.core.documents.parts import DocumentError, Part
from apps.core.fiscal import FiscalYear
from apps.core.wareki import format_date


@dataclass(frozen=True)
class Chapter(Part):
    """A numbered chapter."""

    number: int
    title: str
    blocks: tuple[Block, ...]

    @property
    def heading(self) -> str:
        """1　検討の経過."""
        return f"{self.number}\u3000{self.title}"

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Chapter":
        blocks = tuple(BLOCK_OF[block["block"]].from_json(block) for block in data["blocks"])
        return cls(number=data["number"], title=data["title"], blocks=blocks)


@dataclass(frozen=True)
class Placed:
    """A block where it stands: the number of its table or chart, and the numbers of its figures' definitions."""

    block: Block
    number: int = 0
    figures: tuple[tuple[int, FigureValue], ...] = ()


@dataclass(frozen=True)
class Document(Part):
    """A whole document. `as_of` is the business day that it describes, `moment` the instant of its numbers."""

    title: str
    city: str
    subtitle: str
    label_of_draft: str
    as_of: date
    moment: datetime
    fiscal_year: int
    classification: str
    chapters: tuple[Chapter, ...]

    def _check(self) -> None:
        if self.moment.tzinfo is None:
            raise DocumentError("the moment of a document needs a time zone")
        known: dict[str, FigureValue] = {}
        for figure in self._every_figure():
            if known.setdefault(figure.name, figure).value != figure.value:
                raise DocumentError(f"{figure.name} is {known[figure.name].value!r} and {figure.value!r}")

    def _every_figure(self) -> Iterator[FigureValue]:
        for block in self._blocks():
            if isinstance(block, Figures):
                yield from block.items

    def _blocks(self) -> Iterator[Block]:
        return (block for chapter in self.chapters for block in chapter.blocks)

    def figures(self) -> tuple[FigureValue, ...]:
        """Every figure once, in the order of reading."""
        known: dict[str, FigureValue] = {}
        for figure in self._every_figure():
            known.setdefault(figure.name, figure)
        return tuple(known.values())

    def charts(self) -> tuple[Chart, ...]:
        return tuple(block for block in self._blocks() if isinstance(block, Chart))

    def placed(self) -> list[tuple[Chapter, list[Placed]]]:
        """The chapters with their blocks numbered: tables, charts and figures through the whole document."""
        numbers = {figure.name: number for number, figure in enumerate(self.figures(), start=1)}
        counts = {DataTable.block: 0, Chart.block: 0}
        return [(chapter, [_place(block, counts, numbers) for block in chapter.blocks]) for chapter in self.chapters]

    @property
    def name(self) -> str:
        """The title with its draft, as headers, files and windows are named."""
        return f"{self.title}（{self.label_of_draft}）" if self.label_of_draft else self.title

    @property
    def year(self) -> FiscalYear:
        return FiscalYear(self.fiscal_year)

    @property
    def as_of_words(self) -> str:
        """令和4年10月14日 現在."""
        return _("as of %(day)s") % {"day": format_date(self.as_of)}

    @property
    def moment_words(self) -> str:
        """令和4年10月14日 18:00."""
        return f"{format_date(self.moment)} {self.moment.astimezone(TOKYO):%H:%M}"

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Document":
        return cls(
            **{
                **data,
                "as_of": date.fromisoformat(data["as_of"]),
                "moment": datetime.fromisoformat(data["moment"]),
                "chapters": tuple(Chapter.from_json(chapter) for chapter in data["chapters"]),
            }
        )


def _place(block: Block, counts: dict[str, int], numbers: Mapping[str, int]) -> Placed:
    if isinstance(block, Figures):
        return Placed(block, figures=tuple((numbers[figure.name], figure) for figure in block.items))
    if isinstance(block, Text):
        return Placed(block)
    kind = Chart.block if isinstance(block, Picture) else block.block  # both are figures 図 of one count
    counts[kind] += 1
    return Placed(block, number=counts[kind])
