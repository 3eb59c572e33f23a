"""comprehensive_plan.yaml and roadmap.yaml: the plan, two visions and one initiative for each item, its measures."""

from django.utils.translation import gettext

from apps.city.services.rows import Row
from apps.city.services.session import LoadSession, Part, source
from apps.core.fiscal import FiscalYear
from apps.hurdles.models import Hurdle
from apps.organization.models import Unit
from apps.roadmap.choices import Horizon, InitiativeStatus, MilestoneState
from apps.roadmap.models import (
    ComprehensivePlan,
    ComprehensivePlanItem,
    Indicator,
    IndicatorValue,
    Initiative,
    InitiativeDependency,
    InitiativeHurdle,
    InitiativeRelation,
    InitiativeUnit,
    Milestone,
    Policy,
    Vision,
    VisionHurdle,
)
from apps.roadmap.selectors.plan import every_link
from apps.roadmap.services.propagation import find_circle

STATES = {
    "構想": InitiativeStatus.CONCEPT,
    "計画": InitiativeStatus.PLANNED,
    "着手": InitiativeStatus.STARTED,
    "実施中": InitiativeStatus.UNDERWAY,
    "達成": InitiativeStatus.ACHIEVED,
    "中止": InitiativeStatus.CANCELLED,
}
MILESTONES = {"予定": MilestoneState.PLANNED, "達成": MilestoneState.ACHIEVED}


def load_comprehensive_plan(session: LoadSession) -> None:
    """The plan of the city and its items by their codes."""
    if "comprehensive_plan.yaml" not in session.documents:
        return
    document = session.document("comprehensive_plan.yaml")
    name, period = document.text("plan", required=True), document.row("period")
    first, last = period.fiscal_year("from_fy"), period.fiscal_year("to_fy")
    period.in_order("from_fy", first, "to_fy", last)
    plan = ComprehensivePlan(source_key=name, name=name, from_year=first, to_year=last)
    period.finish()
    items = document.rows("items")
    taken = session.take(document, plan)
    for row in items:
        code = row.text("code", required=True)
        session.take(
            row, ComprehensivePlanItem(source_key=code, plan=taken, code=code, name=row.text("name", required=True))
        )


class _Years:
    """The years of the file: from which one it looks ahead, and how far."""

    def __init__(self, row: Row) -> None:
        self.base = row.fiscal_year("base_fy")
        self.ahead = {
            Horizon.TEN_YEARS: row.fiscal_year("long_fy"),
            Horizon.THREE_YEARS: row.fiscal_year("mid_fy"),
        }
        row.finish()


def load_roadmap(session: LoadSession) -> None:
    """Visions and initiatives, numbered in the year from which the file looks ahead."""
    if "roadmap.yaml" not in session.documents:
        return
    document = session.document("roadmap.yaml")
    years, rows = _Years(document.row("horizons")), document.rows("items")
    _refuse_circles(rows)
    session.problems.stop_if_any()
    policies = session.mentions("policies.yaml", "policies", "roadmap")
    hurdles = session.mentions("hurdles.yaml", "hurdles", "links.roadmap")
    for row in rows:
        key = row.text("id", required=True)
        with session.entry():
            vision = _load_visions(session, row, years)
            initiative = _load_initiative(session, row, years.base, vision, policies.get(key, []))
            for hurdle in session.those(Hurdle, [*row.list("hurdles"), *hurdles.get(key, [])]):
                session.link(row, InitiativeHurdle, initiative=initiative, hurdle=hurdle)
                session.link(row, VisionHurdle, vision=vision, hurdle=hurdle)
    document.finish()
    _link_initiatives(session, rows)


def _load_visions(session: LoadSession, row: Row, years: _Years) -> Vision:
    """What will be true in ten years and, on the way there, in three; gives the nearer one."""
    far_row, near_row = row.row("vision_10y"), row.row("vision_3y")
    far, near = (
        _vision(session, row, own, horizon, years)
        for own, horizon in ((far_row, Horizon.TEN_YEARS), (near_row, Horizon.THREE_YEARS))
    )
    near.serves = session.take(far_row, far, number=("V", years.base))
    taken: Vision = session.take(near_row, near, number=("V", years.base))
    return taken


def _vision(session: LoadSession, row: Row, own: Row, horizon: Horizon, years: _Years) -> Vision:
    own.compare("fy", int(years.ahead[horizon]))
    suffix = "10y" if horizon == Horizon.TEN_YEARS else "3y"
    return Vision(
        **source("vision", f"{row.text('id')} {suffix}"),
        horizon=horizon,
        area=row.text("area"),
        plan_item=session.keys_of(ComprehensivePlanItem).get(row.text("comprehensive_plan_ref")),
        title=row.text("title", required=True),
        statement=own.text("text", required=True),
        target_year=years.ahead[horizon],
    )


def _load_initiative(
    session: LoadSession, row: Row, base: FiscalYear, vision: Vision, policies: list[str]
) -> Initiative:
    policy = next(iter(session.those(Policy, policies)), None)
    initiative, parts = initiative_of(session, row), _parts(session, row)
    indicators = [(each, _indicator(each, base, order)) for order, each in enumerate(row.rows("kpis"), start=1)]
    for field in ("hurdles", "budgets", "depends_on", "related_to"):
        row.list(field)
    initiative.vision, initiative.policy = vision, policy
    taken: Initiative = session.take(row, initiative, number=("I", base), parts=parts)
    session.fill(taken, "policy", policy)
    if session.is_new(taken):
        for its_row, (indicator, values) in indicators:
            indicator.initiative = taken
            session.part(indicator, its_row)
            for value, value_row in values:
                value.indicator = indicator
                session.part(value, value_row)
    return taken


def initiative_of(session: LoadSession, row: Row) -> Initiative:
    """An initiative as the file has it, not saved."""
    units, items = session.keys_of(Unit), session.keys_of(ComprehensivePlanItem)
    starts_on, ends_on = row.day("start"), row.day("end")
    row.in_order("start", starts_on, "end", ends_on)
    return Initiative(
        **source("initiative", row.text("id", required=True)),
        title=row.text("title", required=True),
        area=row.text("area"),
        current_state=row.text("current_state"),
        plan_item=items.get(row.text("comprehensive_plan_ref")),
        lead_unit=units.get(row.text("lead_section", required=True)),
        status=row.one_of("status", STATES),
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _parts(session: LoadSession, row: Row) -> list[Part]:
    units = session.those(Unit, row.list("co_sections"))
    return [
        *((milestone_of(each), each) for each in row.rows("milestones")),
        *((InitiativeUnit(unit=unit), row) for unit in units),
    ]


def milestone_of(row: Row) -> Milestone:
    """A milestone as the file has it, not saved."""
    milestone = Milestone(
        fiscal_year=row.fiscal_year("fy"),
        quarter=row.count("quarter"),
        text=row.text("text", required=True),
        state=row.one_of("state", MILESTONES),
    )
    row.finish()
    return milestone


def _indicator(row: Row, base: FiscalYear, order: int) -> tuple[Indicator, list[Part]]:
    baseline = row.number("baseline")
    indicator = Indicator(
        name=row.text("name", required=True),
        unit=row.text("unit"),
        baseline=baseline,
        baseline_year=None if baseline is None else base,
        order=order,
    )
    values = [(_value(each), each) for each in row.rows("targets")]
    row.finish()
    return indicator, values


def _value(row: Row) -> IndicatorValue:
    value = IndicatorValue(fiscal_year=row.fiscal_year("fy"), target=row.number("value"))
    row.finish()
    return value


def _refuse_circles(rows: list[Row]) -> None:
    """What the file itself lets wait for each other in a circle, at the line that closes it."""
    ids = [row.text("id") for row in rows]
    names, keys = dict(enumerate(ids)), {name: key for key, name in enumerate(ids)}
    links: list[tuple[int, int]] = []
    for row in rows:
        for needed in row.list("depends_on"):
            if str(needed) in keys:
                _take_link(row, links, (keys[row.text("id")], keys[str(needed)]), names)


def _take_link(row: Row, links: list[tuple[int, int]], link: tuple[int, int], names: dict[int, str]) -> bool:
    """Whether the link may be; one that closes a circle is a fault of the entry, which names the way around."""
    circle = find_circle(links, link)
    if circle:
        way = " → ".join(names[key] for key in circle)
        words = gettext("the initiatives would wait for each other in a circle: %(way)s") % {"way": way}
        row.fault_in_list("depends_on", names[link[1]], words)
    else:
        links.append(link)
    return not circle


def _link_initiatives(session: LoadSession, rows: list[Row]) -> None:
    """With what people have linked meanwhile there is no circle either."""
    links, names = every_link(), {each.pk: each.source_key or each.address for each in Initiative.objects.all()}
    for row in rows:
        (initiative,) = session.those(Initiative, [row.text("id")])
        for needed in session.those(Initiative, row.list("depends_on")):
            is_new = session.is_new(initiative) or session.is_new(needed)
            if is_new and _take_link(row, links, (initiative.pk, needed.pk), names):
                session.link(row, InitiativeDependency, initiative=initiative, needs=needed)
        for other in session.those(Initiative, row.list("related_to")):
            session.link(row, InitiativeRelation, initiative=initiative, other=other)
