"""What pays for a proposal, in words a person checks by hand, and what remains where the grants do not come."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Sum
from django.utils.translation import gettext as _

from apps.budget.choices import CapBase, FundingStatus, IfNotAdopted
from apps.budget.models import Funding, GrantProgramme, Proposal
from apps.core import money
from apps.core.money import Rounding
from apps.organization.models import FiscalYearRules

# Without the money the project does not come this year.
NOT_THIS_YEAR = (IfNotAdopted.FORGO, IfNotAdopted.SUPPLEMENTARY)


def request_k_of(proposal: Proposal) -> int:
    """What the proposal asks for, in 千円."""
    return proposal.request_lines.aggregate(total=Sum("request_k"))["total"] or 0


def calculation_of(funding: Funding, eligible_yen: int, rules: FiscalYearRules) -> str:
    """How the amount follows: 63,118,000円×1/2＝31,559千円（千円未満切捨て）; empty where it was typed."""
    if funding.rate_numerator is not None:
        return _by_rate(funding, eligible_yen, rules)
    if funding.bond_base_k is not None and funding.bond_percent is not None:
        return _("%(base)s thousand yen × %(percent)s％ = %(amount)s thousand yen (cut off below %(unit)s)") % {
            "base": money.number(funding.bond_base_k),
            "percent": funding.bond_percent,
            "amount": money.number(funding.amount_k),
            "unit": money.number(rules.bond_unit_k),
        }
    return ""


def _by_rate(funding: Funding, eligible_yen: int, rules: FiscalYearRules) -> str:
    own_yen = eligible_yen if funding.eligible_yen is None else funding.eligible_yen
    rated_k = money.subsidy_k(own_yen, rate_of(funding), mode=rules.subsidy_rounding)
    words = {
        "eligible": money.number(own_yen),
        "rate": f"{funding.rate_numerator}/{funding.rate_denominator}",
        "amount": money.number(rated_k),
        "rounding": _rounding_words(rules.subsidy_rounding),
    }
    said = _("%(eligible)s yen × %(rate)s = %(amount)s thousand yen (%(rounding)s)") % words
    limit = _limit_of(funding, rated_k)
    return f"{said}、{limit}" if limit else said


def _limit_of(funding: Funding, rated_k: int) -> str:
    """What makes the amount another one than eligible cost × rate, and which one; empty where it is that."""
    if funding.status == FundingStatus.REJECTED:
        return _("not adopted")
    if funding.amount_k == rated_k:
        return ""
    words = {
        "amount": money.number(funding.amount_k),
        "cap": money.number(funding.cap_k or 0),
        "floor": money.number(funding.floor_k or 0),
    }
    if funding.floor_k is not None and not funding.amount_k:
        return _("below the floor of %(floor)s thousand yen: %(amount)s thousand yen") % words
    if funding.cap_k is None or funding.amount_k > rated_k:
        # The roundings of the year changed after the request was handed in.
        return _("%(amount)s thousand yen as it was asked for") % words
    return _cap_phrase(funding) % words


def _cap_phrase(funding: Funding) -> str:
    """A cap on the money itself needs no number beside it; one that is shared, or that limits the cost, does."""
    if funding.grant and funding.grant.cap_base == CapBase.PROJECT:
        return _("by the cap of %(cap)s thousand yen on the cost %(amount)s thousand yen")
    if funding.amount_k == funding.cap_k:
        return _("by the cap %(amount)s thousand yen")
    return _("by the cap of %(cap)s thousand yen %(amount)s thousand yen")


def beyond_call(funding: Funding) -> list[str]:
    """What the call of the source says where the source takes more; some calls do allow a city more."""
    grant = funding.grant
    if grant is None:
        return []
    words = []
    if rate_of(funding) > grant.rate:
        words.append(_("The rate of the call is %(rate)s") % {"rate": grant.rate_text})
    if grant.cap_k is not None and _exceeds_cap(funding, grant):
        cap = {"cap": money.number(grant.cap_k)}
        if grant.cap_base == CapBase.PROJECT:
            words.append(_("The call's cap on the cost is %(cap)s thousand yen") % cap)
        else:
            words.append(_("The cap of the call is %(cap)s thousand yen") % cap)
    return words


def _exceeds_cap(funding: Funding, grant: GrantProgramme) -> bool:
    """A source without a cap of its own goes beyond that of the call where its amount does."""
    called_k = grant.cap_k or 0
    if funding.cap_k is not None:
        return funding.cap_k > called_k
    return funding.amount_k > (called_k * grant.rate if grant.cap_base == CapBase.PROJECT else called_k)


def rate_of(funding: Funding) -> Fraction:
    """The rate as a fraction; 0 where there is none."""
    return Fraction(funding.rate_numerator or 0, funding.rate_denominator or 1)


def _rounding_words(mode: str) -> str:
    return {
        Rounding.UP: _("rounded up to thousand yen"),
        Rounding.DOWN: _("cut off below thousand yen"),
        Rounding.HALF_UP: _("rounded to thousand yen"),
    }[Rounding(mode)]


@dataclass(frozen=True)
class Outcome:
    """A year's money with every grant, or with none: 千円."""

    request_k: int
    at_risk_k: int
    other_k: int

    @property
    def general_k(self) -> int:
        return self.request_k - self.at_risk_k - self.other_k


def with_and_without(proposal: Proposal, request_k: int, fundings: Iterable[Funding]) -> tuple[Outcome, Outcome] | None:
    """The request as it stands, and what remains of it where no grant is adopted; None where none is at risk.

    What was agreed on for the worst of the grants holds: 見送り and 補正 leave nothing this year, 縮小 leaves what was
    written down, 一般財源 leaves all of it.
    """
    rows = list(fundings)
    risky = [row for row in rows if row.is_at_risk and row.status != FundingStatus.REJECTED]
    if not risky:
        return None
    other_k = sum(row.amount_k for row in rows if row not in risky)
    remaining_k = min(_remaining_k(row, request_k) for row in risky)
    without = Outcome(remaining_k, 0, min(other_k, remaining_k))
    return Outcome(request_k, sum(row.amount_k for row in risky), other_k), without


def _remaining_k(funding: Funding, request_k: int) -> int:
    if funding.fallback_k is not None:
        return min(funding.fallback_k, request_k)
    return 0 if funding.if_not_adopted in NOT_THIS_YEAR else request_k
