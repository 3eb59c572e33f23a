"""The year's request in every case, and the proposals that make the difference; amounts in 千円."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.budget.selectors.scenarios import is_unsaid
from apps.core import money
from apps.core.tables import Column, Table


class ScenarioTable(Table):
    """One row a case; what is unknown is said in its name."""

    caption = _("The year's request, grant by grant (thousand yen)")
    css = "table--wide table--dense"
    columns = (
        Column("name", _("Case"), "subject", link=lambda row: row.url),
        Column("request_k", _("Request"), "number", value="outcome.request_k"),
        Column("national_k", _("National"), "number", value="outcome.national_k"),
        Column("prefecture_k", _("Prefecture"), "number", value="outcome.prefecture_k"),
        Column("bond_k", _("Bonds"), "number", value="outcome.bond_k"),
        Column("other_k", _("Other"), "number", value="outcome.other_k"),
        Column("general_k", _("General revenue"), "number", value="outcome.general_k"),
        Column("difference_k", _("Difference of general revenue"), "number"),
        Column("later_k", _("Later in a supplement"), "number", value="outcome.later_k"),
        Column("own_k", _("City's share, five years"), "number", value="outcome.own_k"),
    )

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        if column.key == "difference_k":
            cell["value"] = money.difference(row.difference_k)
        if column.key == "name":
            cell["sub"] = _case_note(row)
        return cell


def _case_note(row: Any) -> str | None:
    """How much does not come, and of how many proposals nobody knows what remains."""
    notes = []
    if row.refused_k:
        notes.append(gettext("%(amount)s thousand yen do not come") % {"amount": money.number(row.refused_k)})
    if row.outcome.unknown:
        notes.append(
            gettext("of %(count)s proposals unknown: counted in full") % {"count": money.number(row.outcome.unknown)}
        )
    return "、".join(notes) or None


def _address(row: Any) -> str:
    return f"{row.proposal.get_absolute_url()}#sources"


class ScenarioLineTable(Table):
    """The proposals that hang on grants: all come, none comes."""

    caption = _("Proposals that hang on grants (thousand yen)")
    css = "table--wide table--dense"
    columns = (
        Column("code", _("Project code"), "code", value="proposal.project_code"),
        Column("project", _("Project"), "subject", value="proposal.name", link=_address),
        Column("unit", _("Requesting unit"), value="proposal.requesting_unit.name"),
        Column("said", _("If it is not adopted"), value=lambda row: "、".join(said(each) for each in row.said)),
        Column("request_all_k", _("Request"), "number", value="every.request_k"),
        Column("request_none_k", _("Request if none comes"), "number", value="none.request_k"),
        Column("later_k", _("Later in a supplement"), "number", value="none.later_k"),
        Column("general_all_k", _("General revenue"), "number", value="every.general_k"),
        Column("general_none_k", _("General revenue if none comes"), "number", value="none.general_k"),
        Column("own_all_k", _("Five years"), "number", value="every.own_k"),
        Column("own_none_k", _("Five years if none comes"), "number", value="none.own_k"),
    )
    # The section stands below the project; a file has all columns.
    default_columns = tuple(column.key for column in columns if column.key != "unit")

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        if column.key == "request_none_k" and row.none.unknown:
            cell["sub"] = gettext("unknown: counted in full")
        if column.key == "project":
            cell["sub"] = row.proposal.requesting_unit.name
        return cell


def said(funding: Any) -> str:
    """What was said for the case that this source does not come."""
    words = f"{funding.name}：{funding.get_if_not_adopted_display() or gettext('nothing is said')}"
    if is_unsaid(funding):
        return gettext("%(words)s (how much remains is not said)") % {"words": words}
    if funding.if_not_adopted == "reduce":
        return gettext("%(words)s to %(amount)s") % {"words": words, "amount": money.number(funding.fallback_k)}
    return words
