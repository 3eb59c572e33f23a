"""Employees and the roles they hold, now and in the years before."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from apps.city.services.generating.names import draw_name
from apps.city.services.generating.organisation import Organisation, Section
from apps.city.services.generating.texts import any_of
from apps.city.services.generating.writing import Act, Person, Writer
from apps.core.fiscal import FiscalYear
from apps.organization.choices import RoleKind
from apps.organization.models import Role, User

FIRST_NUMBER = 100_001
# What the first ten people are: position, roles, and the section (by its place) where they sit; None: the whole city.
OFFICES: tuple[tuple[str, tuple[RoleKind, ...], int | None], ...] = (
    ("市長", (RoleKind.CHIEF,), None),
    ("副市長", (RoleKind.DEPUTY,), None),
    ("専門監", (RoleKind.ADVISOR,), 0),
    ("課長", (RoleKind.SECRETARIAT, RoleKind.MANAGER, RoleKind.MEMBER), 0),
    ("係長", (RoleKind.SECRETARIAT,), 0),
    ("主任", (RoleKind.SECRETARIAT,), 0),
    ("財政係長", (RoleKind.FINANCE, RoleKind.MEMBER), 1),
    ("人材育成係長", (RoleKind.PERSONNEL, RoleKind.MEMBER), 2),
    ("監査委員事務局長", (RoleKind.AUDITOR,), -1),
    ("システム管理者", (RoleKind.ADMINISTRATOR,), 0),
)
POSITIONS = ("主事", "主事", "主任", "主任", "係長", "主査", "課長補佐")
OCCUPATIONS = ("一般行政職", "一般行政職", "一般行政職", "一般行政職", "土木職", "保健師", "保育士")
EMPLOYMENTS = ("正規", "正規", "正規", "再任用", "会計年度任用職員")


@dataclass
class People:
    secretariat: list[Person] = field(default_factory=list)
    # Employee number, name, position and roles of those whom one tries first.
    shown: list[tuple[str, str, str, str]] = field(default_factory=list)


def password_hash(password: str | None, seed: int) -> str:
    """One hash for all; its salt comes from the seed, so that the same seed gives the same rows. Demo cities only."""
    if password is None:
        return "!no-password-was-given-to-the-generated-accounts"
    return make_password(password, salt=hashlib.sha256(f"city {seed}".encode()).hexdigest()[:22])


class _Office:
    """Writes people with their roles."""

    def __init__(self, writer: Writer, made: Organisation, act: Act, password: str) -> None:
        self.writer, self.made, self.act, self.password = writer, made, act, password
        self.people = People()
        self.number = FIRST_NUMBER
        self.since = FiscalYear.of(writer.today).start

    def employ(self, position: str, kinds: tuple[RoleKind, ...], section: Section | None, active: bool = True) -> None:
        name, kana = draw_name(self.writer.chance)
        number, chance = str(self.number), self.writer.chance
        self.number += 1
        pk = self.writer.add(
            User, self.act, employee_number=number, name=name, kana=kana, position=position, password=self.password,
            email=f"{number}@city.example.jp", unit_id=section.pk if section else None, is_active=active,
            occupation=any_of(chance, OCCUPATIONS), employment=any_of(chance, EMPLOYMENTS),
        )  # fmt: skip
        person = Person(pk, name)
        if section and active:
            section.people.append(person)
        for kind in kinds:
            self._role(pk, kind, section, active)
        if RoleKind.SECRETARIAT in kinds:
            self.people.secretariat.append(person)
        if len(self.people.shown) < len(OFFICES) + 3:
            self.people.shown.append((number, name, position, ", ".join(kind.value for kind in kinds)))

    def _role(self, user: int, kind: RoleKind, section: Section | None, active: bool) -> None:
        """Since a 1 April; who sat in a section that was renamed held it there before; who has left holds none."""
        eve = self.since - timedelta(days=1)
        began = date(self.since.year - 1 - int(4 * self.writer.chance.random()), 4, 1)
        unit = section.pk if section else None
        role = {"user_id": user, "kind": kind}
        if section and section.old:
            self.writer.add(Role, self.act, **role, unit_id=section.old, valid_from=began, valid_to=eve)
            began = self.since
        elif not active:
            self.writer.add(Role, self.act, **role, unit_id=unit, valid_from=began, valid_to=eve)
        if active:
            self.writer.add(Role, self.act, **role, unit_id=unit, valid_from=began)


def write_people(writer: Writer, made: Organisation, count: int, act: Act, password: str) -> People:
    """The city's heads and the secretariat first, then for each section a manager and a promoter, then everybody."""
    office, sections = _Office(writer, made, act, password), made.sections
    for position, kinds, place in OFFICES:
        office.employ(position, kinds, None if place is None else sections[place % len(sections)])
    ahead = {section.department: section for section in reversed(sections)}

    def employ(place: int) -> None:
        turn, at = divmod(place, len(sections))
        section = sections[at]
        if turn == 0:
            head = ahead[section.department] is section
            kinds = (RoleKind.MANAGER, RoleKind.PROMOTER, *((RoleKind.HEADQUARTERS,) if head else ()))
            return office.employ("部長兼課長" if head else "課長", kinds, section)
        if turn == 1:
            return office.employ("係長", (RoleKind.PROMOTER, *((RoleKind.MEMBER,) if at % 5 == 0 else ())), section)
        has_left = writer.chance.random() < 0.02
        return office.employ(any_of(writer.chance, POSITIONS), (RoleKind.VIEWER,), section, not has_left)

    writer.each(range(count - len(OFFICES)), employ)
    return office.people
