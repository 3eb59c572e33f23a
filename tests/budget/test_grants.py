"""Grant programmes: entered, announced, closed, continued; their state as of today; who may, and what is refused."""

import re
import uuid
from datetime import date
from typing import Any

import pytest
from django.test import Client

from apps.budget.choices import GrantStatus, WindowKind
from apps.budget.forms.grants import GrantForm
from apps.budget.models import GrantCandidate, GrantProgramme, GrantRequirement, Proposal
from apps.budget.selectors.grants import grants
from apps.budget.selectors.riding import could_ride, moved_days, riding, suggested, unseen_days
from apps.budget.services import grant_windows
from apps.budget.services.grant_parts import change_requirement, name_candidate, remove_candidate
from apps.budget.services.grants import archive_grant, contract_warning, create_grant, edit_grant
from apps.core.models import Notice
from apps.core.permissions import Forbidden
from apps.core.services import StaleVersion, seen_as
from apps.core.transitions import Unmet
from tests.city.demo_city import person

pytestmark = pytest.mark.usefixtures("demo_city")

VALUES: dict[str, Any] = {
    "name": "髙度化補助金",
    "kind": "国庫補助金",
    "money": "national",
    "ministry": "総務省",
    "rate_numerator": 1,
    "rate_denominator": 2,
    "window": WindowKind.ASSUMED,
    "closes_on": date(2023, 3, 31),
    "opens_on": date(2023, 3, 1),
    "checked_on": date(2022, 10, 14),
    "sources": ["総務省の説明資料"],
}


def call(key: str) -> GrantProgramme:
    return GrantProgramme.objects.get(source_key=key)


def enter(by: str = "u006", **changes: Any) -> GrantProgramme:
    return create_grant(uid=uuid.uuid4(), values={**VALUES, **changes}, by=person(by))


def states(today: date = date(2022, 10, 14)) -> dict[str, str]:
    rows = grants(today).order_by("source_key")
    return {row.source_key: GrantStatus(row.shown_status).label for row in rows if row.source_key}


def test_the_states_of_the_demo_city_on_its_day_and_later():
    before = dict.fromkeys(("G-02", "G-03", "G-06"), "公募前")
    assert states() == {"G-01": "終了", **before, "G-04": "要件未達", "G-05": "算定前"}
    later = states(date(2023, 2, 14))
    assert (later["G-02"], later["G-03"], later["G-04"], later["G-06"]) == ("終了", "終了", "終了", "公募前")


def test_a_new_value_of_the_city_changes_the_state():
    point = GrantRequirement.objects.get(grant=call("G-04"), least__isnull=False)
    page = _get(f"/budget/grants/{call('G-04').address}/")
    assert "48.7%" in page.replace(" ", "")
    assert "53.9%" in page.replace(" ", "")
    values = {"text": point.text, "least": point.least, "city_value": 54, "is_met": None, "source": "", "unit": "%"}
    change_requirement(requirement=point, seen=seen_as(point), values=values, by=person("u006"))
    assert states()["G-04"] == "公募前"
    other = call("G-04").checklist.filter(least__isnull=True).first()
    assert other
    said = {"text": other.text, "least": None, "city_value": None, "is_met": False, "source": "要綱", "unit": ""}
    change_requirement(requirement=other, seen=seen_as(other), values=said, by=person("u006"))
    assert states()["G-04"] == "要件未達"
    assert call("G-04").checklist.last().checked_on == date(2022, 10, 14)


def _get(address: str, number: str = "u006") -> str:
    client = Client()
    client.force_login(person(number), backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_a_call_gets_its_number_when_it_is_entered():
    assert enter().number == "G-2022-0001"
    with pytest.raises(Forbidden):
        enter("u016")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rate_numerator": 3}, "0から1"),
        ({"rate_denominator": 0}, "分母を0に"),
        ({"opens_on": date(2023, 4, 1)}, "開始より前"),
        ({"consultation_until": date(2023, 4, 3)}, "事前相談"),
        ({"checked_on": None}, "確認日を書いて"),
        ({"checked_on": date(2022, 10, 15)}, "今日より後"),
        ({"sources": []}, "出典"),
        ({"floor_k": 10, "cap_k": 5}, "下限"),
        ({"closes_on": None, "closes_at": "17:00"}, "日"),
    ],
)
def test_what_cannot_be_is_refused_in_words(changes: dict[str, Any], words: str):
    with pytest.raises(Unmet, match=words):
        enter(**changes)
    assert not GrantProgramme.objects.filter(name=VALUES["name"]).exists()


def test_the_form_refuses_all_at_once_each_at_its_field():
    typed = {
        **{
            "name": "髙度化補助金",
            "kind": "国庫補助金",
            "money": "national",
            "ministry": "総務省",
            "window": "assumed",
        },
        **{"rate_numerator": "3", "rate_denominator": "2", "cap_base": "grant", "cap_k": "5", "floor_k": "10"},
        **{"opens_on": "R5.4.1", "closes_on": "R5.3.31", "consultation_until": "R5.4.3", "checked_on": ""},
    }
    form = GrantForm(typed)
    assert not form.is_valid()
    words = {
        **{"rate_numerator": "0から1", "floor_k": "下限", "closes_on": "開始より前", "consultation_until": "事前相談"},
        **{"checked_on": "「?確認日", "sources": "「出典」か「前年度の制度」"},
    }
    assert set(form.errors) == set(words)
    for name, said in words.items():
        assert re.search(said, " ".join(form.errors[name])), name
    labels = [str(form.fields[name].label) for name in ("checked_on", "sources", "follows")]
    assert labels == ["確認日", "出典", "前年度の制度"], "the words of the refusals are those of the fields"
    future = GrantForm({**typed, "checked_on": "R5.12.1", "cap_k": "12345678901"})
    assert "今日より後" in future.errors["checked_on"][0]
    assert future.errors["cap_k"] == ["9,999,999,999以下で入力してください。"]
    right = {"rate_numerator": "1", "floor_k": "", "opens_on": "", "consultation_until": "", "checked_on": "R4.10.14"}
    assert GrantForm({**typed, **right, "sources": "説明資料"}).is_valid()
    page = _get("/budget/grants/new/")
    label = page[page.index('for="id_checked_on"') :].split("</label>")[0]
    assert ["確認日" in label, "任意" in label] == [True, False]


def test_a_contract_before_the_decision_is_warned_of():
    early = enter(decision_on=date(2023, 4, 10), contract_from=date(2023, 4, 1))
    assert "交付決定前の契約" in contract_warning(early)
    assert contract_warning(enter(decision_on=date(2023, 4, 10), contract_from=date(2023, 4, 10))) == ""


def test_announcing_keeps_what_was_assumed_and_flags_who_rides():
    grant, proposal = call("G-02"), Proposal.objects.get(source_key="B-03")
    days = {"closes_on": date(2023, 2, 1), "consultation_until": date(2023, 1, 31), "opens_on": date(2022, 12, 23)}
    with pytest.raises(Forbidden):
        _announce(grant, days, by="u016")
    with pytest.raises(StaleVersion):
        _announce(grant, days, version=7)
    _announce(grant, days)
    grant = call("G-02")
    assert grant.window == WindowKind.ANNOUNCED
    assert grant.assumed_days["closes_on"] == "2023-02-08"
    assert [(moved.days, moved.words) for moved in moved_days(grant)] == [(-7, "7日早い")]
    assert "7日早い" in Notice.objects.filter(kind="budget.grantprogramme", person=person("u014")).get().text
    assert [moved.days for moved in unseen_days(proposal, grant)] == [-7]
    with pytest.raises(Forbidden):
        grant_windows.take_note_of_grant_days(proposal=proposal, version=1, by=person("u021"))
    grant_windows.take_note_of_grant_days(proposal=proposal, version=proposal.version, by=person("u014"))
    assert unseen_days(proposal, grant) == []
    _announce(grant, {**days, "closes_on": date(2023, 2, 10)})
    assert call("G-02").assumed_days["closes_on"] == "2023-02-08"
    assert [moved.days for moved in unseen_days(Proposal.objects.get(pk=proposal.pk), call("G-02"))] == [2]
    with pytest.raises(Unmet, match="もう一度"):
        edit_grant(grant=call("G-02"), version=grant.version, values={"closes_on": date(2023, 2, 9)}, by=person("u006"))


def _announce(grant: GrantProgramme, days: dict[str, Any], by: str = "u006", version: int | None = None) -> None:
    grant_windows.announce_grant(
        grant=grant, version=version or grant.version, values=days, source="公募要領", by=person(by)
    )


def test_announcing_says_whether_anybody_was_told_and_is_the_next_step_no_more():
    client = Client()
    client.force_login(person("u006"), backend="django.contrib.auth.backends.ModelBackend")
    for grant, words in (
        (call("G-02"), "予定している課に知らせました"),
        (enter(), "予定している予算要求は、まだありません"),
    ):
        url = f"/budget/grants/{grant.address}/announce/"
        assert _looks(grant) == "primary"
        typed = {"version": grant.version, "closes_on": "R5.3.31", "source": "公募要領"}
        assert words in client.post(url, typed, follow=True).content.decode()
        assert _looks(grant) == "second"


def _looks(grant: GrantProgramme) -> str:
    found = re.search(r'button--(\w+)" href="[^"]*/announce/"', _get(f"/budget/grants/{grant.address}/"))
    assert found
    return found[1]


def test_what_is_empty_is_a_dash_and_days_are_in_the_calendar_of_the_country():
    page = _get(f"/budget/grants/{enter(cap_k=1_000, cap_text='').address}/")
    assert ["<dd>～</dd>" in page, "<dd>1,000千円（" in page] == [False, True]
    reference = _get("/budget/grants/reference/")
    assert ["2022-02-17" in reference, "令和4年2月17日" in reference] == [False, True]


def test_an_announced_call_is_open_between_its_days():
    _announce(call("G-02"), {"opens_on": date(2022, 12, 23), "closes_on": date(2023, 2, 8)})
    assert [states(day)["G-02"] for day in (date(2022, 12, 22), date(2022, 12, 23), date(2023, 2, 8))] == [
        "公募前",
        "公募中",
        "公募中",
    ]
    assert states(date(2023, 2, 9))["G-02"] == "終了"


def test_the_next_call_is_assumed_a_year_later_on_working_days():
    uid = uuid.uuid4()
    grant = grant_windows.continue_grant(grant=call("G-02"), uid=uid, name="地方創生の新しい交付金", by=person("u006"))
    assert (grant.window, grant.follows, grant.checked_on) == ("assumed", call("G-02"), date(2022, 10, 14))
    assert (grant.closes_on, grant.opens_on) == (date(2024, 2, 8), date(2023, 12, 22))  # 23 December 2023 is a Saturday
    assert [point.text for point in grant.checklist.all()] == [point.text for point in call("G-02").checklist.all()]
    again = grant_windows.continue_grant(grant=call("G-02"), uid=uid, name="x", by=person("u006"))
    assert again == grant


def test_closing_and_laying_aside():
    grant = grant_windows.close_grant(grant=call("G-06"), version=1, reason="県が取りやめた", by=person("u006"))
    assert states()["G-06"] == "終了"
    with pytest.raises(Unmet, match="終了"):
        _announce(grant, {"closes_on": date(2023, 5, 1)})
    with pytest.raises(Unmet, match="要求"):
        archive_grant(grant=grant, reason="不要", by=person("u006"))
    assert archive_grant(grant=call("G-01"), reason="古い", by=person("u006")).archived_at


def test_who_rides_and_who_could():
    grant = call("G-02")
    assert [each.source_key for each in riding(grant)] == ["B-03"]
    secretary, officer = person("u006"), person("u014")
    assert {each.source_key for each in could_ride(secretary, grant)} == {f"B-0{n}" for n in (1, 2, 4, 5, 6, 7, 8)}
    assert list(could_ride(officer, grant)) == []
    assert "B-07" in {each.source_key for each in suggested(secretary, grant)}
    other = Proposal.objects.get(source_key="B-07")
    link, new = name_candidate(proposal=other, grant=grant, note="TYPE1でも可", by=secretary)
    assert new
    assert name_candidate(proposal=other, grant=grant, note="", by=secretary) == (link, False)
    with pytest.raises(Unmet):
        name_candidate(proposal=Proposal.objects.get(source_key="B-03"), grant=grant, note="", by=secretary)
    with pytest.raises(Forbidden):
        remove_candidate(candidate=link, reason="x", by=person("u021"))
    remove_candidate(candidate=link, reason="対象外", by=secretary)
    assert not GrantCandidate.objects.exists()
