"""What needs what: never a circle, whoever links at the same time; relations from either side."""

import threading
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction

from apps.core.history import entries_of
from apps.core.permissions import Forbidden
from apps.core.transitions import Unmet
from apps.roadmap.models import Initiative, InitiativeDependency, InitiativeRelation
from apps.roadmap.services.links import (
    need_initiative,
    need_initiative_no_more,
    relate_initiatives,
    relate_initiatives_no_more,
)
from tests.factories import InitiativeFactory, user_with
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def three() -> list[Any]:
    return [InitiativeFactory(number=f"I-2022-900{n}", title=f"取組{n}") for n in range(3)]


def test_a_circle_is_refused_and_named(three: Any) -> None:
    first, second, third = three
    by = user_with("secretariat")
    assert not need_initiative(initiative=second, needs=first, by=by), "both begin on the same day"
    Initiative.objects.filter(pk=third.pk).update(starts_on=date(2024, 4, 1), ends_on=date(2024, 9, 30))
    assert need_initiative(initiative=third, needs=second, by=by, reason="順に進める。")
    with pytest.raises(Unmet, match="I-2022-9000 → I-2022-9002 → I-2022-9001 → I-2022-9000"):
        need_initiative(initiative=first, needs=third, by=by)
    for needs in (third, second):
        with pytest.raises(Unmet):
            need_initiative(initiative=third, needs=needs, by=by)
    assert InitiativeDependency.objects.count() == 2
    entry = entries_of(third, parts=("dependency_links",))[0]
    assert (entry.event, entry.reason) == ("roadmap.dependency.added", "順に進める。")
    for _click in range(2):
        need_initiative_no_more(initiative=third, needs=second, by=by)
    assert need_initiative(initiative=first, needs=third, by=by) is False
    with pytest.raises(IntegrityError), transaction.atomic():
        InitiativeDependency.objects.create(initiative=third, needs=second)


def test_a_relation_stands_once_and_goes_from_either_side(three: Any) -> None:
    first, second, _third = three
    by = user_with("member")
    relate_initiatives(initiative=first, other=second, by=by)
    for one, other in ((second, first), (first, second), (first, first)):
        with pytest.raises(Unmet):
            relate_initiatives(initiative=one, other=other, by=by)
    relate_initiatives_no_more(initiative=second, other=first, by=by)
    assert not InitiativeRelation.objects.exists()


def test_who_may(three: Any, client_for: Any) -> None:
    first, second, _third = three
    other, lead = user_with("manager"), user_with("viewer", unit=first.lead_unit)
    with pytest.raises(Forbidden):
        need_initiative(initiative=first, needs=second, by=other)
    need_initiative(initiative=first, needs=second, by=lead)
    with pytest.raises(Forbidden):
        need_initiative_no_more(initiative=first, needs=second, by=other)
    urls = ("links/", f"links/needs/{second.pk}/remove/")
    for url in urls:
        assert client_for(other).get(first.get_absolute_url() + url).status_code == 403
        assert client_for(lead).get(first.get_absolute_url() + url).status_code == 200


def test_the_page(three: Any, client_for: Any) -> None:
    first, second, third = three
    client, url = client_for(user_with("secretariat")), f"{first.get_absolute_url()}links/"
    assert f"?number={second.number}" in text_of(client.get(f"{url}?q=取組1"))
    response = client.post(url, {"kind": "needs", "number": "ｉ－２０２２－９００１"}, follow=True)
    assert "日程が合いません" in text_of(response)
    assert f"{first.get_absolute_url()}reschedule/?propose=after" in text_of(response)
    response = client.post(f"{second.get_absolute_url()}links/", {"kind": "needs", "number": first.number})
    assert response.status_code == 422
    assert "I-2022-9001 → I-2022-9000 → I-2022-9001" in text_of(response)
    assert client.post(url, {"kind": "needs", "number": "I-1"}).status_code == 422
    client.post(url, {"kind": "related", "number": third.number})
    page = text_of(client.get(url))
    for part, other in (("needs", second), ("related", third)):
        remove = f"{url}{part}/{other.pk}/remove/"
        assert remove in page
        assert client.post(remove, {"reason": "不要になった。"}).status_code == 302
        assert client.get(remove).status_code == 404
    assert not InitiativeDependency.objects.exists()
    assert not InitiativeRelation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_halves_of_a_circle_at_the_same_moment(three: Any) -> None:
    """The database itself: the second transaction waits for the first one, sees its link, and is refused."""
    first, second, _third = three
    refused: list[Exception] = []

    def close_the_circle() -> None:
        try:
            with transaction.atomic():
                InitiativeDependency.objects.create(initiative=second, needs=first)
        except IntegrityError as refusal:
            refused.append(refusal)
        finally:
            connections.close_all()

    other = threading.Thread(target=close_the_circle)
    with transaction.atomic():
        InitiativeDependency.objects.create(initiative=first, needs=second)
        other.start()
        other.join(0.3)
        assert other.is_alive(), "it waits"
    other.join(10)
    assert len(refused) == 1
    assert "circle" in str(refused[0])
    assert list(InitiativeDependency.objects.values_list("initiative", "needs")) == [(first.pk, second.pk)]
    assert connection.is_usable()
