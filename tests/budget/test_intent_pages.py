"""Answering the intent survey: who, when, how far; the sums of a year, who is silent, and one step on."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.budget.models import Intent, IntroductionPlan, Proposal
from apps.budget.selectors.survey import sections_without_answer, survey_end, survey_of
from apps.budget.services import (
    archive_intent,
    change_readiness,
    create_intent,
    draft_plan_of_intent,
    draft_proposal_of_intent,
    draft_proposal_of_plan,
    edit_intent,
)
from apps.core.fiscal import FiscalYear
from apps.core.history import entries_of
from apps.core.permissions import Forbidden
from apps.core.transitions import Unmet
from apps.organization.choices import RoleKind
from apps.organization.models import CalendarEvent
from apps.organization.selectors import sections_today
from tests.factories import (
    BudgetItemFactory,
    BudgetStageFactory,
    GrantFactory,
    IntentFactory,
    UnitFactory,
    user_with,
)
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

Y = FiscalYear
LIST, NEW, SILENT = "/budget/intents/", "/budget/intents/new/", "/budget/intents/silent/"
READERS = {RoleKind.AUDITOR, RoleKind.ADMINISTRATOR}


@pytest.fixture
def secretary() -> Any:
    return user_with("secretariat")


@pytest.fixture
def client(client_for: Any, secretary: Any) -> Any:
    return client_for(secretary)


@pytest.mark.parametrize("role", list(RoleKind))
def test_who_answers_for_which_section(role: RoleKind) -> None:
    user, elsewhere = user_with(role), UnitFactory()
    for unit, may in ((user.unit, role not in READERS), (elsewhere, role == RoleKind.SECRETARIAT)):
        values = {"unit": unit, "title": "𠮷の意向", "fiscal_year": Y(2023)}
        intent = IntentFactory(unit=unit)
        acts = (
            lambda: create_intent(uid=Intent().uid, values=values, by=user),  # noqa: B023
            lambda: edit_intent(intent=intent, version=1, values={"note": "追記"}, by=user),  # noqa: B023
            lambda: change_readiness(intent=intent, readiness=4, reason="見積り", by=user),  # noqa: B023
            lambda: draft_plan_of_intent(intent=IntentFactory(unit=unit), by=user),  # noqa: B023
            lambda: archive_intent(intent=intent, reason="重複", by=user),  # noqa: B023
        )
        for act in acts:
            if may:
                act()
            else:
                with pytest.raises(Forbidden):
                    act()


def test_an_answer_is_kept_once_and_late_ones_are_marked(client_for: Any) -> None:
    officer = user_with("promoter")
    client = client_for(officer)
    page = client.get(NEW)
    assert "令和4年7月31日に終わりました" in text_of(page)
    assert "5 申請可" in text_of(page)
    sent = form_of(page, "title") | {"title": "髙の窓口", "amount_k": "１２，０００", "quarter": "2", "readiness": "3"}
    for _click in range(2):
        response = client.post(NEW, sent)
        intent = Intent.objects.get()
        assert (response.status_code, response["Location"]) == (302, intent.get_absolute_url())
    assert (intent.unit, intent.amount_k, intent.quarter, intent.readiness) == (officer.unit, 12_000, 2, 3)
    assert intent.answered_on == date(2022, 10, 14)
    assert "期限後の回答" in text_of(client.get(intent.get_absolute_url()))
    assert "7月の意向調査で課が答えた" not in text_of(client.get(intent.get_absolute_url()))
    assert "期限後の回答" not in text_of(client.get(IntentFactory(unit=officer.unit).get_absolute_url()))
    for wrong in (
        {"amount_k": "-1"},
        {"amount_k": "99999999999"},
        {"quarter": "5"},
        {"readiness": "6"},
        {"title": " "},
    ):
        assert client.post(NEW, sent | {"uid": "6f1c6a53-0e3f-4f5c-8d33-0d5e2b0c7f11"} | wrong).status_code == 422


def test_the_calendar_says_when_the_survey_ends() -> None:
    assert survey_end(Y(2023)) == (date(2022, 7, 31), True)
    CalendarEvent.objects.create(
        fiscal_year=Y(2022), date=date(2022, 11, 1), title="意向調査の回答期限", kind="survey", source_key="x"
    )
    assert survey_end(Y(2023)) == (date(2022, 11, 1), False)


def test_readiness_rises_and_every_step_is_kept(client: Any) -> None:
    intent = IntentFactory(readiness=2)
    url = f"{intent.get_absolute_url()}readiness/"
    sent = form_of(client.get(url), "readiness")
    assert sent["readiness"] == "2"
    assert client.post(url, sent | {"reason": "見積り"}).status_code == 422, "no other readiness"
    assert client.post(url, sent | {"readiness": "3", "reason": " "}).status_code == 422
    assert client.post(url, sent | {"readiness": "3", "reason": "見積りを取った。"}).status_code == 302
    assert client.post(url, sent | {"readiness": "4", "reason": "もう一人"}).status_code == 409
    entry = entries_of(intent)[0]
    assert (entry.verb, entry.reason) == ("熟度を変更", "見積りを取った。")
    assert [(change.label, change.old[0], change.new[0]) for change in entry.changes] == [("熟度", "2", "3")]


def test_two_who_change_an_answer_see_both(client: Any) -> None:
    intent = IntentFactory()
    url = f"{intent.get_absolute_url()}edit/"
    first, second = (form_of(client.get(url), "title") for _each in range(2))
    assert client.post(url, first | {"source": "起債"}).status_code == 302
    response = client.post(url, second | {"source": "基金"})
    assert (response.status_code, "起債" in text_of(response), "基金" in text_of(response)) == (409, True, True)


def test_the_survey_of_a_year_in_sums(client: Any, secretary: Any, client_for: Any) -> None:
    for amount, readiness in ((12_000, 3), (70_000, 3), (None, 5), (5_000, None)):
        IntentFactory(amount_k=amount, readiness=readiness)
    IntentFactory(fiscal_year=2024, amount_k=1)
    IntentFactory(archived_at="2022-10-01T00:00+09:00", amount_k=1)
    survey = survey_of(Y(2023), secretary)
    assert (survey.count, survey.amount_k, survey.without_amount) == (4, 87_000, 1)
    assert [(row.value, row.count, row.amount_k) for row in survey.rows] == [
        (3, 2, 82_000),
        (5, 1, 0),
        (None, 1, 5_000),
    ]
    page = text_of(client.get(LIST))
    for words in ("令和5年度の意向調査", "87,000", "82,000", "金額の無い1件を除く"):
        assert words in page
    assert "令和6年度の意向調査" in text_of(client.get(f"{LIST}?year=2024"))
    other = survey_of(Y(2023), user_with("promoter"))
    assert (other.count, other.amount_k) == (0, 0)
    assert (survey.is_whole, other.is_whole) == (True, False)
    words = "自分の所属の分"
    assert [words in page, words in text_of(client_for(user_with("promoter")).get(LIST))] == [False, True]


def test_sections_without_an_answer_are_listed_for_all_as_excel(client_for: Any) -> None:
    officer, silent = user_with("viewer"), UnitFactory(kind="section", name="公園緑地課")
    UnitFactory(kind="department", name="都市建設部")
    old = UnitFactory(kind="section", valid_to=date(2022, 3, 31))
    heir = UnitFactory(kind="section", name="新しい課")
    old.main_successor = heir
    old.save()
    IntentFactory(unit=old)
    IntentFactory(unit=officer.unit)
    names = [unit.name for unit in sections_without_answer(Y(2023))]
    assert [silent.name in names, heir.name in names, officer.unit.name in names, "都市建設部" in names] == [
        True,
        False,
        False,
        False,
    ]
    client = client_for(officer)
    assert "公園緑地課" in text_of(client.get(SILENT))
    IntentFactory(unit=silent, fiscal_year=2024)
    assert len(client.get(f"{SILENT}?year=2024&format=json").json()) == sections_today().count() - 1
    response = client.get(f"{SILENT}?year=2023&format=xlsx")
    assert response["Content-Disposition"].startswith('attachment; filename="sections-without-answer-')
    assert client.get(f"{SILENT}?year=1999").status_code == 400


def test_one_step_to_a_plan_and_to_a_proposal_that_know_each_other(client: Any, secretary: Any) -> None:
    BudgetStageFactory(name="起案", order=1)
    intent = IntentFactory(
        title="書かない窓口", source="国の交付金", amount_k=70_000, note="窓口を減らす", grant=GrantFactory()
    )
    url = intent.get_absolute_url()
    for _click in range(2):
        assert IntroductionPlan.objects.exists() or "備考は「導入する内容」に" in text_of(client.get(f"{url}plan/"))
        response = client.post(f"{url}plan/")
        plan = IntroductionPlan.objects.get()
        assert (response.status_code, response["Location"]) == (302, plan.get_absolute_url())
    assert (plan.title, plan.unit, plan.fiscal_year, plan.content) == (
        "書かない窓口",
        intent.unit,
        Y(2023),
        "窓口を減らす",
    )
    hoped_for = f"見込む交付金・補助金：{intent.grant}"
    assert plan.money_words == f"国の交付金\n{hoped_for}\n意向調査の概算額：70,000千円"
    page = client.get(f"{url}proposal/")
    assert "備考は「目的」に入ります。" in text_of(page)
    sent = form_of(page, "name") | {"budget_item": BudgetItemFactory().pk}
    for _click in range(2):
        response = client.post(f"{url}proposal/", sent)
        proposal = Proposal.objects.get()
        assert (response.status_code, response["Location"]) == (302, proposal.get_absolute_url())
    assert (proposal.name, proposal.grant, proposal.purpose) == ("書かない窓口", intent.grant, "窓口を減らす")
    plan.refresh_from_db()
    intent.refresh_from_db()
    assert (plan.proposal, intent.proposal, intent.plan) == (proposal, proposal, plan)
    page = text_of(client.get(url))
    assert plan.get_absolute_url() in page
    assert proposal.get_absolute_url() in page
    assert f'href="{url}plan/"' not in page
    assert entries_of(intent)[0].verb == "予算事業を起案"


def test_the_hoped_for_call_goes_from_the_intent_by_the_plan_to_the_proposal(secretary: Any) -> None:
    BudgetStageFactory(name="起案", order=1)
    intent, item = IntentFactory(grant=GrantFactory()), BudgetItemFactory()
    plan = draft_plan_of_intent(intent=intent, by=secretary)
    plan.procurement = "公募型プロポーザル"
    plan.save()
    proposal = draft_proposal_of_plan(plan=plan, name="窓口", budget_item=item, by=secretary)
    assert (proposal.grant, proposal.contract_plan) == (intent.grant, "公募型プロポーザル")
    other = draft_plan_of_intent(intent=IntentFactory(grant=GrantFactory()), by=secretary)
    IntentFactory(grant=GrantFactory(), plan=other)
    proposal = draft_proposal_of_plan(plan=other, name="二つの見込み", budget_item=item, by=secretary)
    assert proposal.grant is None, "which one, nobody has said"


def test_the_plan_of_an_intent_that_was_laid_aside_is_written_anew(secretary: Any) -> None:
    intent = IntentFactory()
    first = draft_plan_of_intent(intent=intent, by=secretary)
    first.archived_at = "2022-10-01T00:00+09:00"
    first.save()
    assert draft_plan_of_intent(intent=intent, by=secretary) != first
    archived = IntentFactory()
    archive_intent(intent=archived, reason="重複。", by=secretary)
    with pytest.raises(Unmet, match="保管"):
        draft_plan_of_intent(intent=archived, by=secretary)
    item = BudgetItemFactory(to_year=2020)
    with pytest.raises(Unmet, match="予算科目"):
        draft_proposal_of_intent(intent=intent, name="名", budget_item=item, by=secretary)


def test_queries_do_not_grow(client: Any) -> None:
    counts = []
    for number in (2, 20):
        for _each in range(number):
            intent = IntentFactory()
            UnitFactory(kind="section")
        for page in (LIST, f"{SILENT}?size=100", intent.get_absolute_url(), NEW):
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            counts.append(len(queries))
    assert counts[:4] == counts[4:], counts
