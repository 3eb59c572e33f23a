"""Foreign keys, migrations, the catalogue and the table of rights."""

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
OWN = [name for name in settings.INSTALLED_APPS if name.startswith("apps.")]
ORDER = [name.rpartition(".")[2] for name in OWN]


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in ORDER]


def relations() -> list[tuple[type[models.Model], Any]]:
    return [
        (model, field)
        for model in own_models()
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if field.is_relation and field.related_model
    ]


def test_foreign_keys_follow_the_order_of_the_apps() -> None:
    """An app links to itself and to those above it; only the link to the person may point upwards."""
    wrong = []
    for model, field in relations():
        target: Any = field.related_model
        if target._meta.label == settings.AUTH_USER_MODEL or target._meta.app_label not in ORDER:
            continue
        if ORDER.index(target._meta.app_label) > ORDER.index(model._meta.app_label):
            wrong.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    assert wrong == []


def test_nothing_that_was_reported_is_deleted_with_something_else() -> None:
    """A link either protects its target or belongs to the same app's record as a part."""
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model, field in relations()
        if isinstance(field, models.ForeignKey)
        and not model._meta.auto_created
        and not hasattr(model, "pgh_tracked_model")
        and field.remote_field.on_delete is models.CASCADE
        and field.related_model._meta.app_label != model._meta.app_label
    ]
    assert wrong == []


def test_every_record_of_people_is_tracked() -> None:
    """What a service changes has a history; lists and counters do not need one."""
    tracked = {model._meta.label for model in own_models() if hasattr(model, "pgh_event_model")}
    for label in ("hurdles.Hurdle", "hurdles.LegalBasis", "budget.Proposal", "budget.Funding", "organization.Role"):
        assert label in tracked


def test_every_model_and_field_has_words() -> None:
    for model in own_models():
        if model._meta.auto_created or model.__name__.endswith("Event"):
            continue
        assert str(model.__doc__ or "").strip(), model
        assert not str(model.__doc__).startswith(f"{model.__name__}("), f"{model._meta.label} says nothing about itself"


@pytest.mark.django_db
def test_the_migrations_are_complete() -> None:
    out = StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=out, stderr=out)
    except SystemExit:
        pytest.fail(out.getvalue())


def test_migrations_have_names() -> None:
    nameless = [
        path.name
        for name in ORDER
        for path in (ROOT / "apps" / name / "migrations").glob("*.py")
        if re.match(r"\d+_(auto_|alter_.*_and_more)", path.name)
    ]
    assert nameless == []


def test_the_catalogue_is_complete() -> None:
    call_command("check_translations", stdout=StringIO())


def test_the_table_of_rights_is_written_down() -> None:
    out = StringIO()
    call_command("permission_table", stdout=out)
    written = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")
    assert written == out.getvalue(), "run: manage.py permission_table > docs/permissions.md"
    for name in ORDER[1:]:
        if (ROOT / "apps" / name / "permissions.py").exists():
            assert f"`{name}." in written
