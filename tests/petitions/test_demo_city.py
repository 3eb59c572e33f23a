"""The five petitions of the demo city, as they stand on 14 October 2022."""

from typing import Any

import pytest

from apps.core.registry import standpoint_today
from apps.petitions import figures
from apps.petitions.models import Petition
from apps.petitions.selectors import visible_to
from tests.city.demo_city import person

pytestmark = pytest.mark.usefixtures("demo_city")

EVERYTHING = {f"P-0{n}" for n in range(1, 6)}
SEEN = {
    # Headquarters, the secretariat, the team, the auditor.
    **dict.fromkeys(("u001", "u004", "u006", "u015", "u024"), EVERYTHING),
    # 保育課 owns none of the five hurdles: like everybody else it sees what was handed in.
    "u016": {"P-03"},
    "admin": {"P-03"},
}


@pytest.mark.parametrize("number", SEEN)
def test_each_sees_what_is_theirs_to_see(number: str, client_for: Any) -> None:
    user = person(number)
    assert {petition.source_key for petition in visible_to(user)} == SEEN[number]
    for petition in Petition.objects.all():
        expected = 200 if petition.source_key in SEEN[number] else 404
        assert client_for(user).get(petition.get_absolute_url()).status_code == expected, petition.source_key


def test_the_figures_of_the_city() -> None:
    here = standpoint_today(person("u006"))
    assert (figures.ALL.count(here), figures.SUBMITTED.count(here)) == (5, 1)
    assert [row["value"] for row in figures.BY_STATUS.count(here)] == [2, 1, 1, 1]


def test_the_characters_are_those_that_the_file_counts(client_for: Any) -> None:
    petition = Petition.objects.get(source_key="P-01")
    parts = client_for(person("u006")).get(petition.get_absolute_url()).context["parts"]
    counts = {part.key: (part.count.length, part.count.limit, part.joint and part.joint.length) for part in parts}
    assert counts["requested_measure"] == (35, 250, None)
    assert counts["effects"][2] == 95
