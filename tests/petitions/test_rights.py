"""Who sees which petition: submitted ones all staff, the others their makers and the owners of their hurdles."""

from typing import Any

import pytest

from apps.core.history import act, declare_event
from apps.organization.choices import RoleKind
from apps.petitions.choices import PetitionStatus
from apps.petitions.selectors import visible_to
from tests.factories import HurdleFactory, PetitionFactory, PetitionHurdleFactory, user_with
from tests.pages import text_of

pytestmark = pytest.mark.django_db

ROLES = [role.value for role in RoleKind]
PUBLIC = {"submitted", "first_answer", "second_answer", "realised", "already_possible", "not_realised"}
WIDE = {"member", "secretariat", "headquarters", "deputy", "chief", "advisor", "auditor"}
LINKED = declare_event("petitions.test.linked", "結び付けた")


def sees(role: str, status: str, *, owner: bool) -> bool:
    """What the sentences say, written down a second time."""
    return role in WIDE or status in PUBLIC or (owner and role != "administrator")


@pytest.mark.parametrize("role", ROLES)
def test_every_role_and_state(role: str, client_for: Any) -> None:
    user = user_with(role)
    client = client_for(user)
    owned = HurdleFactory(owning_unit=user.unit)
    reported = HurdleFactory(reporting_unit=user.unit)
    expected = set()
    for status in PetitionStatus:
        for hurdle in (None, reported, owned):
            petition = PetitionFactory(status=status)
            if hurdle:
                PetitionHurdleFactory(petition=petition, hurdle=hurdle)
            seen = sees(role, status, owner=hurdle is owned)
            expected |= {petition.pk} if seen else set()
            assert client.get(petition.get_absolute_url()).status_code == (200 if seen else 404), (status, hurdle)
    PetitionFactory(status="submitted", archived_at="2022-10-01T00:00+09:00")
    assert {petition.pk for petition in visible_to(user)} == expected
    rows = client.get("/petitions/?format=json").json()
    assert len(rows) == len(expected)


def test_without_a_role_nothing_is_seen(client_for: Any) -> None:
    user = user_with()
    petition = PetitionFactory(status="submitted")
    assert not visible_to(user).exists()
    assert client_for(user).get(petition.get_absolute_url()).status_code == 404
    assert client_for(user).get("/petitions/").status_code == 403


def test_an_unknown_or_archived_petition_does_not_exist(client_for: Any) -> None:
    client = client_for(user_with("secretariat"))
    archived = PetitionFactory(archived_at="2022-10-01T00:00+09:00")
    assert client.get(archived.get_absolute_url()).status_code == 404
    assert client.get("/petitions/R-2022-9999/").status_code == 404


def test_a_draft_without_a_number_lives_at_its_uid(client_for: Any) -> None:
    petition = PetitionFactory(number=None)
    assert str(petition.uid) in petition.get_absolute_url()
    assert client_for(user_with("member")).get(petition.get_absolute_url()).status_code == 200


def test_a_ministry_of_a_hidden_draft_is_no_choice(client_for: Any) -> None:
    PetitionFactory(ministries=["法務省"], status="internal")
    PetitionFactory(ministries=["総務省"], status="submitted")
    officer, member = client_for(user_with("promoter")), client_for(user_with("member"))
    assert "法務省" not in text_of(officer.get("/petitions/"))
    assert officer.get("/petitions/?ministry=法務省").status_code == 400
    assert len(member.get("/petitions/?ministry=法務省&format=json").json()) == 1


class TestHiddenHurdles:
    """A submitted petition is for all, the hurdle from which it comes is not."""

    @pytest.fixture
    def petition(self) -> Any:
        petition = PetitionFactory(status="submitted")
        hidden = HurdleFactory(title="見えないハードル")
        with act(LINKED, by="test"):
            PetitionHurdleFactory(petition=petition, hurdle=hidden)
            petition.answers.create(date="2022-09-30", text="検討すると答えた。")
        return petition

    def test_neither_page_nor_history_nor_file_name_it(self, petition: Any, client_for: Any) -> None:
        number = petition.hurdles.get().number
        for client, seen in ((client_for(user_with("promoter")), False), (client_for(user_with("member")), True)):
            page = text_of(client.get(petition.get_absolute_url()))
            listed = b"".join(client.get("/petitions/?format=csv")).decode()
            assert ("見えないハードル" in page) is seen
            assert (number in page) is seen
            assert (number in listed) is seen
            assert "検討すると答えた。" in page

    def test_a_link_that_is_gone_is_still_not_named(self, petition: Any, client_for: Any) -> None:
        with act(LINKED, by="test"):
            petition.hurdle_links.all().delete()
        assert "見えないハードル" not in text_of(client_for(user_with("promoter")).get(petition.get_absolute_url()))
        assert "見えないハードル" in text_of(client_for(user_with("member")).get(petition.get_absolute_url()))
