"""Columns that the tables of the request share, and what a proposal puts into them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.choices import Source
from apps.budget.exports.table import SUM, Column, Line
from apps.budget.selectors.stages import Amounts
from apps.core.fiscal import FiscalYear

AMOUNT_WIDTH = 10.5


def compared(fiscal_year: FiscalYear, at: int) -> tuple[Column, ...]:
    """前年度決算額, 本年度現計予算額, 本年度当初予算額, 要求額, 比較増減, 増減率, from column `at` on."""
    this = fiscal_year.previous
    labels = (
        (_("Settled account of the previous year"), this.previous),
        (_("Budget of this year with supplements"), this),
        (_("Initial budget of this year"), this),
        (_("Requested amount"), fiscal_year),
    )
    amounts = [Column(f"{label}\n{year}", "amount", 12) for label, year in labels]
    between = (at + 2, at + 3)
    return (
        *amounts,
        Column(_("Difference"), "difference", AMOUNT_WIDTH, of=between),
        Column(_("Difference (%)"), "ratio", 14, of=between),
    )


def sources(at: int, *, asked: bool = False) -> tuple[Column, ...]:
    """財源内訳 from column `at` on: the typed sources, general revenue, and what they come to.

    `asked` says that they are those of the request, where another amount stands beside it.
    """
    group = _("Sources of the request") if asked else _("Sources of money")
    labels = [*(str(source.label) for source in Source), _("General revenue")]
    each = (Column(label, "amount", AMOUNT_WIDTH, group=group) for label in labels)
    return (*each, Column(_("Total"), "across", AMOUNT_WIDTH, of=(at, at + len(Source)), group=group))


Given = Mapping[int, Amounts]


def appraised(given: Given) -> tuple[Column, ...]:
    """査定額 as the last column, where the reader may know of any."""
    return (Column(_("Appraised or budgeted"), "amount", AMOUNT_WIDTH),) if given else ()


def given_to(proposal: Any, given: Given) -> tuple[int | None, ...]:
    """Its cell: what stands of the proposal, nothing where that is not told."""
    if not given:
        return ()
    return (sum(given[proposal.pk].values()) if proposal.pk in given else None,)


def own_part(given: Given, proposal: Any) -> Given:
    """What is told of this proposal alone."""
    return {proposal.pk: given[proposal.pk]} if proposal.pk in given else {}


def holds_untold(proposals: Iterable[Any], given: Given) -> bool:
    """Whether amounts are among them whose telling 内示 is still to come: their reader sees the appraisal."""
    return any(proposal.is_untold for proposal in proposals if proposal.pk in given)


def appraised_notes(proposals: Sequence[Any], given: Given) -> tuple[str, ...]:
    """What one has to know before one hands a table with 査定額 on."""
    if not given:
        return ()
    told = _("Appraised amounts stand where they have been told; the rest is empty and in no sum.")
    untold = _(
        "This holds appraised amounts that are not told yet: give it to nobody but the finance section and the head of "
        "headquarters."
    )
    sources = _("The sources are those of the request, also where another amount was appraised or budgeted.")
    return (untold if holds_untold(proposals, given) else told, sources)


def bases_of(lines: Iterable[Any]) -> tuple[int | None, int | None, int, int]:
    """決算, 現計, 当初 and 要求 of some 節 in 千円; None where nobody has entered any."""
    rows = list(lines)
    settled, current = (_known(getattr(row, name) for row in rows) for name in ("settled_k", "current_k"))
    return settled, current, sum(row.previous_initial_k for row in rows), sum(row.request_k for row in rows)


def _known(amounts: Iterable[int | None]) -> int | None:
    given = [amount for amount in amounts if amount is not None]
    return sum(given) if given else None


def sources_of(proposals: Sequence[Any]) -> tuple[int, ...]:
    """What each source pays of some proposals together, general revenue last, in 千円."""
    keys = [*(f"{source.value}_k" for source in Source), "general_k"]
    return tuple(sum(getattr(proposal, key) for proposal in proposals) for key in keys)


COMPUTED = (None, None)  # 比較増減 and 増減率 follow from their row
SUMS = (SUM, SUM, SUM, SUM, *COMPUTED)

Path = tuple[str, ...]


def tree(branches: Iterable[tuple[Path, Sequence[Line]]], heading: Any) -> list[Line]:
    """The rows of each branch below the headings that lead to it; a heading that stands already is not repeated.

    `heading(path)` gives the cells of a heading, whose label is indented by its depth.
    """
    lines: list[Line] = []
    standing: Path = ()
    for path, rows in branches:
        same = next((n for n, pair in enumerate(zip(standing, path, strict=False)) if pair[0] != pair[1]), None)
        kept = min(len(standing), len(path)) if same is None else same
        for depth in range(kept, len(path)):
            lines.append(Line(heading(path[: depth + 1]), level=depth))
        lines += rows
        standing = path
    return lines


def indented(label: str, depth: int) -> str:
    return "　" * depth + label
