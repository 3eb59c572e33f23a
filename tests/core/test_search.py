import html
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.search import MAX_TERMS, excerpt, mark, matches, search_key, terms
from tests.edge_cases import EDGE_CASES

# What a reader takes for one character: a base with the marks that belong to it.
TRICKY = [
    "㈱", "ｶﾞ", "ﾊﾟ", "か\u3099", "か゛", "葛\U000e0100", "Ⅲ", "㋿", "ー", "ー", "ｰ", "-", "－",
    "—", "〜", "～", "サ", "バ", "ｻ", "さ", "ら", "押", "印", "1", "４", "D", "Ｄ", "　", "\n", " ",
    "´", "¨", "ﷺ", "ß", "İ", "ﬁ", "👨\u200d", "&", "<", ">", '"', "'", "<mark>", "\u200b", "\x00",
    "\ud800",
]  # fmt: skip
CLUSTERS = st.lists(
    st.sampled_from(TRICKY)
    | st.characters(exclude_categories=["Mn", "Mc", "Me", "Lm"], exclude_characters="゛゜\u200d"),
    max_size=24,
)
ANY_TEXT = st.lists(st.sampled_from(TRICKY) | st.characters(), max_size=24).map("".join)


@st.composite
def parts(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and a part of it that begins and ends between characters."""
    clusters = draw(CLUSTERS)
    start = draw(st.integers(0, len(clusters)))
    end = draw(st.integers(start, len(clusters)))
    return "".join(clusters[start:end]), "".join(clusters)


def stripped(marked: str) -> str:
    return html.unescape(re.sub("</?mark>", "", marked))


@pytest.mark.parametrize("case", EDGE_CASES["search_normalization"], ids=lambda case: case["query"])
def test_ways_to_write_the_same_find_each_other(case: dict[str, str]) -> None:
    assert matches(case["query"], case["should_match"])
    assert matches(case["should_match"], case["query"])


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ＤＸ推進", "dx推進"),
        ("ｵﾝﾗｲﾝ ｶﾞｲﾄﾞ", "オンラインガイド"),
        ("おんらいん", "オンライン"),
        ("か\u3099 ｶﾞ か゛ が", "ガガガガ"),
        ("サーバー", "サ-バ"),
        ("サーバーの", "サ-バノ"),
        ("らーめんー", "ラ-メン"),
        ("ーサー-バ", "サ--バ"),
        ("サーバー室", "サ-バ室"),
        ("コンピューターｰ", "コンピュ-タ"),
        ("フェーズⅢ", "フェ-ズiii"),
        ("㈱㋿㎡①", "(株)令和m21"),
        ("葛\U000e0100城", "葛城"),
        ("令和４年度", "令和4年度"),
        ("令和元年", "令和元年"),
        ("四十七", "四十七"),
        ("Ｈ－２０２２‐0001", "h20220001"),
        ("10〜20", "10~20"),
        ("10～20", "10~20"),
        ("改行\nと　空白\t", "改行ト空白"),
        ("STRASSE straße", "strassestrasse"),
        ("ー－-", ""),
        ("\x00\u200b\ud800\ufffe", ""),
        ("", ""),
    ],
)
def test_the_key(text: str, key: str) -> None:
    assert search_key(text) == key


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("サーバ", "サーバーを更新", True),
        ("サーバー", "サーバ室", True),
        ("サーバの更新", "サーバーの更新", True),
        ("ラーメン", "らーめん", True),
        ("ータ", "データ", True),
        ("090－1234", "0901234", True),
        ("サ－バ－", "サーバ", True),
        ("ユーザー 登録", "新規登録のユーザ", True),
        ("H-2022-0001", "h20220001", True),
        ("ＤＸ　押印", "押印廃止とＤＸ", True),
        ("", "何でも", True),
        ("　ー ", "何でも", True),
        ("ビル", "ビール", False),
        ("か", "がく", False),
        ("DX 押印", "DXだけ", False),
        ("廃止押印", "押印廃止", False),
        ("4年", "四年", False),
        ("押印", "", False),
    ],
)
def test_every_word_must_stand_in_the_text(query: str, text: str, expected: bool) -> None:
    assert matches(query, text) is expected


def test_terms_are_words_once_each_and_ten_at_most() -> None:
    assert terms(" ＤＸ　dx\nサーバー ー 押印 ") == ["dx", "サ-バ", "押印"]
    assert terms(" 　") == []
    assert terms(" ".join(map(str, range(20)))) == [str(n) for n in range(MAX_TERMS)]


@settings(max_examples=500)
@given(parts())
def test_recall_is_that_of_a_plain_substring_search(part_and_text: tuple[str, str]) -> None:
    part, text = part_and_text
    assert matches(part, text)


@given(ANY_TEXT)
def test_a_key_has_no_white_space_and_one_width(text: str) -> None:
    key = search_key(text)
    assert not re.search(r"[\s\uff01-\uff5e\uff61-\uff9fぁ-ゖ]", key)
    assert "ー" not in key


@given(st.text(st.characters(min_codepoint=0x3041, max_codepoint=0x9FFF), max_size=20))
def test_forms_of_unicode_have_one_key(text: str) -> None:
    assert search_key(unicodedata.normalize("NFD", text)) == search_key(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("請求書の押印廃止", "押印", "請求書の<mark>押印</mark>廃止"),
        ("請求書の押 印", "押印", "請求書の<mark>押 印</mark>"),
        ("㈱汐見野", "株", "<mark>㈱</mark>汐見野"),
        ("㈱汐見野", "汐見", "㈱<mark>汐見</mark>野"),
        ("ｵﾝﾗｲﾝｶﾞｲﾄﾞ集", "ガイド", "ｵﾝﾗｲﾝ<mark>ｶﾞｲﾄﾞ</mark>集"),
        ("サーバー室とサーバ", "サーバー", "<mark>サーバー</mark>室と<mark>サーバ</mark>"),
        ("葛\U000e0100城市", "葛", "<mark>葛\U000e0100</mark>城市"),
        ("DX dx ＤＸ", "ｄｘ", "<mark>DX</mark> <mark>dx</mark> <mark>ＤＸ</mark>"),
        ("押印廃止", "押印 印廃", "<mark>押印廃</mark>止"),
        ("<b>&押印</b>", "押印", "&lt;b&gt;&amp;<mark>押印</mark>&lt;/b&gt;"),
        ("<b>", "b>", "&lt;<mark>b&gt;</mark>"),
        ("ああああ", "ああ", "<mark>ああああ</mark>"),
        ("何も", "無い", "何も"),
        ("何も", "", "何も"),
        ("", "押印", ""),
    ],
)
def test_hits_are_marked_where_they_stand(text: str, query: str, expected: str) -> None:
    marked = mark(text, query)
    assert marked == expected
    assert hasattr(marked, "__html__")


@given(ANY_TEXT, ANY_TEXT)
def test_marking_changes_nothing_but_the_marks(text: str, query: str) -> None:
    assert stripped(mark(text, query)) == text


@given(parts())
def test_a_part_that_is_searched_is_marked(part_and_text: tuple[str, str]) -> None:
    part, text = part_and_text
    marked = re.findall("<mark>(.*?)</mark>", mark(text, part), re.DOTALL)
    for term in terms(part):
        assert any(term in search_key(html.unescape(hit)) for hit in marked)


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("短い文", "文", "短い文"),
        ("あ" * 20 + "押印" + "い" * 20, "押印", "…ああああ押印いいいい…"),
        ("押印" + "い" * 20, "押印", "押印いいいいいいいい…"),
        ("あ" * 20 + "押印", "押印", "…ああああああああ押印"),
        ("あ" * 20, "押印", "ああああああああああ…"),
        ("一行目\n　二行目", "二", "一行目 二行目"),
        ("あ" * 5 + "葛\U000e0100" * 9, "無い", "ああああああ"[:5] + "葛\U000e0100" * 3 + "…"),
        ("押印" * 9, "押印" * 9, "押印押印押印押印押印…"),
        ("", "押印", ""),
    ],
)
def test_an_excerpt_shows_the_first_hit(text: str, query: str, expected: str) -> None:
    assert excerpt(text, query, width=10) == expected


@given(ANY_TEXT, ANY_TEXT, st.integers(1, 12))
def test_an_excerpt_is_a_stretch_of_the_text(text: str, query: str, width: int) -> None:
    line = " ".join(text.split())
    assert excerpt(text, query, width).removeprefix("…").removesuffix("…").strip("…") in line
    assert excerpt(text, query, 1000) == line
