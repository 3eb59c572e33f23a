"""staff.yaml: the people of the sections who take part in training; nobody can sign in as one of them."""

from typing import Any

from django.contrib.auth.hashers import make_password

from apps.city.services.rows import Row
from apps.city.services.session import LoadSession
from apps.core.fiscal import FiscalYear
from apps.organization.choices import RoleKind
from apps.organization.models import Role, Unit, User


def load_staff(session: LoadSession) -> None:
    """Everybody is a viewer and has no password that opens anything; all at once, for they are many."""
    document = session.document("staff.yaml")
    units, known = session.keys_of(Unit), session.keys_of(User)
    since = FiscalYear.of(session.as_of).start
    closed = make_password(None)
    read = [_person(row, units, closed) for row in document.rows("staff")]
    document.finish()
    session.problems.stop_if_any()
    people = [person for person in read if person.source_key not in known]
    with session.entry():
        session.add_all(document, people)
        viewer = RoleKind.VIEWER
        session.add_all(document, [Role(user=each, kind=viewer, unit=each.unit, valid_from=since) for each in people])


def _person(row: Row, units: dict[str, Any], password: str) -> User:
    number = row.text("id", required=True)
    person = User(
        source_key=number,
        employee_number=number,
        name=row.text("name", required=True),
        kana=row.text("kana"),
        position=row.text("post"),
        unit=units.get(row.text("org", required=True)),
        password=password,
    )
    row.finish()
    return person
