"""The budget request for print: the same sums as in the workbook, and what people wrote comes out as they wrote it."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from apps.budget.exports import request_pdf
from apps.budget.exports.document import request_data
from apps.budget.models import CostLine, Proposal
from apps.budget.selectors import whole_request
from apps.core import clock
from apps.core.files import disposition
from apps.core.fiscal import FiscalYear
from tests.city.demo_city import person

pytestmark = pytest.mark.usefixtures("demo_city")

YEAR = FiscalYear(2023)
# Markup of typst, of templates and of XML, a formula, and characters that fonts and encodings stumble over.
HARD = "#panic[*重要* _斜体_] $x^2$ <b>&amp;</b> {{ 7*7 }} =cmd|'/C calc'!A0 \\ `髙𠮷\ufa19`"
needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler (pdftotext) is not installed: nothing reads the PDF"
)


def chapters() -> list[Any]:
    return request_data(YEAR, list(whole_request(YEAR)))["chapters"]


def tables(chapter: Any) -> list[dict[str, Any]]:
    return [block for block in chapter["blocks"] if block["block"] == "table"]


def total(table: dict[str, Any]) -> list[str]:
    (row,) = (line["cells"] for line in table["lines"] if line["level"] == -1)
    return row


def bare(text: str) -> str:
    """Without white space, which a page sets as it needs it."""
    return "".join(text.split())


def read(pdf: bytes, folder: Path) -> str:
    path = folder / "request.pdf"
    path.write_bytes(pdf)
    argv = ["pdftotext", "-raw", str(path), "-"]
    return subprocess.run(argv, check=True, capture_output=True, text=True, timeout=60).stdout


def test_the_tables_have_the_sums_of_the_workbook():
    summary, items, money, revenue = (tables(chapter) for chapter in chapters()[:4])
    sources = ["96,679", "3,000", "13,800", "18,782", "185,825", "318,086"]
    assert total(summary[0])[7:] == ["22,212", "318,086", "295,874", "＋1,332.0％", *sources]
    assert total(items[0])[3:] == ["22,212", "318,086", "295,874", "＋1,332.0％", *sources]
    assert total(items[1])[3:5] == ["22,212", "318,086"]
    assert total(money[0])[2] == "318,086"
    assert [total(table)[4] for table in revenue] == ["99,679", "32,582"]


def test_each_proposal_has_a_chapter_whose_tables_foot():
    own = chapters()[6:]
    proposals = list(whole_request(YEAR))
    assert [chapter["heading"].split("\u3000", 1)[1] for chapter in own] == [proposal.name for proposal in proposals]
    for chapter, proposal in zip(own, proposals, strict=True):
        amounts, *specific, lines = tables(chapter)
        asked = f"{proposal.request_k:,}"
        assert amounts["lines"][0]["cells"][3] == amounts["lines"][0]["cells"][-1] == total(lines)[6] == asked
        assert bool(specific) is proposal.fundings.exists()
        words = [
            text for block in chapter["blocks"] if block["block"] == "facts" for row in block["rows"] for text in row
        ]
        assert proposal.purpose in words
        assert ("経常経費" in words) is proposal.future_costs.exists()


def test_less_than_the_year_before_has_its_sign_and_a_gone_item_is_said():
    number = [proposal.source_key for proposal in whole_request(YEAR)].index("B-06")
    lines = tables(chapters()[6 + number])[-1]
    assert total(lines)[-2:] == ["△1,130", "△6.7％"]
    assert [row["cells"][-1] for row in lines["lines"] if row["cells"][0].startswith("8 旅費")] == ["皆減"]


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
    assert answer["Content-Disposition"] == disposition("令和5年度予算要求書.pdf", plain="budget-request-2023.pdf")
    assert read(b"".join(answer.streaming_content), tmp_path) == read(
        request_pdf(YEAR, list(whole_request(YEAR))), tmp_path
    )


def test_a_year_without_proposals_is_no_error():
    client = Client()
    client.force_login(person("u006"), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/budget/export/", {"year": "2024", "format": "pdf"})
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


@needs_poppler
def test_a_label_breaks_between_its_words(tmp_path):
    """総括表 is the narrowest: a label breaks after ・, and none leaves a single character on its last line."""
    path = tmp_path / "request.pdf"
    path.write_bytes(request_pdf(YEAR, list(whole_request(YEAR))))
    argv = ["pdftotext", "-f", "3", "-l", "3", "-layout", str(path), "-"]
    words = subprocess.run(argv, check=True, capture_output=True, text=True, encoding="utf-8").stdout.split()
    assert {"前年度決算額", "国庫支出金", "番号"} <= set(words)
    assert not {"額", "金", "号", "算額"} & set(words)
