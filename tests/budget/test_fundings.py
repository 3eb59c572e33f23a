"""Sources of money: how each follows, that general revenue is what remains, and what becomes of it without a grant."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.budget.choices import FundingStatus, GrantMoney, IfNotAdopted, Source
from apps.budget.models import CostLine, Funding, Proposal, RevenueItem
from apps.budget.selectors.sources import beyond_call, calculation_of, with_and_without
from apps.budget.services.amounts import Overfunded
from apps.budget.services.funding_status import FUNDING_FLOW, move_funding, settle_rejection
from apps.budget.services.proposal_parts import add_part, change_part, remove_part
from apps.core.permissions import Forbidden
from apps.core.services import StalePart, seen_as
from apps.core.transitions import Unmet, WrongState
from apps.organization.selectors import rules_of
from tests.factories import AccountFactory, BudgetStageFactory, GrantFactory, ProposalFactory, user_with
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Any:
    return user_with("promoter")


@pytest.fixture
def proposal(officer: Any) -> Proposal:
    """69,204千円, of which 63,118,000円 are marked for a grant."""
    made = ProposalFactory(request_k=69_204, requesting_unit=officer.unit)
    line = made.request_lines.get()
    CostLine.objects.filter(request_line=line).update(amount_yen=6_086_000, unit_price_yen=6_086_000)
    CostLine.objects.create(
        request_line=line, description="対象", unit_price_yen=63_118_000, quantity=1, amount_yen=63_118_000,
        kind="initial", eligible=True, order=2,
    )  # fmt: skip
    return made


def national(proposal: Proposal, **values: Any) -> Funding:
    given = {
        "source": Source.NATIONAL,
        "name": "試験交付金",
        "amount_k": 0,
        "rate_numerator": 1,
        "rate_denominator": 2,
        "if_not_adopted": IfNotAdopted.REDUCE,
        "fallback_k": 30_000,
        **values,
    }
    return Funding(proposal=proposal, **given)


def balanced() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def said(funding: Funding) -> str:
    return calculation_of(funding, 63_118_000, rules_of(funding.proposal.fiscal_year))


def test_a_grant_follows_its_rate_and_says_how(proposal: Proposal, officer: Any) -> None:
    funding = add_part(part=national(proposal), by=officer)
    funding.refresh_from_db()
    proposal.refresh_from_db()
    assert (funding.amount_k, proposal.general_k) == (31_559, 37_645)
    assert said(funding) == "63,118,000円×1/2＝31,559千円（千円未満切捨て）"
    balanced()


def test_cap_floor_and_own_eligible_cost(proposal: Proposal, officer: Any) -> None:
    capped = add_part(part=national(proposal, cap_k=20_000), by=officer)
    capped.refresh_from_db()
    assert capped.amount_k == 20_000
    assert said(capped) == "63,118,000円×1/2＝31,559千円（千円未満切捨て）、上限により20,000千円"
    below = add_part(part=national(proposal, name="小", eligible_yen=1_999_999, floor_k=1_000), by=officer)
    below.refresh_from_db()
    assert below.amount_k == 0
    assert said(below) == "1,999,999円×1/2＝999千円（千円未満切捨て）、下限1,000千円に満たないため0千円"
    whole = add_part(part=national(proposal, name="小", eligible_yen=2_000_000, floor_k=1_000), by=officer)
    whole.refresh_from_db()
    assert whole.amount_k == 1_000
    assert said(whole) == "2,000,000円×1/2＝1,000千円（千円未満切捨て）"
    balanced()


@pytest.mark.parametrize(
    ("values", "cap_base", "words"),
    [
        ({"amount_k": 1_000, "cap_k": 1_000}, None, "＝31,559千円（千円未満切捨て）、上限により1,000千円"),
        ({"amount_k": 1_000, "cap_k": 5_000}, "grant", "＝31,559千円（千円未満切捨て）、上限5,000千円により1,000千円"),
        ({"amount_k": 5_000, "cap_k": 10_000}, "project", "（千円未満切捨て）、事業費の上限10,000千円により5,000千円"),
        ({"amount_k": 0, "status": "rejected"}, None, "63,118,000円×1/2＝31,559千円（千円未満切捨て）、不採択"),
        ({"amount_k": 31_558}, None, "63,118,000円×1/2＝31,559千円（千円未満切捨て）、提出時の額は31,558千円"),
    ],
)
def test_the_arithmetic_is_true_before_and_after_the_cap(
    values: dict[str, Any], cap_base: str | None, words: str, proposal: Proposal
) -> None:
    grant = GrantFactory(cap_base=cap_base, cap_k=values["cap_k"]) if cap_base else None
    assert said(national(proposal, grant=grant, **values)).endswith(words)


@pytest.mark.parametrize(
    ("values", "call", "words"),
    [
        ({"rate_numerator": 10, "rate_denominator": 10}, {}, ["公募の補助率は1/2"]),
        ({"cap_k": 100_001}, {}, ["公募の上限は100,000千円"]),
        ({"cap_k": 100_001}, {"cap_base": "project"}, ["公募の事業費の上限は100,000千円"]),
        ({"rate_numerator": None, "rate_denominator": None, "amount_k": 100_001}, {}, ["公募の上限は100,000千円"]),
        ({"amount_k": 50_001}, {"cap_base": "project"}, ["公募の事業費の上限は100,000千円"]),
        ({"cap_k": 100_000, "amount_k": 100_000}, {}, []),
        ({"amount_k": 100_000}, {}, []),
        ({"cap_k": 200_000}, {"cap_k": None}, []),
        ({"rate_numerator": 5, "rate_denominator": 10}, {}, []),
    ],
)
def test_a_source_beyond_its_call_says_what_the_call_says(
    values: dict[str, Any], call: dict[str, Any], words: list[str], proposal: Proposal
) -> None:
    grant = GrantFactory(**{"cap_k": 100_000, **call})
    assert beyond_call(national(proposal, grant=grant, **values)) == words
    assert beyond_call(national(proposal, **values)) == []


def test_a_bond_follows_its_base_in_hundreds(proposal: Proposal, officer: Any) -> None:
    bond = Funding(
        proposal=proposal, source=Source.BOND, name="事業債", amount_k=0, bond_base_k=18_533, bond_percent=75
    )
    bond = add_part(part=bond, by=officer)
    bond.refresh_from_db()
    assert bond.amount_k == 13_800
    assert said(bond) == "18,533千円×75％＝13,800千円（100千円未満切捨て）"


def test_general_revenue_is_never_negative(proposal: Proposal, officer: Any) -> None:
    other = Funding(proposal=proposal, source=Source.OTHER, name="基金", amount_k=69_205)
    with pytest.raises(Overfunded, match="69,205"):
        add_part(part=other, by=officer)
    assert proposal.fundings.count() == 0
    add_part(part=Funding(proposal=proposal, source=Source.OTHER, name="基金", amount_k=69_204), by=officer)
    proposal.refresh_from_db()
    assert proposal.general_k == 0


REFUSED = {
    "no word for the case that it does not come": ({"if_not_adopted": ""}, "不採択"),
    "national money without a rate": ({"rate_numerator": None, "rate_denominator": None, "amount_k": 5}, "10/10"),
    "more remains than is asked for": ({"fallback_k": 69_205}, "要求額以下"),
    "half a bond": ({"source": "bond", "rate_numerator": None, "rate_denominator": None, "bond_base_k": 5}, "充当率"),
    "a percent beside a rate": ({"bond_base_k": 5, "bond_percent": 5}, "地方債だけ"),
    "a rate above one": ({"rate_numerator": 3}, "0以上1以下|0から1"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_said(case: str, proposal: Proposal, officer: Any) -> None:
    values, words = REFUSED[case]
    with pytest.raises(Unmet, match=words):
        add_part(part=national(proposal, **values), by=officer)
    assert proposal.fundings.count() == 0


def test_special_allocation_tax_is_no_source(proposal: Proposal, officer: Any) -> None:
    grant = GrantFactory(money=GrantMoney.ALLOCATION, name="特別交付税措置")
    with pytest.raises(Unmet, match="一般財源"):
        add_part(part=national(proposal, grant=grant), by=officer)


def test_a_revenue_item_belongs_to_its_source(proposal: Proposal, officer: Any) -> None:
    item = RevenueItem.objects.create(account=AccountFactory(), source=Source.PREFECTURE, kan="15", kan_name="県支出金")
    with pytest.raises(Unmet, match="歳入科目"):
        add_part(part=national(proposal, revenue_item=item), by=officer)
    part = national(proposal, source=Source.PREFECTURE, revenue_item=item)
    assert add_part(part=part, by=officer).revenue_item == item


def test_a_second_click_writes_nothing_and_a_late_change_is_shown(proposal: Proposal, officer: Any) -> None:
    funding = add_part(part=national(proposal), by=officer)
    assert add_part(part=national(proposal), by=officer) == funding
    funding.refresh_from_db()
    seen = seen_as(funding)
    change_part(part=funding, seen=seen, values={"rate_denominator": 4}, by=officer)
    funding.refresh_from_db()
    assert funding.amount_k == 15_779
    with pytest.raises(StalePart):
        change_part(part=funding, seen=seen, values={"rate_denominator": 3}, by=officer)
    remove_part(part=funding, by=officer)
    remove_part(part=funding, by=officer)
    proposal.refresh_from_db()
    assert (proposal.fundings.count(), proposal.general_k) == (0, 69_204)


def test_after_the_request_sources_stay_but_their_state_goes_on(proposal: Proposal, officer: Any) -> None:
    funding = add_part(part=national(proposal), by=officer)
    proposal.stage = BudgetStageFactory(name="要求提出")
    proposal.save()
    with pytest.raises(Unmet, match="提出済み"):
        add_part(part=national(proposal, name="後から"), by=officer)
    with pytest.raises(Unmet, match="提出済み"):
        remove_part(part=funding, by=officer)
    for verb, state in (("plan", "planned"), ("apply", "applied"), ("adopt", "adopted"), ("grant", "granted")):
        assert move_funding(funding=funding, verb=verb, by=officer).status == state
    with pytest.raises(WrongState):
        move_funding(funding=funding, verb="reject", reason="遅い", by=officer)


@pytest.mark.parametrize("state", FundingStatus.values)
def test_every_move_from_every_state(state: str, proposal: Proposal, officer: Any) -> None:
    Funding.objects.bulk_create([national(proposal, status=state, amount_k=0)])
    funding = proposal.fundings.get()
    for row in FUNDING_FLOW.rows:
        Funding.objects.filter(pk=funding.pk).update(status=state)
        for person in (user_with("member"), user_with("finance")):
            with pytest.raises(Forbidden):
                move_funding(funding=funding, verb=row.verb, reason="理由", by=person)
        if state in row.sources:
            assert move_funding(funding=funding, verb=row.verb, reason="理由", by=officer).status == row.target
        else:
            with pytest.raises(WrongState):
                move_funding(funding=funding, verb=row.verb, reason="理由", by=officer)


def test_what_was_not_adopted_waits_until_it_is_settled(proposal: Proposal, officer: Any, client_for: Any) -> None:
    funding = add_part(part=national(proposal), by=officer)
    with pytest.raises(Unmet, match="理由"):
        move_funding(funding=funding, verb="reject", by=officer)
    move_funding(funding=funding, verb="reject", reason="選に漏れた", by=officer)
    funding.refresh_from_db()
    proposal.refresh_from_db()
    assert (funding.amount_k, proposal.general_k) == (0, 69_204)
    balanced()
    client, settle = client_for(officer), f"{proposal.get_absolute_url()}funding/{funding.pk}/settle/"
    page = text_of(client.get(proposal.get_absolute_url()))
    assert "「試験交付金」は不採択になりました。" in page
    assert "要求額のうち30,000千円を残す" in page
    assert settle in text_of(client.get("/"))
    with pytest.raises(Forbidden):
        settle_rejection(funding=funding, words="縮小", by=user_with("finance"))
    with pytest.raises(Unmet):
        settle_rejection(funding=funding, words=" ", by=officer)
    assert client.post(settle, {"words": "30,000千円に縮小した"}).status_code == 302
    assert settle not in text_of(client.get("/"))
    assert client.post(settle, {"words": "もう一度"}).status_code == 422


@pytest.mark.parametrize(
    ("cap_base", "cap_k", "parts", "alone"),
    [("grant", 5_000, (4_000, 1_000), 3_500), ("project", 10_000, (4_000, 1_000), 3_500)],
)
def test_what_was_handed_in_takes_no_more_of_a_shared_cap_by_itself(
    cap_base: str, cap_k: int, parts: tuple[int, int], alone: int, proposal: Proposal, officer: Any, client_for: Any
) -> None:
    """8,000千円 and 7,000千円 at 1/2 share 5,000千円 of the grant (or 10,000千円 of the project): 4,000 and 1,000."""
    grant = GrantFactory(cap_base=cap_base, cap_k=cap_k)
    given = {"grant": grant, "cap_k": cap_k, "if_not_adopted": IfNotAdopted.GENERAL, "fallback_k": None}
    first, second = (
        add_part(part=national(proposal, name=f"窓口{yen}", eligible_yen=yen * 1000, **given), by=officer)
        for yen in (8_000, 7_000)
    )
    assert tuple(proposal.fundings.values_list("amount_k", flat=True)) == parts
    Proposal.objects.filter(pk=proposal.pk).update(stage=BudgetStageFactory(name="要求提出"))
    move_funding(funding=first, verb="reject", reason="不採択の通知", by=officer)
    proposal.refresh_from_db()
    assert tuple(proposal.fundings.values_list("amount_k", flat=True)) == (0, 1_000)
    assert proposal.general_k == 68_204
    words = f"同じ公募の他の財源が不採択になったため、この財源は{alone:,}千円まで受けられます"
    for page in ("", "funding/"):
        assert text_of(client_for(officer).get(proposal.get_absolute_url() + page)).count(words) == 1
    Proposal.objects.filter(pk=proposal.pk).update(stage=BudgetStageFactory(name="起案"))
    proposal.refresh_from_db()
    change_part(part=second, seen=seen_as(proposal.fundings.get(pk=second.pk)), values={"basis": "再計算"}, by=officer)
    assert tuple(proposal.fundings.values_list("amount_k", flat=True)) == (0, alone)
    assert words not in text_of(client_for(officer).get(proposal.get_absolute_url()))
    balanced()


def test_new_roundings_do_not_move_what_was_handed_in(proposal: Proposal, officer: Any) -> None:
    """31,559.5千円, cut off when it was asked for, stay 31,559 where the year rounds up in the meantime."""
    CostLine.objects.filter(request_line__proposal=proposal, eligible=True).update(
        amount_yen=63_119_000, unit_price_yen=63_119_000
    )
    CostLine.objects.filter(request_line__proposal=proposal, eligible=False).update(
        amount_yen=6_085_000, unit_price_yen=6_085_000
    )
    add_part(part=national(proposal), by=officer)
    other = add_part(part=national(proposal, name="別", eligible_yen=2_000_000), by=officer)
    rules = rules_of(proposal.fiscal_year)
    rules.subsidy_rounding = "up"
    rules.save()
    Proposal.objects.filter(pk=proposal.pk).update(stage=BudgetStageFactory(name="要求提出"))
    move_funding(funding=other, verb="reject", reason="不採択の通知", by=officer)
    proposal.refresh_from_db()
    assert tuple(proposal.fundings.values_list("amount_k", flat=True)) == (31_559, 0)
    assert proposal.general_k == 37_645
    balanced()


def test_a_new_source_stands_on_the_only_item_of_revenue_that_fits(
    proposal: Proposal, officer: Any, client_for: Any
) -> None:
    account = proposal.budget_item.account
    item = RevenueItem.objects.create(account=account, source=Source.NATIONAL, kan="15", kan_name="国庫支出金")
    grant = GrantFactory(name="デジ田TYPE1", number="G-2022-0001")
    client, add = client_for(officer), f"{proposal.get_absolute_url()}funding/add/"
    sent = form_of(client.get(f"{add}?grant=G-2022-0001"), "source")
    assert (sent["revenue_item"], sent["grant"]) == (str(item.pk), str(grant.pk))
    empty = form_of(client.get(add), "source")
    assert empty["revenue_item"] == ""
    words = {"source": "national", "name": "補助金", "rate": "1/2", "if_not_adopted": "general"}
    assert client.post(add, empty | words).status_code == 302
    funding = proposal.fundings.get()
    assert funding.revenue_item == item
    change = f"{proposal.get_absolute_url()}funding/{funding.pk}/"
    assert client.post(change, form_of(client.get(change), "source") | {"revenue_item": ""}).status_code == 302
    funding.refresh_from_db()
    assert funding.revenue_item is None, "what a person takes away is not put back"
    RevenueItem.objects.create(account=account, source=Source.NATIONAL, kan="15", kan_name="国庫支出金", kou="02")
    assert form_of(client.get(f"{add}?grant=G-2022-0001"), "source")["revenue_item"] == ""


def test_with_and_without(proposal: Proposal) -> None:
    other = Funding(proposal=proposal, source=Source.OTHER, name="基金", amount_k=1_000)
    grant = national(proposal, amount_k=31_559)
    there, gone = with_and_without(proposal, 69_204, [grant, other])
    assert (there.request_k, there.at_risk_k, there.other_k, there.general_k) == (69_204, 31_559, 1_000, 36_645)
    assert (gone.request_k, gone.at_risk_k, gone.other_k, gone.general_k) == (30_000, 0, 1_000, 29_000)
    for answer, remains in (("general", 69_204), ("forgo", 0), ("supplementary", 0), ("as_written", 69_204)):
        grant = national(proposal, amount_k=31_559, fallback_k=None, if_not_adopted=answer)
        _there, gone = with_and_without(proposal, 69_204, [grant, other])
        assert gone.request_k == remains
        assert gone.general_k >= 0
    assert with_and_without(proposal, 69_204, [other]) is None
    assert with_and_without(proposal, 69_204, [national(proposal, status="granted")]) is None


def test_the_form_takes_over_what_the_programme_says(proposal: Proposal, officer: Any, client_for: Any) -> None:
    grant = GrantFactory(name="デジ田TYPE1", cap_k=100_000, number="G-2022-0001")
    client, here = client_for(officer), proposal.get_absolute_url()
    page = client.get(f"{here}funding/")
    assert f"{here}funding/add/?grant=G-2022-0001" in text_of(page)
    sent = form_of(client.get(f"{here}funding/add/?grant=G-2022-0001"), "rate")
    assert (sent["rate"], sent["cap_k"], sent["name"], sent["source"]) == ("1/2", "100,000", "デジ田TYPE1", "national")
    refused = client.post(f"{here}funding/add/", sent)
    assert refused.status_code == 422
    assert "不採択" in text_of(refused)
    for wrong in ({"rate": "3/2"}, {"rate": "0.5"}, {"amount_k": "5"}, {"fallback_k": ""}, {"cap_k": "-1"}):
        answer = client.post(f"{here}funding/add/", sent | {"if_not_adopted": "reduce", "fallback_k": "1"} | wrong)
        assert answer.status_code == 422, wrong
    given = sent | {"if_not_adopted": "reduce", "fallback_k": "３０,０００"}
    assert client.post(f"{here}funding/add/", given)["Location"] == f"{here}funding/"
    assert client.post(f"{here}funding/add/", given).status_code == 302
    funding = proposal.fundings.get()
    assert (funding.grant, funding.amount_k, funding.fallback_k) == (grant, 31_559, 30_000)
    told = text_of(client.get(here))
    assert "63,118,000円×1/2＝31,559千円（千円未満切捨て）" in told
    chosen = {"grant": grant.pk, "if_not_adopted": "general", "reason": ""}
    assert client.post(f"{here}funding/add/", chosen).status_code == 302
    assert proposal.fundings.count() == 2


def test_more_than_the_call_gives_is_taken_and_stands_beside_the_source(
    proposal: Proposal, officer: Any, client_for: Any
) -> None:
    grant = GrantFactory(cap_k=100_000)
    add_part(part=national(proposal, grant=grant, cap_k=100_000), by=officer)
    client, here = client_for(officer), proposal.get_absolute_url()
    change = f"{here}funding/{proposal.fundings.get().pk}/"
    assert "公募の" not in text_of(client.get(f"{here}funding/"))
    more = form_of(client.get(change), "rate") | {"rate": "10/10", "cap_k": "999,999"}
    assert client.post(change, more).status_code == 302
    assert proposal.fundings.get().amount_k == 63_118
    for address in (here, f"{here}funding/"):
        told = text_of(client.get(address))
        assert "公募の補助率は1/2" in told
        assert "公募の上限は100,000千円" in told


def test_a_typed_amount_of_the_prefecture(proposal: Proposal, officer: Any, client_for: Any) -> None:
    client, here = client_for(officer), proposal.get_absolute_url()
    given = {"source": "prefecture", "name": "県補助金", "amount_k": "3,000", "if_not_adopted": "general"}
    assert client.post(f"{here}funding/add/", given).status_code == 302
    funding = proposal.fundings.get()
    url = f"{here}funding/{funding.pk}/"
    sent = form_of(client.get(url), "rate")
    assert sent["amount_k"] == "3,000"
    assert client.post(url, sent | {"amount_k": "2,500"}).status_code == 302
    late = client.post(url, sent | {"amount_k": "2,000"})
    assert late.status_code == 409
    assert "2,500" in text_of(late)


def test_the_outline_names_the_calls_of_the_sources_where_the_proposal_names_none(proposal: Proposal) -> None:
    first, second, lost, own = (GrantFactory() for _each in range(4))
    rows = [national(proposal, grant=grant) for grant in (first, second, first)]
    Funding.objects.bulk_create([*rows, national(proposal, grant=lost, status="rejected")])
    assert proposal.grants_counted_on == [first, second]
    proposal.grant = own
    assert proposal.grants_counted_on == [own]


def test_the_page_asks_the_same_for_many_sources(proposal: Proposal, officer: Any, client_for: Any) -> None:
    client = client_for(officer)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{proposal.get_absolute_url()}funding/").status_code == 200
        return len(queries)

    Funding.objects.bulk_create([national(proposal, grant=GrantFactory()) for _n in range(3)])
    asked()
    few = asked()
    Funding.objects.bulk_create([national(proposal, grant=GrantFactory()) for _n in range(27)])
    assert asked() == few
