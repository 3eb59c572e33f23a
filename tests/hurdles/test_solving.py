"""Solved cases: recorded from a resolved hurdle, done by other sections too, and counted together."""

import uuid
from datetime import date
from typing import Any

import pytest

from apps.core.history import entries_of
from apps.core.models import Notice, Watch
from apps.core.permissions import Forbidden
from apps.core.registry import figures, standpoint_today
from apps.core.services import StaleVersion
from apps.core.transitions import Unmet
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import HurdleTheme, SolvedCase, SolvedCaseAdoption
from apps.hurdles.services import adopt_solved_case, edit_solved_case, record_solved_case, withdraw_adoption
from apps.organization.choices import RoleKind
from tests.factories import CategoryFactory, HurdleFactory, SolvedCaseFactory, ThemeFactory, UnitFactory, user_with
from tests.pages import text_of

pytestmark = pytest.mark.django_db

LIST = "/hurdles/solved/"
ROLES = [role.value for role in RoleKind]
READERS = {"auditor", "administrator"}
SENTENCES = {
    "record": "解消事例を記録できるのは、登録した課、所管課、事務局です。",
    "edit": "解消事例を直せるのは、解消した課、登録した課、所管課、事務局です。",
    "adopt": "「うちの課でも行う」は、全職員が自分の課について登録できます。監査とシステム管理者は記録を変更しません。",
    "withdraw": "横展開の取下げは、全職員が自分の課についてできます。監査とシステム管理者は記録を変更しません。",
}


def values(unit: Any, **more: Any) -> dict[str, Any]:
    return {"what": "様式をなくした。", "unit": unit, "solved_on": date(2022, 9, 30), **more}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("place", ["reporting", "owning", "other"])
def test_every_role_place_and_verb(role: str, place: str, client_for: Any) -> None:
    user, there = user_with(role), UnitFactory()
    units = {"reporting": (user.unit, there), "owning": (there, user.unit), "other": (there, there)}[place]
    hurdle = HurdleFactory(status="resolved", reporting_unit=units[0], owning_unit=units[1])
    case = SolvedCaseFactory(hurdle=hurdle, unit=there)
    client = client_for(user)
    works = role == "secretariat" or (place != "other" and role not in READERS)
    # A hurdle that its owner was not asked about is not seen by the owner.
    sees = client.get(hurdle.get_absolute_url()).status_code == 200
    wanted = {
        "record": (f"{hurdle.get_absolute_url()}solved/", (200 if works else 403) if sees else 404),
        "edit": (f"{case.get_absolute_url()}edit/", 200 if works else 403),
        "adopt": (f"{case.get_absolute_url()}adopt/", 403 if role in READERS else 200),
        "withdraw": (f"{case.get_absolute_url()}withdraw/", 403 if role in READERS else 200),
    }
    for verb, (url, status) in wanted.items():
        response = client.get(url)
        assert response.status_code == status, (verb, place)
        assert (SENTENCES[verb] in text_of(response)) is (status == 403), (verb, place)
        if status != 200:
            assert client.post(url, {"reason": "x"}).status_code == status
    assert SolvedCase.objects.count() == 1


@pytest.mark.parametrize("state", list(HurdleStatus))
def test_only_what_is_resolved_has_a_case(state: HurdleStatus) -> None:
    hurdle, secretary = HurdleFactory(status=state), user_with("secretariat")
    if state in {"resolved", "partly_resolved"}:
        case = record_solved_case(
            uid=uuid.uuid4(), hurdle=hurdle, values=values(hurdle.reporting_unit, hours_saved=640), by=secretary
        )
        assert (case.hours_saved, case.hurdle) == (640, hurdle)
        assert entries_of(case)[0].verb == "解消事例の記録"
        return
    with pytest.raises(Unmet, match=str(state.label)):
        record_solved_case(uid=uuid.uuid4(), hurdle=hurdle, values=values(hurdle.reporting_unit), by=secretary)
    assert not SolvedCase.objects.exists()


def test_the_services_ask_who_it_is() -> None:
    auditor, officer = user_with("auditor"), user_with("viewer")
    case = SolvedCaseFactory()
    for person in (auditor, officer):
        with pytest.raises(Forbidden):
            record_solved_case(uid=uuid.uuid4(), hurdle=case.hurdle, values=values(case.unit), by=person)
        with pytest.raises(Forbidden):
            edit_solved_case(case=case, version=1, values={"what": "x"}, by=person)
    with pytest.raises(Forbidden):
        adopt_solved_case(case=case, unit=auditor.unit, values={}, by=auditor)
    with pytest.raises(Forbidden):
        withdraw_adoption(case=case, unit=auditor.unit, reason="x", by=auditor)
    with pytest.raises(Unmet, match="自分の課について"):
        adopt_solved_case(case=case, unit=UnitFactory(), values={}, by=officer)
    assert not SolvedCaseAdoption.objects.exists()


def test_a_section_does_it_too_puts_it_right_and_does_it_no_more() -> None:
    officer, watcher = user_with("viewer"), user_with("member")
    case = SolvedCaseFactory(hours_saved=640, hurdle__title="書かない窓口")
    promoter = user_with("promoter", unit=case.unit)
    Watch.objects.create(kind="hurdles.solvedcase", record=case.uid, person=watcher, since="2022-10-01T00:00+09:00")
    first = {"adopted_on": date(2022, 10, 3), "note": "様式を借りた", "hours_saved": 30}
    adopt_solved_case(case=case, unit=officer.unit, values=first, by=officer)
    adopt_solved_case(case=case, unit=officer.unit, values={**first, "hours_saved": 45}, by=officer)
    (adoption,) = SolvedCaseAdoption.objects.all()
    assert (adoption.hours_saved, adoption.note) == (45, "様式を借りた")
    for person in (promoter, watcher):
        (notice,) = Notice.objects.filter(person=person)
        assert notice.text == f"{officer.unit}も行うことになりました：「書かない窓口」"
    here = standpoint_today(officer)
    assert figures["hurdles.hours_saved"].count(here) == 685
    assert figures["hurdles.adoptions"].count(here) == 1
    with pytest.raises(Unmet, match="理由を書いてください"):
        withdraw_adoption(case=case, unit=officer.unit, reason=" ", by=officer)
    withdraw_adoption(case=case, unit=officer.unit, reason="窓口を閉じた", by=officer)
    assert not SolvedCaseAdoption.objects.exists()
    entries = entries_of(case, parts=("adoption_links",))
    assert [(entry.verb, entry.reason) for entry in entries[:3]] == [
        ("うちの課では行わないことにする", "窓口を閉じた"),
        ("うちの課でも行う", ""),
        ("うちの課でも行う", ""),
    ]
    with pytest.raises(Unmet, match="「うちの課でも行う」としていません"):
        withdraw_adoption(case=case, unit=officer.unit, reason="もう一度", by=officer)


def test_ones_own_case_is_not_adopted() -> None:
    officer = user_with("promoter")
    case = SolvedCaseFactory(hurdle__reporting_unit=officer.unit)
    with pytest.raises(Unmet, match="自分の課の解消事例です。"):
        adopt_solved_case(case=case, unit=officer.unit, values={}, by=officer)


class TestPages:
    def test_record_it_once_from_the_hurdle(self, client_for: Any) -> None:
        officer = user_with("promoter")
        hurdle = HurdleFactory(status="resolved", reporting_unit=officer.unit)
        client, url = client_for(officer), f"{hurdle.get_absolute_url()}solved/"
        page = client.get(url)
        assert page.context["form"].initial["unit"] == officer.unit.pk
        data = {
            "uid": str(uuid.uuid4()),
            "what": "<b>髙𠮷</b>の様式",
            "unit": officer.unit.pk,
            "solved_on": "R4.9.30",
            "hours_saved": "１，６４０",
        }
        assert client.post(url, {**data, "what": ""}).status_code == 422
        assert client.post(url, {**data, "unit": UnitFactory().pk}).status_code == 422
        for _click in range(2):
            done = client.post(url, data)
            assert done.status_code == 302
        case = SolvedCase.objects.get()
        assert (case.hours_saved, case.solved_on, case.unit) == (1_640, date(2022, 9, 30), officer.unit)
        assert done.url == case.get_absolute_url()
        shown = text_of(client.get(case.get_absolute_url()))
        assert "&lt;b&gt;髙𠮷&lt;/b&gt;の様式" in shown
        assert f'href="{url}"' in text_of(client.get(hurdle.get_absolute_url()))

    def test_an_open_hurdle_says_that_it_is_too_early(self, client_for: Any) -> None:
        officer = user_with("promoter")
        hurdle = HurdleFactory(reporting_unit=officer.unit)
        client, url = client_for(officer), f"{hurdle.get_absolute_url()}solved/"
        data = {"uid": str(uuid.uuid4()), "what": "x", "unit": officer.unit.pk, "solved_on": "R4.9.30"}
        response = client.post(url, data)
        assert response.status_code == 422
        assert "解消または一部解消になってから記録します" in text_of(response)
        assert f'href="{url}"' not in text_of(client.get(hurdle.get_absolute_url()))

    def test_two_who_edit_at_once_lose_neither_text(self, client_for: Any) -> None:
        secretary = user_with("secretariat")
        case = SolvedCaseFactory()
        edit_solved_case(case=case, version=1, values={"what": "先の文"}, by=secretary)
        with pytest.raises(StaleVersion):
            edit_solved_case(case=case, version=1, values={"what": "x"}, by=secretary)
        data = {"what": "後の文", "unit": case.unit.pk, "solved_on": "R4.9.30", "version": 1}
        response = client_for(secretary).post(f"{case.get_absolute_url()}edit/", data)
        assert response.status_code == 409
        assert "先の文" in text_of(response)
        assert "後の文" in text_of(response)

    def test_adopt_and_withdraw(self, client_for: Any) -> None:
        officer = user_with("viewer")
        case = SolvedCaseFactory(hours_saved=600)
        client, here = client_for(officer), case.get_absolute_url()
        assert "うちの課でも行う" in text_of(client.get(here))
        data = {"unit": officer.unit.pk, "adopted_on": "R4.10.3", "note": "同じ様式", "hours_saved": "40"}
        assert client.post(f"{here}adopt/", {**data, "unit": UnitFactory().pk}).status_code == 422
        for _click in range(2):
            assert client.post(f"{here}adopt/", data).url == here
        page = text_of(client.get(here))
        for words in ("同じ様式", "R4.10.3", "640"):
            assert words in page, words
        assert client.get(f"{here}adopt/").context["form"].initial["note"] == "同じ様式"
        assert client.post(f"{here}withdraw/", {"unit": officer.unit.pk, "reason": ""}).status_code == 422
        assert client.post(f"{here}withdraw/", {"unit": officer.unit.pk, "reason": "やめた"}).url == here
        assert client.post(f"{here}withdraw/", {"unit": officer.unit.pk, "reason": "やめた"}).status_code == 422

    def test_the_list_by_theme_category_and_adoption(self, client_for: Any) -> None:
        client = client_for(user_with("viewer"))
        work, seal = ThemeFactory(name="働き方"), CategoryFactory(code="SEAL")
        one = SolvedCaseFactory(hurdle__category=seal, hours_saved=10)
        HurdleTheme.objects.create(hurdle=one.hurdle, theme=work)
        two = SolvedCaseFactory(adopted_by=[UnitFactory(), UnitFactory()], hours_saved=5)
        two.adoption_links.update(hours_saved=7)

        def listed(query: str) -> list[int]:
            return [row.pk for row in client.get(f"{LIST}?{query}").context["table"].rows]

        assert listed("theme=働き方") == [one.pk]
        assert listed("category=SEAL") == [one.pk]
        assert listed("adopted=yes") == [two.pk]
        assert listed("sort=-hours_together") == [two.pk, one.pk]
        here = standpoint_today(user_with("viewer"))
        assert figures["hurdles.hours_saved"].count(here) == 29
        for name, rows in (("hurdles.adoptions", [two.pk]), ("hurdles.hours_saved", [one.pk, two.pk])):
            opened = client.get(figures[name].link(here)).context["table"].rows
            assert sorted(row.pk for row in opened) == rows
