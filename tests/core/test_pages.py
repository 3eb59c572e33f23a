"""What every page does, whatever it shows."""

from typing import Any

import pytest
from django.test import Client

from tests.factories import CityFactory, HurdleFactory, user_with
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_for: Any) -> Any:
    return client_for(user_with("secretariat", name="事務 太郎"))


def test_the_frame_names_city_person_and_day(client: Any) -> None:
    CityFactory(name="架空市")
    page = text_of(client.get("/hurdles/"))
    for words in ("架空市", "事務 太郎", "令和4年10月14日（金）", "デモ環境（架空市は架空の市です）", 'lang="ja"'):
        assert words in page, words


def test_the_menu_marks_where_one_is_and_offers_what_one_may(client: Any, client_for: Any) -> None:
    page = text_of(client.get("/hurdles/"))
    assert page.count('aria-current="page"') == 4, (
        "in the menu, in the way here, in the tabs and in the switch of views"
    )
    assert 'href="/dashboard/"' in page
    plain = text_of(client_for(user_with("viewer")).get("/hurdles/"))
    assert 'href="/dashboard/"' not in plain
    assert 'href="/admin/"' not in plain


def test_every_answer_is_guarded_by_the_same_headers(client: Any) -> None:
    hurdle = HurdleFactory()
    for url in ("/", "/hurdles/", hurdle.get_absolute_url(), "/hurdles/none/", "/hurdles/?x=1", "/accounts/login/"):
        headers = client.get(url, follow=True).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"], url
        assert "unsafe" not in headers["Content-Security-Policy"], url
        assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff"), url


def test_a_post_without_the_token_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user_with("secretariat"), backend="django.contrib.auth.backends.ModelBackend")
    hurdle = HurdleFactory()
    assert client.post(f"{hurdle.get_absolute_url()}organize/").status_code == 403
    hurdle.refresh_from_db()
    assert hurdle.status == "submitted"


@pytest.mark.parametrize(
    ("url", "status"), [("/hurdles/none/", 404), ("/no-such-page/", 404), ("/hurdles/?colour=red", 400)]
)
def test_a_page_that_says_no_is_still_a_page(url: str, status: int, client: Any) -> None:
    response = client.get(url)
    assert response.status_code == status
    assert "<h1>" in text_of(response)
    assert "<!DOCTYPE html>" in text_of(response)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_do_nothing(method: str, client: Any) -> None:
    hurdle = HurdleFactory()
    assert getattr(client, method)(hurdle.get_absolute_url()).status_code == 405


def test_a_verb_answers_post_alone_with_a_change(client: Any) -> None:
    hurdle = HurdleFactory()
    assert client.head(f"{hurdle.get_absolute_url()}organize/").status_code == 200
    hurdle.refresh_from_db()
    assert hurdle.status == "submitted"


def test_alive_and_ready(client: Any) -> None:
    stranger = Client()
    assert stranger.get("/healthz").json() == {"status": "ok"}
    ready = stranger.get("/readyz")
    assert (ready.status_code, ready.json()["database"]) == (200, "ok")
