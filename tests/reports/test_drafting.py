"""Asking for drafts, keeping them, and the command."""

import json
import uuid
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from apps.core.history import entries_of
from apps.core.models import Job
from apps.core.permissions import Forbidden
from apps.core.transitions import WrongState
from apps.reports.choices import FileKind, ReportStatus
from apps.reports.models import Draft, DraftFile, Report
from apps.reports.selectors import next_draft_number, running_job
from apps.reports.services import MadeDraft, ask_for_draft, keep_draft
from apps.reports.services.compose import compose
from tests.factories import CityFactory, HurdleFactory, ReportChapterFactory, ReportFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    CityFactory()
    chapter = ReportChapterFactory()
    HurdleFactory(title="#let x = *太字* </w:t> {{ x }} 𠮷 髙")
    return chapter.report


def made(report: Report) -> MadeDraft:
    number = next_draft_number(report)
    files = {FileKind.WORD: b"word", FileKind.PDF: b"pdf", FileKind.JSON: b"{}"}
    return MadeDraft(number, compose(report, number=number), files)


def kept(report: Report, by: Any) -> Draft:
    return keep_draft(
        made=made(report), report=report, job=ask_for_draft(report=report, uid=uuid.uuid4(), by=by), by=by
    )


def test_the_button_pressed_twice_is_one_job(report):
    secretariat, uid = user_with("secretariat"), uuid.uuid4()
    first = ask_for_draft(report=report, uid=uid, by=secretariat)
    assert ask_for_draft(report=report, uid=uid, by=secretariat) == first
    assert Job.objects.count() == 1
    assert (first.kind, first.queue, first.arguments) == ("reports.make_draft", "reports", {"report": str(report.uid)})
    assert running_job(report) == first


@pytest.mark.parametrize(
    "role", ["viewer", "promoter", "manager", "member", "chief", "finance", "auditor", "administrator"]
)
def test_only_the_secretariat_asks(report, role):
    with pytest.raises(Forbidden):
        ask_for_draft(report=report, uid=uuid.uuid4(), by=user_with(role))
    assert not Job.objects.exists()


def test_a_final_report_has_no_further_drafts(report):
    Report.objects.update(status=ReportStatus.FINAL)
    report.refresh_from_db()
    with pytest.raises(WrongState):
        ask_for_draft(report=report, uid=uuid.uuid4(), by=user_with("secretariat"))
    assert not Job.objects.exists()


def test_drafts_count_from_one_and_hold_their_files(report):
    secretariat = user_with("secretariat")
    drafts = [kept(report, secretariat), kept(report, secretariat)]
    assert [draft.number for draft in drafts] == [1, 2]
    assert [str(draft) for draft in drafts] == ["第1案", "第2案"]
    assert {file.kind: bytes(file.content) for file in drafts[0].files.all()} == {
        "docx": b"word",
        "pdf": b"pdf",
        "json": b"{}",
    }
    assert DraftFile.objects.count() == 6
    assert entries_of(report, parts=("drafts",))[0].actor == secretariat.name


def test_a_draft_keeps_what_it_said(report):
    draft = kept(report, user_with("secretariat"))
    HurdleFactory()
    draft.refresh_from_db()
    stated = draft.content["chapters"][0]["blocks"][0]["items"][0]
    assert (stated["name"], stated["value"]) == ("hurdles.all", 1)


def test_the_database_refuses_a_second_draft_of_a_job_and_of_a_number(report):
    secretariat = user_with("secretariat")
    job = ask_for_draft(report=report, uid=uuid.uuid4(), by=secretariat)
    first = made(report)
    keep_draft(made=first, report=report, job=job, by=secretariat)
    other = ask_for_draft(report=report, uid=uuid.uuid4(), by=secretariat)
    with pytest.raises(IntegrityError, match="one_draft_a_number"), transaction.atomic():
        keep_draft(made=first, report=report, job=other, by=secretariat)
    with pytest.raises(IntegrityError, match="job"), transaction.atomic():
        keep_draft(made=made(report), report=report, job=job, by=secretariat)
    assert Draft.objects.count() == 1
    assert DraftFile.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_the_command_writes_word_pdf_and_json(report, tmp_path, capsys):
    folder = tmp_path / "a folder" / "中間"
    call_command("report_draft", kind="mid-year", year="R4", out=folder)
    names = ["mid-year-2022.docx", "mid-year-2022.json", "mid-year-2022.pdf"]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert (folder / names[0]).read_bytes()[:2] == b"PK"
    assert (folder / names[2]).read_bytes()[:5] == b"%PDF-"
    said = json.loads((folder / names[1]).read_text())
    assert said["chapters"][0]["title"] == "全庁的なハードルと方針"
    assert "#let x = *太字* </w:t> {{ x }} 𠮷 髙" in (folder / names[1]).read_text()
    assert not Draft.objects.exists()
    assert str(folder / names[0]) in capsys.readouterr().out


@pytest.mark.parametrize(("year", "words"), [("2021", "令和3年度"), ("R99", "R99"), ("来年", "来年")])
def test_the_command_names_what_is_wrong(report, tmp_path, year, words):
    with pytest.raises(CommandError) as refusal:
        call_command("report_draft", kind="mid-year", year=year, out=tmp_path)
    assert str(refusal.value)
    assert not list(tmp_path.iterdir())


def test_a_report_of_a_kind_is_one_a_year(report):
    with pytest.raises(IntegrityError, match="one_report_of_a_kind_a_year"), transaction.atomic():
        ReportFactory()
