"""Comments on any record: whom they call, who is told, what is taken back, and whose name is shown."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from apps.core.history import entries_of
from apps.core.models import Comment, Mention, Notice, Watch
from apps.core.permissions import Forbidden
from apps.core.talk import TALK, add_comment, talk_context, watch_record, withdraw_comment
from apps.core.talk.people import called_in, name_key
from apps.core.transitions import Unmet
from tests.core.hard_texts import HARD_TEXTS
from tests.factories import CommonHurdleFactory, HurdleFactory, SolvedCaseFactory, UnitFactory, UserFactory, user_with
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db


def told(person: Any) -> list[str]:
    return [notice.text for notice in Notice.objects.filter(person=person)]


def names(text: str) -> list[str]:
    return [person.name for person in called_in(text).people]


@pytest.mark.parametrize("factory", [HurdleFactory, CommonHurdleFactory, SolvedCaseFactory])
def test_a_comment_stands_on_each_kind_of_record_and_its_writer_watches(factory: Any) -> None:
    writer = user_with("secretariat", name="森脇 彩")
    record = factory()
    comment, called = add_comment(record=record, text=" 押印は不要では。\x00 ", by=writer)
    assert (comment.text, called.people, called.unknown) == ("押印は不要では。", [], [])
    shown = talk_context(record, writer)
    assert [(each["name"], each["text"]) for each in shown["comments"]] == [("森脇 彩", "押印は不要では。")]
    assert (shown["watches"], shown["watchers"]) == (1, 1)
    assert told(writer) == []


def test_who_is_called_is_told_and_watches_and_so_are_those_who_watch_already() -> None:
    writer, watcher = user_with("secretariat"), user_with("secretariat")
    called, other = user_with("secretariat", name="髙橋 𠮷子"), user_with("secretariat")
    hurdle = HurdleFactory(title="請求書の押印", number="H-2021-9001")
    watch_record(record=hurdle, by=watcher)
    watch_record(record=hurdle, by=called)
    add_comment(record=hurdle, text="@髙橋 𠮷子さん、確認をお願いします。", by=writer)
    assert told(called) == ["「H-2021-9001 請求書の押印」のコメントで、あなたに呼びかけがありました。"]
    assert told(watcher) == ["「H-2021-9001 請求書の押印」に新しいコメントがあります。"]
    assert told(other) == told(writer) == []
    assert set(Watch.objects.values_list("person", flat=True)) == {writer.pk, watcher.pk, called.pk}
    assert [mention.person for mention in Mention.objects.all()] == [called]


def test_the_longest_name_counts_with_or_without_its_blank_in_any_width() -> None:
    UserFactory(name="山田 太", employee_number="U1")
    UserFactory(name="山田　太郎", employee_number="U2")
    UserFactory(name="神 花子", employee_number="U3")
    UserFactory(name="John Smith", employee_number="U4")
    UserFactory(name="去った 人", employee_number="U5", is_active=False)
    assert names("@山田太郎さん") == names("＠山田 太郎") == names("（@山田　太郎）") == ["山田　太郎"]
    assert names("@山田太さん") == ["山田 太"]
    assert names("@神花子") == names("@\ufa19 花子") == ["神 花子"]
    assert names("@John Smith, please") == ["John Smith"]
    assert names("@u2 と @Ｕ１、@u2") == ["山田　太郎", "山田 太"]
    assert names("mail a@u2 b@山田太郎") == []
    assert called_in("@去った人 @大会議室で、14時").unknown == ["去った人", "大会議室で、14時"]


def test_a_name_of_two_asks_for_the_number_and_stores_nothing() -> None:
    unit = UnitFactory(name="市民課")
    for number in ("U016", "U020"):
        user_with("secretariat", name="山田 太郎", employee_number=number, unit=unit)
    writer, hurdle = user_with("secretariat"), HurdleFactory()
    with pytest.raises(Unmet, match=r"職員番号.*山田 太郎（市民課 U016）、山田 太郎（市民課 U020）"):
        add_comment(record=hurdle, text="@山田太郎", by=writer)
    assert Comment.objects.count() == 0
    assert [person.employee_number for person in add_comment(record=hurdle, text="@U020", by=writer)[1].people] == [
        "U020"
    ]


def test_who_cannot_see_the_record_cannot_be_called() -> None:
    hurdle = HurdleFactory()
    writer = user_with("promoter", unit=hurdle.reporting_unit)
    stranger = user_with("viewer", name="部外 者", employee_number="U9")
    nobody = UserFactory(name="役割 無子", employee_number="U8")
    with pytest.raises(Unmet, match=r"部外 者（.* U9）、役割 無子（.* U8）は.*見られない"):
        add_comment(record=hurdle, text="@U9 @U8", by=writer)
    assert (Comment.objects.count(), told(stranger), told(nobody)) == (0, [], [])


def test_what_is_no_comment_is_refused() -> None:
    writer, hurdle = user_with("secretariat"), HurdleFactory()
    for text, words in (
        (" \n\x0b", "本文を書いて"),
        ("長" * 10_001, "10,000字"),
        (" ".join(f"@あ{at}" for at in range(21)), "20人まで"),
    ):
        with pytest.raises(Unmet, match=words):
            add_comment(record=hurdle, text=text, by=writer)
    for kind in ("auditor", "administrator"):
        with pytest.raises(Forbidden):
            add_comment(record=hurdle, text="監査より", by=user_with(kind))
    add_comment(record=hurdle, text="長" * 10_000, by=writer)
    assert Comment.objects.count() == 1


def test_it_is_taken_back_by_its_writer_or_the_secretariat_once() -> None:
    hurdle = HurdleFactory()
    writer = user_with("promoter", unit=hurdle.reporting_unit)
    colleague, secretariat = user_with("manager", unit=hurdle.reporting_unit), user_with("secretariat")
    first, second = (add_comment(record=hurdle, text=text, by=writer)[0] for text in ("個人名を書いた", "二つめ"))
    with pytest.raises(Forbidden, match="書いた本人と事務局"):
        withdraw_comment(comment=first, by=colleague)
    withdraw_comment(comment=first, by=writer)
    withdraw_comment(comment=second, by=secretariat, reason="記録と関係がない")
    with pytest.raises(Unmet, match="すでに"):
        withdraw_comment(comment=first, by=writer)
    shown = talk_context(hurdle, colleague)["comments"]
    assert [(each["withdrawn"], each["text"], each["may_withdraw"]) for each in shown] == [(True, "", False)] * 2
    assert Comment.objects.get(pk=first.pk).text == "個人名を書いた"


def test_the_history_tells_who_commented_and_took_back_but_not_the_words_taken_back() -> None:
    hurdle = HurdleFactory()
    writer, secretariat = user_with("promoter", unit=hurdle.reporting_unit, name="書いた 人"), user_with("secretariat")
    add_comment(record=hurdle, text="残る文" + "長" * 200, by=writer)
    gone = add_comment(record=hurdle, text="消した文", by=writer)[0]
    withdraw_comment(comment=gone, by=secretariat, reason="誤り")
    add_comment(record=HurdleFactory(), text="よその記録", by=secretariat)
    back, second, first = entries_of(hurdle, attached=TALK)[:3]
    assert (back.verb, back.reason, back.changes[0].old) == ("コメントを取消し", "誤り", "（取消し済み）")
    assert (second.changes[0].label, second.changes[0].new) == ("コメント", "（取消し済み）")
    assert (first.actor, first.verb, first.changes[0].new) == ("書いた 人", "コメント", "残る文" + "長" * 117 + "…")
    assert len(entries_of(hurdle)) == 1


def test_the_reporters_name_stays_within_the_own_unit_and_the_secretariat(client_for: Any) -> None:
    unit = UnitFactory(name="保育課")
    reporter = user_with("promoter", unit=unit, name="登録 者子")
    hurdle = HurdleFactory(reporting_unit=unit, reporter=reporter)
    member, colleague = user_with("member"), user_with("manager", unit=unit)
    add_comment(record=hurdle, text="私が書きました。", by=reporter)
    add_comment(record=hurdle, text="チームより。", by=member)
    assert [each["name"] for each in talk_context(hurdle, member)["comments"]] == ["保育課", member.name]
    assert [each["name"] for each in talk_context(hurdle, colleague)["comments"]] == ["登録 者子", member.name]
    for person, seen in ((member, False), (colleague, True), (user_with("secretariat"), True)):
        page = text_of(client_for(person).get(hurdle.get_absolute_url()))
        assert ("登録 者子" in page) is seen
        assert "私が書きました。" in page


def test_a_page_asks_the_same_number_of_times_however_much_was_said(client_for: Any) -> None:
    hurdle, person = HurdleFactory(), user_with("secretariat")
    counts = []
    for number in (3, 30):
        for each in range(number):
            add_comment(record=hurdle, text=f"{each}件め", by=user_with("promoter", unit=hurdle.reporting_unit))
        client = client_for(person)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(hurdle.get_absolute_url()).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    page = text_of(client_for(person).get(hurdle.get_absolute_url()))
    assert "以前のコメントも見る" in page
    everything = text_of(client_for(person).get(f"/talk/hurdles.hurdle/{hurdle.uid}/"))
    assert everything.count("件め") == 33


def test_the_form_on_the_page_comments_and_sent_twice_makes_one(client_for: Any) -> None:
    hurdle, called = HurdleFactory(), user_with("secretariat", name="森脇 彩")
    client = client_for(user_with("secretariat"))
    empty = client.get(hurdle.get_absolute_url())
    assert '<section class="talk no-print" id="talk"' in empty.content.decode(), "nothing said takes no paper"
    assert '<section class="talk no-print" id="files"' in empty.content.decode()
    sent = form_of(empty, "text") | {"text": "@森脇彩 と @だれか\n<script>alert(1)</script>"}
    address = f"/talk/hurdles.hurdle/{hurdle.uid}/comment/"
    for _click in range(2):
        answer = client.post(address, sent)
        assert (answer.status_code, answer["Location"]) == (302, f"{hurdle.get_absolute_url()}#comment-{sent['uid']}")
    assert Comment.objects.count() == 1
    page = text_of(client.get(hurdle.get_absolute_url()))
    assert "お知らせした人：森脇 彩" in page
    assert "@だれか" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert '<section class="talk" id="talk"' in page
    assert told(called)


def test_what_is_refused_keeps_the_words_and_says_why(client_for: Any) -> None:
    hurdle = HurdleFactory()
    user_with("viewer", employee_number="U9", name="部外 者")
    client = client_for(user_with("promoter", unit=hurdle.reporting_unit))
    for text in ("@U9 さん、これを見て", "  "):
        answer = client.post(f"/talk/hurdles.hurdle/{hurdle.uid}/comment/", {"text": text, "uid": str(uuid4())})
        assert answer.status_code == 422
        assert form_of(answer, "text")["text"].strip() == text.strip()
    assert "部外 者" in text_of(client.post(f"/talk/hurdles.hurdle/{hurdle.uid}/comment/", {"text": "@U9"}))
    assert Comment.objects.count() == 0


def test_who_does_not_see_the_record_finds_nothing(client_for: Any) -> None:
    hurdle = HurdleFactory()
    comment = add_comment(record=hurdle, text="秘密", by=user_with("promoter", unit=hurdle.reporting_unit))[0]
    stranger, auditor = client_for(user_with("viewer")), client_for(user_with("auditor"))
    here = f"/talk/hurdles.hurdle/{hurdle.uid}"
    paths = ("/", "/comment/", "/attach/", "/watch/", "/unwatch/")
    for address in (*(here + path for path in paths), f"/talk/comments/{comment.uid}/withdraw/"):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, {"text": "x"}).status_code in {404, 405} - (
            {405} if address != f"{here}/" else set()
        )
    for address in (
        f"/talk/no.kind/{hurdle.uid}/",
        f"/talk/hurdles.hurdle/{uuid4()}/",
        f"/talk/comments/{uuid4()}/withdraw/",
    ):
        assert auditor.get(address).status_code == 404
    assert "秘密" in text_of(auditor.get(f"{here}/"))
    for address in (f"{here}/comment/", f"{here}/attach/", f"/talk/comments/{comment.uid}/withdraw/"):
        assert auditor.post(address, {"text": "x"}).status_code == 403
    assert "data-people" not in text_of(auditor.get(hurdle.get_absolute_url()))


def test_taking_back_is_asked_once_more(client_for: Any) -> None:
    hurdle = HurdleFactory()
    secretariat = user_with("secretariat")
    comment = add_comment(record=hurdle, text="誤って書いた文", by=secretariat)[0]
    client = client_for(secretariat)
    address = f"/talk/comments/{comment.uid}/withdraw/"
    assert "コメントを取り消す" in text_of(client.get(address))
    assert client.post(address, {"reason": "誤り"}).status_code == 302
    page = text_of(client.get(hurdle.get_absolute_url()))
    assert "このコメントは取り消されました。" in page
    assert "誤って書いた文" not in page
    assert "すでに" in text_of(client.post(address, {"reason": ""}))


def test_colleagues_are_offered_by_name_kana_and_number(client_for: Any) -> None:
    unit = UnitFactory(name="市民課")
    for number, name, kana in (
        ("U1", "山田 太郎", "やまだ たろう"),
        ("U2", "山本 一", "ヤマモト ハジメ"),
        ("U3", "山田　太郎", ""),
    ):
        UserFactory(employee_number=number, name=name, kana=kana, unit=unit)
    UserFactory(employee_number="U4", name="山去 人", unit=unit, is_active=False)
    client = client_for(user_with("viewer", employee_number="Z1", name="探す 人"))

    def offered(query: str) -> list[tuple[str, str]]:
        people = client.get("/talk/people.json", {"q": query}).json()["people"]
        return [(person["label"], person["word"]) for person in people]

    both = [("山田 太郎（市民課 U1）", "U1"), ("山田　太郎（市民課 U3）", "U3")]
    assert offered("山") == [both[0], ("山本 一（市民課 U2）", "山本 一"), both[1]]
    assert offered("山田太") == both
    assert offered("ヤマ") == offered("やま") == [both[0], ("山本 一（市民課 U2）", "山本 一")]
    assert offered("u2") == [("山本 一（市民課 U2）", "山本 一")]
    assert offered("") == offered("%") == offered("\0") == offered("無") == []
    assert client_for(UserFactory()).get("/talk/people.json?q=山").status_code == 403


def test_hard_texts_are_kept_and_shown_as_text(client_for: Any) -> None:
    hurdle, person = HurdleFactory(), user_with("secretariat")
    for text in HARD_TEXTS:
        assert add_comment(record=hurdle, text=text, by=person)[0].text == text
    page = text_of(client_for(person).get(hurdle.get_absolute_url()))
    assert "<script>alert" not in page
    assert "𠮷田 髙橋 﨑 神" in page


# A character that Python's Unicode does not know yet has no form here; a newer database may know one.
@given(st.text(st.characters(exclude_categories=("Cs", "Cn")), max_size=40))
def test_the_database_makes_the_same_key_of_a_name(text: str) -> None:
    with connection.cursor() as cursor:
        plain = text.replace("\0", "").encode("utf-8", "ignore").decode()
        cursor.execute(
            "SELECT regexp_replace(normalize(%s, NFKC), '[[:space:]\\uFE00-\\uFE0F\\U000E0100-\\U000E01EF]', '', 'g')",
            [plain],
        )
        in_database = cursor.fetchone()[0]
    assert [char for char in in_database if not char.isspace()] == [
        char for char in name_key(plain) if not char.isspace()
    ]
