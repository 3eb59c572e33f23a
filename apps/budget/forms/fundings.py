"""The form of one source of money: by a rate, by the percent of a base, or as an amount that is typed."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.choices import GrantMoney, IfNotAdopted, Source
from apps.budget.forms.boxes import NOT_CHOSEN, PartForm, RateBox, amount, area, line, record_choice, yen
from apps.budget.models import GrantProgramme, RevenueItem
from apps.budget.selectors.revenue import RevenueItems

COMPUTED = gettext_lazy("Empty where it follows from a rate or from a base.")


class FundingForm(PartForm):
    """What a chosen grant programme says fills what is left empty."""

    grant = record_choice(
        gettext_lazy("Grant programme"), GrantProgramme, gettext_lazy("Its name, rate, cap and floor are taken over.")
    )
    source = forms.ChoiceField(
        label=gettext_lazy("Source of money"), choices=[("", NOT_CHOSEN), *Source.choices], required=False
    )
    name = line(gettext_lazy("Name"))
    basis = line(gettext_lazy("Basis"), gettext_lazy("The rule or the guidance that the money rests on."), most=300)
    revenue_item = record_choice(
        gettext_lazy("Revenue item"),
        RevenueItem,
        gettext_lazy("Empty: the one of the year's list that fits the source."),
    )
    rate = RateBox(
        label=gettext_lazy("Rate"), help_text=gettext_lazy("As a fraction: 1/2, 2/3 or 10/10."), required=False
    )
    cap_k = amount(gettext_lazy("Cap (thousand yen)"))
    floor_k = amount(gettext_lazy("Floor (thousand yen)"), gettext_lazy("Below it nothing is paid."))
    eligible_yen = yen(gettext_lazy("Eligible cost (yen)"), gettext_lazy("Empty: the cost lines marked as eligible."))
    bond_base_k = amount(gettext_lazy("Base of the bond (thousand yen)"))
    bond_percent = amount(gettext_lazy("Percent of the base"), most=100)
    amount_k = amount(gettext_lazy("Amount (thousand yen)"), COMPUTED)
    if_not_adopted = forms.ChoiceField(
        label=gettext_lazy("If it is not adopted"),
        help_text=gettext_lazy("Needed for money of the nation and of the prefecture."),
        choices=[("", NOT_CHOSEN), *IfNotAdopted.choices],
        required=False,
    )
    fallback_k = amount(
        gettext_lazy("Request that remains if it is not adopted (thousand yen)"),
        gettext_lazy("Needed where the project is reduced."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            *("version", "uid", "seen", "grant", "source", "name", "basis", "revenue_item"),
            Fieldset(_("By a rate"), "rate", "cap_k", "floor_k", "eligible_yen"),
            Fieldset(_("By a base (bonds)"), "bond_base_k", "bond_percent"),
            Fieldset(_("As it is typed"), "amount_k"),
            Fieldset(_("If it is not adopted"), "if_not_adopted", "fallback_k"),
            "reason",
        )

    def choose_among(self) -> None:
        fields: Any = self.fields
        there = getattr(self.record, "grant_id", None) or 0
        open_ones = GrantProgramme.objects.filter(archived_at__isnull=True)
        fields["grant"].queryset = open_ones | GrantProgramme.objects.filter(pk=there)
        if self.proposal is not None:
            fields["revenue_item"].queryset = RevenueItem.objects.of(self.proposal.fiscal_year)

    def values_of(self, record: Any) -> dict[str, Any]:
        by_rate = record.rate_numerator is not None
        computed = by_rate or record.bond_base_k is not None
        return {
            **super().values_of(record),
            "grant": record.grant_id,
            "revenue_item": record.revenue_item_id,
            "rate": (record.rate_numerator, record.rate_denominator) if by_rate else None,
            "amount_k": None if computed else record.amount_k,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if grant := cleaned.get("grant"):
            self._take_over(grant, cleaned)
        if not cleaned.get("source"):
            self._say("source", _("Choose the source of money."))
        if not cleaned.get("name"):
            self._say("name", _("Name the source."))
        if self.record is None:
            self._place_revenue(cleaned)
        self._clean_amount(cleaned)
        self._clean_fallback(cleaned)
        return cleaned

    def _say(self, name: str, message: str) -> None:
        if name not in self.errors:
            self.add_error(name, message)

    def _take_over(self, grant: GrantProgramme, cleaned: dict[str, Any]) -> None:
        """What the programme says, where nothing was typed."""
        if grant.money == GrantMoney.ALLOCATION:
            self._say(
                "grant",
                _(
                    "“%(name)s” is special local allocation tax, which is general revenue: it is no source of its own. "
                    "Enter what is expected as a memo of the proposal."
                )
                % {"name": grant.name},
            )
            return
        said = from_grant(grant)
        typed = cleaned.get("rate") or cleaned.get("amount_k") is not None or cleaned.get("bond_base_k") is not None
        for name, value in said.items():
            if name in {"rate", "cap_k", "floor_k"} and typed:
                continue
            cleaned[name] = cleaned.get(name) or value

    def _place_revenue(self, cleaned: dict[str, Any]) -> None:
        """A new source stands on the item of revenue that fits it, where the year has just one."""
        source, name = cleaned.get("source"), cleaned.get("name") or ""
        if self.proposal is not None and source and not cleaned.get("revenue_item"):
            cleaned["revenue_item"] = revenue_of(self.proposal, source, name)

    def _clean_amount(self, cleaned: dict[str, Any]) -> None:
        ways = [
            bool(cleaned.get("rate")),
            cleaned.get("bond_base_k") is not None or cleaned.get("bond_percent") is not None,
            cleaned.get("amount_k") is not None,
        ]
        if sum(ways) != 1 and not self.errors:
            self._say("amount_k", _("Write a rate, or a base with its percent, or the amount: one of the three."))
        if (cleaned.get("bond_base_k") is None) != (cleaned.get("bond_percent") is None):
            self._say("bond_percent", _("A bond needs both its base and the percent of it."))

    def _clean_fallback(self, cleaned: dict[str, Any]) -> None:
        answer = cleaned.get("if_not_adopted")
        if cleaned.get("source") in (Source.NATIONAL, Source.PREFECTURE) and not answer:
            self._say(
                "if_not_adopted",
                _("For money of the nation or the prefecture, say what happens where it is not adopted."),
            )
        if answer == IfNotAdopted.REDUCE and cleaned.get("fallback_k") is None:
            self._say("fallback_k", _("Say what remains of the request where it is reduced."))

    def values(self) -> dict[str, Any]:
        values = super().values()
        rate = values.pop("rate")
        numerator, denominator = rate or (None, None)
        values |= {"rate_numerator": numerator, "rate_denominator": denominator}
        # What follows from a rate or from a base is computed right after it was saved.
        return {**values, "amount_k": values["amount_k"] or 0}


def revenue_of(proposal: Any, source: str, name: str) -> RevenueItem | None:
    """The item of revenue that the form for a new source of the proposal begins with."""
    return RevenueItems.of(proposal.fiscal_year).fitting(proposal.budget_item.account_id, source, name)


def from_grant(grant: GrantProgramme) -> dict[str, Any]:
    """What a source that comes from this programme starts with."""
    by_rate = grant.money != GrantMoney.BOND
    return {
        "source": grant.money if grant.money in Source.values else "",
        "name": grant.name,
        "basis": " ".join(filter(None, (grant.ministry, grant.national_budget)))[:300],
        "rate": (grant.rate_numerator, grant.rate_denominator) if by_rate else None,
        "cap_k": grant.cap_k if by_rate else None,
        "floor_k": grant.floor_k if by_rate else None,
    }


class MoveForm(forms.Form):
    """What is said of the move; `reject` needs it."""

    reason = area(gettext_lazy("Words about the state"), gettext_lazy("For example who has told it, and when."), rows=2)


class RejectForm(forms.Form):
    """Why it does not come."""

    reason = area(gettext_lazy("Reason"), gettext_lazy("It stands in the history."), required=True, rows=3)


class SettleForm(forms.Form):
    """What was done about a source that was not adopted."""

    words = line(
        gettext_lazy("What was done"), gettext_lazy("For example: the request was reduced."), required=True, most=300
    )
