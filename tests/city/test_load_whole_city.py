"""Every record of the files has its row, every text of the files stands in one, and every link is there once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import models

from apps.city.services.load import FILES
from apps.core.history import entries_of
from apps.decisions.models import Meeting
from apps.reports.models import Draft
from apps.roadmap.models import Initiative
from tests.city.demo_city import AS_OF, DEMO, ROWS, row_counts, tables

pytestmark = pytest.mark.usefixtures("demo_city")

# Words that the portal keeps as a choice or as a day, not as text.
CHOICES = frozenset(
    {"status", "state", "stage", "kind", "result", "view", "level", "format", "classification", "minutes_status"}
    | {"cost_kind", "source", "route", "rate", "auto_from", "scope", "type", "chair", "quarter"}
    | {"hurdle_statuses", "roadmap_statuses", "agenda_kinds", "agenda_results", "directive_statuses"}
    | {"budget_request_kinds", "if_not_adopted", "anchor", "encoding"}
)
# Texts without a home: what the file says of itself, says a second time in words, or what was said after the day.
HOMELESS = {
    ("budget_proposals.yaml", "comment"),
    ("budget_proposals.yaml", "unit"),
    ("budget_proposals.yaml", "rounding"),
    ("budget_proposals.yaml", "period"),
    ("grants_reference.yaml", "note"),
    ("masters.yaml", "group"),
    ("masters.yaml", "examples"),
}
# The words of the portal for the codes of these lists are its own.
CODES = {"funding_sources", "cost_kinds"}


def test_every_table_holds_what_the_files_hold():
    counts = row_counts()
    assert {label: counts[label] for label in ROWS} == ROWS


def test_no_draft_of_the_report_is_made_by_loading():
    assert not Draft.objects.exists()


def texts_of(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text within an entry, with the name of its field."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name not in CODES:
                yield from texts_of(each, str(name))
    elif isinstance(value, list):
        for each in value:
            yield from texts_of(each, key)
    elif isinstance(value, str):
        yield key, value


def texts_in_the_database() -> set[str]:
    found: set[str] = set()
    for model in tables():
        names = [field.name for field in model._meta.concrete_fields if _holds_text(field)]
        for row in model._base_manager.values_list(*names) if names else ():
            found.update(text for value in row for text in _flat(value))
    return found


def _holds_text(field: Any) -> bool:
    kinds = (models.CharField, models.TextField, models.JSONField)
    return isinstance(field, kinds) or hasattr(field, "base_field")


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        yield from (text for _key, text in texts_of(value))


def _is_no_text(text: str) -> bool:
    """A day or an hour, or nothing."""
    for read in (date.fromisoformat, lambda hour: int(hour.replace(":", ""))):
        try:
            read(text)
        except ValueError:
            continue
        return True
    return text in {"", "ALL"}


@pytest.fixture(scope="module")
def stored(_city_of_this_module: None, django_db_blocker: Any) -> set[str]:
    with django_db_blocker.unblock():
        return texts_in_the_database()


@pytest.mark.parametrize("file", FILES)
def test_every_text_of_a_file_stands_in_the_database(file, stored):
    document = yaml.safe_load(Path(DEMO / file).read_text(encoding="utf-8"))
    lost = {
        (key, text)
        for key, text in texts_of(document)
        if text not in stored and not _is_no_text(text) and key not in CHOICES and (file, key) not in HOMELESS
    }
    assert lost == set()


def test_a_record_comes_with_its_parts_and_links_in_one_act():
    initiative = Initiative.objects.get(source_key="R-01")
    parts = ("milestones", "unit_links", "hurdle_links")
    newest, first = entries_of(initiative, parts=(*parts, "dependency_links"))
    assert (first.actor, first.at.date(), len(first.changes)) == ("データの読込み", AS_OF, 4 + 3 + 3)
    assert [change.new for change in newest.changes] == ["例規と文書の電子前提への転換"]
    (entry,) = entries_of(Meeting.objects.get(source_key="MTG-2022-03"), parts=("attendances", "agenda"))
    assert len(entry.changes) == 8 + 4


def test_numbers_follow_the_order_of_the_files():
    numbered = {
        "hurdles.CommonHurdle": "C-2022-0001 … C-2022-0006",
        "roadmap.Vision": "V-2022-0001 … V-2022-0024",
        "roadmap.Policy": "P-2021-0001 … P-2022-0005",
        "roadmap.Initiative": "I-2022-0001 … I-2022-0012",
        "training.TrainingPlan": "T-2022-0001 … T-2022-0001",
        "petitions.Petition": "R-2022-0001 … R-2022-0005",
        "decisions.Meeting": "M-2022-0001 … M-2022-0003",
        "decisions.Directive": "D-2022-0001 … D-2022-0006",
    }
    for model in tables():
        if model._meta.label in numbered:
            numbers = sorted(model._base_manager.values_list("number", flat=True))
            assert f"{numbers[0]} … {numbers[-1]}" == numbered.pop(model._meta.label)
            assert len(set(numbers)) == ROWS[model._meta.label]
    assert numbered == {}
    assert Initiative.objects.get(source_key="R-09").number == "I-2022-0009"
