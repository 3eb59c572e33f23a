"""grants.yaml: the calls of nation and prefecture."""

from typing import Any

from apps.budget.choices import GrantStatus, WindowKind
from apps.budget.models import GrantProgramme
from apps.city.services.rows import Row
from apps.city.services.session import LoadSession, source

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
    "requirements",
    "kpi_rules",
    "required_documents",
    "sources",
    "computed_requirements",
)


def load_grants(session: LoadSession) -> None:
    """Grant programmes; which proposals ride on them stands with the proposals."""
    document = session.document("grants.yaml")
    checked_on = document.day("as_of")
    for row in document.rows("programs"):
        grant = _grant(row, session.keys_of(GrantProgramme))
        grant.checked_on = checked_on
        row.list("candidate_budgets")
        session.take(row, grant)
    document.finish()


def _grant(row: Row, known: dict[str, Any]) -> GrantProgramme:
    dates, rate = row.row("dates"), row.row("subsidy_rate")
    status = row.one_of("status", GRANT_STATES)
    grant = GrantProgramme(
        **source("grant", row.text("id", required=True)),
        status=status,
        window=WindowKind.CLOSED if status == GrantStatus.CLOSED else WindowKind.ASSUMED,
        rate_numerator=rate.count("numerator"),
        rate_denominator=rate.count("denominator"),
        cap_k=row.integer("national_cap_k"),
        follows=known.get(row.text("follows")),
        verification=dict(row.get("verification") or {}),
        **{field: row.text(name) for field, name in GRANT_TEXTS.items()},
        **{name: row.list(name) for name in GRANT_LISTS},
        **{field: dates.day(name) for field, name in GRANT_DAYS.items()},
    )
    dates.in_order("open", grant.opens_on, "apply_by", grant.closes_on)
    rate.finish()
    dates.finish()
    return grant
