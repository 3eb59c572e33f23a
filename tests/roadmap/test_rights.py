"""Who sees what of the roadmap: decided policies and all else for everybody with a role, other policies for few."""

from typing import Any

import pytest

from apps.core.history import act, declare_event
from apps.organization.choices import RoleKind
from apps.roadmap.choices import PolicyStatus
from apps.roadmap.models import InitiativeHurdle, PolicyHurdle, VisionHurdle
from apps.roadmap.selectors import initiatives_visible_to, policies_visible_to, visions_visible_to
from tests.factories import (
    HurdleFactory,
    InitiativeFactory,
    PlanItemFactory,
    PolicyFactory,
    UserFactory,
    VisionFactory,
    user_with,
)
from tests.pages import text_of

pytestmark = pytest.mark.django_db

ROLES = [role.value for role in RoleKind]
WIDE = {"member", "secretariat", "headquarters", "deputy", "chief", "advisor", "auditor"}
DECIDED = {"decided", "in_force", "achieved"}
PAGES = ("/roadmap/", "/roadmap/way/", "/roadmap/visions/", "/roadmap/policies/", "/roadmap/initiatives/")
CHANGED = declare_event("roadmap.test.changed", "直した")


@pytest.mark.parametrize("role", ROLES)
def test_every_role_and_every_state_of_a_policy(role: str, client_for: Any) -> None:
    user = user_with(role)
    client, expected = client_for(user), set()
    for status in PolicyStatus:
        policy = PolicyFactory(status=status)
        seen = role in WIDE or status in DECIDED
        expected |= {policy.number} if seen else set()
        assert client.get(policy.get_absolute_url()).status_code == (200 if seen else 404), status
    assert set(policies_visible_to(user).values_list("number", flat=True)) == expected
    assert {row["number"] for row in client.get("/roadmap/policies/?format=json").json()} == expected


@pytest.mark.parametrize("role", ROLES)
def test_every_role_sees_visions_and_initiatives(role: str, client_for: Any) -> None:
    client, vision, initiative = client_for(user_with(role)), VisionFactory(), InitiativeFactory()
    for url in (*PAGES, vision.get_absolute_url(), initiative.get_absolute_url()):
        assert client.get(url).status_code == 200, url


def test_without_a_role_nothing_opens(client_for: Any) -> None:
    user = UserFactory()
    client, vision, policy, initiative = client_for(user), VisionFactory(), PolicyFactory(), InitiativeFactory()
    for url in PAGES:
        assert client.get(url).status_code == 403, url
    for record in (vision, policy, initiative):
        assert client.get(record.get_absolute_url()).status_code == 404
    for visible in (visions_visible_to, policies_visible_to, initiatives_visible_to):
        assert not visible(user).exists()


def test_nobody_gets_in_without_signing_in(client: Any) -> None:
    for url in PAGES:
        assert client.get(url).status_code == 302, url


def test_an_archived_record_is_in_no_list_and_has_no_page(client_for: Any) -> None:
    client = client_for(user_with("secretariat"))
    vision = VisionFactory(archived_at="2022-10-01T00:00+09:00")
    policy = PolicyFactory(archived_at="2022-10-01T00:00+09:00")
    gone = InitiativeFactory(archived_at="2022-10-01T00:00+09:00")
    stays = InitiativeFactory(vision=vision, policy=policy)
    for record in (vision, policy, gone):
        assert client.get(record.get_absolute_url()).status_code == 404
    for page in PAGES[2:4]:
        assert client.get(page).context["total"] == 0
    assert [row["number"] for row in client.get("/roadmap/initiatives/?format=json").json()] == [stays.number]
    page = client.get(stays.get_absolute_url())
    assert page.context["record"].vision is page.context["record"].policy is None


def test_an_initiative_names_its_policy_only_to_those_who_see_it(client_for: Any) -> None:
    policy = PolicyFactory(title="まだ秘密の方針", status="under_review")
    initiative = InitiativeFactory()
    with act(CHANGED, by="test"):
        initiative.policy = policy
        initiative.save()
    team, officer = client_for(user_with("member")), client_for(user_with("viewer"))
    listed = "/roadmap/initiatives/?columns=number,title,policy"
    for url in (initiative.get_absolute_url(), listed):
        assert "まだ秘密の方針" in text_of(team.get(url)) or policy.number in text_of(team.get(url))
        page = text_of(officer.get(url))
        assert "まだ秘密の方針" not in page
        assert policy.number not in page
    assert "直した" in text_of(officer.get(initiative.get_absolute_url())), "that something was done is no secret"
    rows = officer.get(f"{listed}&format=json").json()
    assert [row["policy"] for row in rows] == [None]
    assert officer.get(f"/roadmap/initiatives/?policy={policy.number}").status_code == 400
    assert team.get(f"/roadmap/initiatives/?policy={policy.number}").context["total"] == 1


@pytest.fixture
def linked() -> dict[str, Any]:
    """A vision, a policy and an initiative, each with one hurdle that all see and one of another section."""
    hidden = HurdleFactory(title="よその課のハードル")
    open_to_all = HurdleFactory(title="だれにも見えるハードル")
    open_to_all.owning_unit = open_to_all.reporting_unit
    open_to_all.save()
    vision, policy, initiative = VisionFactory(), PolicyFactory(), InitiativeFactory()
    for hurdle in (hidden, open_to_all):
        with act(CHANGED, by="test"):
            VisionHurdle.objects.create(vision=vision, hurdle=hurdle)
            PolicyHurdle.objects.create(policy=policy, hurdle=hurdle)
            InitiativeHurdle.objects.create(initiative=initiative, hurdle=hurdle)
    return {"vision": vision, "policy": policy, "initiative": initiative, "hidden": hidden, "open": open_to_all}


@pytest.mark.parametrize("kind", ["vision", "policy", "initiative"])
def test_a_hidden_hurdle_is_not_named_not_even_by_the_history(kind: str, linked: Any, client_for: Any) -> None:
    url = linked[kind].get_absolute_url()
    officer, secretary = client_for(user_with("viewer")), client_for(user_with("secretariat"))
    assert list(officer.get(url).context["hurdles"]) == [linked["open"]]
    page = text_of(officer.get(url))
    assert "だれにも見えるハードル" in page
    assert "よその課のハードル" not in page
    assert linked["hidden"].number not in page
    page = text_of(secretary.get(url))
    assert page.count("よその課のハードル") >= 2, "in the list and in the history"


def test_a_hurdle_that_was_once_linked_stays_hidden_in_the_history(linked: Any, client_for: Any) -> None:
    with act(CHANGED, by="test"):
        linked["policy"].hurdle_links.filter(hurdle=linked["hidden"]).delete()
    url = linked["policy"].get_absolute_url()
    assert "よその課のハードル" not in text_of(client_for(user_with("viewer")).get(url))
    assert "よその課のハードル" in text_of(client_for(user_with("secretariat")).get(url))


def test_hidden_hurdles_are_not_counted_either(linked: Any, client_for: Any) -> None:
    officer, secretary = client_for(user_with("viewer")), client_for(user_with("secretariat"))
    for page in ("visions", "policies"):
        assert [row["hurdles"] for row in officer.get(f"/roadmap/{page}/?format=json").json()] == [1]
        assert [row["hurdles"] for row in secretary.get(f"/roadmap/{page}/?format=json").json()] == [2]
    linked["open"].status = "resolved"
    linked["open"].save()
    assert officer.get("/roadmap/visions/?hurdle_free=yes").context["total"] == 1
    assert secretary.get("/roadmap/visions/?hurdle_free=yes").context["total"] == 0


def test_only_administrators_copy_the_comprehensive_plan(client_for: Any) -> None:
    PlanItemFactory(code="6-1-2", name="待たせない窓口")
    administrator, secretary = client_for(user_with("administrator")), client_for(user_with("secretariat"))
    for model in ("comprehensiveplan", "comprehensiveplanitem"):
        assert administrator.get(f"/admin/roadmap/{model}/").status_code == 200
        assert secretary.get(f"/admin/roadmap/{model}/").status_code == 302
    assert "待たせない窓口" in text_of(administrator.get("/admin/roadmap/comprehensiveplanitem/"))
