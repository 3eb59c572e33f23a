"""Signing in and out, and where one begins."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories import PASSWORD, HurdleFactory, user_with
from tests.pages import text_of

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
REFUSAL = "職員番号かパスワードが違います。"


def sign_in(client: Client, number: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"username": number, "password": password, **more})


@pytest.mark.parametrize("typed", ["e10001", "ｅ１０００１", " e10001 ", "e１０００１\u3000"])
def test_the_employee_number_in_any_width(typed: str, client: Client) -> None:
    user_with("promoter", employee_number="e10001")
    assert sign_in(client, typed).status_code == 302
    assert "_auth_user_id" in client.session


def test_one_message_for_every_failure(client: Client) -> None:
    user_with("promoter", employee_number="10001")
    user_with("promoter", employee_number="10002", is_active=False)
    pages = []
    for number, password in (("10001", "wrong"), ("99999", PASSWORD), ("10002", PASSWORD)):
        response = sign_in(client, number, password)
        assert response.status_code == 200
        assert "_auth_user_id" not in client.session
        page = text_of(response)
        assert REFUSAL in page
        assert PASSWORD not in page
        pages.append(page.replace(number, "").split("csrfmiddlewaretoken")[0])
    assert pages[0] == pages[1] == pages[2]


def test_empty_fields_are_named(client: Client) -> None:
    page = text_of(sign_in(client, "", ""))
    assert 'id="id_username_error"' in page
    assert 'id="id_password_error"' in page


@pytest.mark.parametrize(
    ("role", "page"),
    [
        ("chief", "/dashboard/"),
        ("deputy", "/dashboard/"),
        ("headquarters", "/dashboard/"),
        ("advisor", "/dashboard/"),
        ("promoter", "/"),
        ("manager", "/"),
        ("secretariat", "/"),
        ("auditor", "/"),
        ("administrator", "/"),
    ],
)
def test_the_first_page_follows_from_the_role(role: str, page: str, client: Client) -> None:
    user_with(role, employee_number="10001")
    response = sign_in(client, "10001")
    assert (response.status_code, response["Location"]) == (302, page)
    assert client.get(page).status_code == 200
    assert client.get(LOGIN)["Location"] == page, "who is signed in needs no form"


def test_after_signing_in_one_is_where_one_wanted_to_be(client: Client) -> None:
    user_with("chief", employee_number="10001")
    wanted = HurdleFactory().get_absolute_url()
    asked = client.get(wanted)
    assert asked["Location"] == f"{LOGIN}?next={wanted}"
    assert f'name="next" value="{wanted}"' in text_of(client.get(asked["Location"]))
    assert sign_in(client, "10001", next=wanted)["Location"] == wanted


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_outside(elsewhere: str, client: Client) -> None:
    user_with("promoter", employee_number="10001")
    assert sign_in(client, "10001", next=elsewhere)["Location"] == "/"


def test_signing_out_is_a_post(client_for: Any) -> None:
    client = client_for(user_with("promoter"))
    assert client.get("/accounts/logout/").status_code == 405
    assert client.get("/").status_code == 200
    response = client.post("/accounts/logout/")
    assert (response.status_code, response["Location"]) == (302, LOGIN)
    assert client.get("/").status_code == 302


def test_who_leaves_is_out_at_once(client_for: Any) -> None:
    user = user_with("promoter")
    client = client_for(user)
    assert client.get("/").status_code == 200
    user.is_active = False
    user.save()
    assert client.get("/")["Location"] == f"{LOGIN}?next=/"


# What stands in the place of each part of an address that differs from record to record.
CONVERTERS = re.compile(r"<(\w+):\w+>")
IN_PLACE = {"str": "hurdles.hurdle", "slug": "H-2021-0001", "int": "1", "uuid": "00000000-0000-4000-8000-000000000000"}


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> list[str]:
    """Every address of the portal, with something in place of its arguments; Django's admin by its front door."""
    found = []
    for each in (resolver or get_resolver()).url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            found.append("/" + CONVERTERS.sub(lambda part: IN_PLACE[part[1]], route))
        elif each.namespace == "admin":
            found.append("/" + route)
        else:
            found += patterns(each, route)
    return found


def test_a_stranger_sees_one_page(client: Client) -> None:
    HurdleFactory(number="H-2021-0001")
    open_to_all = {"/healthz", "/readyz", LOGIN}
    addresses = patterns()
    assert {"/", "/dashboard/", "/hurdles/", "/hurdles/H-2021-0001/edit/"} <= set(addresses)
    for address in addresses:
        assert "<" not in address, f"{address}: say here what stands in its place"
        for method in (client.get, client.post):
            response = method(address)
            if address in open_to_all:
                assert response.status_code in {200, 405}, address
            else:
                assert response.status_code == 302, address
                assert "/login/" in response["Location"], address


def test_even_an_unknown_address_tells_a_stranger_nothing(client: Client) -> None:
    """A record that exists and one that does not answer alike."""
    present = HurdleFactory().get_absolute_url()
    answers = {client.get(url).status_code for url in (present, "/hurdles/H-1999-0001/")}
    assert answers == {302}
