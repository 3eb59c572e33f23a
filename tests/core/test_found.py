"""The search in the database: what it finds, in which order, and by which index."""

from typing import Any

import pytest
from django.apps import apps as installed
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.core.history import event_model_of
from apps.core.models import by_rank, found
from apps.core.models.searched import has_gram_index
from apps.core.respelling import respell
from apps.core.search import matches, search_key, spellings, stored_key
from apps.hurdles.models import CommonHurdle, Hurdle, SolvedCase
from apps.training.models import Course
from tests.factories import CommonHurdleFactory, HurdleFactory, SolvedCaseFactory, UnitFactory

PIECES = [
    "押印", "押", "印", "ｵﾝﾗｲﾝ", "オンライン", "おんらいん", "ＤＸ", "DX", "dx",
    "令和４", "令和4", "R4", "Ｒ４", "令和四", "令和元", "R1", "年度", "平成31", "H31", "H-2022-0001", "H20220001",
    "サーバー", "サーバ", "𠮷", "髙", "神", "%", "_", "\\", "100%", "a_b", " ", "　", "\n", "-", "'", '"', "（",
    "1", "１", "の", "か\u3099",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)


class TestRecall(TestCase):
    """`found` asks the index and then the text itself; both together are a plain substring search on the keys."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.unit = UnitFactory()

    @settings(max_examples=120, suppress_health_check=list(HealthCheck))
    @given(texts=st.lists(TEXTS.filter(str.strip), min_size=1, max_size=4), query=TEXTS)
    def test_it_is_that_of_a_substring_search(self, texts: list[str], query: str) -> None:
        rows = [HurdleFactory(title=f"題{text}", obstacle=text, reporting_unit=self.unit) for text in texts]
        plain = {row.pk for row in rows if all(any(k in row.search_key for k in keys) for keys in spellings(query))}
        assert set(found(Hurdle.objects.all(), query).values_list("pk", flat=True)) == plain
        by_words = {row.pk for row in rows if all(matches(w, row.title) or matches(w, row.obstacle) or
                    matches(w, row.number) for w in query.split())}  # fmt: skip
        assert plain == by_words

    @settings(max_examples=120, suppress_health_check=list(HealthCheck))
    @given(text=TEXTS.filter(str.strip), start=st.integers(0, 8), length=st.integers(1, 8))
    def test_whatever_is_cut_out_of_a_text_finds_it(self, text: str, start: int, length: int) -> None:
        part = text[start : start + length]
        if part.startswith("\u3099") or text[start + length :].startswith("\u3099"):
            return  # a cut between a kana and its mark
        row = HurdleFactory(title="題", obstacle=text, reporting_unit=self.unit)
        assert found(Hurdle.objects.filter(pk=row.pk), part).exists()


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("令和４年度の予算", "R4"),
        ("令和4年度の予算", "Ｒ４年度"),
        ("R4年度の予算", "令和４"),
        ("DX R4年度", "令和4年"),
        ("令和四年の条例", "R4"),
        ("R4の条例", "令和四"),
        ("令和元年5月", "R1"),
        ("R元年5月", "令和元年"),
        ("R1.5.1", "令和元"),
        ("平成31年4月", "H31"),
        ("H31.4", "平成３１"),
        ("S64.1.7", "昭和64"),
        ("㋿4年度", "R4"),
        ("令和元年", "元年"),
        ("令和4年", "和4"),
        ("令和四年", "四年"),
        ("100%増の_見込み\\", "100%"),
        ("a_b", "_"),
        ("円\\ドル", "\\"),
        ("𠮷野家", "𠮷"),
        ("押印", "印"),
    ],
)
def test_each_way_to_write_finds_the_other(written: str, searched: str) -> None:
    row = HurdleFactory(title=written)
    HurdleFactory(title="関わりなし")
    assert list(found(Hurdle.objects.all(), searched)) == [row]


@pytest.mark.parametrize(
    ("written", "searched"),
    [("axb", "a_b"), ("100円", "100%"), ("ビール", "ビル"), ("SR4型", "令和4"), ("R400", "令和4"), ("令和5年", "R4"),
     ("H-2022-0001", "平成20"), ("R4X", "令和4"), ("廃止押印", "印廃")],
)  # fmt: skip
def test_what_is_something_else_is_not_found(written: str, searched: str) -> None:
    row = HurdleFactory(title=written)
    assert row not in found(Hurdle.objects.all(), searched)


def test_an_ordinary_text_keeps_one_key() -> None:
    assert HurdleFactory(title="令和4年度の押印", number="H-2021-9001").search_key.split("\n")[:2] == [
        "h20219001",
        "令和4年度ノ押印",
    ]
    assert stored_key("R4と令和元") == f"{search_key('R4と令和元')}\t令和4ト令和1"


def test_hits_in_the_title_come_first_then_earlier_ones() -> None:
    def row(title: str, obstacle: str = "－") -> Hurdle:
        return HurdleFactory(title=title, obstacle=obstacle)

    late = row("会議の資料", "紙の資料に押印を求める")
    one = row("押印を求める", "オンラインで")
    both_late = row("すべての手続を押印からオンラインへ")
    both = row("押印をｵﾝﾗｲﾝへ")
    early = row("決裁", "押印する。オンラインにない。")
    row("関わりなし")
    expected = [both, both_late, one, early]
    ranked = by_rank(found(Hurdle.objects.all(), "押印 オンライン"), "押印 オンライン")
    order = ("-hits_in_title", "first_hit", "pk")
    assert list(ranked.order_by(*order)) == expected
    ranked = by_rank(found(Hurdle.objects.all(), "押印"), "押印").order_by(*order)
    assert list(ranked) == [one, both, both_late, early, late]


def test_a_year_in_the_title_counts_however_it_is_named() -> None:
    elsewhere = HurdleFactory(title="予算", obstacle="令和4年度")
    named = HurdleFactory(title="R4の予算")
    ranked = by_rank(found(Hurdle.objects.all(), "令和４"), "令和４").order_by("-hits_in_title", "first_hit")
    assert [(row, row.hits_in_title) for row in ranked] == [(named, 1), (elsewhere, 0)]


def test_a_number_counts_as_a_title_and_a_solved_case_has_none() -> None:
    hurdle = HurdleFactory(number="H-2021-9042")
    [row] = by_rank(found(Hurdle.objects.all(), "H-2021-9042"), "H-2021-9042")
    assert (row, row.hits_in_title, row.first_hit) == (hurdle, 1, 1)
    SolvedCaseFactory(hurdle=HurdleFactory(title="押印", status="resolved"), what="様式をなくした")
    [in_title] = by_rank(found(SolvedCase.objects.all(), "押印"), "押印")
    [in_text] = by_rank(found(SolvedCase.objects.all(), "様式"), "様式")
    assert (in_title.hits_in_title, in_text.hits_in_title) == (1, 0)
    assert by_rank(Hurdle.objects.all(), " － ").first().hits_in_title == 0


@pytest.mark.parametrize("model", [Hurdle, CommonHurdle, SolvedCase])
def test_the_index_answers(model: Any) -> None:
    """With so few rows the planner reads them all; told not to, it takes the index for each word and each year."""
    assert has_gram_index(model)
    HurdleFactory()
    CommonHurdleFactory()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = found(model.objects.order_by(), "押印 R4").explain()
    assert plan.count("_grams") >= 2, plan
    assert "Seq Scan" not in plan


def test_a_table_without_the_index_is_searched_all_the_same() -> None:
    assert not has_gram_index(Course)
    assert "search_grams" not in str(found(Course.objects.all(), "押印").query)


def test_old_keys_are_made_anew_and_nothing_else() -> None:
    row, other = HurdleFactory(title="R4の予算"), HurdleFactory(title="押印")
    old = row.search_key.replace("\t令和4ノ予算", "")
    Hurdle.objects.filter(pk=row.pk).update(search_key=old)
    before = list(Hurdle.objects.values("version", "updated_at").order_by("pk"))
    events = event_model_of(Hurdle)._default_manager.count()
    paths = ("number", "title", "obstacle", "current_practice", "desired_state", "countermeasure")
    respell("hurdles", "Hurdle", paths)(installed, None)
    keys = dict(Hurdle.objects.values_list("pk", "search_key"))
    assert keys == {row.pk: row.make_search_key(), other.pk: other.make_search_key()}
    assert list(Hurdle.objects.values("version", "updated_at").order_by("pk")) == before
    assert event_model_of(Hurdle)._default_manager.count() == events
