"""The budget's first page: fast whatever the number of rows, and silent about the appraisal."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.budget.models import BudgetYear
from apps.organization.choices import RoleKind
from tests.factories import user_with
from tests.factories.budget import BudgetStageFactory, GrantFactory, ProposalFactory

pytestmark = pytest.mark.django_db


def browser(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("path", ["/budget/", "/budget/investment/"])
def test_the_queries_do_not_grow_with_the_rows(path):
    client, counts = browser(user_with(RoleKind.FINANCE)), []
    for more in (3, 27):
        for _each in range(more):
            ProposalFactory(sources={"national": 4_000})
            GrantFactory(closes_on="2022-12-01")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 60


def test_the_stage_under_appraisal_is_not_told_before_the_result():
    ProposalFactory(stage=BudgetStageFactory(name="要求提出"))
    ProposalFactory(stage=BudgetStageFactory(name="財政課長査定"))
    year = BudgetYear.objects.create(fiscal_year=2023)
    member, finance = browser(user_with(RoleKind.MEMBER)), browser(user_with(RoleKind.FINANCE))
    names = [stage["name"] for stage in finance.get("/budget/").context["stages"]]
    assert names == ["要求提出", "財政課長査定"]
    page = member.get("/budget/")
    assert [stage["name"] for stage in page.context["stages"]] == ["要求提出", ""]
    assert "査定中" in page.content.decode()
    assert "財政課長査定" not in page.content.decode()
    year.disclosed_on = "2022-10-14"
    year.save()
    assert "財政課長査定" in member.get("/budget/").content.decode()


def test_an_empty_year_says_so_and_a_stranger_is_sent_to_sign_in():
    html = browser(user_with(RoleKind.VIEWER)).get("/budget/").content.decode()
    assert "この年度の予算要求で、見られるものはありません。" in html
    assert "締切日の決まった公募はありません。" in html
    assert Client().get("/budget/").status_code == 302
    assert Client().get("/budget/scenarios/").status_code == 302


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("/budget/", ["自分の仕事", "予算・交付金"]),
        ("/budget/proposals/", ["自分の仕事", "予算・交付金", "予算要求"]),
        ("/budget/grants/", ["自分の仕事", "予算・交付金", "交付金・補助金"]),
        ("/budget/grants/reference/", ["自分の仕事", "予算・交付金", "交付金・補助金", "交付金の世代"]),
        ("/budget/calendar/", ["自分の仕事", "予算・交付金", "年間日程"]),
        ("/budget/export/", ["自分の仕事", "予算・交付金", "予算要求書を保存する"]),
        ("/budget/reconcile/", ["自分の仕事", "予算・交付金", "予算照合"]),
    ],
)
def test_every_page_leads_back_to_the_first_of_the_budget(path, way):
    page = browser(user_with(RoleKind.FINANCE)).get(path)
    assert [str(label) for label, _url in page.context["crumbs"]] == way
    urls = [url for _label, url in page.context["crumbs"]]
    assert (urls[1], urls[-1]) == ("/budget/" if len(way) > 2 else None, None)
    assert 'class="local-nav no-print"' in page.content.decode()
