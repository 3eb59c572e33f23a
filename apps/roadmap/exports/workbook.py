"""The roadmap as an Excel workbook: bars are filled cells, milestones ◇ and ◆, and a second sheet is the table."""

import io
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from apps.core.fiscal import FiscalYear
from apps.core.wareki import format_date
from apps.core.writers.xlsx import fitting, sheet_name
from apps.roadmap.choices import Span
from apps.roadmap.exports.axis import QUARTERS, full_month, month_words, week_edges
from apps.roadmap.exports.bars import period_words
from apps.roadmap.exports.legend import baseline_words
from apps.roadmap.exports.texts import width
from apps.roadmap.exports.twin import Speaker, columns
from apps.roadmap.exports.window import Window, months_after
from apps.roadmap.selectors.picture import Line, Plan

A3 = 8
FONT = "BIZ UDPゴシック"
HEAD_ROWS = 5  # title, note, years, quarters, today
LABELS = 6
LABEL_WIDTHS = (12, 36, 15, 8, 19, 12)
TWIN_WIDTHS = (34, 18, 10, 22, 12, 46, 46, 34)
CELL_WIDTHS = {Span.THREE_MONTHS: 8.0, Span.ONE_YEAR: 8.0, Span.THREE_YEARS: 7.0, Span.FIVE_YEARS: 5.5}
DONE, TO_DO, GRAY, HEAD, SOFT, RED = "#0017C1", "#C5D7FB", "#949494", "#E6E6E6", "#F2F2F2", "#CE0000"
ROW_HEIGHT, BASELINE_ROW_HEIGHT = 28, 7


@dataclass(frozen=True)
class Cell:
    """A column of time; `after` is the day after its last one. `year` is what stands above it."""

    start: date
    after: date
    label: str
    year: str

    def holds(self, day: date) -> bool:
        return self.start <= day < self.after


def cells_of(window: Window) -> list[Cell]:
    """A quarter each; in a single year a month, in three months a week."""
    if window.span == Span.THREE_MONTHS:
        edges = week_edges(window)
        pairs = pairwise(edges)
        return [Cell(a, b, f"{a.month}/{a.day}～", full_month(a.replace(day=1))) for a, b in pairs]
    step = 1 if window.span == Span.ONE_YEAR else 3
    firsts = [months_after(window.start, n) for n in range(0, window.months + 1, step)]
    return [_cell(first, after, step) for first, after in pairwise(firsts)]


def _cell(first: date, after: date, step: int) -> Cell:
    label = month_words(first) if step == 1 else QUARTERS[(first.month - 4) % 12 // 3]
    return Cell(first, after, label, FiscalYear.of(first).label)


def write_workbook(plan: Plan, window: Window, today: date, title: str) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False})
    try:
        _Bars(book, plan, window, today, title).write()
        _write_twin(book, plan, title)
    finally:
        book.close()
    return file.getvalue()


class _Formats:
    """Each look is made once; a cell's look is the sum of what it shows."""

    def __init__(self, book: Any) -> None:
        self.book, self.made = book, {}  # type: ignore[var-annotated]

    def __call__(self, **look: Any) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({"font_name": FONT, "font_size": 10, "valign": "vcenter", **look})
        return self.made[key]


class _Bars:
    """The first sheet: one column for each quarter, month or week."""

    def __init__(self, book: Any, plan: Plan, window: Window, today: date, title: str) -> None:
        self.plan, self.window, self.today, self.title = plan, window, today, title
        self.cells = cells_of(window)
        self.look = _Formats(book)
        self.sheet = book.add_worksheet(sheet_name(title))
        self.row = HEAD_ROWS
        self.speaker = Speaker()

    def write(self) -> None:
        self._set_up_page()
        self._head()
        for group in self.plan.groups:
            if group.title:
                self._group(f"{group.title}（{len(group.lines)}）")
            for line in group.lines:
                self._line(line)
        self._legend()

    def _set_up_page(self) -> None:
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(A3)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.5, 0.5)
        sheet.freeze_panes(HEAD_ROWS, 2)
        sheet.repeat_rows(2, HEAD_ROWS - 1)
        sheet.hide_gridlines(2)
        sheet.set_footer("&C&P / &N")
        for at, wide in enumerate(LABEL_WIDTHS):
            sheet.set_column(at, at, wide)
        sheet.set_column(LABELS, LABELS + len(self.cells) - 1, CELL_WIDTHS.get(self.window.span, 4.3))

    def _head(self) -> None:
        sheet, head = self.sheet, self.look(bold=True, bg_color=HEAD, border=1, border_color=GRAY, text_wrap=True)
        sheet.write_string(0, 0, self.title, self.look(bold=True, font_size=16))
        note = _("as of %(day)s") % {"day": format_date(self.today)}
        if self.plan.baseline:
            note += "\u3000" + baseline_words(self.plan.baseline)
        sheet.write_string(1, 0, fitting(note), self.look(font_color="#4D4D4D"))
        labels = (_("Number"), _("Initiative"), _("Lead unit"), _("State"), _("Period"), _("Slip"))
        for at, words in enumerate(labels):
            sheet.merge_range(2, at, HEAD_ROWS - 1, at, words, head)
        self._years()
        small = {"bg_color": HEAD, "border": 1, "border_color": GRAY, "align": "center", "font_size": 9}
        for at, cell in enumerate(self.cells, LABELS):
            now = cell.holds(self.today)
            sheet.write_string(3, at, cell.label, self.look(**small))
            look = {**small, "font_color": RED, "bold": True} if now else small
            sheet.write_string(4, at, _("Today ▼") if now else "", self.look(**look))

    def _years(self) -> None:
        """The years, or months, above: one merged cell each."""
        look = self.look(bold=True, bg_color=HEAD, border=1, border_color=GRAY, align="center")
        at = LABELS
        while at < LABELS + len(self.cells):
            year = self.cells[at - LABELS].year
            wide = sum(cell.year == year for cell in self.cells)
            if wide > 1:
                self.sheet.merge_range(2, at, 2, at + wide - 1, year, look)
            else:
                self.sheet.write_string(2, at, year, look)
            at += wide

    def _group(self, title: str) -> None:
        look = self.look(bold=True, bg_color=SOFT, top=1, bottom=1, top_color=GRAY, bottom_color=GRAY)
        for at in range(LABELS + len(self.cells)):
            self.sheet.write_blank(self.row, at, None, look)
        self.sheet.write_string(self.row, 0, fitting(title), look)
        self.sheet.set_row(self.row, 18)
        self.row += 1

    def _line(self, line: Line) -> None:
        facts = (line.number, line.title, line.unit, line.status, period_words(line), self._beside(line))
        for at, words in enumerate(facts):
            look = {"top": 1, "top_color": "#CCCCCC", "text_wrap": True, "bold": at == 1}
            late = {"font_color": RED, "bold": True} if at == 5 and (line.unfit or _is_late(line)) else {}
            self.sheet.write_string(self.row, at, fitting(words), self.look(**(look | late)))
        for at, cell in enumerate(self.cells, LABELS):
            self._time(line, at, cell)
        lines = max(_lines(line.title, LABEL_WIDTHS[1]), _lines(line.unit, LABEL_WIDTHS[2]), facts[5].count("\n") + 1)
        self.sheet.set_row(self.row, max(ROW_HEIGHT, 14 * lines + 4))
        self.row += 1
        if line.frozen:
            self._baseline(line)

    def _beside(self, line: Line) -> str:
        return "\n".join(filter(None, (self.speaker.slip(line), _("Conflict") if line.unfit else "")))

    def _time(self, line: Line, at: int, cell: Cell) -> None:
        """One cell of the bar: dark as far as the initiative is, with its milestones."""
        look = {"top": 1, "top_color": "#CCCCCC", "align": "center", **self._today_look(cell)}
        first, last = line.starts_on or line.ends_on, line.ends_on or line.starts_on
        if first and last and first < cell.after and last >= cell.start:
            reached = first + timedelta(days=round(((last - first).days + 1) * line.share))
            middle = max(first, cell.start) + (min(last + timedelta(days=1), cell.after) - max(first, cell.start)) / 2
            done = line.share > 0 and middle <= reached
            look |= {"bg_color": DONE, "font_color": "#FFFFFF"} if done else {"bg_color": TO_DO}
        marks = "".join("◆" if each.achieved else "◇" for each in line.milestones if cell.holds(each.on))
        if marks:
            self.sheet.write_string(self.row, at, marks, self.look(**look))
        else:
            self.sheet.write_blank(self.row, at, None, self.look(**look))

    def _today_look(self, cell: Cell) -> dict[str, Any]:
        return {"left": 2, "left_color": RED} if cell.holds(self.today) else {}

    def _baseline(self, line: Line) -> None:
        """A low row below, grey where the baseline had the bar."""
        first, last = line.old_starts_on or line.old_ends_on, line.old_ends_on or line.old_starts_on
        for at, cell in enumerate(self.cells, LABELS):
            look = self._today_look(cell)
            if first and last and first < cell.after and last >= cell.start:
                look |= {"bg_color": GRAY}
            self.sheet.write_blank(self.row, at, None, self.look(**look))
        self.sheet.set_row(self.row, BASELINE_ROW_HEIGHT)
        self.row += 1

    def _legend(self) -> None:
        """What the fills mean, in words."""
        self.row += 1
        entries: list[tuple[str, dict[str, Any], str]] = [
            ("", {"bg_color": DONE}, _("Done so far")),
            ("", {"bg_color": TO_DO}, _("Period still to come")),
            ("◇", {"align": "center"}, _("Milestone (planned)")),
            ("◆", {"align": "center"}, _("Milestone (achieved)")),
        ]
        if self.plan.baseline:
            entries.append(("", {"bg_color": GRAY}, baseline_words(self.plan.baseline)))
        for mark, look, words in entries:
            self.sheet.write_string(self.row, 0, mark, self.look(border=1, border_color=GRAY, **look))
            self.sheet.write_string(self.row, 1, fitting(words), self.look())
            self.row += 1


def _is_late(line: Line) -> bool:
    return bool(line.end_slip and line.end_slip.is_late)


def _lines(text: str, wide: float) -> int:
    """How many lines a text takes in a column of this many half-width characters."""
    return -(-int(width(text, 2)) // max(1, int(wide - 2))) if text else 1


def _write_twin(book: Any, plan: Plan, title: str) -> None:
    """The second sheet: what the page shows as a table."""
    look, speaker = _Formats(book), Speaker()
    sheet = book.add_worksheet(sheet_name(_("%(title)s as a table") % {"title": title}))
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P / &N")
    heads = (_("Group"), *columns(plan))
    for at, (words, wide) in enumerate(zip(heads, (20, *TWIN_WIDTHS), strict=True)):
        sheet.set_column(at, at, wide)
        sheet.write_string(0, at, words, look(bold=True, bg_color=HEAD, border=1, border_color=GRAY))
    body = look(text_wrap=True, valign="top", border=1, border_color="#CCCCCC")
    row = 1
    for group in plan.groups:
        for line in group.lines:
            for at, words in enumerate((group.title, *speaker.twin(line).cells)):
                sheet.write_string(row, at, fitting(words), body)
            row += 1
    sheet.autofilter(0, 0, max(row - 1, 1), len(heads) - 1)
