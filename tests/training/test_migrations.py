"""A filled database of before people, skills and seats becomes one of today: what the migration writes into its rows.

The columns of before are made of those of today, within the transaction of the test: to take the migrations back and
apply them again would take a minute.
"""

from datetime import date
from importlib import import_module
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection

from apps.training.models import LiteracyArea, Session, SkillRole, SkillStandard, SkillType, TalentProfile
from tests.factories import CourseFactory, SessionFactory, TalentProfileFactory

pytestmark = pytest.mark.django_db
fill_what_is_new = import_module("apps.training.migrations.0003_people_skills_and_seats").fill_what_is_new


def no_standard_needed() -> None:
    with connection.cursor() as cursor:
        for model in (SkillType, LiteracyArea):
            cursor.execute(f'ALTER TABLE "{model._meta.db_table}" ALTER standard_id DROP NOT NULL')


def test_profiles_get_an_address_and_their_tier() -> None:
    for order, code in enumerate(("EXPERT", "LEADER", "MANAGER", "GENERAL", "OWN"), start=1):
        TalentProfileFactory(code=code, tier="general", order=order, uid=UUID(int=order))
    fill_what_is_new(apps, None)
    profiles = list(TalentProfile.objects.all())
    assert [each.tier for each in profiles] == ["expert", "leader", "manager", "general", "general"]
    assert len({each.uid for each in profiles} - {UUID(int=order) for order in range(1, 6)}) == 5
    assert not SkillStandard.objects.exists()


def test_lists_become_those_of_one_version_of_the_standard() -> None:
    no_standard_needed()
    kinds = [SkillType.objects.create(name=name) for name in ("デザイナー", "データサイエンティスト")]
    role = SkillRole.objects.create(skill_type=kinds[0], name="サービスデザイナー")
    area = LiteracyArea.objects.create(name="マインド・スタンス")
    fill_what_is_new(apps, None)
    standard = SkillStandard.objects.get()
    assert (standard.name, standard.version, standard.is_current) == ("デジタルスキル標準", "", True)
    assert {each.standard for each in SkillType.objects.all()} == {standard}
    area.refresh_from_db()
    assert (area.standard, SkillRole.objects.get().skill_type) == (standard, role.skill_type)


def test_a_roll_is_kept_where_nobody_was_reported_yet() -> None:
    course = CourseFactory()
    held = {"state": "held", "applied": 31, "attended": 23, "completed": 23}
    rows = (held, {"state": "planned"}, {"state": "open"}, {"state": "open", "applied": 5}, {"state": "cancelled"})
    for day, values in enumerate(rows, start=1):
        SessionFactory(course=course, date=date(2022, 11, day), keeps_roll=False, **values)
    fill_what_is_new(apps, None)
    told = [(each.state, each.keeps_roll, each.applied, each.completed) for each in Session.objects.all()]
    assert told == [
        ("held", False, 31, 23),
        ("planned", True, 0, 0),
        ("open", True, 0, 0),
        ("open", False, 5, 0),
        ("cancelled", False, 0, 0),
    ]
