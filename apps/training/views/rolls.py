"""The roll of a session: who came, on the screen, for the personnel section alone."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.core import clock
from apps.core.pages import DetailPage
from apps.core.transitions import Unmet
from apps.core.uploads import StalePreview
from apps.core.writers.xlsx import write_xlsx
from apps.training.choices import EnrolmentState, SessionState
from apps.training.models import Enrolment, Session
from apps.training.selectors.enrolments import roll_counts, roll_of
from apps.training.selectors.roll_form import IN_THE_FORM, roll_columns, roll_row
from apps.training.services.enrolment_flow import RESULTS
from apps.training.services.roll import RollLine, keep_roll, read_number, roll_mark
from apps.training.views.people_acts import PERSONAL
from apps.training.views.session_pages import SessionPage

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Four fields a row: Django takes a thousand in one form.
ROWS = 200
NUMBERS = {"test": "test_score", "satisfaction": "satisfaction"}
RESULT_CHOICES = [
    (EnrolmentState.ATTENDED, pgettext_lazy("roll", "Present")),
    (EnrolmentState.COMPLETED, gettext_lazy("Completed it")),
    (EnrolmentState.ABSENT, gettext_lazy("Did not come")),
]


class RollRow:
    """One row of the form: what stands in the roll, or what was typed, and what is wrong with it."""

    def __init__(self, row: Enrolment, place: int | None, typed: Any = None) -> None:
        self.row, self.place = row, place
        self.errors: dict[str, str] = {}
        if typed is None:
            self.result = row.state if row.state in RESULTS else ""
            self.test, self.satisfaction = _shown(row.test_score), _shown(row.satisfaction)
        else:
            self.result, self.test, self.satisfaction = (
                typed.get(f"{name}_{row.pk}", "") for name in ("result", "test", "satisfaction")
            )

    @property
    def has_seat(self) -> bool:
        return self.row.state == EnrolmentState.ENROLLED

    @property
    def choices(self) -> list[dict[str, Any]]:
        return [{"value": value, "label": label, "chosen": value == self.result} for value, label in RESULT_CHOICES]

    def line(self) -> RollLine:
        """What is said of the person; a number that is none is kept as typed, with what is wrong."""
        values: dict[str, Any] = {}
        if self.result in RESULTS:
            values["state"] = EnrolmentState(self.result)
        for key, name in NUMBERS.items():
            try:
                values[name] = read_number(key, getattr(self, key))
            except ValueError as error:
                self.errors[key] = str(error)
        return RollLine(self.row.person, values)


def _shown(value: Any) -> str:
    return "" if value is None else f"{value.normalize():f}"


class RollPage(SessionPage, DetailPage):
    """The permission and the way."""

    permission = "training.keep_roll"
    classification = PERSONAL
    title = gettext_lazy("Roll")

    def get_title(self) -> Any:
        return self.title

    def address(self, name: str = "session-roll", *further: Any) -> str:
        return reverse(f"training:{name}", args=[self.record.uid, *further])


class SessionRoll(RollPage):
    """Who came?"""

    template_name = "training/session_roll.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.show(self.rows())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = self.rows(request.POST)
        if "all_present" in request.POST:
            for row in rows:
                row.result = row.result or (EnrolmentState.ATTENDED if row.has_seat else "")
        lines = [row.line() for row in rows]
        if any(row.errors for row in rows):
            return self.show(rows, status=422)
        try:
            keep_roll(session=self.record, lines=lines, mark=request.POST.get("mark", ""), by=request.user)
        except StalePreview:
            return self.show(rows, status=409, stale=True)
        except Unmet as refusal:
            return self.show(rows, status=422, refusal=str(refusal))
        messages.success(request, _("The roll is kept."))
        return HttpResponseRedirect(f"{self.address()}?page={self.page.number}")

    def rows(self, typed: Any = None) -> list[RollRow]:
        """One page of the roll, with the places on the waiting list."""
        every = list(roll_of(self.record))
        waiting = [row.pk for row in every if row.state == EnrolmentState.WAITING]
        places = {pk: place for place, pk in enumerate(waiting, start=1)}
        self.page = Paginator(sorted(every, key=_in_order), ROWS).get_page(self.request.GET.get("page"))
        return [RollRow(row, places.get(row.pk), typed) for row in self.page.object_list]

    def show(self, rows: Iterable[RollRow], *, status: int = 200, **kwargs: Any) -> HttpResponse:
        session: Session = self.record
        counts = roll_counts(session)
        context = self.get_context_data(
            rows=rows,
            page=self.page,
            mark=roll_mark(session),
            counts=[(state.label, counts[state]) for state in EnrolmentState if state in counts],
            day_has_come=session.date <= clock.today() and session.state != SessionState.CANCELLED,
            replaces=not session.keeps_roll,
            imports=session.roll_imports.select_related("taken_by")[:5],
            **kwargs,
        )
        return self.render_to_response(context, status=status)


WITH_SEAT = (*RESULTS, EnrolmentState.ENROLLED)


def _in_order(row: Enrolment) -> tuple[int, float, str]:
    """Those with a place by their number, then who waits in the order of the list, then all others."""
    if row.state == EnrolmentState.WAITING:
        return (1, row.applied_at.timestamp() if row.applied_at else 0.0, f"{row.pk:012d}")
    return (0 if row.state in WITH_SEAT else 2, 0.0, row.person.employee_number)


class SessionRollForm(RollPage):
    """The form to fill in Excel, with what the roll says today."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = roll_of(self.record).filter(state__in=IN_THE_FORM).order_by("person__employee_number")
        content = write_xlsx(
            str(_("Roll")), roll_columns(), (roll_row(row) for row in rows), classification=str(PERSONAL)
        )
        response = HttpResponse(content, content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="roll-{self.record.date:%Y%m%d}.xlsx"'
        return response
