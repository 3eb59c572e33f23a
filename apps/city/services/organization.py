"""Units with their history, people with their roles, the year's calendar, the workload survey."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from apps.city.services.rows import Row
from apps.city.services.session import LoadSession
from apps.core.fiscal import FiscalYear
from apps.organization.choices import CalendarKind, RoleKind, UnitKind
from apps.organization.models import (
    Body,
    CalendarEvent,
    City,
    FiscalYearRules,
    Role,
    Unit,
    User,
    WorkloadEntry,
)

RENAMED, FOUNDED, ABOLISHED = "改称", "新設", "廃止"


def load_units(session: LoadSession) -> None:
    """org.yaml: the city, departments, sections, units of the past, bodies."""
    document = session.document("org.yaml")
    _load_city_row(session, document.row("city"))
    units = session.keys_of(Unit)
    for order, row in enumerate(document.rows("departments"), start=1):
        department = _unit(session, units, row, UnitKind.DEPARTMENT, None, order * 1000)
        for position, section in enumerate(row.rows("sections"), start=1):
            _unit(session, units, section, UnitKind.SECTION, department, order * 1000 + position)
            section.get("dx_team")  # the same as members_sections of the team, below
            section.finish()
        row.finish()
    for row in document.rows("history"):
        _past_unit(session, units, row)
    _load_bodies(session, document, units)
    document.finish()


def _load_city_row(session: LoadSession, row: Row) -> None:
    year = row.fiscal_year("fiscal_year")
    values: dict[str, Any] = {
        "name": row.text("name", required=True),
        "kana": row.text("kana"),
        "code": row.text("code", required=True),
        "prefecture": row.text("prefecture"),
        "population": row.integer("population"),
        "population_as_of": row.day("population_as_of"),
        "general_staff": row.integer("general_staff"),
        "note": row.text("note"),
    }
    row.finish()
    session.problems.stop_if_any()
    if not City.objects.exists():
        session.came(City.objects.create(**values))
    for each in (year, year.next):
        FiscalYearRules.objects.get_or_create(fiscal_year=each)


def _unit(session: LoadSession, units: dict[str, Any], row: Row, kind: str, parent: Unit | None, order: int) -> Unit:
    code = row.text("code", required=True)
    unit = Unit(
        source_key=code,
        code=code,
        name=row.text("name", required=True),
        kind=kind,
        parent=parent,
        order=order,
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
    )
    session.problems.stop_if_any()
    if code not in units:
        units[code] = session.add(unit, row)
    return units[code]


def _past_unit(session: LoadSession, units: dict[str, Any], row: Row) -> None:
    """A unit that was renamed or abolished: it ends on the eve, and points to its successor."""
    kind = row.one_of("type", {RENAMED: RENAMED, FOUNDED: FOUNDED, ABOLISHED: ABOLISHED})
    effective = row.day("effective", required=True)
    code, name = row.text("old_code"), row.text("old_name")
    successor = units.get(row.text("new_code") if kind == RENAMED else row.text("succeeded_by"))
    for known in ("new_code", "new_name", "succeeded_by"):
        row.get(known)
    row.finish()
    session.problems.stop_if_any()
    key = f"{code} {name}"
    if kind == FOUNDED or key in units or effective is None or successor is None:
        return
    last_day = effective - timedelta(days=1)
    past = Unit(
        source_key=key,
        code=code,
        name=name,
        kind=UnitKind.SECTION,
        parent=successor.parent,
        order=successor.order,
        valid_to=last_day,
        main_successor=successor,
    )
    units[key] = session.add(past, row)
    past.successors.add(successor)


def _load_bodies(session: LoadSession, document: Row, units: dict[str, Any]) -> None:
    known = session.keys_of(Body)
    for row in document.rows("bodies"):
        key = row.text("id", required=True)
        body = Body(
            source_key=key,
            key=key.lower(),
            name=row.text("name", required=True),
            chair=row.text("chair"),
            deputies=row.text("vice"),
            members=row.text("members"),
            meets=row.text("meets"),
            secretariat=units.get(row.text("secretariat")),
        )
        members = [units[code] for code in row.list("members_sections")]
        row.finish()
        session.problems.stop_if_any()
        if key not in known:
            session.add(body, row).member_units.set(members)


def load_people(session: LoadSession) -> None:
    """users.yaml: people and their roles, held since the fiscal year began."""
    document = session.document("users.yaml")
    units, known = session.keys_of(Unit), session.keys_of(User)
    since = FiscalYear.of(session.as_of).start
    # One hash for all: the demo city has one password, and hashing is slow by design.
    password = make_password(session.password)
    for row in document.rows("users"):
        user = _user(row, units, password)
        kinds = [kind for kind in row.list("roles") if _is_role(row, kind)]
        row.finish()
        session.problems.stop_if_any()
        if user.source_key in known:
            continue
        session.add(user, row)
        for kind in kinds:
            session.add(Role(user=user, kind=kind, unit=user.unit, valid_from=since), row)
    document.finish()


def _user(row: Row, units: dict[str, Any], password: str) -> User:
    number = row.text("id", required=True)
    return User(
        source_key=number,
        employee_number=number,
        name=row.text("name", required=True),
        kana=row.text("kana"),
        position=row.text("post"),
        role_label=row.text("role_label"),
        unit=units.get(row.text("org")),
        password=password,
    )


def _is_role(row: Row, kind: Any) -> bool:
    if kind in RoleKind.values:
        return True
    row.fault("roles", f"“{kind}”: {'、'.join(RoleKind.values)}")
    return False


def load_calendar(session: LoadSession) -> None:
    """calendar.yaml: the days of the year; some are those of the year after."""
    document = session.document("calendar.yaml")
    year = document.fiscal_year("fy") if session.documents.get("calendar.yaml") else None
    known = session.keys_of(CalendarEvent)
    kinds = {kind.upper(): kind for kind in CalendarKind.values}
    events = document.rows("events")
    document.finish()
    for row in events:
        day, title = row.day("date", required=True), row.text("title", required=True)
        kind = row.one_of("kind", kinds)
        row.finish()
        session.problems.stop_if_any()
        key = f"{day} {title}"
        if key not in known and year and day:
            event = CalendarEvent(source_key=key, fiscal_year=year, date=day, title=title, kind=kind)
            session.add(event, row)


def load_workload(session: LoadSession) -> None:
    """workload.yaml: hours by unit and task; the hurdles that it names are linked with the hurdles."""
    document = session.document("workload.yaml")
    units, known = session.keys_of(Unit), session.keys_of(WorkloadEntry)
    for row in document.rows("entries"):
        key = row.text("id", required=True)
        entry = WorkloadEntry(
            source_key=key,
            fiscal_year=row.fiscal_year("fy"),
            unit=units.get(row.text("section", required=True)),
            task=row.text("task", required=True),
            kind=row.text("kind"),
            hours=row.count("hours"),
            headcount=row.decimal("headcount"),
            routine=row.flag("routine"),
            core=row.flag("core"),
        )
        row.list("hurdles")
        row.finish()
        session.problems.stop_if_any()
        if key not in known:
            session.add(entry, row)
    document.finish()
