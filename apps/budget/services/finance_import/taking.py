"""From a file of the finance system into the budget: keep it, show what it does, and do that in one act."""

from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.choices import AmountBasis
from apps.budget.models import (
    BudgetStage,
    FinanceAmount,
    FinanceFileFormat,
    FinanceImport,
    Proposal,
    RequestLine,
)
from apps.budget.selectors.appraisal import sees_appraisal
from apps.budget.selectors.finance import APPRAISING, tells_appraisal
from apps.budget.services.appraisals import APPRAISALS_TAKEN, take_over_appraisals
from apps.budget.services.finance_import.planning import FIELDS, Plan, make_plan
from apps.budget.services.finance_import.reading import Question, Reading, read_finance_file
from apps.budget.services.stage_entries import Entered, lock_year
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.models import Upload
from apps.core.permissions import require
from apps.core.uploads import StalePreview, drop_upload, find_upload, keep_upload, still_waits

TAKEN_OVER = declare_event("budget.finance.imported", gettext_lazy("Taken over from the finance system"))
PERMISSION = "budget.import_finance"
PURPOSE = "budget.finance"
BATCH = 1000


class TakenOver(NamedTuple):
    """The file that was taken over, and what it did; no plan where an earlier click has done it."""

    file: FinanceImport
    plan: Plan | None


def _require(by: Any, year: FiscalYear, stage: BudgetStage | None) -> None:
    """Amounts under appraisal are for those alone who see them."""
    require(by, PERMISSION)
    if tells_appraisal(stage) and not sees_appraisal(by, year):
        require(by, "budget.view_appraisal")


def keep_finance_file(
    *,
    name: str,
    content: bytes,
    year: FiscalYear,
    basis: str,
    stage: BudgetStage | None,
    file_format: FinanceFileFormat | None,
    by: Any,
    zero_absent: bool = False,
) -> tuple[Upload | None, Reading]:
    """Keeps a file without faults until its preview is confirmed; of one with faults nothing is kept.

    With `zero_absent` the 節 that the file does not name become zero, of the projects that it names; of amounts asked
    for, which change nothing here, there is nothing to say.
    Raises WorkbookRefused for what is no such file, and FileRefused for what is no file.
    """
    stage = stage if basis == AmountBasis.STAGE else None
    _require(by, year, stage)
    zero_absent = zero_absent and (stage is None or stage.kind in APPRAISING)
    question = replace(Question.by(year, basis, stage, file_format), zero_absent=zero_absent)
    reading = read_finance_file(name, content, question)
    if reading.faults:
        return None, reading
    options = {
        "year": int(year),
        "basis": basis,
        "stage": stage.pk if stage else None,
        "in_yen": question.in_yen,
        "columns": list(question.columns),
        "zero_absent": question.zero_absent,
    }
    return keep_upload(purpose=PURPOSE, name=name, content=content, by=by, options=options), reading


def find_finance_file(uid: UUID, by: Any) -> Upload | None:
    """One's own file that waits for its confirmation."""
    return find_upload(uid=uid, purpose=PURPOSE, by=by)


def taken_import(uid: UUID) -> FinanceImport | None:
    """What an earlier click has made of this file."""
    return FinanceImport.objects.filter(uid=uid).first()


def question_of(upload: Upload) -> Question:
    """What the kept file is read as."""
    options = upload.options
    stage = BudgetStage.objects.get(pk=options["stage"]) if options["stage"] else None
    return Question(
        FiscalYear(options["year"]),
        options["basis"],
        stage,
        options["in_yen"],
        tuple(options.get("columns", ())),
        options.get("zero_absent", False),
    )


def plan_finance_file(upload: Upload) -> Plan:
    """What the file would do, read anew."""
    question = question_of(upload)
    reading = read_finance_file(upload.name, bytes(upload.content), question)
    plan = make_plan(question, reading)
    earlier = FinanceImport.objects.filter(
        fiscal_year=question.year, basis=question.basis, stage=question.stage, sha256=upload.sha256
    )
    plan.taken_before = earlier.select_related("taken_by").first()
    return plan


def take_over_finance_file(*, upload: Upload, mark: str, by: Any) -> TakenOver:
    """Writes what the preview showed in one act, whose reason names the file.

    The second click of the same preview leads to what the first one did. Raises StalePreview.
    """
    with transaction.atomic():
        if not still_waits(upload):
            return TakenOver(FinanceImport.objects.get(uid=upload.uid), None)
        question = question_of(upload)
        _require(by, question.year, question.stage)
        # Whoever edits a proposal of the year meanwhile waits, or is waited for.
        lock_year(question.year)
        plan = plan_finance_file(upload)
        if plan.mark != mark:
            raise StalePreview
        with act(APPRAISALS_TAKEN if plan.new_entries else TAKEN_OVER, by=by, reason=_reason(upload)):
            done = _write(plan, upload, by)
        drop_upload(upload=upload, by=by)
    return TakenOver(done, plan)


def _reason(upload: Upload) -> str:
    return _("File “%(name)s” of the finance system") % {"name": upload.name}


def _write(plan: Plan, upload: Upload, by: Any) -> FinanceImport:
    question = plan.question
    done = FinanceImport.objects.create(
        uid=upload.uid,
        fiscal_year=question.year,
        basis=question.basis,
        stage=question.stage,
        name=upload.name,
        sha256=upload.sha256,
        rows=len(plan.rows),
        taken_by=by,
        taken_at=clock.now(),
    )
    FinanceAmount.objects.bulk_create(
        (
            FinanceAmount(
                taken=done,
                row=each.row.row,
                project_code=each.row.code,
                project_name=each.row.name,
                item_number=each.row.number,
                amount_k=each.row.amount_k,
                comment=each.row.comment,
            )
            for each in plan.rows
        ),
        batch_size=BATCH,
    )
    _write_lines(plan)
    _write_entries(plan, by)
    return done


def _write_lines(plan: Plan) -> None:
    """The amounts for comparison; a 節 that only the years before had becomes a line that asks for nothing."""
    if not plan.changes:
        return
    column = FIELDS[AmountBasis(plan.question.basis)]
    changed = [change.line for change in plan.changes if change.line is not None]
    for change in plan.changes:
        if change.line is not None:
            setattr(change.line, column, change.new_k)
    RequestLine.objects.bulk_update(changed, [column], batch_size=BATCH)
    new = [change for change in plan.changes if change.line is None]
    proposals = {change.proposal.pk for change in plan.changes}
    last = dict(
        RequestLine.objects.filter(proposal__in=proposals).values_list("proposal").annotate(Max("order")).order_by()
    )
    RequestLine.objects.bulk_create(
        [
            RequestLine(
                proposal=change.proposal,
                expense_item=change.item,
                request_k=0,
                order=last.get(change.proposal.pk, 0) + 1,
                **{column: change.new_k},
            )
            for change in new
        ],
        batch_size=BATCH,
    )
    # Whoever has the cost editor open is shown what came in between.
    Proposal.objects.filter(pk__in=proposals).update(version=F("version") + 1, updated_at=clock.now())


def _write_entries(plan: Plan, by: Any) -> None:
    """The words of an appraisal are those of the file; the history says from which file it came."""
    stage = plan.question.stage
    if stage is None or not plan.new_entries:
        return
    entered = [Entered(each.proposal, each.total_k, each.amounts, each.comment) for each in plan.new_entries]
    take_over_appraisals(entered, stage, by=by)
