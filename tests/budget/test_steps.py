"""The backward plan of the demo city's cases, counted by hand; planning its steps; the calendar of the year."""

import re
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.budget.exports.calendar import draw_calendar
from apps.budget.models import AnchorTitle, BackwardStep, GrantProgramme, Proposal, ProposalStep
from apps.budget.selectors.backward import BackwardPlan
from apps.budget.selectors.calendar import Line, Mark, Section, YearCalendar, calendar_of, narrowest_cases
from apps.budget.selectors.steps import backward_plans
from apps.budget.services.steps import edit_step_list, plan_steps, seen_steps
from apps.budget.waits import cases as waits
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.permissions import Forbidden
from apps.core.services import StalePart
from apps.organization.models import CalendarEvent
from tests.city.demo_city import person

pytestmark = pytest.mark.usefixtures("demo_city")


def case(key: str = "B-03") -> Proposal:
    return Proposal.objects.get(source_key=key)


def plan(day: date = date(2022, 10, 14), key: str = "B-03") -> BackwardPlan:
    proposal = case(key)
    return backward_plans([proposal], day)[proposal.pk]


def step(name: str) -> BackwardStep:
    return BackwardStep.objects.get(name=name)


def test_the_steps_of_b_03_up_to_the_8th_of_february():
    found = plan()
    assert [(row.step.name, row.latest, row.slack) for row in found.rows] == [
        ("導入計画書の事前審査", date(2022, 8, 31), None),
        # 14 October and four more days end on the 20th; from there nine working days to 2 November.
        ("予算要求を出す", date(2022, 11, 2), 9),
        ("見積りを3者から取る", date(2022, 12, 21), 22),
        ("推進体制（官民）の合意", date(2022, 12, 27), 11),
        ("実施計画書の案", date(2023, 1, 13), 9),
        ("本部長の了承", date(2023, 1, 24), 13),
        ("事前相談", date(2023, 1, 31), 13),
        ("申請", date(2023, 2, 8), 16),
    ]
    assert found.rows[0].step.done_on == date(2022, 8, 26)
    assert [row.anchor.assumed for row in found.rows] == [False, False, *[True] * 6]
    assert found.narrowest
    assert found.narrowest.step.name == "予算要求を出す"
    assert not found.is_too_late
    assert (found.rows[1].step.who, found.rows[5].step.who) == ("市民課", "情報戦略課")


def test_too_late_then_the_next_round_and_the_supplementary_budget():
    assert not plan(date(2022, 10, 27)).is_too_late  # five working days end on 2 November
    late = plan(date(2022, 10, 28))
    assert late.first_late
    assert late.first_late.step.name == "予算要求を出す"
    assert late.next_round
    assert (late.next_round.closes_on, late.next_round.assumed) == (date(2024, 2, 8), True)
    assert late.supplementary
    assert (late.supplementary.title, late.supplementary.day) == ("6月補正の要求期限", date(2023, 4, 21))
    assert not late.supplementary.needs_carryover  # the project ends in fiscal 2023, in which that budget is
    GrantProgramme.objects.filter(source_key="G-02").update(project_to=date(2024, 9, 30))
    carried = plan(date(2022, 10, 28)).supplementary
    assert carried
    assert carried.needs_carryover


def test_the_call_that_follows_is_the_next_round():
    found = plan(date(2022, 2, 1))
    assert found.next_round
    old = GrantProgramme.objects.get(source_key="G-01")
    Proposal.objects.filter(pk=case().pk).update(grant=old)
    case().fundings.update(grant=None)
    following = plan().next_round
    assert following
    assert (following.grant.source_key, following.closes_on, following.assumed) == ("G-02", date(2023, 2, 8), True)


def test_a_day_that_the_calendar_does_not_have_is_named_until_its_title_is_said():
    CalendarEvent.objects.filter(title="予算要求の提出期限").update(title="当初予算見積書の締切")
    found = plan()
    assert found.missing == ("予算要求の提出期限",)
    assert next(row for row in found.rows if row.step.name == "予算要求を出す").latest is None
    titles = {"request": ("budget", "見積書の締切")}
    edit_step_list(steps={}, new=[], titles=titles, by=person("u006"))
    assert AnchorTitle.objects.get().title == "見積書の締切"
    assert plan().missing == ()


def test_steps_are_planned_in_one_form_and_nobody_is_overwritten():
    proposal, quotes = case(), step("見積りを3者から取る")
    seen = seen_steps(proposal)
    said = {"planned_on": date(2022, 12, 15), "workdays": 31, "note": "髙島屋ほか"}
    with pytest.raises(Forbidden):
        plan_steps(proposal=proposal, rows={quotes.pk: said}, seen=seen, by=person("u021"))
    assert plan_steps(proposal=proposal, rows={quotes.pk: said}, seen=seen, by=person("u014")) == 1
    row = next(row for row in plan().rows if row.step.name == quotes.name)
    assert (row.latest, row.slack) == (date(2022, 12, 20), 3)  # 16, 19, 20
    with pytest.raises(StalePart):
        plan_steps(proposal=proposal, rows={quotes.pk: {}}, seen=seen, by=person("u006"))
    assert plan_steps(proposal=proposal, rows={quotes.pk: said}, seen=seen_steps(proposal), by=person("u014")) == 0
    assert plan_steps(proposal=proposal, rows={quotes.pk: {}}, seen=seen_steps(proposal), by=person("u014")) == 1
    assert not ProposalStep.objects.exists()


def test_a_late_or_near_step_waits_for_its_unit(monkeypatch):
    def titles(number: str) -> list[str]:
        return [task.title for task in waits.steps_due(person(number))]

    assert not any("見積り" in title for title in titles("u014"))
    monkeypatch.setattr(clock, "today", lambda: date(2022, 10, 21))
    assert "申請の工程：予算要求を出す" in titles("u014")
    assert titles("u021") == []


def test_the_calendar_has_the_city_the_calls_and_one_s_own_steps():
    calendar = calendar_of(FiscalYear(2022), person("u014"))
    city, calls, own = calendar.sections
    assert sum(len(line.marks) for line in city.lines) == 26
    assert {line.title[:4] for line in calls.lines}
    assert [line.title for line in own.lines] == ["スマート窓口導入事業"]
    assert calendar_of(FiscalYear(2030), person("u014")).is_empty


def test_the_calendar_writes_each_day_once_where_there_is_room_and_says_assumed_once():
    days = [date(2023, 1, day) for day in (18, 20, 20, 26)]
    line = Line("一月", tuple(Mark(day, "日") for day in days))
    calendar = YearCalendar(FiscalYear(2022), date(2022, 4, 1), date(2023, 7, 1), (Section("市", (line,)),))
    drawn = draw_calendar(calendar, date(2022, 10, 14))
    numbers = re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>(18|20|26)</text>', drawn)
    assert [number for _x, _y, number in numbers] == ["18", "20", "26"]
    for height in {y for _x, y, _number in numbers}:
        places = sorted(float(x) for x, y, _number in numbers if y == height)
        assert all(right - left >= 18 for left, right in pairwise(places)), "no two run together"
    city = calendar_of(FiscalYear(2022), person("u014")).sections[0]
    marks = [mark for line in city.lines for mark in line.marks if mark.assumed]
    assert marks
    assert not [mark.label for mark in marks if "仮" in mark.label], "the mark beside it says it"


def test_the_calendar_prints_its_narrow_cases():
    page = browser("u014").get("/budget/calendar/").content.decode()
    section = page[page.index('aria-labelledby="cases"') - 60 :]
    assert "no-print" not in section[: section.index("</section>")]
    assert "スマート窓口導入事業" in section[: section.index("</section>")]


@pytest.mark.parametrize("address", ["/budget/calendar/", "/budget/calendar/?year=2022", "/budget/grants/"])
def test_everybody_sees_the_year(address: str):
    for number in ("u014", "u021", "u006"):
        assert browser(number).get(address).status_code == 200


def test_what_the_calendar_does_not_know_is_refused():
    assert browser("u006").get("/budget/calendar/?ministry=x").status_code == 400
    assert browser("u006").get("/budget/calendar/?year=abc").status_code == 400


def test_who_may_plan_and_keep_the_list():
    address = f"/budget/proposals/{case().address}/steps/"
    assert [browser(number).get(address).status_code for number in ("u014", "u006", "u016", "u015")] == [
        200,
        200,
        404,
        403,
    ]
    assert [browser(number).get("/budget/steps/").status_code for number in ("u006", "u014")] == [200, 403]


def test_two_at_the_city_s_list_see_both_versions(client: Client):
    client.force_login(person("u006"), backend="django.contrib.auth.backends.ModelBackend")
    quotes, agreed = step("見積りを3者から取る"), step("推進体制（官民）の合意")
    form = client.get("/budget/steps/").context["form"]
    typed = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    mine = {**typed, f"workdays_{quotes.pk}": 12, "new_name": "𠮷野との協議", "new_workdays": 3}
    theirs = {"workdays": 40, "duration": quotes.duration, "responsible": "髙橋", "order": quotes.order}
    new = [
        {"name": "議会への説明", "anchor": "application", "workdays": 2, "duration": 1, "responsible": "", "order": 99}
    ]
    edit_step_list(steps={quotes.pk: theirs}, new=new, titles={}, by=person("u006"))
    said = client.post("/budget/steps/", mine)
    assert said.status_code == 409
    assert "入力している間に、ほかの人が保存しました" in said.content.decode()
    assert "入力の誤り" not in said.content.decode()
    both = said.context["form"]
    assert both.errors[f"workdays_{quotes.pk}"] == ["ほかの人がこの間に保存した内容：40"]
    assert both.errors[f"responsible_{quotes.pk}"] == ["ほかの人がこの間に保存した内容：髙橋"]
    assert f"workdays_{agreed.pk}" not in both.errors
    assert "new_name" not in both.errors
    assert both[f"workdays_{quotes.pk}"].value() == "12"
    assert both[f"workdays_{step('議会への説明').pk}"].value() == "2"
    assert step("見積りを3者から取る").workdays == 40
    assert not BackwardStep.objects.filter(name="𠮷野との協議").exists()
    again = {bound.html_name: bound.value() for bound in both if bound.value() is not None}
    assert client.post("/budget/steps/", again).status_code == 302
    kept = step("見積りを3者から取る")
    assert (kept.workdays, kept.responsible, step("𠮷野との協議").workdays) == (12, quotes.responsible, 3)
    assert step("議会への説明").workdays == 2


def test_a_list_without_the_mark_of_its_form_is_not_saved(client: Client):
    client.force_login(person("u006"), backend="django.contrib.auth.backends.ModelBackend")
    typed = {bound.html_name: bound.value() for bound in client.get("/budget/steps/").context["form"]}
    sent = {name: "" if value is None else value for name, value in typed.items() if name != "seen"}
    assert client.post("/budget/steps/", sent).status_code == 409
    assert client.post("/budget/steps/", sent | {"seen": typed["seen"]}).status_code == 302


def browser(number: str) -> Client:
    client = Client()
    client.force_login(person(number), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _another(grant: GrantProgramme, number: int) -> None:
    like = case("B-03")
    given = {name: getattr(like, name) for name in ("budget_item", "requesting_unit", "kind", "stage", "fiscal_year")}
    Proposal.objects.create(name=f"窓口{number}", project_code=f"9-{number}", purpose="待ち時間", grant=grant, **given)


def test_queries_do_not_grow_with_the_cases():
    grant = GrantProgramme.objects.get(source_key="G-02")

    def count(act: Any) -> int:
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    user = person("u006")
    assert user.holds("secretariat")
    assert user.unit_ids
    _another(grant, 0)
    few = count(lambda: narrowest_cases(user)), count(lambda: calendar_of(FiscalYear(2022), user))
    for number in range(1, 13):
        _another(grant, number)
    assert (count(lambda: narrowest_cases(user)), count(lambda: calendar_of(FiscalYear(2022), user))) == few
    assert len(narrowest_cases(user)) >= 13
