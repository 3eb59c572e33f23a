"""common_hurdles.yaml and voices.yaml: what hurdles share, and what other sections say to them."""

from datetime import date

from apps.city.services.rows import Row
from apps.city.services.session import LoadSession, source
from apps.core.fiscal import FiscalYear
from apps.hurdles.choices import OwnerAnswer
from apps.hurdles.models import (
    CommonHurdle,
    CommonHurdleMember,
    Endorsement,
    Hurdle,
    OwnerView,
    SolvedCase,
    SolvedCaseAdoption,
)
from apps.organization.models import Unit

ANSWERS = {"対応可": OwnerAnswer.POSSIBLE, "条件付": OwnerAnswer.CONDITIONAL, "困難": OwnerAnswer.DIFFICULT}


def load_common_hurdles(session: LoadSession) -> None:
    """Common hurdles, numbered in the year of the day, with those members that the day knows."""
    document, units = session.document("common_hurdles.yaml"), session.keys_of(Unit)
    series = ("C", FiscalYear.of(session.as_of))
    for row in document.rows("common_hurdles"):
        common = CommonHurdle(
            **source("common-hurdle", row.text("id", required=True)),
            title=row.text("title", required=True),
            direction=row.text("direction"),
            goal=row.text("goal"),
            countermeasures=row.text("countermeasure"),
            target_date=row.day("date"),
            lead_unit=units.get(row.text("lead_section")),
        )
        members = row.list("hurdles")
        with session.entry():
            taken = session.take(row, common, number=series)
            for hurdle in session.those(Hurdle, members):
                session.link(row, CommonHurdleMember, common_hurdle=taken, hurdle=hurdle)
    document.finish()


def load_voices(session: LoadSession) -> None:
    """Ours too, the owning units' views, solved cases: each from its day on, and once its hurdle is there."""
    document = session.document("voices.yaml")
    for row in document.rows("endorsements"):
        _load_endorsement(session, row)
    for row in document.rows("owner_views"):
        _load_owner_view(session, row)
    for row in document.rows("solved_cases"):
        _load_solved_case(session, row)
    document.finish()


def _load_endorsement(session: LoadSession, row: Row) -> None:
    day = row.first_day("date")
    hurdle, unit, key = _ends(session, row, day)
    endorsement = Endorsement(
        source_key=key,
        hurdle=hurdle,
        unit=unit,
        example=row.text("example"),
        hours_lost=row.integer("hours"),
        endorsed_on=day,
    )
    session.take(row, endorsement, since=day if hurdle else date.max)


def _load_owner_view(session: LoadSession, row: Row) -> None:
    """An answer that came after the day is not known yet: then the section is still silent."""
    asked_on, due_on, answered_on = row.first_day("asked_on"), row.first_day("due"), row.day("answered_on")
    row.in_order("asked_on", asked_on, "due", due_on)
    hurdle, unit, key = _ends(session, row, asked_on)
    answer, reason = row.one_of("view", ANSWERS, required=False), row.text("reason")
    if not session.knows(answered_on):
        answer, reason, answered_on = "", "", None
    view = OwnerView(
        source_key=key,
        hurdle=hurdle,
        unit=unit,
        asked_on=asked_on,
        due_on=due_on,
        answered_on=answered_on,
        answer=answer,
        reason=reason,
    )
    session.take(row, view, since=asked_on if hurdle else date.max)


def _load_solved_case(session: LoadSession, row: Row) -> None:
    day = row.first_day("date")
    hurdle, unit, key = _ends(session, row, day)
    adopting = row.list("adopted_by")
    case = SolvedCase(
        **source("solved-case", key),
        hurdle=hurdle,
        unit=unit,
        what=row.text("what", required=True),
        effect=row.text("effect"),
        hours_saved=row.integer("hours_saved"),
        solved_on=day,
    )
    with session.entry():
        taken = session.take(row, case, since=day if hurdle else date.max)
        for adopter in session.those(Unit, adopting if taken else []):
            session.link(row, SolvedCaseAdoption, case=taken, unit=adopter)


def _ends(session: LoadSession, row: Row, day: date) -> tuple[Hurdle | None, Unit | None, str]:
    """The hurdle (none before its own day) and the section of a voice, and the key that both make with the day."""
    hurdle, unit = row.text("hurdle", required=True), row.text("section", required=True)
    return session.keys_of(Hurdle).get(hurdle), session.keys_of(Unit).get(unit), f"{hurdle} {unit} {day}"
