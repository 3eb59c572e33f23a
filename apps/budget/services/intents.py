"""Answers to the intent survey 意向調査, and one step from an answer to a plan or a proposal."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.choices import PlanKind, ProposalKind
from apps.budget.models import BudgetItem, Intent, IntroductionPlan, Proposal
from apps.budget.services.plan_proposals import carry_review, still_there
from apps.budget.services.writing import create_draft
from apps.core import clock, money
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.talk.watching import begin_to_watch
from apps.core.transitions import Unmet

CREATED = declare_event("budget.intent.created", gettext_lazy("Answered the intent survey"))
EDITED = declare_event("budget.intent.edited", gettext_lazy("Changed"))
READINESS = declare_event("budget.intent.readiness_changed", gettext_lazy("Readiness changed"))
ARCHIVED = declare_event("budget.intent.archived", gettext_lazy("Archived"))
PLANNED = declare_event("budget.intent.plan_drafted", gettext_lazy("Introduction plan drafted"))
PROPOSED = declare_event("budget.intent.proposal_drafted", gettext_lazy("Budget proposal drafted"))


def create_intent(*, uid: UUID, values: dict[str, Any], by: Any) -> Intent:
    """An answer of one's own section; the secretariat enters those of any 代理登録. It is taken after July, too."""
    require(by, "budget.create_intent")
    intent = Intent(uid=uid, answered_on=clock.today(), **values)
    require(by, "budget.edit_intent", intent)
    with act(CREATED, by=by):
        intent.save()
        begin_to_watch(intent, [by])
    return intent


def edit_intent(*, intent: Intent, version: int, values: dict[str, Any], by: Any) -> Intent:
    """Changes the answer. Raises StaleVersion where somebody saved in the meantime."""
    require(by, "budget.edit_intent", intent)
    for name, value in values.items():
        setattr(intent, name, value)
    with act(EDITED, by=by):
        save_version(intent, version=version, changes={**values, "search_key": intent.make_search_key()})
    return intent


def change_readiness(*, intent: Intent, readiness: int, reason: str, by: Any, version: int | None = None) -> Intent:
    """How far the case is now, and what has come about; every step stays in the history."""
    require(by, "budget.edit_intent", intent)
    if readiness == intent.readiness:
        raise Unmet(_("This is the readiness that it has already."))
    if not reason.strip():
        raise Unmet(_("Say what has changed."))
    with act(READINESS, by=by, reason=reason):
        changes = {"readiness": readiness}
        save_version(intent, version=intent.version if version is None else version, changes=changes)
    return intent


def archive_intent(*, intent: Intent, reason: str, by: Any, version: int | None = None) -> Intent:
    """Lays the answer aside with a reason. Nothing is deleted."""
    require(by, "budget.archive_intent", intent)
    if not reason.strip():
        raise Unmet(_("Say why."))
    with act(ARCHIVED, by=by, reason=reason):
        version = intent.version if version is None else version
        save_version(intent, version=version, changes={"archived_at": clock.now()})
    return intent


def draft_plan_of_intent(*, intent: Intent, by: Any) -> IntroductionPlan:
    """The introduction plan that the intent begins, or the one that it has begun already.

    Whoever comes second waits at the intent's row and is given what the first one has made.
    """
    require(by, "budget.draft_from_intent", intent)
    with transaction.atomic():
        intent = Intent.objects.select_for_update().get(pk=intent.pk)
        if intent.plan and intent.plan.archived_at is None:
            return intent.plan
        _refuse_archived(intent)
        with act(PLANNED, by=by):
            plan = IntroductionPlan.objects.create(**_plan_values(intent), proposal=still_there(intent.proposal))
            begin_to_watch(plan, [by])
            save_version(intent, version=intent.version, changes={"plan": plan})
    return plan


def _hoped_for(intent: Intent) -> str:
    """A plan has no field for the call: it is named among the sources of money."""
    return _("Grant programme it hopes for: %(grant)s") % {"grant": intent.grant} if intent.grant else ""


def _plan_values(intent: Intent) -> dict[str, Any]:
    amount = money.number(intent.amount_k) if intent.amount_k is not None else ""
    rough = _("Rough amount of the intent survey: %(amount)s thousand yen") % {"amount": amount} if amount else ""
    return {
        "fiscal_year": intent.fiscal_year,
        "unit": intent.unit,
        "title": intent.title,
        "kind": PlanKind.NEW,
        "content": intent.note,
        "money_words": "\n".join(filter(None, (intent.source, _hoped_for(intent), rough))),
    }


def draft_proposal_of_intent(*, intent: Intent, name: str, budget_item: BudgetItem, by: Any) -> Proposal:
    """The draft proposal that the intent begins, or the one that it, or its introduction plan, has already."""
    require(by, "budget.draft_from_intent", intent)
    with transaction.atomic():
        intent = Intent.objects.select_for_update().get(pk=intent.pk)
        plan = IntroductionPlan.objects.select_for_update().filter(intents=intent, archived_at__isnull=True).first()
        if there := still_there(intent.proposal) or still_there(plan.proposal if plan else None):
            return there
        _refuse_archived(intent)
        proposal = create_draft(values={**_proposal_values(intent, name), "budget_item": budget_item}, by=by)
        with act(PROPOSED, by=by):
            save_version(intent, version=intent.version, changes={"proposal": proposal})
            if plan and plan.fiscal_year == intent.fiscal_year and plan.unit_id == intent.unit_id:
                save_version(plan, version=plan.version, changes={"proposal": proposal})
                carry_review(plan=plan, by=by)
    return proposal


def _proposal_values(intent: Intent, name: str) -> dict[str, Any]:
    return {
        "fiscal_year": intent.fiscal_year,
        "name": name,
        "kind": ProposalKind.NEW,
        "requesting_unit": intent.unit,
        "purpose": intent.note or intent.title,
        "grant": intent.grant,
    }


def _refuse_archived(intent: Intent) -> None:
    if intent.archived_at:
        raise Unmet(_("The intent is archived."))
