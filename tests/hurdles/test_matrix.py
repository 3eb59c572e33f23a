"""The matrix of open hurdles: exact figures, what it suggests, and links to as many rows as it counts."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from apps.hurdles.filters import HurdleFilter
from apps.hurdles.models import AffectedUnit, Category, HurdleTheme, LegalLevel, Theme
from apps.hurdles.selectors import Cell, hurdle_list, matrix
from tests.city.demo_city import person
from tests.factories import (
    CategoryFactory,
    CommonHurdleFactory,
    EndorsementFactory,
    HurdleFactory,
    LegalBasisFactory,
    LegalLevelFactory,
    ThemeFactory,
    UnitFactory,
    user_with,
)
from tests.pages import text_of

LIST = "/hurdles/common/"


def figures_of(cell: Cell | None) -> tuple[int, int, int, int] | None:
    """Hurdles, of these bundled, hours, units."""
    return (cell.hurdles, cell.bundled, cell.hours, cell.units) if cell else None


def hurdle_in(category: Any, levels: Any = (), themes: Any = (), units: Any = (), **fields: Any) -> Any:
    hurdle = HurdleFactory(category=category, **fields)
    for level in levels:
        LegalBasisFactory(hurdle=hurdle, level=level)
    for theme in themes:
        HurdleTheme.objects.create(hurdle=hurdle, theme=theme)
    for unit in units:
        AffectedUnit.objects.create(hurdle=hurdle, unit=unit)
    return hurdle


@pytest.mark.django_db
class TestCounting:
    def test_each_hurdle_counts_once_in_a_total_and_once_in_each_of_its_cells(self) -> None:
        seal, rule, custom, theme = CategoryFactory(), LegalLevelFactory(), LegalLevelFactory(), ThemeFactory()
        a, b, c = UnitFactory(), UnitFactory(), UnitFactory()
        # Two bases of one level are one place; unit a reports, is affected, and says "ours too": one unit.
        first = hurdle_in(seal, [rule, rule, custom], [theme], [a, b], hours_lost=100, reporting_unit=a)
        EndorsementFactory(hurdle=first, unit=b, hours_lost=20)
        EndorsementFactory(hurdle=first, unit=c, hours_lost=None)
        second = hurdle_in(seal, [rule], reporting_unit=b)
        CommonHurdleFactory(hurdles=[second])
        CommonHurdleFactory(hurdles=[first], archived_at="2022-10-01T00:00+09:00")
        for closed in ("draft", "resolved", "deferred", "merged"):
            hurdle_in(seal, [rule], [theme], status=closed, hours_lost=9)
        found = matrix(user_with("secretariat"))
        cells = found.faces["category_level"]
        assert figures_of(cells[(seal.pk, rule.pk, None)]) == (2, 1, 120, 3)
        assert figures_of(cells[(seal.pk, custom.pk, None)]) == (1, 0, 120, 3)
        assert figures_of(found.faces["theme_level"][(None, rule.pk, theme.pk)]) == (1, 0, 120, 3)
        assert figures_of(found.faces["theme"][(None, None, None)]) == (1, 1, 0, 1)
        assert figures_of(found.total) == (2, 1, 120, 3)
        assert len(cells) == 2

    def test_what_affects_every_unit_touches_every_section_of_today(self) -> None:
        secretary = user_with("secretariat")
        hurdle_in(None, affects_all_units=True)
        cell = matrix(secretary).faces["category_level"][(None, None, None)]
        assert (cell.touches_all, cell.units) == (True, 2)

    def test_nobody_counts_what_they_do_not_see(self) -> None:
        unit, category = UnitFactory(), CategoryFactory()
        hurdle_in(category, hours_lost=7)
        hurdle_in(category, hours_lost=5, reporting_unit=unit, owning_unit=unit)
        assert figures_of(matrix(user_with("viewer")).total) == (1, 0, 5, 1)
        assert figures_of(matrix(user_with("member")).total) == (2, 0, 12, 2)
        assert matrix(user_with()).total is None

    def test_without_hurdles_there_is_no_matrix(self, client_for: Any) -> None:
        page = client_for(user_with("viewer")).get(LIST)
        assert page.context["matrix"]["tables"] == []
        assert "束ねる候補になる、未解消のハードル2件以上の組はありません。" in text_of(page)

    def test_a_theme_narrows_the_list_and_the_matrix(self, client_for: Any) -> None:
        rule, work, seal = LegalLevelFactory(), ThemeFactory(name="働き方"), CategoryFactory()
        one = hurdle_in(seal, [rule], [work], hours_lost=3)
        hurdle_in(seal, [rule], hours_lost=4)
        bundle = CommonHurdleFactory(hurdles=[one])
        CommonHurdleFactory(hurdles=[HurdleFactory()])
        page = client_for(user_with("secretariat")).get(LIST, {"theme": "働き方"})
        assert [row.pk for row in page.context["table"].rows] == [bundle.pk]
        assert figures_of(page.context["matrix"]["total"]["cell"]) == (1, 1, 3, 1)
        assert len(page.context["matrix"]["tables"]) == 1
        assert client_for(user_with("secretariat")).get(LIST, {"theme": "無い"}).status_code == 400


@pytest.mark.django_db
class TestSuggesting:
    def test_groups_are_ranked_by_units_then_hours_and_named_once(self, client_for: Any) -> None:
        seal, law = CategoryFactory(name="押印"), CategoryFactory(name="法令")
        rule, custom = LegalLevelFactory(name="市規則"), LegalLevelFactory(name="慣行")
        old, work = ThemeFactory(name="古い慣習"), ThemeFactory(name="働き方")
        # Three units and few hours come before two units and many.
        few = [hurdle_in(seal, [rule], [old], units=[UnitFactory()], hours_lost=1), hurdle_in(seal, [rule], [old])]
        many = [hurdle_in(law, [custom], [old, work], hours_lost=500) for _each in range(2)]
        # Wholly bundled, or alone: nothing to suggest.
        CommonHurdleFactory(hurdles=[hurdle_in(law, [rule], [work]) for _each in range(2)])
        hurdle_in(seal, [custom], [work], hours_lost=9_999)
        CommonHurdleFactory(hurdles=[many[0]])
        page = client_for(user_with("member")).get(LIST)
        shown = page.context["matrix"]["suggestions"]
        assert [[str(name) for name in each["names"]] for each in shown] == [
            ["押印", "市規則", "古い慣習"],
            ["法令", "慣行", "古い慣習"],
        ]
        assert [figures_of(each["cell"]) for each in shown] == [(2, 0, 1, 3), (2, 1, 1_000, 2)]
        create = client_for(user_with("member")).get(shown[1]["bundle_url"])
        # What is bundled already is shown, and not ticked.
        assert {row.number: row.ticked for row in create.context["candidates"]} == {
            many[0].number: False,
            many[1].number: True,
        }
        listed = client_for(user_with("member")).get(shown[0]["url"]).context["table"].rows
        assert {row.pk for row in listed} == {hurdle.pk for hurdle in few}

    def test_who_may_not_bundle_sees_no_button(self, client_for: Any) -> None:
        category, level, theme = CategoryFactory(), LegalLevelFactory(), ThemeFactory()
        unit = UnitFactory()
        for _each in range(2):
            hurdle_in(category, [level], [theme], reporting_unit=unit, owning_unit=unit)
        assert "この組をまとめる" not in text_of(client_for(user_with("viewer")).get(LIST))
        assert "この組をまとめる" in text_of(client_for(user_with("member")).get(LIST))


@pytest.mark.django_db
def test_statements_do_not_grow_with_the_rows() -> None:
    secretary, counts = user_with("secretariat"), []
    assert secretary.role_kinds  # known to the request already
    for rows in (3, 30):
        for _each in range(rows):
            hurdle_in(CategoryFactory(), [LegalLevelFactory()], [ThemeFactory()], [UnitFactory()])
        with CaptureQueriesContext(connection) as queries:
            matrix(secretary)
        counts.append(len(queries))
    # One for the figures and one for the sections of today.
    assert counts == [2, 2]


# Counted by hand in demo/*.yaml: hurdles, bundled, hours (with those of "ours too"), units; 66 sections are all.
BY_HAND = {
    ("BUD", "law"): (2, 2, 700, 66),
    ("BUD", "city_rule"): (1, 1, 0, 2),
    ("HR", "custom"): (1, 1, 0, 4),
    ("LAW", "law"): (4, 4, 9_400, 18),
    ("LAW", "notice"): (1, 1, 2_100, 3),
    ("MADO", "custom"): (1, 0, 12_130, 9),
    ("SEAL", "city_rule"): (4, 4, 17_325, 66),
    ("SEAL", "guideline"): (2, 2, 6_630, 12),
    ("SEAL", "ministerial_ordinance"): (2, 2, 4_600, 10),
    ("WORK", "directive"): (2, 1, 8_860, 66),
    ("SYS", "law"): (1, 0, 0, 12),
}
CATEGORIES = {
    "BUD": (4, 4, 700, 66),
    "HR": (4, 4, 0, 66),
    "LAW": (4, 4, 9_400, 18),
    "MADO": (2, 0, 13_030, 14),
    "ORG": (2, 2, 1_300, 66),
    "PROC": (3, 3, 13_000, 66),
    "SEAL": (5, 5, 18_825, 66),
    "SEC": (1, 0, 600, 5),
    "SYS": (2, 0, 3_480, 66),
    "WORK": (2, 1, 8_860, 66),
}
LEVELS = {
    "cabinet_order": (1, 1, 700, 66),
    "city_rule": (6, 6, 18_625, 66),
    "custom": (8, 6, 27_305, 66),
    "directive": (7, 6, 19_260, 66),
    "guideline": (3, 3, 11_830, 66),
    "law": (13, 10, 14_700, 66),
    "ministerial_ordinance": (2, 2, 4_600, 10),
    "notice": (2, 1, 2_100, 66),
    "ordinance": (6, 4, 11_560, 66),
}


def listed(url: str, number: str) -> int:
    """How many rows the list at this address has for this person."""
    user = person(number)
    query = QueryDict(url.partition("?")[2])
    rows = HurdleFilter(query, queryset=hurdle_list(user), request=SimpleNamespace(user=user))
    assert rows.is_valid(), rows.errors
    return int(rows.qs.count())


@pytest.mark.usefixtures("demo_city")
class TestDemoCity:
    def test_the_figures_are_those_counted_by_hand(self) -> None:
        found = matrix(person("u006"))
        category = dict(Category.objects.values_list("code", "pk"))
        level = dict(LegalLevel.objects.values_list("code", "pk"))
        cells = found.faces["category_level"]
        assert len(cells) == 34
        got = {key: figures_of(cells[(category[key[0]], level[key[1]], None)]) for key in BY_HAND}
        assert got == BY_HAND
        assert {code: figures_of(found.faces["category"][(category[code], None, None)]) for code in CATEGORIES} == (
            CATEGORIES
        )
        assert {code: figures_of(found.faces["level"][(None, level[code], None)]) for code in LEVELS} == LEVELS
        assert figures_of(found.total) == (29, 23, 69_195, 66)

    def test_the_one_group_that_waits(self) -> None:
        (suggestion,) = matrix(person("u006")).suggestions()
        names = (
            Category.objects.get(pk=suggestion.category).code,
            LegalLevel.objects.get(pk=suggestion.level).code,
            Theme.objects.get(pk=suggestion.theme).name,
        )
        # H-028 and H-029; the first one is in no common hurdle yet.
        assert names == ("WORK", "directive", "働き方")
        assert figures_of(suggestion.cell) == (2, 1, 8_860, 66)

    @pytest.mark.parametrize("number", ["u006", "u016"])
    def test_every_figure_leads_to_as_many_rows(self, number: str, client_for: Any) -> None:
        client = client_for(person(number))
        shown = client.get(LIST).context["matrix"]
        cells = [shown["total"]]
        for table in shown["tables"]:
            cells += [each for row in table["rows"] for each in (*row["cells"], row["total"])] + table["foot"]
        found = {each["url"]: each for each in cells if each}
        assert len(found) > 60
        for url, each in found.items():
            assert listed(url, number) == each["cell"].hurdles, url
            if each["cell"].bundled:
                assert listed(each["bundled_url"], number) == each["cell"].bundled, url
        assert client.get(url).context["total"] == each["cell"].hurdles
