"""The reflections of the demo city on 令和3年度."""

from typing import Any

import pytest

from apps.core.registry import standpoint_today
from apps.reviews import figures
from apps.reviews.models import Reflection
from tests.city.demo_city import person

pytestmark = pytest.mark.usefixtures("demo_city")


@pytest.mark.parametrize("number", ["u001", "u006", "u021", "admin"])
def test_ten_reflections_one_of_them_unanswered(number: str) -> None:
    here = standpoint_today(person(number))
    assert (figures.REFLECTIONS.count(here), figures.UNANSWERED.count(here)) == (10, 1)
    assert [each.source_key for each in figures.unanswered(here)] == ["RF-2021-10"]


def test_the_year_on_one_page(client_for: Any) -> None:
    response = client_for(person("u021")).get("/reviews/", follow=True)
    assert response.redirect_chain == [("/reviews/?year=2021", 302)]
    assert len(response.context["activities"]) == 4
    assert response.context["total"] == 10


@pytest.mark.parametrize(
    ("number", "kinds"),
    [("u006", ["policies", "initiatives", "courses", "proposals"]), ("u021", ["policies", "initiatives", "courses"])],
)
def test_what_answers_is_named_to_those_who_see_it(number: str, kinds: list[str], client_for: Any) -> None:
    reflection = Reflection.objects.get(source_key="RF-2021-04")
    answers = client_for(person(number)).get(reflection.get_absolute_url()).context["answers"]
    assert [each.kind.names for each in answers] == kinds
