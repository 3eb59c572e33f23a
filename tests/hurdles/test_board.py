"""The board: the list's rows and conditions, by state."""

from typing import Any

import pytest

from tests.factories import HurdleFactory, UnitFactory, user_with
from tests.pages import text_of

pytestmark = pytest.mark.django_db

BOARD = "/hurdles/board/"


@pytest.fixture
def client(client_for: Any) -> Any:
    return client_for(user_with("secretariat"))


def columns(response: Any) -> dict[str, tuple[int, list[str]]]:
    return {
        str(column["label"]): (column["count"], [card["hurdle"].title for card in column["cards"]])
        for column in response.context["columns"]
    }


def test_columns_hold_the_severest_first_and_say_how_many_more(client: Any) -> None:
    for number in range(23):
        HurdleFactory(title=f"件名{number:02d}", severity=3, hours_lost=100 - number)
    HurdleFactory(title="重い", severity=5)
    HurdleFactory(title="進行", status="in_progress", health="stalled", target_date="2022-10-01")
    page = client.get(f"{BOARD}?severity_min=3")
    shown = columns(page)
    assert shown["受付"][0] == 24
    assert shown["受付"][1] == ["重い", *(f"件名{number:02d}" for number in range(19))]
    assert shown["対応中"] == (0, []), "without severity it is none of severity three"
    assert "ほか4件" in text_of(page)
    assert 'href="/hurdles/?severity_min=3&amp;status=submitted"' in text_of(page)
    page = client.get(BOARD)
    assert columns(page)["対応中"] == (1, ["進行"])
    assert "超過" in text_of(page)
    assert "停滞" in text_of(page)
    assert "下書き" not in columns(page)


def test_it_shows_what_the_list_shows(client: Any, client_for: Any) -> None:
    unit = UnitFactory(code="A202")
    HurdleFactory(title="押印", owning_unit=unit)
    HurdleFactory(title="別の課")
    assert columns(client.get(f"{BOARD}?owning_unit=A202"))["受付"] == (1, ["押印"])
    assert columns(client.get(f"{BOARD}?q=押印"))["受付"] == (1, ["押印"])
    stranger = client_for(user_with("viewer"))
    assert "条件に合うハードルはありません。" in text_of(stranger.get(BOARD))
    assert client.get(f"{BOARD}?colour=red").status_code == 400


def test_the_switch_keeps_the_conditions(client: Any) -> None:
    HurdleFactory(severity=4)
    listed = text_of(client.get("/hurdles/?severity_min=4&page=1&sort=number"))
    assert 'href="/hurdles/board/?severity_min=4"' in listed
    assert 'href="/hurdles/?severity_min=4"' in text_of(client.get(f"{BOARD}?severity_min=4"))


def test_it_is_exported_like_the_list(client: Any) -> None:
    HurdleFactory(title="押印")
    assert "押印" in b"".join(client.get(f"{BOARD}?format=csv")).decode()
