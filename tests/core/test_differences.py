"""What differs between two texts."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.differences import GONE, NEW, SAME, differences

WORDS = st.sampled_from(
    ["請求書", "の", "押印", "を", "令和5年", "４月", "原則", "廃止", "する", "。", "\n", "DX", "𠮷田", "髙", "ー"]
)
TEXTS = st.lists(WORDS, max_size=12).map("".join)


def marked(old: str, new: str) -> str:
    marks = {SAME: "%s", GONE: "[-%s-]", NEW: "{+%s+}"}
    return "".join(marks[piece.kind] % piece.text for piece in differences(old, new))


@given(TEXTS, TEXTS)
@settings(max_examples=150)
def test_both_texts_can_be_read_from_the_pieces(old: str, new: str) -> None:
    pieces = differences(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != NEW) == old
    assert "".join(piece.text for piece in pieces if piece.kind != GONE) == new
    assert all(piece.text for piece in pieces)
    assert all(a.kind != b.kind for a, b in pairwise(pieces)), "neighbours are one piece"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("同じ。", "同じ。", "同じ。"),
        ("", "新しい。", "{+新しい。+}"),
        ("前。後。", "前。中。後。", "前。{+中。+}後。"),
        (
            "請求書と契約書の押印を、令和5年4月から廃止する。",
            "請求書の押印は令和5年4月から原則廃止する。契約書は電子契約の開始に合わせて見直す。",
            "請求書[-と契約書-]の押印[-を、-]{+は+}令和5年4月から[-廃止-]{+原則廃止+}する。"
            "{+契約書は電子契約の開始に合わせて見直す。+}",
        ),
        ("令和7年度末までに9割。", "令和8年度末までに8割。", "令和[-7-]{+8+}年度末までに[-9-]{+8+}割。"),
        ("髙橋の𠮷田", "髙橋と𠮷田", "髙橋[-の-]{+と+}𠮷田"),
    ],
)
def test_what_a_person_reads(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected
