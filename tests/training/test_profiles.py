"""Talent profiles and headcounts: who writes them, what is refused, what is hidden, and what the history says."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.fiscal import FiscalYear
from apps.core.history import entries_of
from apps.core.permissions import Forbidden
from apps.core.services import StaleVersion
from apps.core.transitions import Unmet
from apps.organization.choices import RoleKind, UnitKind
from apps.training.models import Candidate, Headcount, PlanProfile, ProfileSkill, TalentProfile
from apps.training.selectors import gap_table
from apps.training.selectors.profiles import people_on_the_way, preview_count
from apps.training.services.headcounts import People, set_headcounts
from apps.training.services.profiles import archive_profile, count_people, create_profile, edit_profile
from tests.factories import (
    CourseFactory,
    HeadcountFactory,
    RecognitionFactory,
    SkillFactory,
    SkillRoleFactory,
    SkillStandardFactory,
    TalentProfileFactory,
    TrainingPlanFactory,
    UnitFactory,
    UserFactory,
    user_with,
)
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

Y = FiscalYear
TODAY = date(2022, 10, 14)  # DEMO_TODAY
ROLES = [role.value for role in RoleKind]


def values(**others: Any) -> dict[str, Any]:
    return {
        "name": "𠮷の人材",
        "code": "DATA",
        "tier": "expert",
        "description": "",
        "roles": [],
        "skills": {},
        **others,
    }


@pytest.fixture
def personnel() -> Any:
    return user_with("personnel")


class TestRights:
    @pytest.mark.parametrize("role", ROLES)
    def test_who_may_do_what(self, role: str) -> None:
        user, profile = user_with(role), HeadcountFactory().profile
        writes, counts = role in {"personnel", "secretariat"}, role == "personnel"
        acts: list[tuple[bool, Any]] = [
            (writes, lambda: create_profile(uid=uuid4(), values=values(), by=user)),
            (writes, lambda: edit_profile(profile=profile, version=1, values=values(), by=user)),
            (writes, lambda: set_headcounts(profile=profile, unit=None, years={}, by=user, version=profile.version)),
            (counts, lambda: count_people(profile=profile, counted_from=TODAY, by=user, version=profile.version)),
            (counts, lambda: archive_profile(profile=profile, reason="統合", by=user, version=profile.version)),
        ]
        for may, act in acts:
            if may:
                act()
            else:
                with pytest.raises(Forbidden):
                    act()

    @pytest.mark.parametrize("role", ROLES)
    def test_the_pages_offer_what_one_may_do(self, role: str, client_for: Any) -> None:
        profile, client = HeadcountFactory().profile, client_for(user_with(role))
        page = text_of(client.get(profile.get_absolute_url()))
        writes, counts = role in {"personnel", "secretariat"}, role == "personnel"
        for verb, may in (("edit", writes), ("headcounts", writes), ("count", counts), ("archive", counts)):
            url = f"{profile.get_absolute_url()}{verb}/"
            assert (f'href="{url}"' in page) == may
            assert client.get(url).status_code == (200 if may else 403), verb
        assert client.get("/training/profiles/new/").status_code == (200 if writes else 403)

    def test_what_is_archived_is_gone(self, client_for: Any) -> None:
        profile = TalentProfileFactory(archived_at="2022-10-01T00:00+09:00")
        assert client_for(user_with("personnel")).get(profile.get_absolute_url()).status_code == 404
        assert client_for(UserFactory()).get(TalentProfileFactory().get_absolute_url()).status_code == 404


class TestWriting:
    def test_a_new_one_stands_at_the_end_with_skills_and_roles(self, personnel: Any) -> None:
        TalentProfileFactory(order=7)
        skill, role = SkillFactory(), SkillRoleFactory()
        profile = create_profile(uid=uuid4(), values=values(roles=[role], skills={skill: 3}), by=personnel)
        assert (profile.order, profile.version) == (8, 1)
        assert [(link.skill, link.level) for link in profile.skill_links.all()] == [(skill, 3)]
        assert [link.role for link in profile.role_links.all()] == [role]
        with pytest.raises(Unmet, match="DATA"):
            create_profile(uid=uuid4(), values=values(), by=personnel)

    def test_a_level_changes_and_the_history_says_from_which_to_which(self, personnel: Any) -> None:
        first, second, third = SkillFactory(name="設計"), SkillFactory(), SkillFactory()
        profile = create_profile(uid=uuid4(), values=values(skills={first: 1, second: 2}), by=personnel)
        kept = ProfileSkill.objects.get(skill=first).pk
        edit_profile(profile=profile, version=1, values=values(code="OTHER", skills={first: 4, third: 2}), by=personnel)
        rows = {row.skill: (row.pk, row.level) for row in ProfileSkill.objects.filter(profile=profile)}
        assert rows.keys() == {first, third}
        assert rows[first] == (kept, 4)
        assert profile.code == "DATA", "files know it by its code"
        changes = entries_of(profile, parts=("skill_links",))[0].changes
        assert any("1" in change.old and "4" in change.new for change in changes)

    def test_nobody_writes_over_another_change(self, personnel: Any) -> None:
        profile = TalentProfileFactory()
        edit_profile(profile=profile, version=1, values=values(), by=personnel)
        with pytest.raises(StaleVersion):
            edit_profile(profile=profile, version=1, values=values(name="もう一つ"), by=personnel)

    def test_the_form(self, client_for: Any, personnel: Any) -> None:
        skill, role = SkillFactory(name="要件を決める"), SkillRoleFactory()
        client, url = client_for(personnel), "/training/profiles/new/"
        sent = form_of(client.get(url), "name") | {"name": "橋渡しをする人", "code": "BRIDGE", "tier": "leader"}
        refused = client.post(url, {**sent, "skill_1": skill.pk, "skill_2": skill.pk, "level_3": "2", "code": "小"})
        assert refused.status_code == 422
        for words in ("レベルを選択してください", "上の行で選択済み", "スキルを選択してください", "英大文字"):
            assert words in text_of(refused)
        sent |= {"skill_1": skill.pk, "level_1": "3", "roles": [role.pk]}
        for _click in range(2):
            assert client.post(url, sent).status_code == 302
        profile = TalentProfile.objects.get()
        assert [str(link) for link in profile.skill_links.all()] == ["要件を決める 3 ひとりでできる"]
        edit = f"{profile.get_absolute_url()}edit/"
        changed = form_of(client.get(edit), "name") | {"roles": [role.pk], "skill_1": "", "level_1": ""}
        assert client.post(edit, changed).status_code == 302
        assert not profile.skill_links.exists()
        again = client.post(edit, changed | {"name": "別の名前"})
        assert again.status_code == 409
        assert "別の名前" in text_of(again)

    def test_a_plan_keeps_it_from_being_archived(self, personnel: Any) -> None:
        profile, plan = TalentProfileFactory(), TrainingPlanFactory(name="使っている計画")
        PlanProfile.objects.create(plan=plan, profile=profile)
        with pytest.raises(Unmet, match="使っている計画"):
            archive_profile(profile=profile, reason="統合", by=personnel, version=1)
        with pytest.raises(Unmet, match="理由"):
            archive_profile(profile=TalentProfileFactory(), reason=" ", by=personnel, version=1)
        plan.status = "ended"
        plan.save()
        assert archive_profile(profile=profile, reason="統合", by=personnel, version=1).archived_at


class TestStandard:
    def test_it_says_where_a_version_is_no_longer_in_use(self, client_for: Any, personnel: Any) -> None:
        old, new = (SkillStandardFactory(version=each, is_current=each == "1.2") for each in ("1.1", "1.2"))
        past, present = (SkillFactory(standard=each, name=f"技能{each.version}") for each in (old, new))
        own = SkillFactory(standard=None, name="市の技能")
        role = SkillRoleFactory(skill_type__standard=old)
        profile = create_profile(
            uid=uuid4(), values=values(roles=[role], skills={past: 1, present: 2, own: 3}), by=personnel
        )
        client = client_for(personnel)
        page = text_of(client.get(profile.get_absolute_url()))
        assert page.count("旧版") == 2
        assert "この版は現在使われていません" in page
        assert "使用中：デジタルスキル標準 1.2" in page
        assert "市独自" in page
        form = text_of(client.get(f"{profile.get_absolute_url()}edit/"))
        assert "技能1.1（デジタルスキル標準 1.1）" in form, "what is chosen stays to be chosen"
        assert "技能1.1" not in text_of(client.get("/training/profiles/new/"))


class TestHeadcounts:
    def test_years_come_change_and_go(self, personnel: Any) -> None:
        profile = HeadcountFactory(needed=24, estimated=3).profile
        kept = HeadcountFactory(profile=profile, fiscal_year=Y(2023), needed=69)
        group = HeadcountFactory(profile=profile, unit=UnitFactory(), needed=5)
        years = {
            Y(2022): People(30, 4, date(2022, 10, 1)),
            Y(2023): People(69),
            Y(2024): People(99),
            Y(2025): People(None),
        }
        set_headcounts(profile=profile, unit=None, years=years, by=personnel, version=1, reason="見直し")
        rows = Headcount.objects.filter(profile=profile, unit=None).order_by("fiscal_year")
        assert [(int(row.fiscal_year), row.needed, row.estimated, row.estimated_on) for row in rows] == [
            (2022, 30, 4, date(2022, 10, 1)),
            (2023, 69, None, None),
            (2024, 99, None, None),
        ]
        assert kept in rows
        entry = entries_of(profile, parts=("headcounts",))[0]
        assert (entry.verb, entry.reason) == ("必要数を設定", "見直し")
        assert not any("69" in change.old for change in entry.changes), "what stays is not told"
        set_headcounts(profile=profile, unit=None, years={Y(2022): People(None)}, by=personnel, version=2)
        assert [int(row.fiscal_year) for row in rows.all()] == [2023, 2024]
        assert Headcount.objects.filter(pk=group.pk).exists()

    @pytest.mark.parametrize(
        ("people", "words"),
        [
            (People(None, 3), "必要数も"),
            (People(3, None, TODAY), "推計の人数も"),
            (People(3, 1, date(2022, 10, 15)), "将来の日"),
        ],
    )
    def test_what_cannot_stand_is_refused(self, people: People, words: str, personnel: Any) -> None:
        profile = TalentProfileFactory()
        with pytest.raises(Unmet, match=words):
            set_headcounts(profile=profile, unit=None, years={Y(2022): people}, by=personnel, version=1)
        assert not Headcount.objects.exists()

    def test_no_group_lies_within_another(self, personnel: Any) -> None:
        department = UnitFactory(kind=UnitKind.DEPARTMENT)
        section = UnitFactory(parent=department)
        profile = HeadcountFactory(unit=department).profile
        for unit, other in ((section, profile), (department, HeadcountFactory(unit=section).profile)):
            with pytest.raises(Unmet, match="二重"):
                set_headcounts(profile=other, unit=unit, years={Y(2022): People(3)}, by=personnel, version=1)
        set_headcounts(profile=profile, unit=department, years={Y(2022): People(3)}, by=personnel, version=1)

    def test_the_form_of_the_city_and_of_a_unit_group(self, client_for: Any, personnel: Any) -> None:
        profile = HeadcountFactory(needed=24, estimated=0).profile
        unit = UnitFactory(kind=UnitKind.DEPARTMENT, name="市民部")
        client, url = client_for(personnel), f"{profile.get_absolute_url()}headcounts/"
        sent = form_of(client.get(url), "version")
        assert (sent["needed_2022"], sent["estimated_2022"]) == ("24", "0")
        assert "needed_2027" not in sent
        refused = client.post(url, sent | {"needed_2023": "", "estimated_2023": "2", "day_2024": "R4.10.1"})
        assert refused.status_code == 422
        assert client.post(url, sent | {"needed_2023": "１，０６９", "day_2022": "R4.4.1"}).status_code == 302
        assert list(profile.headcounts.values_list("needed", flat=True)) == [24, 1069]
        assert client.post(url, sent | {"needed_2023": "7"}).status_code == 409
        group = f"{url}?unit={unit.code}"
        assert f'value="{unit.code}"' in text_of(client.get(profile.get_absolute_url()))
        assert client.post(group, form_of(client.get(group), "version") | {"needed_2022": "6"}).status_code == 302
        assert profile.headcounts.get(unit=unit).needed == 6
        assert "市民部" in text_of(client.get("/training/"))
        assert client.get(f"{url}?unit=9999").status_code == 404


class TestCounting:
    def test_the_preview_says_what_changes(self, client_for: Any, personnel: Any) -> None:
        profile = HeadcountFactory(needed=1000, estimated=941).profile
        HeadcountFactory(profile=profile, fiscal_year=Y(2021), estimated=None)
        for _each in range(12):
            RecognitionFactory(profile=profile)
        assert [(int(row.gap.year), row.gap.present, row.people) for row in preview_count(profile)] == [
            (2021, None, 0),
            (2022, 941, 12),
        ]
        client, url = client_for(personnel), f"{profile.get_absolute_url()}count/"
        page = text_of(client.get(url))
        assert "941（R4推計） → 実人数 12" in page
        sent = form_of(client.get(url), "version")
        assert client.post(url, sent | {"counted_from": "R4.10.15"}).status_code == 422
        assert client.post(url, sent | {"counted_from": "R4.4.1"}).status_code == 302
        profile.refresh_from_db()
        assert profile.counted_from == date(2022, 4, 1)
        assert "実人数" in text_of(client.get("/training/"))

    def test_a_mistyped_year_leaves_the_table_of_the_gaps_open(self, personnel: Any) -> None:
        profile = HeadcountFactory().profile
        for day in (date(1, 1, 1), date(22, 9, 1), date(1999, 12, 31)):
            with pytest.raises(Unmet, match="離れすぎ"):
                count_people(profile=profile, counted_from=day, by=personnel, version=1)
        assert gap_table().lines

    def test_the_way_back_needs_a_reason(self, personnel: Any) -> None:
        profile = TalentProfileFactory(counted_from=TODAY)
        with pytest.raises(Unmet, match="理由"):
            count_people(profile=profile, counted_from=None, by=personnel, version=1)
        assert count_people(profile=profile, counted_from=None, by=personnel, version=1, reason="誤り").version == 2

    def test_candidates_and_recognised_by_the_rule_of_five(self, client_for: Any) -> None:
        profile = TalentProfileFactory()
        recognised = [RecognitionFactory(profile=profile).person for _each in range(4)]
        for person in [*(UserFactory() for _each in range(5)), recognised[0]]:
            Candidate.objects.create(person=person, profile=profile, named_on=TODAY)
        found = people_on_the_way(profile)
        assert (found.candidates, found.recognised) == (5, None)
        page = text_of(client_for(user_with("secretariat")).get(profile.get_absolute_url()))
        assert "5人未満" in page
        assert not any(person.name in page for person in recognised)


def test_lists_and_pages_ask_as_often_for_many_rows_as_for_few(client_for: Any, personnel: Any) -> None:
    client, profile = client_for(personnel), TalentProfileFactory(counted_from=TODAY)

    def more(count: int) -> None:
        for _each in range(count):
            TalentProfileFactory()
            CourseFactory(profile=profile)
            ProfileSkill.objects.create(profile=profile, skill=SkillFactory(), level=2)
            HeadcountFactory(profile=profile, unit=UnitFactory(kind=UnitKind.DEPARTMENT))
            RecognitionFactory(profile=profile)
            PlanProfile.objects.create(plan=TrainingPlanFactory(), profile=profile)

    def queries() -> list[int]:
        found = []
        for url in ("/training/profiles/?format=json", "/training/profiles/", profile.get_absolute_url()):
            client.get(url)
            with CaptureQueriesContext(connection) as captured:
                b"".join(client.get(url))
            found.append(len(captured))
        return found

    more(2)
    few = queries()
    more(8)
    assert queries() == few
    assert max(few) <= 40


def test_a_search_finds_by_name_and_tier(client_for: Any, personnel: Any) -> None:
    TalentProfileFactory(name="ＤＸ推進リーダー", tier="leader", order=1)
    TalentProfileFactory(name="髙度専門人材", tier="expert", counted_from=TODAY, order=2)
    client = client_for(personnel)
    for query, expected in {"q=dx推進": 1, "tier=expert": 1, "counted=yes": 1, "counted=no": 1, "q=%00": 0}.items():
        assert client.get(f"/training/profiles/?{query}").context["total"] == expected, query
