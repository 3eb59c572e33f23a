"""Conditions of a list under a name: saved, counted, told what is new, arranged, and one's own."""

from typing import Any

import pytest

from apps.core import clock
from apps.core.lists.searches import MOST_SEARCHES
from apps.core.models import SavedSearch
from apps.hurdles.services import organize_hurdle
from tests.factories import HurdleFactory, user_with
from tests.pages import text_of

pytestmark = pytest.mark.django_db

LIST = "/hurdles/"
SAVE = "/lists/searches/save/"


@pytest.fixture
def person() -> Any:
    return user_with("secretariat")


@pytest.fixture
def client(client_for: Any, person: Any) -> Any:
    return client_for(person)


def saved(client: Any, title: str = "重いもの", query: str = "severity_min=4&page=2&unknown=1&sort=number") -> Any:
    answer = client.post(SAVE, {"list": "hurdles:hurdle-list", "query": query, "title": title}, follow=True)
    assert answer.status_code == 200
    return answer


def test_the_conditions_are_kept_without_the_page_and_what_is_unknown(client: Any, person: Any) -> None:
    answer = saved(client)
    search = SavedSearch.objects.get()
    assert (search.person, search.title, search.query) == (person, "重いもの", "severity_min=4&sort=number")
    assert "「重いもの」として保存しました。" in text_of(answer)
    assert answer.redirect_chain == [("/hurdles/?severity_min=4&sort=number", 302)]


def test_the_same_twice_is_one_and_another_of_that_name_is_refused(client: Any) -> None:
    saved(client)
    saved(client)
    refused = saved(client, query="status=open")
    assert SavedSearch.objects.get().query == "severity_min=4&sort=number"
    assert "この名前の条件はすでにあります。" in text_of(refused) or "すでに" in text_of(refused)


@pytest.mark.parametrize(("title", "query"), [("", "status=open"), ("長" * 61, "status=open"), ("無条件", "page=2")])
def test_what_cannot_be_kept_is_refused(title: str, query: str, client: Any) -> None:
    assert 'role="alert"' in text_of(saved(client, title=title, query=query))
    assert not SavedSearch.objects.exists()


def test_there_is_a_limit(client: Any, person: Any) -> None:
    for number in range(MOST_SEARCHES):
        saved(client, title=f"条件{number}", query="status=open")
    assert "20件まで" in text_of(saved(client, title="もう一つ"))
    assert SavedSearch.objects.count() == MOST_SEARCHES


def test_a_token_counts_and_says_what_is_new_until_one_looks(client: Any, person: Any) -> None:
    old = HurdleFactory(title="前からのもの", severity=5)
    HurdleFactory(title="軽いもの", severity=1)
    saved(client)
    [token] = client.get(LIST).context["saved_tokens"]
    assert (token.label, token.count, token.new) == ("重いもの", 1, 0)
    organize_hurdle(hurdle=old, by=person)
    HurdleFactory(title="来たもの", severity=4)
    [token] = client.get(LIST).context["saved_tokens"]
    assert (token.count, token.new) == (2, 2)
    assert "新しい2件" in text_of(client.get(LIST))
    opened = client.get(token.url, follow=True)
    assert opened.redirect_chain[0][0].startswith("/hurdles/?severity_min=4&sort=number&seen=2022-10-14T")
    assert text_of(opened).count("前回見た後に変更") == 2
    assert [(each.new, each.current) for each in opened.context["saved_tokens"]] == [(0, True)]
    assert text_of(client.get(token.url, follow=True)).count("前回見た後に変更") == 0


def test_a_moment_that_is_none_is_refused(client: Any) -> None:
    for wrong in ("yesterday", "2022-10-14T10:00:00"):
        assert client.get(f"{LIST}?seen={wrong}").status_code == 400


def test_a_search_that_the_list_no_longer_understands_stays_without_a_count(client: Any, person: Any) -> None:
    for order, query in enumerate(("colour=red", "theme=もうない")):
        SavedSearch.objects.create(
            person=person, list_name="hurdles:hurdle-list", title=query, query=query, looked_at=clock.now(), order=order
        )
    assert [token.count for token in client.get(LIST).context["saved_tokens"]] == [None, None]


def test_arranging(client: Any) -> None:
    for title in ("一", "二", "三"):
        saved(client, title=title, query=f"q={title}")
    uids = {search.title: search.uid for search in SavedSearch.objects.all()}

    def order() -> list[str]:
        return list(SavedSearch.objects.values_list("title", flat=True))

    def change(search: str, **sent: str) -> str:
        return text_of(client.post(f"/lists/searches/{uids[search]}/change/", sent, follow=True))

    change("三", up="1")
    assert order() == ["一", "三", "二"]
    change("一", up="1")
    change("一", down="1")
    assert order() == ["三", "一", "二"]
    assert 'role="alert"' in change("一", rename="1", title="二")
    change("一", rename="1", title=" 新しい名前 ")
    change("二", delete="1")
    assert order() == ["三", "新しい名前"]
    page = text_of(client.get("/lists/searches/?list=hurdles:hurdle-list"))
    assert 'value="新しい名前"' in page
    assert client.get("/lists/searches/?list=hurdles:hurdle-log").status_code == 404
    assert client.get("/lists/searches/?list=").status_code == 404


def test_nobody_else_sees_or_changes_it(client: Any, client_for: Any) -> None:
    saved(client)
    search = SavedSearch.objects.get()
    other = client_for(user_with("secretariat"))
    assert list(other.get(LIST).context["saved_tokens"]) == []
    assert other.get(f"/lists/searches/{search.uid}/").status_code == 404
    assert other.post(f"/lists/searches/{search.uid}/change/", {"delete": "1"}).status_code == 404
    assert client.post(f"/lists/searches/{search.uid}/change/", {"delete": "1"}).status_code == 302
    assert not SavedSearch.objects.exists()


def test_every_list_has_them(client: Any) -> None:
    answer = client.post(SAVE, {"list": "budget:grant-list", "query": "q=総務省", "title": "総務省"})
    assert answer["Location"] == "/budget/grants/?q=%E7%B7%8F%E5%8B%99%E7%9C%81"
    assert [token.label for token in client.get("/budget/grants/").context["saved_tokens"]] == ["総務省"]
    assert list(client.get(LIST).context["saved_tokens"]) == []
