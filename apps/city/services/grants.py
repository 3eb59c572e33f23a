"""grants.yaml: the calls of nation and prefecture."""

import re
from datetime import date
from typing import Any

from apps.budget.choices import GrantMoney, GrantStatus, WindowKind
from apps.budget.models import GrantCandidate, GrantProgramme, GrantRequirement, Proposal
from apps.city.services.rows import Row
from apps.city.services.session import LoadSession, Part, source
from apps.organization.models import Unit

GRANT_STATES = {
    "公募前": GrantStatus.BEFORE_CALL,
    "要件未達": GrantStatus.REQUIREMENTS_UNMET,
    "算定前": GrantStatus.BEFORE_CALCULATION,
    "終了": GrantStatus.CLOSED,
}
GRANT_DAYS = {
    "guidance_on": "guidance_published",
    "opens_on": "open",
    "consultation_until": "prior_consultation_until",
    "closes_on": "apply_by",
    "decision_on": "decision",
    "project_from": "project_from",
    "project_to": "project_to",
}
GRANT_TEXTS = {
    "name": "name",
    "national_budget": "national_budget",
    "kind": "kind",
    "ministry": "ministry",
    "contact": "contact_window",
    "applicants": "applicants",
    "cap_text": "cap_text",
    "local_share": "local_share_treatment",
    "notes": "notes",
}
GRANT_LISTS = (
    "eligible_costs",
    "ineligible_costs",
    "kpi_rules",
    "required_documents",
    "sources",
)
MONEY = {
    "国庫交付金": GrantMoney.NATIONAL,
    "国庫補助金": GrantMoney.NATIONAL,
    "県補助金": GrantMoney.PREFECTURE,
    "特別交付税": GrantMoney.ALLOCATION,
    "起債": GrantMoney.BOND,
    "地方債": GrantMoney.BOND,
}
# Within the words of the contact, in which full-width marks stand as often as narrow ones.
WINDOW = re.compile(r"市の窓口\s*[:：]\s*(?P<unit>[^()（）、,]+?)\s*[)）]")


def load_grants(session: LoadSession) -> None:
    """Grant programmes; which proposals ride on them stands with the proposals."""
    document = session.document("grants.yaml")
    checked_on = document.day("as_of")
    for row in document.rows("programs"):
        grant = _grant(row, session.keys_of(GrantProgramme), session.keys_of(Unit))
        grant.checked_on = checked_on
        row.list("candidate_budgets")
        checklist = _checklist(row, checked_on)
        session.take(row, grant, parts=checklist)
    document.finish()


def load_grant_candidates(session: LoadSession) -> None:
    """Which proposals could ride on a call; those that ride on it already need no such row."""
    grants, proposals = session.keys_of(GrantProgramme), session.keys_of(Proposal)
    for row in session.document("grants.yaml").rows("programs"):
        grant = grants.get(row.text("id"))
        for key in row.texts("candidate_budgets"):
            proposal = proposals.get(key)
            if grant and proposal and not _rides(proposal, grant):
                with session.entry():
                    session.link(row, GrantCandidate, {}, proposal=proposal, grant=grant)


def _rides(proposal: Proposal, grant: GrantProgramme) -> bool:
    return proposal.grant_id == grant.pk or proposal.fundings.filter(grant=grant).exists()


def _city_unit(contact: str, units: dict[str, Unit]) -> Unit | None:
    """「…（市の窓口: 未来都市推進課）」: the section that answers for the call, where the city has one of this name."""
    found = WINDOW.search(contact)
    named = [unit for unit in units.values() if found and unit.name == found["unit"]]
    # A name that came back belongs to its newest bearer.
    return max(named, key=lambda unit: (unit.valid_from or date.min, unit.pk), default=None)


def _grant(row: Row, known: dict[str, Any], units: dict[str, Unit]) -> GrantProgramme:
    dates, rate = row.row("dates"), row.row("subsidy_rate")
    status = row.one_of("status", GRANT_STATES)
    grant = GrantProgramme(
        **source("grant", row.text("id", required=True)),
        status=status,
        window=WindowKind.CLOSED if status == GrantStatus.CLOSED else WindowKind.ASSUMED,
        money=_money(row),
        rate_numerator=rate.count("numerator"),
        rate_denominator=rate.count("denominator"),
        cap_k=row.integer("national_cap_k"),
        follows=known.get(row.text("follows")),
        city_unit=_city_unit(row.text("contact_window"), units),
        verification=dict(row.get("verification") or {}),
        **{field: row.text(name) for field, name in GRANT_TEXTS.items()},
        **{name: row.list(name) for name in GRANT_LISTS},
        **{field: dates.day(name) for field, name in GRANT_DAYS.items()},
    )
    dates.in_order("open", grant.opens_on, "apply_by", grant.closes_on)
    rate.finish()
    dates.finish()
    return grant


def _money(row: Row) -> GrantMoney:
    """Where the money stands in the budget; a kind that nobody knows is "other"."""
    return MONEY.get(row.text("kind"), GrantMoney.OTHER)


def _checklist(row: Row, checked_on: date | None) -> list[Part]:
    """The requirements in words, then those that are computed from a value of the city."""
    points: list[Part] = [(GrantRequirement(text=text), row) for text in row.texts("requirements")]
    for each in row.rows("computed_requirements"):
        computed = GrantRequirement(
            text=each.text("name", required=True),
            unit="%",
            city_value=each.number("city_percent"),
            least=each.number("minimum_percent"),
            checked_on=checked_on,
        )
        each.finish()
        points.append((computed, each))
    for order, (point, _row) in enumerate(points, start=1):
        point.order = order
    return points
