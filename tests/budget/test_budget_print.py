"""The budget request for print: the same sums as in the workbook, and what people wrote comes out as they wrote it."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from apps.budget.exports import request_pdf
from apps.budget.exports.document import request_document
from apps.budget.models import CostLine, Proposal
from apps.budget.selectors import whole_request
from apps.core import clock
from apps.core.documents import DataTable, Text
from apps.core.fiscal import FiscalYear
from tests.city.demo_city import person

pytestmark = pytest.mark.usefixtures("demo_city")

YEAR = FiscalYear(2023)
# Markup of typst, of templates and of XML, a formula, and characters that fonts and encodings stumble over.
HARD = "#panic[*重要* _斜体_] $x^2$ <b>&amp;</b> {{ 7*7 }} =cmd|'/C calc'!A0 \\ `髙𠮷\ufa19`"
needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler (pdftotext) is not installed: nothing reads the PDF"
)


def document() -> Any:
    return request_document(YEAR, list(whole_request(YEAR)))


def tables(chapter: Any) -> list[DataTable]:
    return [block for block in chapter.blocks if isinstance(block, DataTable)]


def amounts(table: DataTable) -> list[str]:
    assert table.total
    kinds = [column.kind for column in table.columns]
    return [cell for cell, kind in zip(table.total, kinds, strict=True) if kind == "number"]


def bare(text: str) -> str:
    """Without white space, which a page sets as it needs it."""
    return "".join(text.split())


def read(pdf: bytes, folder: Path) -> str:
    path = folder / "request.pdf"
    path.write_bytes(pdf)
    argv = ["pdftotext", "-raw", str(path), "-"]
    return subprocess.run(argv, check=True, capture_output=True, text=True, timeout=60).stdout


def test_the_summary_has_the_sums_of_the_workbook():
    comparison, sources = tables(document().chapters[0])
    assert amounts(comparison) == ["22,212", "318,086", "295,874", "＋1,332.0％"]
    assert amounts(sources) == ["96,679", "3,000", "13,800", "18,782", "185,825", "318,086"]
    assert len(comparison.rows) == len(sources.rows) == 8


def test_each_proposal_has_a_chapter_whose_tables_foot():
    chapters = document().chapters[1:]
    proposals = list(whole_request(YEAR))
    assert [chapter.title for chapter in chapters] == [proposal.name for proposal in proposals]
    for chapter, proposal in zip(chapters, proposals, strict=True):
        lines, sources, *later = tables(chapter)
        assert amounts(lines)[1] == amounts(sources)[0] == f"{proposal.request_k:,}"
        assert len(sources.rows) == proposal.fundings.count() + 1
        assert bool(later) is (proposal.debt_burdens.exists() or proposal.future_costs.exists())
        own = [block.text for block in chapter.blocks if isinstance(block, Text) and block.own]
        assert own[0].startswith(proposal.purpose.split("\n")[0])


def test_less_than_the_year_before_has_its_sign_and_a_gone_item_is_said():
    number = [proposal.source_key for proposal in whole_request(YEAR)].index("B-06")
    lines = tables(document().chapters[number + 1])[0]
    assert amounts(lines)[2:] == ["△1,130", "△6.7％"]
    assert [row[-1] for row in lines.rows if row[0].startswith("8 旅費")] == ["皆減"]


@needs_poppler
def test_the_page_shows_the_sums_and_hard_words_literally(tmp_path):
    Proposal.objects.filter(source_key="B-08").update(name=f"件名{HARD}", purpose=f"目的{HARD}\n二行目")
    CostLine.objects.filter(request_line__proposal__source_key="B-08").update(description=f"内容{HARD}")
    words = bare(read(request_pdf(YEAR, list(whole_request(YEAR))), tmp_path))
    for expected in ("318,086", "185,825", "令和4年10月14日", "汐見野市"):
        assert expected in words, expected
    for expected in (f"件名{HARD}", f"目的{HARD}", f"内容{HARD}"):
        assert bare(expected) in words, expected


@needs_poppler
def test_the_browser_gets_the_same_pages(tmp_path, monkeypatch):
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    client = Client()
    client.force_login(person("u006"), backend="django.contrib.auth.backends.ModelBackend")
    assert "format=pdf" in client.get("/budget/export/").content.decode()
    answer = client.get("/budget/export/", {"year": "R5", "format": "pdf"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="budget-request-2023.pdf"'
    assert read(answer.content, tmp_path) == read(request_pdf(YEAR, list(whole_request(YEAR))), tmp_path)


def test_a_year_without_proposals_is_no_error():
    client = Client()
    client.force_login(person("u006"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/budget/export/", {"year": "2024", "format": "pdf"}).content.startswith(b"%PDF")
