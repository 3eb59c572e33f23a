"""The list of hurdles: conditions as links, columns, what is searched and how it is shown."""

import csv
import io
import json
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.models import ListColumns, Watch
from apps.hurdles.choices import Route
from tests.factories import (
    CommonHurdleFactory,
    EndorsementFactory,
    HurdleFactory,
    LegalBasisFactory,
    OwnerViewFactory,
    SolvedCaseFactory,
    ThemeFactory,
    UnitFactory,
    user_with,
)
from tests.pages import text_of

pytestmark = pytest.mark.django_db

LIST = "/hurdles/"


@pytest.fixture
def person() -> Any:
    return user_with("secretariat")


@pytest.fixture
def client(client_for: Any, person: Any) -> Any:
    return client_for(person)


def titles(client: Any, query: str = "") -> list[str]:
    response = client.get(f"{LIST}?{query}&format=json")
    assert response.status_code == 200, text_of(response)
    return [row["title"] for row in json.loads(b"".join(response))]


def on(hurdle: Any, *routes: Route) -> Any:
    for route in routes:
        LegalBasisFactory(hurdle=hurdle, level__route=route)
    return hurdle


class TestConditions:
    def test_who_can_change_it_is_the_farthest(self, client: Any) -> None:
        on(HurdleFactory(title="市"), Route.INTERNAL_RULE, Route.INTERNAL_DECISION)
        on(HurdleFactory(title="議会"), Route.INTERNAL_RULE, Route.COUNCIL_BILL)
        on(HurdleFactory(title="県"), Route.COUNCIL_BILL, Route.PREFECTURE_REQUEST)
        on(HurdleFactory(title="国"), Route.INTERNAL_DECISION, Route.POLICY_REQUEST)
        HurdleFactory(title="根拠なし")
        found = {who: titles(client, f"changed_by={who}") for who in ("city", "council", "prefecture", "nation")}
        assert found == {"city": ["市"], "council": ["議会"], "prefecture": ["県"], "nation": ["国"]}

    def test_dates(self, client: Any) -> None:
        HurdleFactory(title="昨日", target_date="2022-10-13")
        HurdleFactory(title="今日", target_date="2022-10-14")
        HurdleFactory(title="解消", target_date="2022-10-13", status="resolved")
        HurdleFactory(title="なし")
        moved = HurdleFactory(title="動いた", target_date="2023-03-31")
        moved.target_moves.create(new_date="2022-12-28", asked_on="2022-06-01")
        moved.target_moves.create(
            old_date="2022-12-28", new_date="2023-03-31", asked_on="2022-09-01", reason="条例の改正を待つ。"
        )
        assert titles(client, "date=overdue") == ["昨日"]
        assert titles(client, "date=slipped") == ["動いた"]
        assert titles(client, "date=none") == ["なし"]

    def test_stalled_is_what_is_said_to_be_or_has_not_moved_for_sixty_days(self, client: Any) -> None:
        taken = {"status": "organizing"}
        HurdleFactory(title="古い", reported_on=date(2022, 8, 15), **taken)
        HurdleFactory(title="新しい", reported_on=date(2022, 8, 16), **taken)
        HurdleFactory(title="動いた", reported_on=date(2022, 1, 1), progressed_on=date(2022, 10, 1), **taken)
        HurdleFactory(title="状態", reported_on=date(2022, 1, 1), status_since=date(2022, 10, 1), **taken)
        HurdleFactory(title="停滞", reported_on=date(2022, 10, 1), health="stalled", **taken)
        HurdleFactory(title="受付", reported_on=date(2022, 1, 1))
        HurdleFactory(title="終わり", reported_on=date(2022, 1, 1), status="resolved")
        assert sorted(titles(client, "health=quiet")) == ["停滞", "古い"]
        assert titles(client, "health=stalled") == ["停滞"]

    def test_what_others_say_and_what_bundles(self, client: Any, person: Any) -> None:
        said, quiet = HurdleFactory(title="声"), HurdleFactory(title="静か")
        EndorsementFactory(hurdle=said)
        CommonHurdleFactory(hurdles=[quiet])
        Watch.objects.create(kind="hurdles.hurdle", record=said.uid, person=person, since="2022-10-01T00:00Z")
        Watch.objects.create(
            kind="hurdles.hurdle", record=quiet.uid, person=user_with("promoter"), since="2022-10-01T00:00Z"
        )
        for query, expected in {
            "endorsed=yes": ["声"], "endorsed=no": ["静か"], "bundled=yes": ["静か"], "bundled=no": ["声"],
            "watching=mine": ["声"],
        }.items():  # fmt: skip
            assert titles(client, query) == expected, query

    def test_units_levels_age_and_loss(self, client: Any) -> None:
        unit = UnitFactory(code="A202")
        touched = HurdleFactory(title="触れる", hours_lost=1000, reported_on=date(2022, 9, 14))
        touched.affected_unit_links.create(unit=unit)
        HurdleFactory(title="全庁", affects_all_units=True, hours_lost=999, reported_on=date(2022, 9, 15))
        other = HurdleFactory(title="ほか", reported_on=date(2022, 10, 14))
        level = LegalBasisFactory(hurdle=other, level__code="law").level
        assert sorted(titles(client, "affected_unit=A202")) == ["全庁", "触れる"]
        assert titles(client, f"level={level.code}") == ["ほか"]
        assert titles(client, "age_min=30") == ["触れる"]
        assert titles(client, "hours_min=1000") == ["触れる"]
        assert len(titles(client, f"changed_since={quote('R4.10.14')}")) == 3
        assert titles(client, f"changed_since={quote('令和4年10月15日')}") == []
        assert client.get(f"{LIST}?changed_since=いつか").status_code == 400

    def test_a_condition_that_is_folded_away_unfolds_when_it_is_used(self, client: Any) -> None:
        assert '<details class="drop filters__more">' in text_of(client.get(LIST))
        page = text_of(client.get(f"{LIST}?bundled=no"))
        assert '<details class="drop filters__more" open>' in page
        assert "1件を使用中" in page


class TestStandardSearches:
    def test_each_counts_what_its_list_shows(self, client: Any) -> None:
        on(HurdleFactory(hours_lost=2000, target_date="2022-10-01", status="organizing"), Route.INTERNAL_RULE)
        on(HurdleFactory(hours_lost=500, reported_on=date(2022, 10, 1)), Route.POLICY_REQUEST)
        OwnerViewFactory(asked_on=date(2022, 10, 1), due_on=date(2022, 10, 20))
        HurdleFactory(status="draft", hours_lost=3000)
        HurdleFactory(status="resolved", hours_lost=3000, target_date="2022-10-01")
        page = client.get(LIST)
        tokens = {str(token.label): (token.url, token.count) for token in page.context["standard_tokens"]}
        assert {label: count for label, (_url, count) in tokens.items()} == {
            "未解消すべて": 3, "見解を待つもの": 1, "市だけで変えられるもの": 1, "年1,000時間以上": 1, "期限超過": 1,
            "停滞": 1,
        }  # fmt: skip
        for label, (url, count) in tokens.items():
            assert len(titles(client, url.partition("?")[2])) == count, label

    def test_the_present_one_is_marked(self, client: Any) -> None:
        HurdleFactory()
        page = client.get(f"{LIST}?status=open&sort=-hours_lost")
        assert [token.current for token in page.context["standard_tokens"]] == [True] + [False] * 5

    def test_the_loss_of_all_pages_stands_beside_the_count(self, client: Any) -> None:
        for _each in range(25):
            HurdleFactory(hours_lost=1000)
        assert "損失の合計 25,000時間／年" in text_of(client.get(f"{LIST}?size=20&page=2"))


class TestColumns:
    def shown(self, client: Any, query: str = "") -> list[str]:
        rows = list(csv.reader(io.StringIO(b"".join(client.get(f"{LIST}?format=csv{query}")).decode("utf-8-sig"))))
        return rows[0]

    def test_the_address_names_them_and_the_file_has_them(self, client: Any) -> None:
        theme = ThemeFactory(name="窓口")
        HurdleFactory(reported_on=date(2022, 10, 4)).theme_links.create(theme=theme)
        assert self.shown(client, "&columns=age,number,themes") == ["番号", "件名", "テーマ", "経過日数"]
        page = text_of(client.get(f"{LIST}?columns=age,themes"))
        assert ">10</td>" in page
        assert "窓口" in page
        assert '<th scope="col">所管課</th>' not in page
        refused = client.get(f"{LIST}?columns=age,colour")
        assert refused.status_code == 400
        assert "「colour」" in text_of(refused)

    def test_they_are_kept_for_the_person_alone(self, client: Any, client_for: Any, person: Any) -> None:
        HurdleFactory()
        sent = {"list": "hurdles:hurdle-list", "query": "status=open&columns=age", "columns": ["next_action", "scope"]}
        answer = client.post("/lists/columns/", sent)
        assert answer["Location"] == "/hurdles/?status=open"
        assert self.shown(client) == ["件名", "範囲", "次にすること"]
        assert self.shown(client_for(user_with("secretariat")))[0] == "番号"
        client.post("/lists/columns/", sent)
        assert ListColumns.objects.get().columns == ["scope", "next_action"]
        client.post("/lists/columns/", sent | {"usual": "1"})
        assert self.shown(client)[:3] == ["番号", "件名", "所管課"]
        assert client.post("/lists/columns/", sent | {"list": "hurdles:hurdle-detail"}).status_code == 404

    def test_age_sorts_the_longest_last(self, client: Any) -> None:
        HurdleFactory(title="古い", reported_on=date(2022, 1, 1))
        HurdleFactory(title="新しい", reported_on=date(2022, 10, 1))
        assert titles(client, "sort=age") == ["新しい", "古い"]
        assert titles(client, "sort=-age") == ["古い", "新しい"]


class TestSearch:
    def test_the_best_hit_comes_first_unless_one_sorts(self, client: Any) -> None:
        HurdleFactory(title="会議", obstacle="資料に押印する。", severity=5)
        HurdleFactory(title="押印の廃止", severity=1)
        assert titles(client, "q=押印") == ["押印の廃止", "会議"]
        assert titles(client, "q=押印&sort=-severity") == ["会議", "押印の廃止"]
        assert titles(client, "sort=relevance") == ["会議", "押印の廃止"], "without words there is no relevance"
        assert "並び：関連度" in text_of(client.get(f"{LIST}?q=押印"))
        assert "関連度順にする" in text_of(client.get(f"{LIST}?q=押印&sort=number"))

    def test_hits_are_marked_and_shown_where_they_stand(self, client: Any) -> None:
        HurdleFactory(title="<会議>の資料", obstacle="いつも<b>押印</b>を求められる。", number="H-2021-9077")
        page = text_of(client.get(f"{LIST}?q=押印 会議"))
        assert "&lt;<mark>会議</mark>&gt;の資料" in page
        assert "いつも&lt;b&gt;<mark>押印</mark>&lt;/b&gt;を求められる。" in page
        assert "<mark>H-2021-9077</mark>" in text_of(client.get(f"{LIST}?q=h20219077"))

    def test_common_hurdles_and_solved_cases_are_ranked_and_marked_too(self, client: Any) -> None:
        CommonHurdleFactory(title="窓口", goal="令和４年度に押印をなくす。")
        CommonHurdleFactory(title="押印を前提にした手続")
        page = text_of(client.get("/hurdles/common/?q=押印"))
        assert page.index("<mark>押印</mark>を前提") < page.index("<mark>押印</mark>をなくす")
        assert "<mark>令和４</mark>年度" in text_of(client.get("/hurdles/common/?q=R4"))
        SolvedCaseFactory(hurdle=HurdleFactory(title="申請", status="resolved"), what="押印の欄をなくした。")
        assert "<mark>押印</mark>の欄" in text_of(client.get("/hurdles/solved/?q=押印"))


def test_queries_are_constant(client: Any) -> None:
    counts = []
    for more in (3, 27):
        for _each in range(more):
            hurdle = LegalBasisFactory(hurdle=HurdleFactory(owning_unit=UnitFactory())).hurdle
            hurdle.theme_links.create(theme=ThemeFactory())
        for path in (f"{LIST}?q=押印&columns=themes,basis,age&size=100", "/hurdles/board/", "/hurdles/triage/"):
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            counts.append(len(queries))
    assert counts[:3] == counts[3:], counts
