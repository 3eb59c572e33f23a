"""What becomes of a request where grants do not come: rule by rule, and as an independent oracle says."""

from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.budget.choices import FundingStatus, IfNotAdopted, Source
from apps.budget.models import FutureCost, Proposal
from apps.budget.selectors.refusals import Outcome, may_be_refused, outcome_of
from apps.budget.selectors.scenarios import year_scenarios
from apps.core.fiscal import FiscalYear
from apps.organization.choices import RoleKind
from tests.factories import user_with
from tests.factories.budget import GrantFactory, ProposalFactory

YEAR = FiscalYear(2023)


def browser(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def numbers(outcome: Outcome) -> tuple[int, ...]:
    each = (outcome.request_k, outcome.national_k, outcome.prefecture_k, outcome.bond_k, outcome.other_k)
    return (*each, outcome.general_k, outcome.later_k, outcome.own_k)


def put(funding: str, *, request_k=10_000, fallback_k=None, sources=None, grant=None) -> Proposal:
    proposal = ProposalFactory(request_k=request_k, sources=sources or {"national": 4_000, "other": 3_000})
    first = proposal.fundings.filter(source__in=("national", "prefecture"))
    first.update(if_not_adopted=funding, fallback_k=fallback_k, grant=grant)
    FutureCost.objects.create(proposal=proposal, fiscal_year=YEAR + 1, amount_k=700)
    FutureCost.objects.create(proposal=proposal, fiscal_year=YEAR + 5, amount_k=999)  # beyond the five years
    return proposal


# What is left, other, general, later, five years, unknown: 10,000 = national 4,000 + other 3,000 + general 3,000.
RULES = [
    (IfNotAdopted.REDUCE, 6_000, (6_000, 3_000, 3_000, 0, 3_700, 0)),
    (IfNotAdopted.REDUCE, 2_000, (2_000, 2_000, 0, 0, 700, 0)),  # the other source is cut to what is asked for
    (IfNotAdopted.REDUCE, 99_000, (10_000, 3_000, 7_000, 0, 7_700, 0)),
    (IfNotAdopted.REDUCE, None, (10_000, 3_000, 7_000, 0, 7_700, 1)),
    (IfNotAdopted.FORGO, None, (0, 0, 0, 0, 0, 0)),
    (IfNotAdopted.GENERAL, None, (10_000, 3_000, 7_000, 0, 7_700, 0)),
    (IfNotAdopted.SUPPLEMENTARY, None, (0, 0, 0, 10_000, 10_700, 0)),
    (IfNotAdopted.AS_WRITTEN, None, (10_000, 3_000, 7_000, 0, 7_700, 1)),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "fallback_k", "expected"), RULES)
def test_each_rule(rule, fallback_k, expected):
    put(rule, fallback_k=fallback_k)
    every, none, single = year_scenarios(YEAR, user_with(RoleKind.FINANCE)).scenarios
    assert numbers(every.outcome) == (10_000, 4_000, 0, 0, 3_000, 3_000, 0, 3_700)
    outcome = none.outcome
    amounts = (outcome.request_k, outcome.other_k, outcome.general_k, outcome.later_k, outcome.own_k)
    assert (*amounts, outcome.unknown) == expected
    assert single.outcome == none.outcome


@pytest.mark.django_db
def test_one_call_of_several_proposals_is_one_case():
    grant = GrantFactory(name="共同の交付金")
    for _each in range(2):
        put(IfNotAdopted.FORGO, grant=grant)
    put(IfNotAdopted.GENERAL)
    _every, _none, joint, alone = year_scenarios(YEAR, user_with(RoleKind.FINANCE)).scenarios
    assert {joint.name, alone.name} == {"共同の交付金", "財源0"}
    joint, alone = (joint, alone) if joint.url else (alone, joint)
    assert (joint.refused_k, joint.outcome.request_k, joint.difference_k) == (8_000, 10_000, -6_000)
    assert (alone.refused_k, alone.outcome.request_k, alone.difference_k) == (4_000, 30_000, 4_000)


@dataclass(frozen=True)
class AnySource:
    """A source without a database."""

    pk: int
    source: str
    status: str
    amount_k: int
    if_not_adopted: str
    fallback_k: int | None


def a_proposal():
    amounts = st.integers(0, 50_000)
    source = st.builds(
        AnySource,
        pk=st.just(0),
        source=st.sampled_from(Source.values),
        status=st.sampled_from(FundingStatus.values),
        amount_k=amounts,
        if_not_adopted=st.sampled_from(IfNotAdopted.values),
        fallback_k=st.one_of(st.none(), amounts),
    )
    return st.tuples(st.lists(source, max_size=5), amounts, st.sets(st.integers(0, 4)), st.integers(0, 9_999))


def oracle(request_k, sources, refused, future_k):
    """The same by other means: unit by unit for what is cut, a list of bounds for what remains."""
    gone = [s for s in sources if s.status == "rejected" or s.pk in refused]
    bounds = [request_k] + [0 for s in gone if s.if_not_adopted == "forgo"]
    bounds += [s.fallback_k for s in gone if s.if_not_adopted == "reduce" and s.fallback_k is not None]
    left = min(bounds)
    postponed = any(s.if_not_adopted == "supplementary" for s in gone)
    now, later = (0, left) if postponed else (left, 0)
    kept = [[s.source, s.amount_k] for s in sources if s not in gone]
    too_much = max(sum(amount for _name, amount in kept) - now, 0)
    for row in reversed(kept):
        cut = min(row[1], too_much)
        row[1], too_much = row[1] - cut, too_much - cut
    paid = {name: sum(amount for source, amount in kept if source == name) for name in Source.values}
    ends = request_k > 0 and now == later == 0
    return now, paid, now - sum(paid.values()), later, 0 if ends else future_k


@settings(max_examples=300, deadline=None)
@given(a_proposal())
def test_any_proposal_as_an_oracle_says(drawn):
    sources, extra_k, refused, future_k = drawn
    sources = [
        AnySource(n, s.source, s.status, s.amount_k, s.if_not_adopted, s.fallback_k) for n, s in enumerate(sources)
    ]
    request_k = sum(s.amount_k for s in sources) + extra_k
    refused = {n for n in refused if n < len(sources) and may_be_refused(sources[n])}
    outcome = outcome_of(request_k, sources, refused, future_k=future_k)
    now, paid, general_k, later_k, future_left_k = oracle(request_k, sources, refused, future_k)
    assert (outcome.request_k, outcome.general_k, outcome.later_k) == (now, general_k, later_k)
    assert {name: getattr(outcome, f"{name}_k") for name in Source.values} == paid
    assert outcome.future_k == future_left_k
    assert min(numbers(outcome)) >= 0
    assert sum(paid.values()) + general_k == now <= request_k


@pytest.mark.django_db
def test_the_queries_do_not_grow_with_the_rows():
    user = user_with(RoleKind.FINANCE)
    client, counts = browser(user), []
    for more in (3, 27):
        for _each in range(more):
            put(IfNotAdopted.FORGO, grant=GrantFactory())
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/budget/scenarios/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
