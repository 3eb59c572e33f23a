"""Every address of the budget with a record of each kind behind it, and for each page a state in which it can act.

An address that is not known here fails the tests that walk them, so that whoever adds a page adds it here, too.
"""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils import timezone

from apps.budget.choices import StageKind
from apps.budget.models import (
    BudgetStage,
    BudgetYear,
    FinanceFileFormat,
    Funding,
    GrantProgramme,
    Intent,
    IntroductionPlan,
    OutcomeValue,
    Proposal,
    RequestForm,
    ReviewCriterion,
    StageEntry,
)
from apps.budget.selectors.stages import asked_for
from apps.budget.services.finance_import import keep_finance_file
from apps.core.fiscal import FiscalYear
from apps.core.models import Upload
from apps.core.uploads import keep_upload
from apps.hurdles.models import Hurdle
from apps.organization.choices import RoleKind
from apps.organization.models import User
from apps.training.models import TrainingPlan
from tests.budget.whole_plans import SYSTEM, WHOLE
from tests.factories import RoleFactory, UserFactory, user_with
from tests.training.test_personal_records import routes

YEAR = FiscalYear(2023)


@dataclass(frozen=True)
class Address:
    """One address: its name without `budget:`, its path, and what its page takes."""

    name: str
    path: str
    posts: bool
    gets: bool


@dataclass
class Scene:
    """The records behind the addresses, and who may do everything with them."""

    proposal: Proposal
    boss: User
    sender: User
    plan: IntroductionPlan
    intent: Intent
    grant: GrantProgramme
    form: RequestForm
    preview: Upload
    prepared: Upload
    parts: dict[str, Model] = field(default_factory=dict)

    def addresses(self) -> Iterator[Address]:
        """Every address of the budget."""
        for name, route, page in routes():
            if route.startswith("budget/"):
                own = name.removeprefix("budget:")
                taken = {verb for verb in page.http_method_names if hasattr(page, verb)}
                yield Address(own, self.path_of(own, route), "post" in taken, "get" in taken)

    def path_of(self, name: str, route: str) -> str:
        return "/" + re.sub(r"<\w+:(\w+)>", lambda place: str(self.value(name, route, place.group(1))), route)

    def value(self, name: str, route: str, parameter: str) -> Any:
        """What stands at a place of a route. Raises KeyError for a place that nothing here fills."""
        if parameter in {"address", "uid"}:
            return self.record_of(route)
        values = {"year": int(YEAR), "kind": "docx", "criterion": self.parts["criterion"].pk}
        return {**values, "hurdle": self.parts["hurdle"].pk, "part": self.part_of(name)}[parameter]

    def record_of(self, route: str) -> Any:
        records = {
            "proposals/from-plan/": self.parts["training"],
            "proposals/": self.proposal,
            "grants/": self.grant,
            "plans/": self.plan,
            "intents/": self.intent,
            "reconcile/import/": self.preview,
            "export/formats/": self.parts["format"],
            "export/files/": self.prepared,
            "forms/": self.form,
        }
        record = next(each for prefix, each in records.items() if route.startswith(f"budget/{prefix}"))
        return getattr(record, "address", None) or record.uid  # type: ignore[attr-defined]

    def part_of(self, name: str) -> int:
        found = [part for kind, part in self.parts.items() if name.removeprefix("proposal-").startswith(kind)]
        return int(found[0].pk) if found else 0

    def ready(self, name: str) -> None:
        """Puts the record into a state in which the page of this address can act."""
        if kind := STAGES.get(name):
            at_stage(self.proposal, kind)
        if status := PLAN_STATES.get(name):
            IntroductionPlan.objects.filter(pk=self.plan.pk).update(status=status, result=PLAN_RESULTS.get(name, ""))
        if change := CHANGES.get(name):
            change(self)


STAGES: dict[str, StageKind] = {
    "proposal-coordinate": StageKind.SECTION,
    "proposal-submit": StageKind.SECTION,
    "proposal-return": StageKind.SECTION,
    "proposal-withdraw": StageKind.SECTION,
    "proposal-hear": StageKind.REQUEST,
    "proposal-appraise": StageKind.HEARING,
    "proposal-hold": StageKind.HEARING,
    "proposal-resume": StageKind.HEARING,
    "proposal-revive": StageKind.NOTICE,
    "proposal-appraise-revival": StageKind.REVIVAL,
    "budget-disclose": StageKind.APPRAISAL,
    "budget-settle": StageKind.NOTICE,
}
PLAN_STATES = {"plan-review": "submitted", "plan-return": "submitted", "plan-reopen": "reviewed"}
PLAN_RESULTS = {"plan-reopen": "fit"}


def _held(scene: Scene) -> None:
    StageEntry.objects.create(
        proposal=scene.proposal,
        stage=scene.proposal.stage,
        date=date(2022, 10, 14),
        actor=scene.boss,
        amount_k=sum(asked_for(scene.proposal).values()),
        held=True,
    )


def _cut(scene: Scene) -> None:
    """What was told is less than what was asked for, so that more can be asked for."""
    item, asked_k = max(asked_for(scene.proposal).items(), key=lambda each: each[1])
    entry = scene.proposal.stage_entries.order_by("-pk").first()
    assert entry is not None
    entry.amounts.create(
        expense_item_id=item.expense_item, host_code=item.host_code, request_k=asked_k, assessed_k=asked_k - 1_000
    )


def _told(_scene: Scene) -> None:
    Proposal.objects.filter(fiscal_year=YEAR).update(stage=BudgetStage.objects.get(kind=StageKind.NOTICE))
    BudgetYear.objects.update_or_create(fiscal_year=YEAR, defaults={"disclosed_on": date(2022, 10, 14)})


def _funding(**values: Any) -> Callable[[Scene], None]:
    def change(scene: Scene) -> None:
        Funding.objects.filter(pk=scene.parts["funding"].pk).update(**values)

    return change


def _priority(scene: Scene) -> None:
    IntroductionPlan.objects.filter(pk=scene.plan.pk).update(priority_case=True, priority_reason="市長の重点")


def _whole(scene: Scene) -> None:
    IntroductionPlan.objects.filter(pk=scene.plan.pk).update(**WHOLE, **SYSTEM)


def _owned(scene: Scene) -> None:
    Proposal.objects.filter(pk=scene.proposal.pk).update(team_proposal=True, owning_unit=scene.boss.unit)


CHANGES: dict[str, Callable[[Scene], None]] = {
    "proposal-resume": _held,
    "proposal-revive": _cut,
    "proposal-answer": _owned,
    "plan-submit": _whole,
    "plan-unmark-priority": _priority,
    "budget-settle": _told,
    "funding-adopt": _funding(status="applied"),
    "funding-grant": _funding(status="applied"),
    "funding-settle": _funding(status="rejected"),
}


def at_stage(proposal: Proposal, kind: StageKind) -> None:
    """Stands at the first stage of this kind, with an entry of the request and of the stage."""
    stage = BudgetStage.objects.filter(kind=kind).first()
    Proposal.objects.filter(pk=proposal.pk).update(stage=stage)
    proposal.refresh_from_db()
    amount_k = sum(asked_for(proposal).values())
    for reached in dict.fromkeys((BudgetStage.objects.get(kind=StageKind.REQUEST), proposal.stage)):
        StageEntry.objects.create(
            proposal=proposal, stage=reached, date=date(2022, 10, 14), actor=User.objects.first(), amount_k=amount_k
        )


def a_scene() -> Scene:
    """B-04 of the demo city with every kind of part, and who holds every role in its section."""
    proposal = Proposal.objects.get(source_key="B-04")
    at = BudgetStage.objects.get(kind=StageKind.DRAFT)
    Proposal.objects.filter(pk=proposal.pk).update(stage=at)
    proposal.refresh_from_db()
    boss = UserFactory(unit=proposal.requesting_unit)
    for kind in RoleKind:
        RoleFactory(user=boss, kind=kind)
    plan = IntroductionPlan.objects.filter(proposal__isnull=True).first() or IntroductionPlan.objects.first()
    grant = GrantProgramme.objects.filter(status="before_call").first()
    intent = Intent.objects.first()
    assert plan
    assert grant
    assert intent
    IntroductionPlan.objects.filter(pk=plan.pk).update(status="draft", result="", proposal=None, unit=boss.unit)
    Intent.objects.filter(pk=intent.pk).update(unit=boss.unit)
    sender = user_with(RoleKind.FINANCE, RoleKind.SECRETARIAT, RoleKind.AUDITOR)
    scene = Scene(proposal, boss, sender, plan, intent, grant, a_form(boss), a_preview(boss), a_file(boss))
    scene.parts = {**parts_of(proposal), **others(scene)}
    return scene


def parts_of(proposal: Proposal) -> dict[str, Model]:
    outcome = proposal.outcomes.create(name="待ち時間", target=35, target_year=2024, measured_until=2026)
    OutcomeValue.objects.create(indicator=outcome, fiscal_year=2022, value=40, entered_by=User.objects.first())
    cost = proposal.continuing_costs.create(item="庁舎の改修")
    return {
        "funding": proposal.fundings.first() or proposal.fundings.create(source="other", name="基金", amount_k=0),
        "evidence": proposal.evidence.create(kind="survey", text="満足度は4割"),
        "outcomes": outcome,
        "debt-burdens": proposal.debt_burdens.create(item="利用料", from_year=2024, to_year=2027, limit_k=500),
        "continuing-costs": cost,
        "yearly-shares": cost.years.create(fiscal_year=2023, amount_k=100),
        "long-contracts": proposal.long_contracts.create(item="端末", from_year=2023, to_year=2027, yearly_k=50),
        "carryovers": proposal.carryovers.create(item="調査", spent_in=2024, amount_k=10, reason="遅い"),
        "future-costs": proposal.future_costs.get_or_create(fiscal_year=2024, defaults={"amount_k": 60})[0],
    }


def others(scene: Scene) -> dict[str, Model]:
    hurdle, criterion = Hurdle.objects.order_by("pk").first(), ReviewCriterion.objects.first()
    training, file_format = TrainingPlan.objects.first(), FinanceFileFormat.objects.first()
    assert hurdle
    assert criterion
    assert training
    assert file_format
    scene.plan.hurdle_links.get_or_create(hurdle=hurdle)
    return {
        "hurdle": hurdle,
        "criterion": criterion,
        "training": training,
        "format": file_format,
        "requirement": scene.grant.checklist.create(text="標準化の計画がある", order=99),
        "candidate": scene.proposal.candidate_links.create(grant=scene.grant),
    }


def a_form(by: User) -> RequestForm:
    return RequestForm.objects.create(
        uid=uuid.uuid4(),
        name="要求書の様式",
        file_name="様式.xlsx",
        content=b"",
        sha256="0" * 64,
        taken_by=by,
        taken_at=timezone.now(),
    )


def a_preview(by: User) -> Upload:
    """A file of the finance system that waits for the yes of who sent it."""
    text = "事業コード,事業名,節番号,節,金額\r\n0205-001,x,12,,9\r\n"
    upload, reading = keep_finance_file(
        name="財務.csv", content=text.encode(), year=YEAR, basis="previous", stage=None, file_format=None, by=by
    )
    assert upload is not None, reading.faults
    return upload


def a_file(by: User) -> Upload:
    """What a job has prepared for who asked for it."""
    return keep_upload(purpose="budget.request", name="要求書.xlsx", content=b"PK", by=by)
