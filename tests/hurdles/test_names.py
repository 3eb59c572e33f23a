"""The name of who reported and of who says "ours too" stays within the own unit and the secretariat, everywhere."""

from collections.abc import Iterator
from typing import Any

import pytest

from apps.core.models import Notice
from apps.hurdles.models import Hurdle
from apps.hurdles.services import (
    add_city_example,
    answer_owner_view,
    ask_owner_view,
    endorse_hurdle,
    log_hurdle,
    submit_hurdle,
)
from apps.organization.choices import RoleKind
from tests.factories import user_with
from tests.pages import text_of

pytestmark = pytest.mark.django_db

REPORTER, ENDORSER = "登録 した子", "賛同 した男"
FORMATS = ("", "?format=json", "?format=csv")


@pytest.fixture
def hurdle() -> Any:
    """A hurdle with a whole story: reported, added to, asked about, answered, endorsed."""
    reporter, secretary = user_with("promoter", name=REPORTER), user_with("secretariat", name="事務 局子")
    owner, endorser = user_with("manager", name="所管 課長"), user_with("viewer", name=ENDORSER)
    values = {"title": "請求書の押印", "obstacle": "印影の確認に時間がかかる"}
    hurdle = log_hurdle(uid=Hurdle().uid, reporting_unit=reporter.unit, values=values, by=reporter)
    submit_hurdle(hurdle=hurdle, by=reporter)
    add_city_example(hurdle=hurdle, values={"text": "よその例"}, by=reporter, reason="例の追加")
    view = ask_owner_view(hurdle=hurdle, unit=owner.unit, by=secretary)
    answer_owner_view(view=view, answer="possible", reason="できる。", by=owner)
    endorse_hurdle(hurdle=hurdle, example="うちの例", by=endorser)
    hurdle.refresh_from_db()
    return hurdle


def places(client: Any, hurdle: Any) -> Iterator[tuple[str, str]]:
    """Every page, fragment and file on which the hurdle is shown, as text."""
    for address in (hurdle.get_absolute_url(), *(f"/hurdles/{form}" for form in FORMATS), "/", "/dashboard/"):
        response = client.get(address)
        if response.status_code == 200:
            yield address, response.content.decode("utf-8-sig")
    response = client.post("/hurdles/similar/", {"title": "請求書の押印の印影確認"})
    if response.status_code == 200:
        yield "similar", text_of(response)


@pytest.mark.parametrize("role", [role.value for role in RoleKind])
def test_no_place_names_them_to_others(role: str, hurdle: Any, client_for: Any) -> None:
    shown = dict(places(client_for(user_with(role)), hurdle))
    page = shown[hurdle.get_absolute_url()]
    assert hurdle.title in page
    for address, text in shown.items():
        if role != "secretariat":
            assert REPORTER not in text, address
            assert ENDORSER not in text, address
    if role == "secretariat":
        assert REPORTER in page
        assert ENDORSER in page


def test_the_own_units_read_their_own_names(hurdle: Any, client_for: Any) -> None:
    url = hurdle.get_absolute_url()
    of_reporter = user_with("viewer", unit=hurdle.reporting_unit)
    of_endorser = user_with("viewer", unit=hurdle.endorsements.get().unit)
    page = text_of(client_for(of_reporter).get(url))
    assert (REPORTER in page, ENDORSER in page) == (True, False)
    page = text_of(client_for(of_endorser).get(url))
    assert (REPORTER in page, ENDORSER in page) == (False, True)


def test_no_notice_names_them(hurdle: Any) -> None:
    texts = list(Notice.objects.values_list("text", flat=True))
    assert len(texts) >= 2
    assert not [text for text in texts if REPORTER in text or ENDORSER in text]
