"""The budget request as a document for print: a summary, the sources, and a chapter for each proposal.

Its sums are those of `totals_of`, as in the workbook and on the screen. Amounts are in 千円 but for the costs, which
are in yen and say so.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.choices import Source
from apps.budget.selectors import totals_of
from apps.core import clock, money
from apps.core.documents import Block, Chapter, DataTable, Document, TableColumn, Text
from apps.core.fiscal import FiscalYear
from apps.core.writers.pdf import write_pdf
from apps.organization.selectors import city


def request_pdf(fiscal_year: FiscalYear, proposals: Sequence[Any]) -> bytes:
    """The whole request on A4. Raises ThreadsLostInFork."""
    return write_pdf(request_document(fiscal_year, proposals))


def request_document(fiscal_year: FiscalYear, proposals: Sequence[Any]) -> Document:
    """The document before it is set; `proposals` carry their amounts and lines."""
    present = city()
    each = [_proposal(number, proposal) for number, proposal in enumerate(proposals, start=2)]
    return Document(
        title=_("%(year)s budget request (expenditure)") % {"year": fiscal_year},
        city=present.name if present else "",
        subtitle="",
        label_of_draft=_("drafts included"),
        as_of=clock.today(),
        moment=clock.now(),
        fiscal_year=int(fiscal_year),
        classification=_("Confidentiality 2 (within the city hall)"),
        chapters=(_summary(proposals), *each),
    )


def _numbers(*labels: str) -> list[TableColumn]:
    return [TableColumn(label, "number") for label in labels]


def _summary(proposals: Sequence[Any]) -> Chapter:
    totals = totals_of(proposals)
    words = _("%(count)s proposals, %(request)s thousand yen in all (previous year %(previous)s thousand yen).")
    counted = {
        "count": totals["count"],
        "request": money.signed(totals["request_k"]),
        "previous": money.signed(totals["previous_k"]),
    }
    blocks: tuple[Block, ...] = (
        Text(words % counted, "generated"),
        _comparison(proposals, totals),
        _source_table(proposals, totals),
    )
    return Chapter(1, _("Summary"), blocks)


def _comparison(proposals: Sequence[Any], totals: dict[str, int]) -> DataTable:
    return DataTable(
        title=_("Requests and the year before"),
        columns=(
            TableColumn(_("Project")),
            TableColumn(_("Requesting unit")),
            *_numbers(_("Previous year"), _("Request"), _("Difference"), _("Difference (%)")),
        ),
        rows=tuple(
            (each.name, each.requesting_unit.name, *_compared(each.previous_k, each.request_k)) for each in proposals
        ),
        total=(_("Total"), "", *_compared(totals["previous_k"], totals["request_k"])),
        unit=_("thousand yen"),
    )


def _compared(previous_k: int, request_k: int) -> tuple[str, str, str, str]:
    difference = money.difference(request_k - previous_k)
    return money.signed(previous_k), money.signed(request_k), difference, money.change_ratio(previous_k, request_k)


def _source_table(proposals: Sequence[Any], totals: dict[str, int]) -> DataTable:
    keys = [*(f"{source.value}_k" for source in Source), "general_k", "request_k"]
    labels = [*(str(source.label) for source in Source), _("General revenue"), _("Total")]
    return DataTable(
        title=_("Sources of money"),
        columns=(TableColumn(_("Project")), *_numbers(*labels)),
        rows=tuple((each.name, *(money.signed(getattr(each, key)) for key in keys)) for each in proposals),
        total=(_("Total"), *(money.signed(totals[key]) for key in keys)),
        unit=_("thousand yen"),
    )


def _proposal(number: int, proposal: Any) -> Chapter:
    blocks: list[Block] = [Text(_place(proposal), "generated"), Text(_own_words(proposal), "people")]
    blocks += [_lines(proposal), _sources(proposal)]
    if later := _later_years(proposal):
        blocks.append(later)
    return Chapter(number, proposal.name, tuple(blocks))


def _place(proposal: Any) -> str:
    """Where the proposal stands in the budget book, and whose it is, on two lines."""
    item = proposal.budget_item
    book = ((_("Project code"), proposal.project_code), (_("Kan, kou, moku"), f"{item.account.name}　{item}"))
    owner = (
        (_("Requesting unit"), proposal.requesting_unit.name),
        (_("Kind of request"), proposal.get_kind_display()),
        (_("Stage"), proposal.stage.name),
    )
    return "\n".join("　".join(_labelled(*fact) for fact in facts) for facts in (book, owner))


def _own_words(proposal: Any) -> str:
    """What the section wrote itself: first what for, then what it leaves open."""
    texts = [
        (_("Effect for citizens"), proposal.citizen_effect),
        (_("If the grant is not adopted"), proposal.if_not_adopted),
        (_("Contract"), proposal.contract_plan),
    ]
    return "\n".join([proposal.purpose, *(_labelled(label, text) for label, text in texts if text)])


def _labelled(label: str, text: str) -> str:
    return f"{label}：{text}"


def _lines(proposal: Any) -> DataTable:
    return DataTable(
        title=_("Expense items"),
        columns=(
            TableColumn(_("Expense item")),
            TableColumn(_("Basis of the costs (yen)")),
            *_numbers(_("Previous year"), _("Request"), _("Difference"), _("Difference (%)")),
        ),
        rows=tuple(_line(line) for line in proposal.request_lines.all()),
        total=(_("Total"), "", *_compared(proposal.previous_k, proposal.request_k)),
        unit=_("thousand yen"),
    )


def _line(line: Any) -> tuple[str, ...]:
    costs = "\n".join(_cost(cost) for cost in line.cost_lines.all())
    return (
        f"{line.expense_item}\n{line.subitem}".strip(),
        costs or _("Nothing is asked for this year."),
        *_compared(line.previous_initial_k, line.request_k),
    )


def _cost(cost: Any) -> str:
    """構築費 1,000,000円×2式×12月＝24,000,000円; a single month is not said."""
    price, quantity = (money.number(value.normalize()) for value in (cost.unit_price_yen, cost.quantity))
    known = {
        "what": cost.description,
        "price": price,
        "quantity": f"{quantity}{cost.unit}",
        "months": cost.months,
        "amount": money.number(cost.amount_yen),
    }
    if cost.months == 1:
        return _("%(what)s %(price)s yen × %(quantity)s = %(amount)s yen") % known
    return _("%(what)s %(price)s yen × %(quantity)s × %(months)s months = %(amount)s yen") % known


def _sources(proposal: Any) -> DataTable:
    fundings = tuple(
        (
            funding.get_source_display(),
            "\n".join(text for text in (funding.name, funding.basis) if text),
            funding.get_status_display(),
            money.signed(funding.amount_k),
        )
        for funding in proposal.fundings.all()
    )
    own = (_("General revenue"), _("computed: request less the other sources"), "", money.signed(proposal.general_k))
    return DataTable(
        title=_("Sources of money"),
        columns=(
            TableColumn(_("Source of money")),
            TableColumn(_("Basis")),
            TableColumn(_("State")),
            *_numbers(_("Amount")),
        ),
        rows=(*fundings, own),
        total=(_("Total"), "", "", money.signed(proposal.request_k)),
        unit=_("thousand yen"),
    )


def _period(burden: Any) -> str:
    return _("%(from)s to %(to)s") % {"from": burden.from_year, "to": burden.to_year}


def _later_years(proposal: Any) -> DataTable | None:
    """Debt burdens and running costs; nothing where the project ends with the year."""
    burdens = tuple(
        (
            _("Debt burden"),
            f"{burden.item}　{_period(burden)}",
            money.signed(burden.limit_k),
        )
        for burden in proposal.debt_burdens.all()
    )
    costs = tuple(
        (_("Running cost"), str(cost.fiscal_year), money.signed(cost.amount_k)) for cost in proposal.future_costs.all()
    )
    if not burdens and not costs:
        return None
    columns = (TableColumn(_("Kind")), TableColumn(_("Description")), *_numbers(_("Amount")))
    return DataTable(title=_("Later years"), columns=columns, rows=(*burdens, *costs), unit=_("thousand yen"))
