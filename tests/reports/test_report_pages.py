"""The pages of reports: who sees what, the button, the draft with its files, the definitions."""

import uuid
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.models import Job
from apps.core.registry import figures
from apps.reports.choices import FileKind, ReportStatus
from apps.reports.models import Draft, Report
from apps.reports.selectors import next_draft_number
from apps.reports.services import MadeDraft, ask_for_draft, keep_draft
from apps.reports.services.compose import compose
from tests.city.demo_city import person
from tests.factories import ReportFactory, user_with
from tests.pages import text_of

pytestmark = pytest.mark.usefixtures("demo_city")

SEES = ["u001", "u002", "u005", "u006", "u009", "u011", "u023", "u024"]
SEES_NOT = ["u014", "u022", "admin"]


def report() -> Report:
    return Report.objects.get(source_key="IR-2022")


def drafted(by: Any) -> Draft:
    number = next_draft_number(report())
    document = compose(report(), number=number)
    files = {FileKind.WORD: b"PK word", FileKind.PDF: b"%PDF-1.7", FileKind.JSON: b'{"a": 1}'}
    job = ask_for_draft(report=report(), uid=uuid.uuid4(), by=by)
    Job.objects.filter(pk=job.pk).update(state="done", progress=100)
    return keep_draft(made=MadeDraft(number, document, files), report=report(), job=job, by=by)


@pytest.fixture
def browser(client_for: Any) -> Any:
    return lambda number: client_for(person(number))


@pytest.mark.parametrize("number", SEES)
def test_who_works_with_it_sees_the_report_under_review(browser, number):
    listed = browser(number).get("/reports/")
    assert [row.source_key for row in listed.context["table"].rows] == ["IR-2022"]
    assert browser(number).get(report().get_absolute_url()).status_code == 200


@pytest.mark.parametrize("number", SEES_NOT)
def test_others_see_it_once_it_is_final(browser, number):
    assert browser(number).get("/reports/").context["total"] == 0
    assert browser(number).get(report().get_absolute_url()).status_code == 404
    draft = drafted(person("u006"))
    for address in (draft.get_absolute_url(), f"{draft.get_absolute_url()}pdf/"):
        assert browser(number).get(address).status_code == 404
    Report.objects.update(status=ReportStatus.FINAL)
    assert browser(number).get("/reports/").context["total"] == 1
    assert browser(number).get(report().get_absolute_url()).status_code == 200


def test_it_is_loaded_under_review_and_without_a_draft(browser):
    page = browser("u006").get(report().get_absolute_url())
    assert report().status == ReportStatus.UNDER_REVIEW
    assert not page.context["drafts"]
    assert len(page.context["chapters"]) == 6
    assert "案はまだありません。" in text_of(page)


@pytest.mark.parametrize("number", ["u005", "u006", "u007"])
def test_the_button_of_the_secretariat_leads_to_the_job(browser, number):
    client = browser(number)
    page = client.get(report().get_absolute_url())
    uid = page.context["draft_form"]["uid"].value()
    first = client.post(f"{report().get_absolute_url()}draft/", {"uid": uid})
    again = client.post(f"{report().get_absolute_url()}draft/", {"uid": uid})
    job = Job.objects.get()
    assert (
        (first.status_code, first["Location"]) == (302, f"/jobs/{job.uid}/") == (again.status_code, again["Location"])
    )
    assert job.asked_by == person(number)
    assert "案を作成しています" in text_of(client.get(report().get_absolute_url()))


@pytest.mark.parametrize("number", ["u001", "u009", "u011", "u024"])
def test_others_have_no_button_and_are_told_who_may(browser, number):
    client = browser(number)
    assert client.get(report().get_absolute_url()).context["draft_form"] is None
    refused = client.post(f"{report().get_absolute_url()}draft/", {"uid": uuid.uuid4()})
    assert refused.status_code == 403
    assert "事務局" in text_of(refused)
    assert not Job.objects.exists()


def test_a_form_without_its_uid_is_refused(browser):
    answer = browser("u006").post(f"{report().get_absolute_url()}draft/", {"uid": "x"})
    assert answer.status_code == 422
    assert not Job.objects.exists()


def test_a_draft_shows_what_it_holds_and_gives_its_files(browser):
    draft, client = drafted(person("u006")), browser("u001")
    page = client.get(draft.get_absolute_url())
    assert page.status_code == 200
    words = text_of(page)
    for each in ("第1案", "重大さ5の7件を重点とし、期限と担当を定める。", "318,086", "数値の定義"):
        assert each in words, each
    for kind, start in (("docx", b"PK"), ("pdf", b"%PDF"), ("json", b"{")):
        file = client.get(f"{draft.get_absolute_url()}{kind}/")
        assert file.content.startswith(start)
        assert file["Content-Disposition"] == f'attachment; filename="mid-year-2022-1.{kind}"'
    assert client.get(f"{draft.get_absolute_url()}exe/").status_code == 404
    assert client.get(draft.get_absolute_url().replace("/1/", "/2/")).status_code == 404


def test_the_list_takes_no_more_queries_for_more_reports(browser):
    client = browser("u006")
    with CaptureQueriesContext(connection) as few:
        client.get("/reports/")
    for year in range(2010, 2020):
        ReportFactory(fiscal_year=year)
    with CaptureQueriesContext(connection) as many:
        assert client.get("/reports/").context["total"] == 11
    assert len(many) == len(few)


def test_a_reports_page_takes_no_more_queries_for_more_drafts(browser):
    client = browser("u006")
    drafted(person("u006"))
    with CaptureQueriesContext(connection) as few:
        client.get(report().get_absolute_url())
    for _each in range(3):
        drafted(person("u006"))
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(report().get_absolute_url()).context["drafts"]) == 4
    assert len(many) == len(few)


@pytest.mark.parametrize("format_", ["xlsx", "csv", "csv-cp932", "json"])
def test_the_list_as_a_file(browser, format_):
    assert browser("u006").get("/reports/", {"format": format_}).status_code == 200


def test_an_unknown_filter_is_refused(browser):
    assert browser("u006").get("/reports/", {"colour": "red"}).status_code == 400


def test_the_definitions_name_every_single_figure(browser):
    page = browser("u006").get("/reports/figures/")
    shown = {row["figure"].name for row in page.context["rows"]}
    assert {"hurdles.open", "budget.request", "petitions.all", "roadmap.initiatives"} <= shown
    words = unescape(text_of(page))
    assert all(str(figures[name].definition) in words for name in shown)


def test_somebody_without_a_role_sees_no_page(client_for):
    nobody = user_with("viewer")
    nobody.roles.all().delete()
    assert client_for(nobody).get("/reports/").status_code == 403
