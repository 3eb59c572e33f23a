"""Until the result is told, amounts and words of the appraisal stand nowhere but for the finance section and the chief.

Every address of the budget is walked, and the pages of other apps that tell of proposals, as somebody who holds every
other role in the asking unit; the pages that tell most, also as each role alone. The marks are amounts and words that
stand nowhere else in the city.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.apps import apps as installed
from django.contrib import admin
from django.urls import reverse

from apps.budget.choices import StageKind
from apps.budget.models import BudgetStage, BudgetYear, Proposal
from apps.budget.selectors.appraisal import sees_appraisal, sees_appraisal_of
from apps.budget.selectors.stages import asked_for
from apps.budget.services.appraisals import appraise_proposal, hold_proposal, resume_proposal
from apps.budget.services.budget_year import disclose_budget, settle_budget
from apps.budget.services.proposal_stages import hear_proposal, submit_proposal, withdraw_proposal
from apps.core.fiscal import FiscalYear
from apps.core.models import Notice
from apps.core.pages import ListPage
from apps.core.pages.files import EXPORTS
from apps.organization.choices import RoleKind
from apps.organization.models import User
from apps.reports.models import Report
from apps.reports.services.compose import compose
from tests.city.demo_city import person
from tests.factories import RoleFactory, UserFactory, user_with
from tests.training.test_personal_records import NOT_WALKED, RECORDS, client_of, routes, words_of

pytestmark = pytest.mark.usefixtures("demo_city")

WORDS = ("鵺の聴取の言葉", "鵺の査定の言葉", "鵺の保留の言葉")
# 委託料 of B-04 was asked with 8,580: appraised with 4,713 its total is 10,079 of 13,946, and 3,867 less.
AMOUNTS = ("4,713", "4713", "10,079", "10079", "3,867", "3867")
MARKS = (*WORDS, *AMOUNTS)
STAGES = ("財政課ヒアリング", "財政課長査定", "財務部長査定")
INSIDERS = (RoleKind.FINANCE, RoleKind.CHIEF)
OTHERS = [kind for kind in RoleKind if kind not in INSIDERS]
YEAR = FiscalYear(2023)
# Drawn anew for each page: the third group of one in four thousand reads 4713, and a token may hold it, too.
UID = re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b")
# Pages of other apps on which proposals, their figures or their news stand.
ELSEWHERE = ("/", "/dashboard/", "/notices/", "/handover/", "/reports/", "/reports/figures/", "/jobs/")


@dataclass
class Marked:
    proposal: Proposal
    outsider: User
    finance: User


@pytest.fixture
def marked(demo_city: None) -> Marked:
    """B-04 under appraisal and on hold, and somebody of its unit who holds every role but those two."""
    return _marked()


@pytest.fixture
def late(demo_city: None) -> Marked:
    """The same, handed in on the day on which the result of the year was told, after that."""
    told = Proposal.objects.get(source_key="B-03")
    Proposal.objects.filter(pk=told.pk).update(stage=BudgetStage.objects.get(kind=StageKind.HEARING))
    disclose_budget(fiscal_year=YEAR, as_asked=True, by=person("u009"))
    return _marked()


def _marked() -> Marked:
    secretary, finance = person("u006"), person("u009")
    proposal = Proposal.objects.get(source_key="B-04")
    outsider = UserFactory(unit=proposal.requesting_unit)
    for kind in OTHERS:
        RoleFactory(user=outsider, kind=kind, unit=proposal.requesting_unit)
    Proposal.objects.filter(pk=proposal.pk).update(stage=BudgetStage.objects.get(kind=StageKind.SECTION))
    proposal.refresh_from_db()
    submit_proposal(proposal=proposal, by=secretary)
    hear_proposal(proposal=proposal, words=WORDS[0], by=finance)
    item = next(each for each in asked_for(proposal) if each.number == 12)
    appraise_proposal(proposal=proposal, amounts={item: 4_713}, words=WORDS[1], by=finance)
    appraise_proposal(proposal=proposal, amounts={}, by=finance)
    hold_proposal(proposal=proposal, words=WORDS[2], by=finance)
    return Marked(proposal, outsider, finance)


def addresses(proposal: Proposal) -> Iterator[tuple[str, Any]]:
    """Every address of the budget with its page, filled in with this proposal and the first of every other record."""
    for name, route, page in routes():
        if not route.startswith("budget/") or name in NOT_WALKED:
            continue
        prefix = max((each for each in RECORDS if route.startswith(each)), key=len, default="")
        record = installed.get_model(RECORDS[prefix]).objects.order_by("pk").first() if prefix else None
        record = proposal if prefix == "budget/proposals/" else record
        first = getattr(record, "address", None) or getattr(record, "uid", None) or int(YEAR)
        path = re.sub(r"<\w+:\w+>", lambda place, first=first: _filled(place.group(0), first), "/" + route)
        yield path, page


def _filled(place: str, first: Any) -> str:
    if place.startswith("<uuid:"):
        return str(first) if "-" in str(first) else "00000000-0000-0000-0000-000000000000"
    return "1" if place.startswith("<int:") and not place.endswith(":year>") else str(first)


def everywhere(proposal: Proposal) -> Iterator[str]:
    """The addresses, the files of lists, the panels, and what is sorted and searched."""
    for path, page in addresses(proposal):
        yield path
        if page and issubclass(page, ListPage):
            yield from (f"{path}?format={each}" for each in EXPORTS)
    yield from (f"/budget/proposals/?q={each}" for each in (WORDS[0], "4713"))
    yield from (f"/budget/export/?year=2023&format={each}" for each in ("xlsx", "csv", "csv-cp932", "flat", "pdf"))
    yield from ("/budget/proposals/?sort=decided_k", "/budget/appraisal/?year=2023", *ELSEWHERE)
    for related in ("hurdles", "initiative_links", "course_links", "training_plan_links"):
        for row in getattr(proposal, related).all():
            record = getattr(row, related.removesuffix("_links").removeprefix("training_"), row)
            yield record.get_absolute_url()
    yield from (report.get_absolute_url() for report in Report.objects.all())


def found(user: User, paths: Iterator[str]) -> dict[str, list[str]]:
    """The paths at which this person reads a mark."""
    client, seen = client_of(user), {}
    for path in paths:
        words = UID.sub("", words_of(client.get(path)))
        asked = path.partition("?q=")[2]
        if marks := [mark for mark in MARKS if mark != asked and says(words, mark)]:
            seen[path] = marks
    return seen


def says(words: str, mark: str) -> bool:
    """Whether the mark stands there by itself, and not as a piece of a longer number or of a token."""
    return re.search(rf"(?<![0-9A-Za-z]){re.escape(mark)}(?![0-9A-Za-z])", words) is not None


def test_who_holds_every_other_role_finds_no_mark_anywhere(marked: Marked) -> None:
    assert found(marked.outsider, everywhere(marked.proposal)) == {}


@pytest.mark.parametrize("kind", OTHERS)
def test_each_role_alone_finds_none_where_most_is_told(marked: Marked, kind: RoleKind) -> None:
    user = user_with(kind, unit=marked.proposal.requesting_unit)
    paths = [marked.proposal.get_absolute_url(), "/budget/proposals/?format=json", "/budget/appraisal/", "/"]
    assert found(user, iter(paths)) == {}
    client = client_of(user)
    for path in paths[:2]:
        assert [name for name in STAGES if name in words_of(client.get(path))] == [], path


def test_what_is_handed_in_after_the_day_of_the_result_is_hidden_until_its_own(late: Marked) -> None:
    assert found(late.outsider, everywhere(late.proposal)) == {}
    page = words_of(client_of(late.outsider).get(late.proposal.get_absolute_url()))
    assert "査定中" in page
    assert [name for name in STAGES if f">{name}<" in page] == []


def test_the_finance_section_and_the_chief_find_them(marked: Marked) -> None:
    """The test can see."""
    for user in (marked.finance, person("u001")):
        seen = found(user, everywhere(marked.proposal))
        page = marked.proposal.get_absolute_url()
        assert set(seen[page]) >= {*WORDS, "4,713", "10,079", "3,867"}
        assert set(seen["/budget/appraisal/?year=2023"]) >= {WORDS[2], "10,079"}
        assert "10079" in seen["/budget/proposals/?format=json"]
        assert [word in words_of(client_of(user).get(page)) for word in (STAGES[2], ">保留<")] == [True, True]
        for path in ELSEWHERE:
            assert path not in seen


def test_others_read_that_it_is_under_appraisal(marked: Marked) -> None:
    client = client_of(marked.outsider)
    page = words_of(client.get(marked.proposal.get_absolute_url()))
    assert "査定中" in page
    assert "要求を提出した" in page
    assert [each for each in ("査定した", "ヒアリングをした", "保留にした", "保留") if f">{each}<" in page] == []
    rows = client.get("/budget/proposals/?year=2023&format=json").json()
    assert "査定中" in str(rows)


def test_a_hold_right_after_the_request_is_hidden_like_the_appraisal(marked: Marked) -> None:
    """It stays at the stage that everybody knows: its entries are none of that stage."""
    other = Proposal.objects.get(source_key="B-03")
    Proposal.objects.filter(pk=other.pk).update(
        stage=BudgetStage.objects.get(kind=StageKind.SECTION), requesting_unit=marked.proposal.requesting_unit
    )
    other.refresh_from_db()
    submit_proposal(proposal=other, by=person("u006"))
    page = other.get_absolute_url()
    for act in (hold_proposal, resume_proposal):
        act(proposal=other, words=WORDS[2], by=marked.finance)
        words = words_of(client_of(marked.outsider).get(page))
        assert [each for each in (WORDS[2], "（保留）") if each in words] == [], act
        assert WORDS[2] in words_of(client_of(marked.finance).get(page))


def test_neither_filter_nor_order_lets_one_find_out(marked: Marked) -> None:
    other = Proposal.objects.get(source_key="B-03")
    Proposal.objects.filter(pk=other.pk).update(stage=BudgetStage.objects.get(kind=StageKind.HEARING))
    client, insider = client_of(marked.outsider), client_of(marked.finance)
    for name in STAGES:
        assert "B-2022" not in words_of(client.get(f"/budget/proposals/?stage={name}&format=csv"))
    under = words_of(client.get("/budget/proposals/?stage=under-appraisal&format=csv"))
    assert under.count("査定中") == 2
    assert "人材育成" in words_of(insider.get(f"/budget/proposals/?stage={STAGES[2]}&format=csv"))
    orders = [words_of(client.get(f"/budget/proposals/?sort={sort}&format=csv")) for sort in ("stage", "-stage")]
    both = [[line for line in text.splitlines() if "査定中" in line] for text in orders]
    assert both[0] == both[1], "among those under appraisal the key alone decides"


def test_late_requests_are_neither_filtered_nor_sorted_by_what_is_hidden(late: Marked) -> None:
    other = Proposal.objects.get(source_key="B-02")
    Proposal.objects.filter(pk=other.pk).update(stage=BudgetStage.objects.get(kind=StageKind.SECTION))
    other.refresh_from_db()
    submit_proposal(proposal=other, by=person("u006"))
    hear_proposal(proposal=other, words=WORDS[0], by=late.finance)
    client = client_of(late.outsider)
    for name in STAGES:
        assert len(words_of(client.get(f"/budget/proposals/?stage={name}&format=csv")).splitlines()) == 1
    rows = client.get("/budget/proposals/?year=2023&format=json").json()
    assert str(rows).count("査定中") == 2
    assert str(rows).count("内示") == 1
    orders = [words_of(client.get(f"/budget/proposals/?sort={sort}&format=csv")) for sort in ("stage", "-stage")]
    both = [[line for line in text.splitlines() if "査定中" in line] for text in orders]
    assert both[0] == both[1]


def test_the_year_is_open_without_the_late_request_and_says_so(late: Marked) -> None:
    year = "/budget/appraisal/?year=2023"
    page, inside = (words_of(client_of(user).get(year)) for user in (late.outsider, late.finance))
    names = [Proposal.objects.get(source_key=key).name for key in ("B-03", "B-04")]
    assert [name in page for name in names] == [True, False]
    assert [name in inside for name in names] == [True, True]
    assert "内示のあとに提出され、まだ内示していない要求が1件" in page


def test_files_of_the_whole_year_close_while_a_late_request_is_under_appraisal(late: Marked) -> None:
    secretary = person("u006")
    assert not sees_appraisal(secretary, YEAR)
    assert sees_appraisal_of(secretary, Proposal.objects.get(source_key="B-03"))
    assert not sees_appraisal_of(secretary, late.proposal)
    resume_proposal(proposal=late.proposal, by=late.finance)
    assert disclose_budget(fiscal_year=YEAR, by=late.finance) == 1
    assert sees_appraisal(secretary, YEAR)
    assert sees_appraisal_of(secretary, late.proposal)
    page = late.proposal.get_absolute_url()
    assert set(found(late.outsider, iter([page]))[page]) >= {*WORDS, "4,713", "10,079"}


def test_a_late_request_that_is_withdrawn_tells_nothing_of_its_appraisal(late: Marked) -> None:
    withdraw_proposal(proposal=late.proposal, reason="取り下げる。", by=person("u006"))
    assert found(late.outsider, everywhere(late.proposal)) == {}


def test_what_was_withdrawn_before_the_day_was_told_with_it(marked: Marked, settings: Any) -> None:
    withdraw_proposal(proposal=marked.proposal, reason="取り下げる。", by=person("u006"))
    BudgetYear.objects.update_or_create(fiscal_year=YEAR, defaults={"disclosed_on": date(2022, 10, 14)})
    assert not sees_appraisal_of(marked.outsider, marked.proposal), "it may have been handed in later on that day"
    settings.DEMO_TODAY = date(2022, 10, 15)
    BudgetYear.objects.update(disclosed_on=date(2022, 10, 15))
    assert sees_appraisal_of(marked.outsider, marked.proposal)


def test_the_year_refuses_and_says_who_sees_it(marked: Marked) -> None:
    answer = client_of(marked.outsider).get("/budget/appraisal/?year=2023")
    assert answer.status_code == 403
    assert "財政課" in words_of(answer)


def test_notices_and_reports_say_none(marked: Marked) -> None:
    texts = " ".join(Notice.objects.values_list("text", flat=True))
    texts += "".join(str(compose(report, number=1).as_json()) for report in Report.objects.all())
    assert [mark for mark in MARKS if mark in texts] == []


def test_the_admin_says_none(marked: Marked) -> None:
    boss = user_with(RoleKind.ADMINISTRATOR)
    names = [f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist" for model in admin.site._registry]
    assert found(boss, iter([reverse(name) for name in names])) == {}


def test_from_the_act_on_it_is_open_to_all_who_see_the_proposal(marked: Marked) -> None:
    user, stranger = user_with("promoter", unit=marked.proposal.requesting_unit), user_with("viewer")
    page = marked.proposal.get_absolute_url()
    resume_proposal(proposal=marked.proposal, by=marked.finance)
    disclose_budget(fiscal_year=YEAR, by=marked.finance)
    assert set(found(user, iter([page]))[page]) >= {*WORDS, "4,713", "10,079"}
    assert set(found(user, iter(["/budget/appraisal/?year=2023"]))["/budget/appraisal/?year=2023"]) >= {"10,079"}
    assert client_of(stranger).get(page).status_code == 404
    settle_budget(fiscal_year=YEAR, step="fixed", by=marked.finance)
    assert client_of(stranger).get(page).status_code == 200
    assert client_of(user_with(RoleKind.ADMINISTRATOR)).get(page).status_code == 404
