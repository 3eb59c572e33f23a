"""A city as it stood on an earlier or a later day: what came after that day is left out."""

from datetime import date

import pytest

from apps.budget.models import Proposal, StageEntry
from apps.city.services import load_city
from apps.hurdles.models import Hurdle
from tests.city.demo_city import AS_OF, DEMO

pytestmark = pytest.mark.django_db


# What the files say: 2 needs, 32 tasks and 15 hurdles that proposals serve.
EVERY_LINK = {"needs": 2, "tasks": 32, "proposals": 15}


def links() -> dict[str, int]:
    return {
        "needs": Hurdle.depends_on.through.objects.count(),
        "tasks": Hurdle.workload.through.objects.count(),
        "proposals": Proposal.hurdles.through.objects.count(),
    }


@pytest.mark.parametrize(("day", "count"), [(date(2022, 5, 19), 0), (date(2022, 5, 20), 13), (date(2022, 7, 14), 27)])
def test_hurdles_that_were_reported_later_are_left_out(day, count):
    load_city(folder=DEMO, as_of=day)
    assert Hurdle.objects.count() == count
    assert not Hurdle.objects.filter(reported_on__gt=day).exists()
    assert Proposal.objects.count() == 8


def test_what_was_left_out_comes_with_a_later_load_and_so_do_its_links():
    load_city(folder=DEMO, as_of=date(2022, 5, 20))
    load_city(folder=DEMO, as_of=AS_OF)
    assert Hurdle.objects.count() == 30
    assert links() == EVERY_LINK


def test_later_stages_of_a_proposal_are_left_out_until_their_day():
    load_city(folder=DEMO, as_of=date(2022, 11, 24))
    first = Proposal.objects.get(source_key="B-01")
    assert first.stage.name == "財政課ヒアリング"
    entries = list(StageEntry.objects.filter(proposal=first))
    assert [(entry.date, entry.stage.name, entry.amount_k) for entry in entries] == [
        (date(2022, 10, 26), "課長確認", 11642),
        (date(2022, 11, 2), "要求提出", 11642),
        (date(2022, 11, 24), "財政課ヒアリング", 11642),
    ]
    assert entries[0].actor.employee_number == "u011"


def test_the_stage_of_the_file_is_that_of_its_last_event():
    load_city(folder=DEMO, as_of=date(2023, 3, 31))
    assert Proposal.objects.get(source_key="B-01").stage.name == "財務部長査定"
