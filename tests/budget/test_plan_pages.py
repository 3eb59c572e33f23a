"""The pages of introduction plans: writing, handing in, reviewing, printing; what refuses, and what two clicks do."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.budget.exports.plan_paper import plan_document
from apps.budget.models import IntroductionPlan, PlanHurdle, Proposal, ReviewCriterion
from apps.budget.selectors import plan_detail
from apps.budget.services import Given, edit_plan, review_plan, submit_plan
from apps.core.files import disposition
from tests.budget.whole_plans import WHOLE, plan_in, whole_plan
from tests.factories import (
    BudgetItemFactory,
    BudgetStageFactory,
    HurdleFactory,
    IntroductionPlanFactory,
    ProposalFactory,
    ReviewCriterionFactory,
    UnitFactory,
    user_with,
)
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

LIST, NEW = "/budget/plans/", "/budget/plans/new/"
CRITERIA = "/budget/plans/criteria/"


@pytest.fixture
def secretary() -> Any:
    return user_with("secretariat")


@pytest.fixture
def client(client_for: Any, secretary: Any) -> Any:
    return client_for(secretary)


def test_a_section_writes_its_plan_once_with_two_clicks(client_for: Any) -> None:
    officer = user_with("promoter")
    UnitFactory()
    client = client_for(officer)
    sent = form_of(client.get(NEW), "title")
    assert (sent["unit"], sent["fiscal_year"], sent["kind"]) == (str(officer.unit_id), "2023", "new")
    assert client.post(NEW, sent).status_code == 422, "a title is needed"
    sent |= WHOLE | {"title": "髙𠮷の計画", "kind": "renewal", "current_until": "R6.3.31", "current_yearly_k": "3,300"}
    for _click in range(2):
        response = client.post(NEW, sent)
        plan = IntroductionPlan.objects.get()
        assert (response.status_code, response["Location"]) == (302, plan.get_absolute_url())
    assert (str(plan.current_until), plan.current_yearly_k, plan.unit) == ("2024-03-31", 3300, officer.unit)
    page = text_of(client.get(plan.get_absolute_url()))
    assert "提出までに書くこと" in page
    assert "現行のシステムと契約" in page
    foreign = sent | {"uid": "6f1c6a53-0e3f-4f5c-8d33-0d5e2b0c7f11", "unit": UnitFactory().pk}
    assert client.post(NEW, foreign).status_code == 422, "not for another section"


@pytest.mark.parametrize(
    ("name", "value"),
    [("initial_k", "-1"), ("initial_k", "10000000000"), ("running_k", "一万"), ("current_until", "R5.2.30")],
)
def test_absurd_input_is_refused_beside_its_field(name: str, value: str, client: Any) -> None:
    plan = whole_plan()
    url = f"{plan.get_absolute_url()}edit/"
    sent = form_of(client.get(url), "title") | {name: value}
    response = client.post(url, sent)
    assert response.status_code == 422
    assert f'id="id_{name}_error"' in text_of(response)
    assert client.post(url, sent | {name: ""}).status_code == 302


def test_two_who_write_at_once_see_both_texts(client: Any) -> None:
    plan = whole_plan()
    url = f"{plan.get_absolute_url()}edit/"
    first, second = (form_of(client.get(url), "title") for _each in range(2))
    assert client.post(url, first | {"staffing": "窓口係4人"}).status_code == 302
    response = client.post(url, second | {"staffing": "窓口係5人"})
    page = text_of(response)
    assert response.status_code == 409
    assert "窓口係4人" in page
    assert "窓口係5人" in page
    assert client.post(url, form_of(response, "version") | {"staffing": "窓口係5人"}).status_code == 302
    plan.refresh_from_db()
    assert plan.staffing == "窓口係5人"


def test_what_only_the_other_has_changed_is_kept_at_first(client: Any) -> None:
    """Who saves later has not touched the staffing: pressing the button at once takes nothing of it away."""
    plan = whole_plan()
    url = f"{plan.get_absolute_url()}edit/"
    first, second = (form_of(client.get(url), "title") for _each in range(2))
    assert client.post(url, first | {"staffing": "窓口係4人"}).status_code == 302
    response = client.post(url, second | {"schedule": "7月から"})
    page = text_of(response)
    assert response.status_code == 409
    assert page.count("あなたは直していません。") == 1
    chosen = dict(re.findall(r'name="(staffing|schedule)" value="([^"]*)" checked', page))
    assert chosen == {"staffing": "窓口係4人", "schedule": "7月から"}
    assert client.post(url, form_of(response, "version") | chosen).status_code == 302
    plan.refresh_from_db()
    assert (plan.staffing, plan.schedule) == ("窓口係4人", "7月から")


def test_what_one_may_not_do_says_who_may(client_for: Any) -> None:
    plan = plan_in("submitted")
    member, auditor = client_for(user_with("member")), client_for(user_with("auditor"))
    url = plan.get_absolute_url()
    for page, words in {"edit/": "所属と事務局", "reopen/": "事務局", "submit/": "課長", "priority/": "本部"}.items():
        response = member.get(f"{url}{page}")
        assert (response.status_code, words in text_of(response)) == (403, True), page
    for page in ("review/", "return/", "edit/", "archive/", "proposal/draft/"):
        assert auditor.get(f"{url}{page}").status_code == 403, page
    assert member.get(f"{url}review/").status_code == 200
    stranger = client_for(user_with("promoter"))
    for page in ("", "edit/", "review/", "paper/pdf/"):
        assert stranger.get(f"{url}{page}").status_code == 404, page


def test_the_page_offers_what_comes_next(client: Any, client_for: Any) -> None:
    manager = user_with("manager")
    plan, bare = whole_plan(unit=manager.unit), IntroductionPlanFactory(unit=manager.unit)
    page, unfinished = (text_of(client_for(manager).get(each.get_absolute_url())) for each in (plan, bare))
    assert f'<a class="button button--primary" href="{plan.get_absolute_url()}submit/">' in page
    assert f'<a class="button button--primary" href="{bare.get_absolute_url()}edit/">' in unfinished
    url = f"{bare.get_absolute_url()}submit/"
    for response, status in ((client.get(url), 200), (client.post(url, {"version": bare.version}), 422)):
        assert response.status_code == status
        assert "まだ書かれていません" in text_of(response)
        assert 'type="submit">事前審査に提出する' not in text_of(response)
    url = f"{plan.get_absolute_url()}submit/"
    sent = form_of(client.get(url), "version")
    assert [client.post(url, sent).status_code for _click in range(2)] == [302, 422]
    for verb in ("submit", "reopen"):
        page = text_of(client.get(f"{plan.get_absolute_url()}{verb}/"))
        assert "状態が「提出済」のときは、この操作はできません" in page
        assert 'method="post" novalidate' not in page


@pytest.mark.parametrize(
    ("state", "values", "manager", "promoter", "member"),
    [
        ("draft", {"staffing": ""}, "所属の課長か事務局が", "所属の課長か事務局が", "所属の課長か事務局が"),
        ("draft", {}, "「事前審査に提出する」から提出", "の「自分の仕事」に", "の「自分の仕事」に"),
        ("submitted", {}, "審査中です", "審査中です", "「審査する」から"),
        ("returned", {}, "「直す」から", "「直す」から", "所属が直します"),
        ("reviewed", {}, "「予算要求を起案する」", "「予算要求を起案する」", "所属か事務局が起案します"),
    ],
)
def test_the_page_says_the_next_step_to_each(
    state: str, values: Any, manager: str, promoter: str, member: str, client_for: Any
) -> None:
    unit = UnitFactory()
    plan = plan_in(state, unit=unit, **values)
    told = {"manager": manager, "promoter": promoter, "member": member}
    people = {"manager": user_with("manager", unit=unit), "promoter": user_with("promoter", unit=unit)}
    people["member"] = user_with("member")
    for role, words in told.items():
        page = text_of(client_for(people[role]).get(plan.get_absolute_url()))
        assert words in page[page.index('id="next"') :], role
        offered = re.findall(r'<a class="button button--(\w+)" href="[^"]*/proposal/draft/"', page)
        assert offered == (["primary"] if state == "reviewed" and role != "member" else []), "after the review alone"


def test_a_returned_plan_says_when_it_is_mended_and_a_reviewed_one_where_its_proposal_is(client_for: Any) -> None:
    unit = UnitFactory()
    plan, client = plan_in("returned", unit=unit), client_for(user_with("manager", unit=unit))
    assert "もう一度提出します" in text_of(client.get(plan.get_absolute_url()))
    edit_plan(plan=plan, version=plan.version, values={"staffing": "5人"}, by=user_with("secretariat"))
    page = text_of(client.get(plan.get_absolute_url()))
    assert ["体制を書く。" in page, "「事前審査に提出する」から提出" in page] == [True, True]
    proposal = ProposalFactory(requesting_unit=unit, name="受付の予算要求")
    page = text_of(client.get(plan_in("reviewed", unit=unit, proposal=proposal).get_absolute_url()))
    assert "受付の予算要求" in page[page.index('id="next"') :].split("</section>")[0]


def test_criteria_stand_in_their_order(client: Any) -> None:
    for place in (3, 1, 2):
        ReviewCriterionFactory(name=f"基準{place}", order=place)
    page = text_of(client.get(CRITERIA))
    assert sorted(("基準1", "基準2", "基準3"), key=page.index) == ["基準1", "基準2", "基準3"]


def reviewed(page: Any, **given: Any) -> dict[str, Any]:
    return form_of(page, "version") | given


def test_a_review_by_criteria_and_two_reviewers_at_once(client: Any, client_for: Any) -> None:
    plan = plan_in("submitted")
    need, money = ReviewCriterionFactory(name="必要性", explanation="何が困るか"), ReviewCriterionFactory(name="財源")
    url, other = f"{plan.get_absolute_url()}review/", client_for(user_with("member"))
    first, second = client.get(url), other.get(url)
    assert "評点で結果が決まることはなく" in text_of(first)
    assert "何が困るか" in text_of(first)
    sent = reviewed(first, result="fit", **{f"points_{need.pk}": "6", f"reason_{need.pk}": "多い"})
    assert client.post(url, sent).status_code == 422, "more than the most"
    sent |= {f"points_{need.pk}": "4", f"reason_{need.pk}": ""}
    assert "この評点とした理由" in text_of(client.post(url, sent))
    sent |= {f"reason_{need.pk}": "窓口が詰まる", f"points_{money.pk}": ""}
    assert client.post(url, sent).status_code == 302
    theirs = {f"points_{need.pk}": "2", f"reason_{need.pk}": "急がない"}
    response = other.post(url, reviewed(second, result="conditional", words="契約前に報告", **theirs))
    page = text_of(response)
    assert response.status_code == 409
    for words in ("窓口が詰まる", "急がない", "契約前に報告"):
        assert words in page
    plan.refresh_from_db()
    assert (plan.result, plan.points.get().points) == ("fit", 4)
    chosen = form_of(response, "version") | {"result": "conditional", "words": "契約前に報告"} | theirs
    assert other.post(url, chosen).status_code == 302
    plan.refresh_from_db()
    assert (plan.result, plan.review_words, plan.points.get().points) == ("conditional", "契約前に報告", 2)


def test_a_review_that_returns_needs_words_and_is_shown_before_the_next(client: Any) -> None:
    plan = plan_in("submitted")
    url = f"{plan.get_absolute_url()}review/"
    sent = reviewed(client.get(url), result="returned", words=" ")
    assert client.post(url, sent).status_code == 422
    assert client.post(url, sent | {"words": "体制を書く。"}).status_code == 302
    assert "体制を書く。" in text_of(client.get(f"{plan.get_absolute_url()}edit/"))
    plan.refresh_from_db()
    submit_plan(plan=plan, by=user_with("secretariat"))
    page = text_of(client.get(url))
    assert "前回の審査" in page
    assert "体制を書く。" in page
    draft = whole_plan()
    assert "提出されていません" in text_of(client.get(f"{draft.get_absolute_url()}review/"))


def test_criteria_are_edited_and_old_reviews_keep_their_points(client: Any, client_for: Any) -> None:
    assert "審査の基準がまだありません" in text_of(client.get(CRITERIA))
    sent = form_of(client.get(f"{CRITERIA}new/"), "name") | {"name": "標準化", "max_points": "10"}
    assert [client.post(f"{CRITERIA}new/", sent).status_code for _click in range(2)] == [302, 302]
    criterion = ReviewCriterion.objects.get()
    plan = plan_in("submitted")
    review_plan(plan=plan, result="fit", points={criterion.pk: Given(8, "合う")}, by=user_with("member"))
    url = f"{CRITERIA}{criterion.pk}/edit/"
    sent = form_of(client.get(url), "name")
    response = client.post(url, sent | {"max_points": "7"})
    assert response.status_code == 422
    assert "すでに8点" in text_of(response)
    assert client.post(url, sent | {"max_points": "8", "name": "標準準拠"}).status_code == 302
    late = client.post(url, sent | {"name": "別の名"})
    assert (late.status_code, "標準準拠" in text_of(late)) == (409, True)
    sent = form_of(client.get(url), "name")
    del sent["active"]
    assert client.post(url, sent).status_code == 302
    other = plan_in("submitted")
    assert "標準準拠" not in text_of(client.get(f"{other.get_absolute_url()}review/"))
    page = text_of(client.get(plan.get_absolute_url()))
    assert "標準準拠" in page
    assert "使用終了" in text_of(client.get(f"{plan.get_absolute_url()}review/"))
    assert "審査の基準を変更" in text_of(client.get(url))
    assert client_for(user_with("member")).get(CRITERIA).status_code == 403
    assert client.get(f"{CRITERIA}999/edit/").status_code == 404


def test_the_list_of_priority_cases_says_why(client: Any) -> None:
    whole_plan(title="公約の計画", priority_case=True, priority_reason="市長の公約。")
    whole_plan(title="普通の計画")
    page = text_of(client.get(f"{LIST}?priority=yes"))
    assert "<h1>重要案件</h1>" in page.replace(' id="title"', "")
    assert ["市長の公約。" in page, "普通の計画" in page] == [True, False]
    rows = client.get(f"{LIST}?priority=yes&format=json").json()
    assert [row["priority_reason"] for row in rows] == ["市長の公約。"]
    assert "priority_reason" not in client.get(f"{LIST}?format=json").json()[0]


def test_contracts_that_end_are_found(client: Any) -> None:
    for title, day in (("三月末", "2024-03-31"), ("四月一日", "2024-04-01"), ("前年", "2023-03-31")):
        whole_plan(kind="renewal", title=title, current_until=day)
    whole_plan(title="新規")
    rows = client.get(f"{LIST}?ends=2023&format=json").json()
    assert [(row["title"], row["current_until"]) for row in rows] == [("三月末", "2024-03-31")]
    assert client.get(f"{LIST}?ends=1990").status_code == 400


def test_hurdles_and_proposal_of_a_plan(client: Any) -> None:
    plan, hurdle = whole_plan(), HurdleFactory(title="窓口で三度書く")
    url = f"{plan.get_absolute_url()}hurdles/"
    assert client.post(url, {"number": "H-1999-0001"}).status_code == 422
    assert "窓口で三度書く" in text_of(client.get(f"{url}?q=三度"))
    assert [client.post(url, {"number": hurdle.number}).status_code for _click in range(2)] == [302, 302]
    assert "窓口で三度書く" in text_of(client.get(plan.get_absolute_url()))
    remove = f"{url}{hurdle.pk}/remove/"
    assert client.post(remove, {"reason": ""}).status_code == 302
    assert client.get(remove).status_code == 404
    own, other = ProposalFactory(requesting_unit=plan.unit), ProposalFactory()
    url = f"{plan.get_absolute_url()}proposal/"
    sent = form_of(client.get(url), "version")
    assert client.post(url, sent | {"proposal": other.pk}).status_code == 422
    assert client.post(url, sent | {"proposal": own.pk}).status_code == 302
    assert client.post(url, sent | {"proposal": ""}).status_code == 409
    assert own.name in text_of(client.get(plan.get_absolute_url()))


def test_a_draft_proposal_from_the_plan_once(client: Any) -> None:
    BudgetStageFactory(name="起案", order=1)
    plan, item = plan_in("reviewed", hours_saved=120, review_words="よい。"), BudgetItemFactory()
    url = f"{plan.get_absolute_url()}proposal/draft/"
    page = client.get(url)
    sent = form_of(page, "name")
    assert sent["name"] == plan.title
    assert "「現状と課題」は「目的」に" in text_of(page)
    assert client.post(url, sent).status_code == 422, "where it stands in the book is chosen"
    sent |= {"name": "受付改善事業", "budget_item": item.pk}
    for _click in range(2):
        response = client.post(url, sent)
        proposal = Proposal.objects.get()
        assert (response.status_code, response["Location"]) == (302, proposal.get_absolute_url())
    plan.refresh_from_db()
    assert (plan.proposal, proposal.name, proposal.requesting_unit) == (proposal, "受付改善事業", plan.unit)
    assert (proposal.general_k, proposal.hours_saved, proposal.outline) == (0, 120, plan.content)
    assert (proposal.pre_review_result, proposal.pre_review_comment) == ("fit", "よい。")
    assert list(proposal.hurdles.all()) == list(plan.hurdles.all())
    assert proposal.stage_entries.get().amount_k == 0
    assert client.get(proposal.get_absolute_url()).status_code == 200


def text_of_pdf(content: bytes, folder: Path) -> tuple[str, int]:
    """The words of a PDF without blanks, and how many pages it has."""
    path = folder / "plan.pdf"
    path.write_bytes(content)
    argv = ["pdftotext", "-raw", str(path), "-"]
    text = subprocess.run(argv, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    return "".join(text.split()), text.count("\f")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler (pdftotext) is not installed: nothing reads PDF")
def test_the_paper_holds_every_part_the_points_and_their_reasons(client: Any, tmp_path: Path) -> None:
    names = ("problem", "simplified_first", "content", "alternatives", "current_system", "money_words")
    names = (*names, "citizen_effect", "schedule", "procurement", "staffing", "security", "standards")
    words = {name: f"第{place}項目の文章" for place, name in enumerate(names, start=11)}
    plan = whole_plan(
        title="台帳/地図の更改",
        kind="renewal",
        **words,
        hours_saved=1_234,
        priority_case=True,
        priority_reason="公約だから",
    )
    hurdle = HurdleFactory(title="台帳の二重記入")
    PlanHurdle.objects.create(plan=plan, hurdle=hurdle)
    submit_plan(plan=plan, by=user_with("secretariat"))
    criterion = ReviewCriterionFactory(name="緊急性")
    review_plan(
        plan=plan,
        result="conditional",
        words="契約前に報告",
        points={criterion.pk: Given(4, "期限が近い")},
        by=user_with("member"),
    )
    response = client.get(f"{plan.get_absolute_url()}paper/pdf/")
    assert response["Content-Type"] == "application/pdf"
    kept, plain = "導入計画書_台帳／地図の更改_20221014.pdf", f"introduction-plan-{plan.uid.hex[:8]}-20221014.pdf"
    assert response["Content-Disposition"] == disposition(kept, plain=plain)
    flat, pages = text_of_pdf(response.content, tmp_path)
    for said in (*words.values(), "12,000", "3,300", "令和6年3月31日", "1,234", "台帳の二重記入", "公約だから"):
        assert said in flat, said
    for said in ("緊急性", "期限が近い", "契約前に報告", "条件付適", "機密性", "令和4年10月14日", "評点"):
        assert said in flat, said
    assert f"2/{pages}" in flat
    assert "印" not in flat
    assert client.get(f"{plan.get_absolute_url()}paper/exe/").status_code == 404
    assert client.get(f"{plan.get_absolute_url()}paper/docx/").content[:2] == b"PK"


def test_queries_do_not_grow(client: Any) -> None:
    counts = []
    for number in (2, 12):
        criteria = [ReviewCriterionFactory() for _each in range(number)]
        for _each in range(number):
            plan = plan_in("submitted", proposal=ProposalFactory())
            for hurdle in [HurdleFactory() for _other in range(number)]:
                PlanHurdle.objects.create(plan=plan, hurdle=hurdle)
        for each in criteria:
            plan.points.create(criterion=each, points=1)
        url = plan.get_absolute_url()
        for page in (
            url,
            f"{url}review/",
            f"{url}edit/",
            f"{LIST}?priority=yes&size=100",
            f"{LIST}?size=100",
            CRITERIA,
        ):
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            counts.append(len(queries))
    assert counts[:6] == counts[6:], counts


@pytest.mark.parametrize(
    ("title", "heading"),
    [("窓口の改善", "導入計画書　窓口の改善"), ("窓口改善 導入計画書（更改）", "窓口改善 導入計画書（更改）")],
)
def test_the_paper_says_once_what_it_is(title: str, heading: str) -> None:
    made = IntroductionPlanFactory(title=title)
    plan = plan_detail(user_with("secretariat")).get(pk=made.pk)
    assert plan_document(plan, [], "").title == heading
