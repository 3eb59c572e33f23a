"""training.yaml: talent profiles with headcounts, and training plans."""

from django.utils.translation import gettext as _

from apps.city.services.rows import Row
from apps.city.services.session import LoadSession, Part, source
from apps.organization.models import Unit
from apps.roadmap.models import Initiative
from apps.training.choices import PlanStatus, Tier
from apps.training.models import Headcount, PlanCost, PlanProfile, PlanUnit, TalentProfile, TrainingPlan

# The four tiers of the lists; a profile of the city's own stands with general staff until somebody says otherwise.
TIERS = {"EXPERT": Tier.EXPERT, "LEADER": Tier.LEADER, "MANAGER": Tier.MANAGER, "GENERAL": Tier.GENERAL}
STATES = {"案": PlanStatus.DRAFT, "決定": PlanStatus.DECIDED, "終了": PlanStatus.ENDED}


def load_profiles(session: LoadSession) -> None:
    """Talent profiles from the lists of the city, with the headcounts that the training file gives."""
    document = session.document("training.yaml")
    planned: dict[str, Row] = {}
    for row in document.rows("talent_plan"):
        tier = row.text("tier", required=True)
        if tier in planned:
            row.fault("tier", _("“%(key)s” is given twice") % {"key": tier})
        planned[tier] = row
    for order, row in enumerate(session.document("masters.yaml").rows("talent_tiers"), start=1):
        code, name = row.text("code", required=True), row.text("name", required=True)
        plan = planned.get(code)
        counted = plan.text("name") if plan else ""
        profile = TalentProfile(
            source_key=code,
            code=code,
            tier=TIERS.get(code, Tier.GENERAL),
            name=name,
            order=order,
            description=counted if counted != name else "",
        )
        taken = session.take(row, profile)
        for each in plan.rows("headcount") if plan else []:
            _keep_headcount(session, each, taken)
    for row in planned.values():
        row.finish()


def _keep_headcount(session: LoadSession, row: Row, profile: TalentProfile) -> None:
    keys = {"profile": profile, "fiscal_year": row.fiscal_year("fy"), "unit": None}
    values = {"needed": row.count("required"), "estimated": row.integer("current")}
    row.finish()
    session.keep(row, Headcount, keys, values)


def load_training_plans(session: LoadSession) -> None:
    """Plans over the years, with their costs; which courses they hold stands with the courses."""
    for row in session.document("training.yaml").rows("plans"):
        _load_plan(session, row)


def _load_plan(session: LoadSession, row: Row) -> None:
    units, first, last = session.keys_of(Unit), row.fiscal_year("from_fy"), row.fiscal_year("to_fy")
    row.in_order("from_fy", first, "to_fy", last)
    plan = TrainingPlan(
        **source("training-plan", row.text("id", required=True)),
        name=row.text("name", required=True),
        from_year=first,
        to_year=last,
        status=row.one_of("status", STATES),
        lead_unit=units.get(row.text("lead_section", required=True)),
        initiative=session.keys_of(Initiative).get(row.text("initiative")),
    )
    costs = row.row("cost_k_by_fy", required=False)
    parts: list[Part] = [
        *((PlanCost(fiscal_year=year, cost_k=costs.count(key)), costs) for key, year in costs.years().items()),
        *((PlanUnit(unit=unit), row) for unit in session.those(Unit, row.list("co_sections"))),
        *((PlanProfile(profile=profile), row) for profile in session.those(TalentProfile, row.list("tiers"))),
    ]
    row.text("budget")
    row.row("courses_by_fy", required=False)
    session.take(row, plan, number=("T", first), parts=parts)
