"""Who opens which address of the budget: every address, each role, reading and sending.

The table is written from docs/permissions.md by hand. Who may not know of a record finds nothing (404); who sees it and
may not act is told who may (403), whether the page is opened or its form sent.
"""

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import transaction
from django.template.response import SimpleTemplateResponse

from apps.budget.selectors.export_files import EXPORT_REQUEST
from apps.core.models import Job
from apps.organization.choices import RoleKind
from apps.organization.models import User
from tests.budget.every_address import Scene, a_scene
from tests.budget.test_city_form import city_form, saved
from tests.factories import user_with
from tests.training.test_personal_records import client_of

pytestmark = pytest.mark.usefixtures("demo_city")

ELSEWHERE = {
    "viewer": RoleKind.VIEWER,
    "promoter": RoleKind.PROMOTER,
    "member": RoleKind.MEMBER,
    "secretariat": RoleKind.SECRETARIAT,
    "finance": RoleKind.FINANCE,
    "headquarters": RoleKind.HEADQUARTERS,
    "chief": RoleKind.CHIEF,
    "auditor": RoleKind.AUDITOR,
}
IN_THE_UNIT = {"officer": RoleKind.PROMOTER, "manager": RoleKind.MANAGER}
ALL = {*ELSEWHERE, *IN_THE_UNIT}
STAFF = ALL - {"auditor"}
SEERS = ALL - {"viewer", "promoter"}
OWN = {"officer", "manager", "secretariat"}
HEADS = {"manager", "secretariat"}
KEEPERS = {"finance", "secretariat"}
EXPORTERS = {"secretariat", "finance", "headquarters", "chief", "auditor"}
GRANTS = {"member", "secretariat", "finance"}
APPRAISERS = {"finance", "chief"}

# What begins so is opened by those, the longest beginning first; whoever does not see its record finds nothing.
RECORDS: dict[str, set[str]] = {
    "proposal-": OWN,
    "proposal-detail": SEERS,
    "proposal-outcomes": SEERS,
    "proposal-outcomes-": OWN,
    "proposal-funding": SEERS,
    "proposal-funding-": OWN,
    "proposal-later-years": SEERS,
    "funding-": OWN,
    "proposal-answer": {"officer", "manager"},
    "proposal-confirm": {"manager"},
    "proposal-coordinate": HEADS,
    "proposal-submit": HEADS,
    "proposal-return": HEADS | {"finance"},
    "proposal-withdraw": HEADS,
    "proposal-code": KEEPERS,
    "proposal-hear": {"finance"},
    "proposal-appraise": APPRAISERS,
    "proposal-hold": APPRAISERS,
    "proposal-resume": APPRAISERS,
    "proposal-revive": HEADS,
    "plan-": OWN,
    "plan-detail": SEERS,
    "plan-paper": SEERS,
    "plan-submit": HEADS,
    "plan-review": {"member", "secretariat"},
    "plan-return": {"member", "secretariat"},
    "plan-reopen": {"secretariat"},
    "plan-mark-priority": {"secretariat", "headquarters", "chief"},
    "plan-unmark-priority": {"secretariat", "headquarters", "chief"},
    "intent-": OWN,
    "intent-detail": SEERS,
    "form-fill": SEERS,
    # Those of the call and those of the proposal.
    "candidate-remove": GRANTS | OWN,
}
PAGES: dict[str, set[str]] = {
    **dict.fromkeys(("home", "investment", "scenarios", "calendar", "form-list", "form-detail"), ALL),
    **dict.fromkeys(("proposal-list", "plan-list", "intent-list", "intent-silent"), ALL),
    **dict.fromkeys(("grant-list", "grant-reference", "grant-detail"), ALL),
    **dict.fromkeys(("proposal-create", "plan-create", "intent-create"), STAFF),
    "proposal-from-plan": {"secretariat"},
    "year-appraisal": APPRAISERS,
    **{key: {"finance"} for key in ("budget-disclose", "budget-settle")},
    **dict.fromkeys(("grant-create", "grant-edit", "grant-announce", "grant-close", "grant-continue"), GRANTS),
    **dict.fromkeys(("grant-candidate", "requirement-add", "requirement-change", "requirement-remove"), GRANTS),
    "grant-archive": KEEPERS,
    **{key: {"secretariat"} for key in ("step-list", "criteria-list", "criterion-create", "criterion-edit")},
    "reconciliation": KEEPERS | {"auditor"},
    **dict.fromkeys(("finance-import", "finance-preview", "year-settings"), KEEPERS),
    **dict.fromkeys(("form-upload", "form-archive", "format-create", "format-edit", "format-archive"), KEEPERS),
    **dict.fromkeys(("request-export", "request-upload", "request-prepare", "request-file"), EXPORTERS),
}
# Another person's file is nobody's, whatever role one holds.
PRIVATE = {"finance-preview", "request-file"}


@pytest.fixture(scope="module")
def _scene_of_this_module(_city_of_this_module: None, django_db_blocker: Any) -> Scene:
    with django_db_blocker.unblock():
        scene = a_scene()
        type(scene.form).objects.filter(pk=scene.form.pk).update(content=saved(city_form()))
        return scene


@pytest.fixture
def scene(_scene_of_this_module: Scene, demo_city: None) -> Scene:
    _scene_of_this_module.proposal.refresh_from_db()
    return _scene_of_this_module


def somebody(role: str, scene: Scene) -> User:
    if role in IN_THE_UNIT:
        return user_with(IN_THE_UNIT[role], unit=scene.boss.unit)
    return user_with(ELSEWHERE[role])


def expected(name: str, role: str) -> int:
    """What the role is answered where it opens this address."""
    if name in PAGES:
        return 404 if role in PAGES[name] and name in PRIVATE else 200 if role in PAGES[name] else 403
    prefix = max((each for each in RECORDS if name.startswith(each)), key=len)
    return 200 if role in RECORDS[prefix] else 403 if role in SEERS else 404


def walked(scene: Scene) -> Iterable[Any]:
    """Each address with its record in a state in which it can act; what was changed for it is taken back."""
    for address in scene.addresses():
        with transaction.atomic():
            scene.ready(address.name)
            yield address
            transaction.set_rollback(True)
        scene.proposal.refresh_from_db()


@pytest.mark.parametrize("role", sorted(ALL))
def test_every_address_answers_each_role_as_the_table_says(
    role: str, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")  # who may is decided before a page is drawn
    client, wrong = client_of(somebody(role, scene)), {}
    for address in walked(scene):
        due = expected(address.name, role)
        found = client.get(address.path).status_code if address.gets else due
        if (due, address.posts) == (200, True) and not address.gets:
            found = 403 if client.post(address.path).status_code in {403, 404} else 200
        if due != 200 and address.posts and client.post(address.path).status_code != due:
            wrong[f"POST {address.name}"] = due
        if found != due:
            wrong[address.name] = (due, found)
    assert wrong == {}


def test_what_is_measured_is_sent_by_those_of_the_proposal_alone(scene: Scene) -> None:
    """The page is open to all who see the proposal; its form is not."""
    path = f"{scene.proposal.get_absolute_url()}outcomes/"
    for role in sorted(ALL):
        due = {422} if role in OWN else {403} if role in SEERS else {404}
        assert {client_of(somebody(role, scene)).post(path).status_code} == due, role


def test_another_persons_job_and_file_are_found_by_nobody_else(scene: Scene) -> None:
    job = Job.objects.create(kind=EXPORT_REQUEST, title="予算要求書", asked_by=scene.boss)
    for path in (f"/jobs/{job.uid}/", f"/jobs/{job.uid}/state.json"):
        assert client_of(scene.boss).get(path).status_code == 200
        for role in sorted(ALL):
            assert client_of(somebody(role, scene)).get(path).status_code in {403, 404}, (role, path)
    file = f"/budget/export/files/{scene.prepared.uid}/"
    assert client_of(scene.boss).get(file).status_code == 200
    preview = f"/budget/reconcile/import/{scene.preview.uid}/"
    assert client_of(scene.boss).get(preview).status_code == 200
    assert client_of(scene.sender).get(preview).status_code == 404
    assert client_of(scene.sender).post(preview, {"drop": "1"}).status_code == 404
    assert client_of(scene.sender).get(file).status_code == 404
    assert type(scene.preview).objects.filter(pk=scene.preview.pk).exists()
