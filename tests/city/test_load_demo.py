"""The demo city as a person meets it after the load."""

from collections import Counter
from datetime import date
from uuid import uuid4

import pytest
from django.apps import apps as installed
from django.core.management import CommandError, call_command

from apps.budget.models import GrantProgramme, Proposal, StageEntry
from apps.city.services import load_city
from apps.core.fiscal import FiscalYear
from apps.core.history import entries_of
from apps.hurdles.models import Hurdle
from apps.hurdles.services import edit_hurdle
from apps.organization.models import Body, CalendarEvent, Role, Unit, User, WorkloadEntry
from apps.organization.selectors import departments_today, sections_today, units_on
from tests.city.demo_city import AS_OF, DEMO, OUR_APPS, PASSWORD, person, row_counts

STATES = {
    "整理中": 6,
    "方針案作成": 5,
    "本部会議付議": 2,
    "方針決定": 5,
    "対応中": 7,
    "国へ要望中": 4,
    "解消": 1,
}
ROLES = {
    "u001": {"chief"},
    "u002": {"deputy", "headquarters"},
    "u003": {"headquarters"},
    "u004": {"headquarters", "finance"},
    "u005": {"secretariat", "manager", "member"},
    "u006": {"secretariat"},
    "u007": {"secretariat"},
    "u008": {"personnel", "member"},
    "u009": {"finance", "member"},
    "u010": {"finance", "manager"},
    "u011": {"member"},
    "u012": {"member"},
    "u013": {"manager", "member"},
    "u014": {"promoter"},
    "u015": {"member"},
    "u016": {"promoter"},
    "u017": {"manager", "member"},
    "u018": {"promoter"},
    "u019": {"member"},
    "u020": {"member"},
    "u021": {"promoter"},
    "u022": {"viewer"},
    "u023": {"advisor"},
    "u024": {"auditor"},
    "admin": {"administrator"},
}

pytestmark = pytest.mark.usefixtures("demo_city")


def test_thirty_hurdles_numbered_in_the_order_of_the_file():
    numbers = list(Hurdle.objects.order_by("number").values_list("number", flat=True))
    assert numbers == [f"H-2022-{n:04d}" for n in range(1, 31)]
    first = Hurdle.objects.get(number="H-2022-0001")
    assert (first.source_key, first.title) == ("H-001", "請求書への押印が全庁で残っている")
    assert first.affects_all_units
    assert (first.hours_lost, first.target_date, first.reported_on) == (6200, date(2023, 10, 1), date(2022, 5, 20))
    assert [str(basis) for basis in first.legal_bases.all()] == [
        "汐見野市財務規則 第62条第1項（架空）",
        "印影照合の慣行",
    ]
    assert [theme.name for theme in first.themes.all()] == ["古い慣習"]


def test_states_are_those_of_the_file():
    assert Counter(hurdle.get_status_display() for hurdle in Hurdle.objects.all()) == STATES


@pytest.mark.parametrize(("typed", "count"), [("印影", 1), ("ﾗｲﾌｲﾍﾞﾝﾄ", 1), ("どこにも無い", 0)])
def test_hurdles_are_found_by_text_that_was_loaded(typed, count, client):
    client.force_login(person("u006"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/hurdles/", {"q": typed}).context["total"] == count


def test_sixty_six_sections_in_the_order_of_the_administration():
    names = [unit.name for unit in sections_today()]
    assert (len(names), names[0], names[-1]) == (66, "秘書広報課", "農業委員会事務局")
    assert departments_today().count() == 15


def test_a_renamed_unit_keeps_its_old_name_and_points_to_its_successor():
    old = Unit.objects.get(name="情報政策課")
    assert old.code == "0202"
    assert old.valid_to == date(2021, 3, 31)
    assert [unit.name for unit in old.successors.all()] == ["情報戦略課"]
    assert [unit.name for unit in units_on(date(2021, 3, 31)).filter(code="0202")] == ["情報政策課"]
    assert [unit.name for unit in units_on(date(2021, 4, 1)).filter(code="0202")] == ["情報戦略課"]


def test_an_abolished_unit_ends_and_has_a_successor():
    room = Unit.objects.get(name="総合計画策定室")
    assert room.valid_to == date(2022, 3, 31)
    assert [unit.name for unit in room.successors.all()] == ["企画政策課"]
    assert not sections_today().filter(code="0105").exists()
    assert units_on(date(2022, 3, 31)).filter(code="0105").exists()


def test_twenty_five_people_with_their_roles_and_the_staff():
    held = {user.employee_number: set(user.role_kinds) for user in User.objects.all()}
    staff = {f"s{number:03}": {"viewer"} for number in range(1, 113)}
    assert held == ROLES | staff
    assert person("u007").name == "髙橋 隼人"
    assert person("u012").name == "岩﨑 徹"
    assert set(Role.objects.values_list("valid_from", flat=True)) == {date(2022, 4, 1)}
    assert Role.objects.get(user__employee_number="u001").unit is None


def test_one_password_opens_every_account_but_those_of_staff():
    opened = {user.employee_number for user in User.objects.all() if user.check_password(PASSWORD)}
    assert opened == set(ROLES)


def test_without_a_password_no_account_opens():
    User.objects.filter(employee_number="admin").update(source_key=None, employee_number="retired")
    load_city(folder=DEMO, as_of=AS_OF)
    assert not person("admin").has_usable_password()


def test_bodies_have_their_members():
    team = Body.objects.get(key="team")
    assert team.member_units.count() == 11
    assert Body.objects.get(key="hq").secretariat.name == "情報戦略課"


def test_calendar_and_workload():
    assert CalendarEvent.objects.get(date=date(2022, 11, 2)).title == "予算要求の提出期限"
    moving = WorkloadEntry.objects.filter(task="住民異動届の受付と入力")
    assert sorted((int(entry.fiscal_year), entry.hours) for entry in moving) == [(2021, 9800), (2022, 9800)]
    for entry in moving:
        assert [hurdle.number for hurdle in entry.hurdles.all()] == ["H-2022-0010"]


def test_six_grants_with_their_fractions_and_days():
    grants = {grant.source_key: grant for grant in GrantProgramme.objects.all()}
    assert set(grants) == {f"G-0{n}" for n in range(1, 7)}
    assert grants["G-01"].rate_text == "1/2"
    assert (grants["G-01"].opens_on, grants["G-01"].closes_on) == (date(2022, 1, 20), date(2022, 2, 22))
    assert grants["G-01"].window == "closed"


def test_eight_proposals_all_at_the_first_stage_on_that_day():
    proposals = Proposal.objects.all()
    assert {proposal.source_key for proposal in proposals} == {f"B-0{n}" for n in range(1, 9)}
    assert {proposal.stage.name for proposal in proposals} == {"起案"}
    assert {proposal.fiscal_year for proposal in proposals} == {FiscalYear(2023)}
    assert not StageEntry.objects.exists()


def test_proposals_serve_their_hurdles():
    invoices = Proposal.objects.get(source_key="B-01")
    assert [hurdle.number for hurdle in invoices.hurdles.order_by("number")] == ["H-2022-0001", "H-2022-0003"]
    assert {unit.code for unit in invoices.supporting_units.all()} == {"0206", "0205", "0202"}


def test_every_row_says_that_the_loader_wrote_it():
    (entry,) = entries_of(Hurdle.objects.get(number="H-2022-0001"))
    assert (entry.actor, entry.at.date()) == ("データの読込み", AS_OF)


def test_a_second_load_adds_nothing():
    before = row_counts()
    report = load_city(folder=DEMO, as_of=AS_OF, password=PASSWORD)
    assert dict(report.added) == {}
    assert row_counts() == before


def test_a_second_load_leaves_what_a_person_wrote():
    hurdle = Hurdle.objects.get(number="H-2022-0001")
    values = {"title": "人が書き直した題名", "hours_lost": 1}
    edit_hurdle(hurdle=hurdle, version=hurdle.version, values=values, by=person("u006"))
    User.objects.filter(employee_number="u016").update(name="改姓 文香")
    Unit.objects.filter(code="0602").update(name="こども保育課")
    load_city(folder=DEMO, as_of=AS_OF, password=PASSWORD)
    hurdle.refresh_from_db()
    assert (hurdle.title, hurdle.hours_lost, hurdle.version) == ("人が書き直した題名", 1, 2)
    assert person("u016").name == "改姓 文香"
    assert Unit.objects.get(code="0602").name == "こども保育課"


def test_a_second_load_adds_what_is_missing_and_nothing_else():
    hurdle = Hurdle.objects.get(number="H-2022-0002")
    Hurdle.objects.filter(pk=hurdle.pk).update(source_key=None, uid=uuid4())
    report = load_city(folder=DEMO, as_of=AS_OF)
    assert sum(report.added.values()) == 1
    assert Hurdle.objects.get(source_key="H-002").number == "H-2022-0031"


def test_the_command_says_what_it_added(capsys):
    hurdle = Hurdle.objects.get(number="H-2022-0002")
    Hurdle.objects.filter(pk=hurdle.pk).update(source_key=None, uid=uuid4())
    call_command("load_city", str(DEMO))
    assert capsys.readouterr().out == "追加：ハードル 1\n"


def test_the_command_says_that_there_was_nothing_to_add(capsys):
    call_command("load_city", str(DEMO))
    assert capsys.readouterr().out == "追加：新しいものはありません\n"


def test_every_app_with_tables_is_counted_here():
    with_tables = {config.label for config in installed.get_app_configs() if config.name.startswith("apps.")} - {
        "city",
        "dashboards",
    }
    assert set(OUR_APPS) == with_tables


def test_the_command_names_a_day_that_is_none():
    with pytest.raises((CommandError, SystemExit)) as refusal:
        call_command("load_city", str(DEMO), "--as-of", "2022-02-30")
    assert "as-of" in str(refusal.value)


def test_a_hurdle_was_last_heard_of_at_the_last_meeting_that_discussed_it():
    days = dict(Hurdle.objects.values_list("source_key", "status_since"))
    assert days["H-001"] == date(2022, 10, 12)
    assert days["H-003"] == date(2022, 6, 3)
    assert days["H-011"] is None
