"""What is like the words that somebody types: found by index, ranked, and told why."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.hurdles.models import Endorsement, Hurdle
from apps.hurdles.selectors import similar_hurdles
from apps.hurdles.selectors.similar import CANDIDATES, typed_terms
from tests.factories import EndorsementFactory, HurdleFactory, OwnerViewFactory, UnitFactory, user_with
from tests.pages import text_of

pytestmark = pytest.mark.django_db

TYPED = "給食材料の請求書の印影確認に時間がかかる"
FRAGMENT = "/hurdles/similar/"


def numbers(user: Any, text: str, limit: int = 5) -> list[str | None]:
    return [each.hurdle.number for each in similar_hurdles(user, text, limit)]


class TestTerms:
    def test_runs_and_the_pairs_within_long_runs(self) -> None:
        assert typed_terms("請求書の印影確認にﾌｧｯｸｽとExcelを使う") == [
            "ファックス", "EXCEL".casefold(), "印影確認", "請求書", "請求", "求書", "印影", "影確", "確認",
        ]  # fmt: skip

    @pytest.mark.parametrize("text", ["", "  ", "に、は。", "押", "12345", "!?=+", "\ufffe"])
    def test_what_says_nothing_finds_nothing(self, text: str) -> None:
        HurdleFactory(title=f"押印{text}")
        assert typed_terms(text) == []
        assert similar_hurdles(user_with("secretariat"), text) == []

    def test_a_long_text_is_cut_to_a_number_of_terms(self) -> None:
        text = "、".join(f"{chr(0x4E00 + n)}{chr(0x5E00 + n)}" for n in range(500))
        assert len(typed_terms(text)) == 24


class TestRanking:
    def test_a_hit_in_the_title_weighs_more_and_rare_words_more_than_common_ones(self) -> None:
        user = user_with("secretariat")
        for _each in range(10):
            HurdleFactory(title="時間がかかる窓口", obstacle="時間が要る。")
        in_text = HurdleFactory(title="別の件名", obstacle="請求書の印影を確かめる。")
        in_title = HurdleFactory(title="請求書の印影", obstacle="何か。")
        assert numbers(user, "請求書の印影に時間がかかる", 3)[:2] == [in_title.number, in_text.number]

    def test_one_short_word_alone_is_no_likeness(self) -> None:
        HurdleFactory(title="時間の不足", obstacle="足りない。")
        assert numbers(user_with("secretariat"), "会議に時間がかかる") == []

    @pytest.mark.parametrize("typed", ["ﾃﾚﾜｰｸの環境", "テレワークの環境", "テレワｰクの環境"])
    def test_width_and_marks_do_not_matter(self, typed: str) -> None:
        hurdle = HurdleFactory(title="テレワークが使えない")
        assert numbers(user_with("secretariat"), typed) == [hurdle.number]

    def test_at_most_the_limit(self) -> None:
        for _each in range(8):
            HurdleFactory(title="請求書の押印")
        assert len(numbers(user_with("secretariat"), TYPED)) == 5


class TestSight:
    def test_only_what_the_person_sees(self) -> None:
        officer, unit = user_with("promoter"), UnitFactory()
        hidden = HurdleFactory(title="請求書の押印", owning_unit=unit)
        draft = HurdleFactory(title="請求書の押印", status="draft", reporting_unit=officer.unit)
        archived = HurdleFactory(title="請求書の押印", archived_at="2022-10-01T00:00+09:00", owning_unit=unit)
        merged = HurdleFactory(title="請求書の押印", status="merged", reporting_unit=officer.unit)
        own = HurdleFactory(title="請求書の押印", reporting_unit=officer.unit)
        opened = OwnerViewFactory(hurdle__title="請求書の押印", answer="possible").hurdle
        assert set(numbers(officer, TYPED)) == {own.number, opened.number}
        everything = set(numbers(user_with("secretariat"), TYPED))
        assert everything == {own.number, opened.number, hidden.number}
        assert not everything & {draft.number, archived.number, merged.number}

    def test_it_says_whether_the_own_section_has_said_so_and_may(self) -> None:
        officer = user_with("viewer")
        mine = HurdleFactory(title="請求書の押印", reporting_unit=officer.unit)
        said = OwnerViewFactory(hurdle__title="請求書の押印の確認", answer="possible").hurdle
        voice = EndorsementFactory(hurdle=said, unit=officer.unit)
        EndorsementFactory(hurdle=said)
        found = {each.hurdle: each for each in similar_hurdles(officer, TYPED)}
        assert (found[said].own, found[said].sections, found[said].may_endorse) == (voice.pk, 2, True)
        assert (found[mine].own, found[mine].sections, found[mine].may_endorse) == (None, 0, False)


class TestSpeed:
    @pytest.mark.parametrize("role", ["viewer", "secretariat"])
    def test_two_queries_however_many_rows(self, role: str) -> None:
        user = user_with(role)
        assert user.unit_ids
        for number in (3, 30):
            for _each in range(number):
                hurdle = HurdleFactory(title="請求書の押印の確認", reporting_unit=user.unit)
                EndorsementFactory(hurdle=hurdle)
            with CaptureQueriesContext(connection) as queries:
                assert similar_hurdles(user, TYPED)
            assert len(queries) == 2

    def test_candidates_come_from_the_index(self) -> None:
        unit = UnitFactory()
        Hurdle.objects.bulk_create(
            [
                Hurdle(title=f"件名{n}", obstacle="何か", number=f"H-2020-{n:05d}", status="submitted",
                       reported_on=date(2020, 4, 1), reporting_unit=unit, search_key=f"請求書{n}\n印影{n % 97}")
                for n in range(3000)
            ]
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE hurdles_hurdle")
            cursor.execute(f"EXPLAIN {CANDIDATES}", [["請求\n求書", "印影"], [3, 2], 300, 60])
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "hurdle_grams" in plan, plan
        assert "Seq Scan on hurdles_hurdle" not in plan, plan


class TestFragment:
    def test_it_shows_why_and_offers_one_click(self, client_for: Any) -> None:
        officer = user_with("promoter")
        like = OwnerViewFactory(hurdle__title="請求書への押印<b>", answer="possible").hurdle
        page = text_of(client_for(officer).post(FRAGMENT, {"title": TYPED, "obstacle": "毎月<i>240件</i>"}))
        assert "<html" not in page
        for words in (like.number, "<mark>請求書</mark>", "&lt;b&gt;", "受付", like.owning_unit.name, "うちの課も"):
            assert words in page, words
        assert "似たハードルが1件あります" in page
        assert f'action="/hurdles/{like.number}/endorse/"' in page
        assert f'value="{TYPED}\n毎月&lt;i&gt;240件&lt;/i&gt;"' in page

    def test_nothing_alike_is_said(self, client_for: Any) -> None:
        page = text_of(client_for(user_with("promoter")).post(FRAGMENT, {"title": TYPED}))
        assert "似たハードルは、まだ登録されていません。" in page

    def test_reading_its_address_leads_to_the_page(self, client_for: Any) -> None:
        response = client_for(user_with("promoter")).get(FRAGMENT)
        assert response["Location"] == "/hurdles/new/"

    @pytest.mark.parametrize("role", ["auditor", "administrator"])
    def test_who_logs_nothing_is_told_who_may(self, role: str, client_for: Any) -> None:
        assert client_for(user_with(role)).post(FRAGMENT, {"title": TYPED}).status_code == 403

    def test_without_a_script_a_button_looks_and_keeps_what_was_typed(self, client_for: Any) -> None:
        officer = user_with("promoter")
        like = OwnerViewFactory(hurdle__title="請求書への押印", answer="possible").hurdle
        sent = {"title": TYPED, "obstacle": "毎月\r\n240件", "severity": "4", "look": "1"}
        response = client_for(officer).post("/hurdles/new/", sent)
        page = text_of(response)
        assert response.status_code == 200
        assert like.number in page
        assert f'value="{TYPED}"' in page
        assert "240件</textarea>" in page
        assert "入力してください。" not in page
        assert Hurdle.objects.count() == 1

    def test_a_click_in_the_list_gives_the_card_back(self, client_for: Any) -> None:
        officer = user_with("viewer")
        like = OwnerViewFactory(hurdle__title="請求書への押印", answer="possible").hurdle
        client = client_for(officer)
        url = f"/hurdles/{like.number}/endorse/"
        page = text_of(client.post(url, {"typed": TYPED}, headers={"HX-Request": "true"}))
        voice = Endorsement.objects.get()
        assert (voice.hurdle, voice.unit, voice.example, voice.endorsed_by) == (like, officer.unit, TYPED, officer)
        assert "「うちの課も」に加えました。" in page
        assert "<html" not in page
        back = f"/hurdles/{like.number}/endorsements/{voice.pk}/withdraw/"
        assert back in page
        page = text_of(client.post(back, {"typed": TYPED}, headers={"HX-Request": "true"}))
        assert not Endorsement.objects.exists()
        assert f'action="{url}"' in page
