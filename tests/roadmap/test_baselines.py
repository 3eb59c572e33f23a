"""Baselines: frozen for ever, compared with today and with one another."""

from datetime import date

import pytest

from apps.roadmap.models import Baseline
from apps.roadmap.selectors import default_baseline, entries_of_baseline
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db


def test_the_newest_that_is_not_archived_is_the_usual_one() -> None:
    assert default_baseline() is None
    old = Baseline.objects.create(name="六月", frozen_on=date(2022, 6, 10))
    assert default_baseline() == old
    new = Baseline.objects.create(name="九月", frozen_on=date(2022, 9, 30))
    assert default_baseline() == new
    Baseline.objects.filter(pk=new.pk).update(archived_at="2022-10-01T00:00+09:00")
    assert default_baseline() == old


def test_what_it_holds_by_initiative() -> None:
    baseline = Baseline.objects.create(name="六月", frozen_on=date(2022, 6, 10))
    initiative, _other = InitiativeFactory(), InitiativeFactory()
    entry = baseline.entries.create(initiative=initiative, title=initiative.title, status="planned")
    assert entries_of_baseline(baseline) == {initiative.pk: entry}
