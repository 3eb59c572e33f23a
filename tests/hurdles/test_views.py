"""Logging, editing and reading hurdles in the browser."""

import uuid
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from apps.core.services import save_version
from apps.hurdles.models import AffectedUnit, Hurdle
from tests.factories import (
    CategoryFactory,
    HurdleFactory,
    LegalBasisFactory,
    LegalLevelFactory,
    ProposalFactory,
    ThemeFactory,
    UnitFactory,
    UserFactory,
    user_with,
)
from tests.pages import form_of, ids_of, text_of

pytestmark = pytest.mark.django_db

NEW = "/hurdles/new/"
WORDS = {"title": "転入届の押印", "obstacle": "窓口で3回、同じ住所を書いてもらっている。"}


@pytest.fixture
def promoter() -> Any:
    return user_with("promoter")


@pytest.fixture
def secretary() -> Any:
    return user_with("secretariat")


def filled(response: Any, **words: Any) -> dict[str, Any]:
    """The form as the browser would send it, with these words typed in."""
    return form_of(response, "title") | words


class TestLogging:
    def test_two_fields_suffice_and_submitting_gives_the_number(self, promoter: Any, client_for: Any) -> None:
        client = client_for(promoter)
        response = client.post(NEW, filled(client.get(NEW), **WORDS, submit="1"), follow=True)
        hurdle = Hurdle.objects.get()
        assert response.redirect_chain == [("/hurdles/H-2022-0001/", 302)]
        assert "H-2022-0001 として受け付けました。" in text_of(response)
        assert (hurdle.title, hurdle.obstacle) == (WORDS["title"], WORDS["obstacle"])
        assert (hurdle.number, hurdle.status, hurdle.reported_on) == (
            "H-2022-0001",
            "submitted",
            date(2022, 10, 14),
        )
        assert (hurdle.reporting_unit, hurdle.reporter) == (promoter.unit, promoter)
        client.post(NEW, filled(client.get(NEW), **WORDS, submit="1"))
        assert set(Hurdle.objects.values_list("number", flat=True)) == {"H-2022-0001", "H-2022-0002"}

    def test_a_draft_has_no_number_and_takes_none(self, promoter: Any, client_for: Any) -> None:
        client = client_for(promoter)
        client.post(NEW, filled(client.get(NEW), **WORDS, draft="1"))
        draft = Hurdle.objects.get()
        assert (draft.number, draft.status, draft.reported_on) == (None, "draft", None)
        assert draft.get_absolute_url() == f"/hurdles/{draft.uid}/"
        client.post(NEW, filled(client.get(NEW), **WORDS, submit="1"))
        client.post(f"/hurdles/{draft.uid}/submit/", {"version": "1"})
        draft.refresh_from_db()
        assert draft.number == "H-2022-0002"
        assert client.get(f"/hurdles/{draft.uid}/").status_code == 200, "the address of the draft stays good"

    def test_the_same_form_sent_twice_makes_one_record(self, promoter: Any, client_for: Any) -> None:
        client = client_for(promoter)
        sent = filled(client.get(NEW), **WORDS, submit="1")
        first, second = client.post(NEW, sent), client.post(NEW, sent)
        assert (first.status_code, second.status_code) == (302, 302)
        assert first["Location"] == second["Location"] == "/hurdles/H-2022-0001/"
        assert Hurdle.objects.count() == 1

    @pytest.mark.parametrize("uid", ["", "no-uuid"])
    def test_a_form_without_a_usable_uid_is_no_server_error(self, uid: str, promoter: Any, client_for: Any) -> None:
        """A script sends what it likes; the person gets a page, not a crash."""
        response = client_for(promoter).post(NEW, {**WORDS, "uid": uid, "submit": "1"})
        assert response.status_code in {302, 422}

    def test_every_field_arrives(self, promoter: Any, client_for: Any) -> None:
        client = client_for(promoter)
        category, level, theme, unit = CategoryFactory(), LegalLevelFactory(), ThemeFactory(), UnitFactory()
        more = {
            "category": category.pk, "scope": "cross", "severity": "4", "target_date": "R5.3.31",
            "hours_lost": "１,２００", "yen_lost": "3400000", "citizens_affected": "",
            "basis_level": level.pk, "basis_name": "文書取扱規程", "basis_article": "第3条",
            "owning_unit": unit.pk, "affected_units": [unit.pk], "themes": [theme.pk],
            "countermeasure": "本人確認をオンラインに。",
        }  # fmt: skip
        response = client.post(NEW, filled(client.get(NEW), **WORDS, **more, submit="1"))
        assert response.status_code == 302
        hurdle = Hurdle.objects.get()
        assert (hurdle.category, hurdle.scope, hurdle.severity, hurdle.owning_unit) == (category, "cross", 4, unit)
        assert (hurdle.hours_lost, hurdle.yen_lost, hurdle.citizens_affected) == (1200, 3_400_000, None)
        assert hurdle.target_date == date(2023, 3, 31)
        assert [(b.level, b.name, b.article) for b in hurdle.legal_bases.all()] == [(level, "文書取扱規程", "第3条")]
        assert (list(hurdle.affected_units.all()), list(hurdle.themes.all())) == ([unit], [theme])

    def test_without_a_unit_nobody_logs(self, client_for: Any) -> None:
        user = UserFactory(unit=None)
        user.roles.create(kind="viewer", valid_from=date(2022, 4, 1))
        client = client_for(user)
        response = client.post(NEW, filled(client.get(NEW), **WORDS, submit="1"))
        assert response.status_code == 422
        assert "所属がないため" in text_of(response)
        assert not Hurdle.objects.exists()


class TestMistakes:
    @pytest.mark.parametrize(
        ("field", "typed", "message"),
        [
            ("title", "", "入力してください。"),
            ("title", "長" * 201, "200"),
            ("obstacle", " \u3000 ", "入力してください。"),
            ("target_date", "R4.13.1", "存在しない日"),
            ("target_date", "4/1", "のように書いてください。"),
            ("hours_lost", "たくさん", "整数"),
            ("hours_lost", "-1", "0"),
            ("basis_name", "戸籍法", "法律・規則・慣行などの別を選んでください。"),
        ],
    )
    def test_words_stay_and_the_mistake_is_said_twice(
        self, field: str, typed: str, message: str, promoter: Any, client_for: Any
    ) -> None:
        client = client_for(promoter)
        sent = filled(
            client.get(NEW), **(WORDS | {"countermeasure": "本人確認を\r\n別の形に。", field: typed}), submit="1"
        )
        response = client.post(NEW, sent)
        assert response.status_code == 422
        assert not Hurdle.objects.exists()
        wrong = "basis_level" if field == "basis_name" else field
        assert f"id_{wrong}_error" in ids_of(response)
        page = text_of(response)
        assert f'href="#id_{wrong}"' in page
        assert page.count(message) >= 2, "beside the field and in the summary"
        kept = form_of(response, "title")
        assert kept[field] == typed
        assert kept["countermeasure"].replace("\r\n", "\n") == "本人確認を\n別の形に。"
        assert kept["uid"] == sent["uid"], "a second try is the same record"

    def test_the_page_title_says_that_there_is_a_mistake(self, promoter: Any, client_for: Any) -> None:
        client = client_for(promoter)
        assert "<title>誤り：" in text_of(client.post(NEW, filled(client.get(NEW))))

    def test_the_field_points_to_its_mistake(self, promoter: Any, client_for: Any) -> None:
        client = client_for(promoter)
        page = text_of(client.post(NEW, filled(client.get(NEW))))
        control = page[page.index('name="title"') - 200 : page.index('name="title"') + 400]
        assert 'aria-invalid="true"' in control
        assert "id_title_error" in control


class TestEditing:
    def test_a_change_shows_wareki_and_is_saved(self, promoter: Any, client_for: Any) -> None:
        hurdle = HurdleFactory(
            status="draft", reporting_unit=promoter.unit, target_date=date(2023, 3, 31), hours_lost=1200
        )
        client, url = client_for(promoter), f"{hurdle.get_absolute_url()}edit/"
        form = filled(client.get(url))
        assert (form["target_date"], form["hours_lost"], form["version"]) == ("令和5年3月31日", "1,200", "1")
        response = client.post(url, form | {"target_date": "2024-02-29", "title": "直した件名"})
        assert (response.status_code, response["Location"]) == (302, hurdle.get_absolute_url())
        hurdle.refresh_from_db()
        assert (hurdle.title, hurdle.target_date, hurdle.hours_lost, hurdle.version) == (
            "直した件名",
            date(2024, 2, 29),
            1200,
            2,
        )

    def test_links_are_added_and_taken_away(self, secretary: Any, client_for: Any) -> None:
        hurdle, old, new = HurdleFactory(), UnitFactory(), UnitFactory()
        AffectedUnit.objects.create(hurdle=hurdle, unit=old)
        client, url = client_for(secretary), f"{hurdle.get_absolute_url()}edit/"
        form = filled(client.get(url))
        assert form["affected_units"] == str(old.pk)
        client.post(url, form | {"affected_units": [str(new.pk)]})
        assert list(hurdle.affected_units.all()) == [new]

    def test_the_search_finds_the_new_words(self, secretary: Any, client_for: Any) -> None:
        hurdle = HurdleFactory(title="古い件名")
        client, url = client_for(secretary), f"{hurdle.get_absolute_url()}edit/"
        client.post(url, filled(client.get(url), title="ﾃﾚﾜｰｸの壁"))
        assert "ﾃﾚﾜｰｸの壁" not in text_of(client.get("/hurdles/?q=古い"))
        assert "ﾃﾚﾜｰｸ" in text_of(client.get("/hurdles/?q=テレワーク"))

    def test_answering_a_question_submits_under_the_same_number(self, promoter: Any, client_for: Any) -> None:
        hurdle = HurdleFactory(reporting_unit=promoter.unit, status="returned", question="根拠は何ですか。")
        client, url = client_for(promoter), f"{hurdle.get_absolute_url()}edit/"
        assert "根拠は何ですか。" in text_of(client.get(hurdle.get_absolute_url()))
        client.post(url, filled(client.get(url), obstacle="戸籍法第3条による。", submit="1"))
        number = hurdle.number
        hurdle.refresh_from_db()
        assert (hurdle.status, hurdle.number) == ("submitted", number)
        assert "事務局からの質問" not in text_of(client.get(hurdle.get_absolute_url()))


class TestConflicts:
    @pytest.fixture
    def hurdle(self) -> Any:
        return HurdleFactory(
            status="draft", title="元の件名", obstacle="元の\n妨げ", hours_lost=100, target_date=date(2023, 3, 31),
            category=CategoryFactory(),
        )  # fmt: skip

    def overtaken(self, hurdle: Any, client: Any, other: Any, **mine: Any) -> Any:
        """Both open the form, the other one saves first, then I save."""
        url = f"{hurdle.get_absolute_url()}edit/"
        form = filled(client.get(url), **mine)
        theirs = {
            "title": "あなたの件名", "obstacle": "あなたの\n妨げ", "hours_lost": "2,500",
            "target_date": "R6.3.31", "category": CategoryFactory(code="NEW", name="新しい分類").pk,
        }  # fmt: skip
        assert other.post(url, filled(other.get(url), **theirs)).status_code == 302
        return client.post(url, form)

    MINE = {"title": "わたしの件名", "obstacle": "わたしの\n妨げ", "hours_lost": "900", "target_date": "R5.12.31"}

    def test_both_texts_are_shown_and_nothing_is_written(self, hurdle: Any, secretary: Any, client_for: Any) -> None:
        other = user_with("secretariat", name="花岡 みどり")
        response = self.overtaken(hurdle, client_for(secretary), client_for(other), **self.MINE)
        assert response.status_code == 409
        page = text_of(response)
        for words in (
            "わたしの件名",
            "あなたの件名",
            "わたしの\n妨げ",
            "あなたの\n妨げ",
            "900",
            "2,500",
            "花岡 みどり",
        ):
            assert words in page.replace("\r\n", "\n"), words
        assert "令和6年3月31日" in page
        assert "どちらの文も失われていません。" in page
        hurdle.refresh_from_db()
        assert (hurdle.title, hurdle.obstacle, hurdle.hours_lost, hurdle.version) == (
            "あなたの件名", "あなたの\n妨げ", 2500, 2,
        )  # fmt: skip

    def test_saving_my_choice_again_works(self, hurdle: Any, secretary: Any, client_for: Any) -> None:
        client = client_for(secretary)
        page = self.overtaken(hurdle, client, client_for(user_with("secretariat")), **self.MINE)
        chosen = form_of(page, "version")
        assert chosen["version"] == "2"
        assert client.post(f"{hurdle.get_absolute_url()}edit/", chosen).status_code == 302
        hurdle.refresh_from_db()
        assert (hurdle.title, hurdle.obstacle.replace("\r\n", "\n")) == ("わたしの件名", "わたしの\n妨げ")
        assert (hurdle.hours_lost, hurdle.target_date, hurdle.version) == (900, date(2023, 12, 31), 3)

    def test_saving_their_choice_changes_nothing(self, hurdle: Any, secretary: Any, client_for: Any) -> None:
        client = client_for(secretary)
        page = self.overtaken(hurdle, client, client_for(user_with("secretariat")), **self.MINE)
        theirs = {
            name: other_sides(page, name)[-1] for name in ("title", "obstacle", "hours_lost", "target_date", "category")
        }
        assert client.post(f"{hurdle.get_absolute_url()}edit/", form_of(page, "version") | theirs).status_code == 302
        hurdle.refresh_from_db()
        assert (hurdle.title, hurdle.obstacle.replace("\r\n", "\n"), hurdle.hours_lost) == (
            "あなたの件名", "あなたの\n妨げ", 2500,
        )  # fmt: skip
        assert (hurdle.target_date, hurdle.category.name) == (date(2024, 3, 31), "新しい分類")

    def test_a_third_save_in_between_is_a_conflict_again(self, hurdle: Any, secretary: Any, client_for: Any) -> None:
        client = client_for(secretary)
        page = self.overtaken(hurdle, client, client_for(user_with("secretariat")), **self.MINE)
        Hurdle.objects.filter(pk=hurdle.pk).update(version=7, title="三人目の件名")
        response = client.post(f"{hurdle.get_absolute_url()}edit/", form_of(page, "version"))
        assert response.status_code == 409
        assert "三人目の件名" in text_of(response)
        assert "わたしの件名" in text_of(response)

    def test_a_form_without_a_version_overwrites_nothing(self, hurdle: Any, secretary: Any, client_for: Any) -> None:
        response = client_for(secretary).post(f"{hurdle.get_absolute_url()}edit/", WORDS)
        assert response.status_code == 409
        hurdle.refresh_from_db()
        assert hurdle.title == "元の件名"

    def test_a_verb_that_is_overtaken_is_no_server_error(
        self, secretary: Any, client_for: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Somebody saves between reading and writing of this very request."""
        hurdle, client = HurdleFactory(), client_for(secretary)

        def overtaken(record: Any, **arguments: Any) -> None:
            Hurdle.objects.filter(pk=record.pk).update(version=5)
            save_version(record, **arguments)

        monkeypatch.setattr("apps.hurdles.services.verbs.save_version", overtaken)
        address = f"{hurdle.get_absolute_url()}organize/"
        form = form_of(client.get(address), "version")
        response = client.post(address, form)
        assert response.status_code == 409
        assert form_of(response, "version")["version"] == "5"
        hurdle.refresh_from_db()
        assert hurdle.status == "submitted"


class _Radios(HTMLParser):
    """The values of the radio buttons of one name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.found = name, list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "radio" and given.get("name") == self.name:
            self.found.append(given.get("value") or "")


def other_sides(response: Any, name: str) -> list[str]:
    """What can be chosen for a field on the page that shows a conflict: mine, theirs."""
    radios = _Radios(name)
    radios.feed(text_of(response))
    return radios.found


class TestReturning:
    def test_the_question_stands_on_the_page(self, secretary: Any, client_for: Any) -> None:
        hurdle = HurdleFactory()
        client, url = client_for(secretary), f"{hurdle.get_absolute_url()}return/"
        refused = client.post(url, form_of(client.get(url), "question") | {"question": " "})
        assert refused.status_code == 422
        assert "id_question_error" in ids_of(refused)
        sent = form_of(client.get(url), "question") | {"question": "どの<条例>ですか。"}
        response = client.post(url, sent, follow=True)
        assert "質問を付けて課に差し戻しました。" in text_of(response)
        assert "どの&lt;条例&gt;ですか。" in text_of(response)
        hurdle.refresh_from_db()
        assert (hurdle.status, hurdle.question) == ("returned", "どの<条例>ですか。")

    def test_a_verb_from_the_wrong_state_says_so(self, secretary: Any, client_for: Any) -> None:
        hurdle = HurdleFactory(status="organizing")
        response = client_for(secretary).post(f"{hurdle.get_absolute_url()}organize/")
        assert response.status_code == 422
        assert "状態が「整理中」のときは、この操作はできません。" in text_of(response)

    def test_a_get_changes_nothing(self, secretary: Any, client_for: Any) -> None:
        hurdle = HurdleFactory()
        assert client_for(secretary).get(f"{hurdle.get_absolute_url()}organize/").status_code == 200
        hurdle.refresh_from_db()
        assert hurdle.status == "submitted"


class TestReading:
    def test_the_reporter_is_named_to_the_own_unit_and_the_secretariat_alone(self, client_for: Any) -> None:
        reporter = user_with("viewer", name="桜庭 一郎")
        reporter_client = client_for(reporter)
        reporter_client.post(NEW, filled(reporter_client.get(NEW), **WORDS, submit="1"))
        address = Hurdle.objects.get().get_absolute_url()
        colleague = user_with("viewer", unit=reporter.unit)
        for person in (colleague, user_with("secretariat")):
            assert "桜庭 一郎" in text_of(client_for(person).get(address))
        for role in ("member", "headquarters", "deputy", "chief", "advisor", "auditor"):
            page = text_of(client_for(user_with(role)).get(address))
            assert WORDS["title"] in page
            assert "桜庭 一郎" not in page, f"{role} reads the reporter's name"

    def test_text_comes_out_escaped_and_unchanged(self, secretary: Any, client_for: Any) -> None:
        title = "<script>alert(1)</script>髙𠮷\ufa19=cmd|'/C calc'!A0"
        hurdle = HurdleFactory(title=title, obstacle=f"=1+1\n{title}", countermeasure="</textarea><b>&amp;")
        client = client_for(secretary)
        for url in ("/hurdles/", "/hurdles/?q=script", hurdle.get_absolute_url(), f"{hurdle.get_absolute_url()}edit/"):
            page = text_of(client.get(url))
            assert "<script>alert" not in page, url
            assert "髙𠮷\ufa19" in page, url
        assert escape(title) in text_of(client.get(hurdle.get_absolute_url()))
        url = f"{hurdle.get_absolute_url()}edit/"
        client.post(url, filled(client.get(url)))
        hurdle.refresh_from_db()
        assert hurdle.title == title
        assert hurdle.obstacle.replace("\r\n", "\n") == f"=1+1\n{title}"
        assert hurdle.countermeasure == "</textarea><b>&amp;"

    def test_the_history_tells_who_did_what(self, client_for: Any) -> None:
        promoter, secretary = user_with("promoter", name="推進 花子"), user_with("secretariat", name="事務 太郎")
        client = client_for(promoter)
        client.post(NEW, filled(client.get(NEW), **WORDS, submit="1"))
        url = Hurdle.objects.get().get_absolute_url()
        client_for(secretary).post(f"{url}return/", {"question": "根拠は何ですか。", "version": "2"})
        page = text_of(client.get(url))
        assert "変更の履歴" in page
        for words in ("推進 花子", "事務 太郎", "登録", "提出", "差戻し", "根拠は何ですか。"):
            assert words in page[page.index("変更の履歴") :], words

    def test_an_unknown_address_is_404(self, secretary: Any, client_for: Any) -> None:
        client = client_for(secretary)
        for address in ("H-2022-9999", str(uuid.UUID(int=0)), "x"):
            response = client.get(f"/hurdles/{address}/")
            assert response.status_code == 404
            assert "ページが見つかりません" in text_of(response)

    def test_queries_of_a_page_do_not_grow(self, secretary: Any, client_for: Any) -> None:
        client = client_for(secretary)
        small, large = HurdleFactory(), HurdleFactory()
        for hurdle, number in ((small, 3), (large, 30)):
            for _each in range(number):
                LegalBasisFactory(hurdle=hurdle)
                AffectedUnit.objects.create(hurdle=hurdle, unit=UnitFactory())
                ProposalFactory().hurdle_links.create(hurdle=hurdle)
        counts = []
        for hurdle in (small, small, large):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(hurdle.get_absolute_url()).status_code == 200
            counts.append(len(queries))
        assert counts[1] == counts[2], counts
