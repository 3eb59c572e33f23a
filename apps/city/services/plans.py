"""introduction_plans.yaml: the criteria of the preliminary review, intents of July, introduction plans of August."""

import re
import unicodedata

from django.utils.translation import gettext as _

from apps.budget.choices import PlanKind, PlanStatus, PreReviewResult
from apps.budget.models import Intent, IntroductionPlan, PlanPoint, Proposal, ReviewCriterion
from apps.city.services.rows import Row
from apps.city.services.session import LoadSession, Part, source
from apps.core.fiscal import FiscalYear
from apps.organization.models import Unit

KINDS = {"新規": PlanKind.NEW, "更改": PlanKind.RENEWAL, "継続": PlanKind.CONTINUATION}
RESULTS = {
    "適": PreReviewResult.FIT,
    "条件付": PreReviewResult.CONDITIONAL,
    "差戻し": PreReviewResult.RETURNED,
    "対象外": PreReviewResult.NOT_APPLICABLE,
}
EXAMPLE = "令和5年度第2四半期"
_QUARTER = re.compile(r"(?P<year>.+年度)(?:第(?P<quarter>[1-4])四半期)?")


def load_introduction_plans(session: LoadSession) -> None:
    """Criteria and intents, then the plans with what the review had said of them by the day."""
    document = session.document("introduction_plans.yaml")
    for order, row in enumerate(document.rows("criteria"), start=1):
        code, points = row.text("code", required=True), row.count("max")
        values = {"name": row.text("name", required=True), "max_points": points, "order": order}
        row.finish()
        session.keep(row, ReviewCriterion, {"code": code}, values)
    for row in document.rows("intents"):
        _load_intent(session, row)
    criteria = {criterion.code: criterion for criterion in ReviewCriterion.objects.all()}
    for row in document.rows("plans"):
        _load_plan(session, row, criteria)
    document.finish()


def _load_intent(session: LoadSession, row: Row) -> None:
    day, (year, quarter) = row.first_day("date"), _start(session, row)
    intent = Intent(
        **source("intent", row.text("id", required=True)),
        fiscal_year=year,
        unit=session.keys_of(Unit).get(row.text("section", required=True)),
        title=row.text("title", required=True),
        amount_k=row.integer("amount_k"),
        quarter=quarter,
        source=row.text("source"),
        readiness=row.integer("maturity"),
        answered_on=day,
    )
    session.take(row, intent, since=day)


def _start(session: LoadSession, row: Row) -> tuple[FiscalYear, int | None]:
    """令和5年度第2四半期 as a year and a quarter; the quarter may be missing."""
    text = row.text("quarter", required=True)
    found = _QUARTER.fullmatch(unicodedata.normalize("NFKC", text))
    try:
        if found:
            return FiscalYear.parse(found["year"]), int(found["quarter"]) if found["quarter"] else None
    except ValueError as error:
        row.fault("quarter", error)
    else:
        row.fault(
            "quarter", _("“%(key)s” must be a quarter such as %(example)s") % {"key": "quarter", "example": EXAMPLE}
        )
    return FiscalYear.of(session.as_of), None


def _load_plan(session: LoadSession, row: Row, criteria: dict[str, ReviewCriterion]) -> None:
    reviewed_on = row.first_day("reviewed_on") if row.get("reviewed_on") else None
    proposal = session.keys_of(Proposal).get(row.text("proposal"))
    plan = IntroductionPlan(
        **source("introduction-plan", row.text("id", required=True)),
        fiscal_year=proposal.fiscal_year if proposal else FiscalYear.of(reviewed_on or session.as_of).next,
        unit=session.keys_of(Unit).get(row.text("section", required=True)),
        title=row.text("title", required=True),
        kind=row.one_of("kind", KINDS),
        simplified_first=row.text("simplified_first"),
        proposal=proposal,
        priority_case=row.flag("priority_case"),
        status=PlanStatus.SUBMITTED,
        result=row.one_of("result", RESULTS, required=False),
        reviewed_on=reviewed_on,
    )
    points = _points(row, criteria)
    if not session.knows(reviewed_on):
        plan.priority_case, plan.result, plan.reviewed_on, points = False, "", None, []
    elif plan.result:
        plan.status = PlanStatus.RETURNED if plan.result == PreReviewResult.RETURNED else PlanStatus.REVIEWED
    session.take(row, plan, parts=points)


def _points(row: Row, criteria: dict[str, ReviewCriterion]) -> list[Part]:
    given = row.row("points", required=False)
    points: list[Part] = []
    for code in given.data:
        criterion = criteria.get(code)
        value = given.count(code)
        if criterion is None:
            given.fault(
                code, _("there is no %(kind)s “%(id)s”") % {"kind": ReviewCriterion._meta.verbose_name, "id": code}
            )
        elif value > criterion.max_points:
            words = {"key": code, "most": criterion.max_points}
            given.fault(code, _("“%(key)s” is more than its %(most)s points") % words)
        points.append((PlanPoint(criterion=criterion, points=value), given))
    return points
