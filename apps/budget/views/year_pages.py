"""Pages about one fiscal year, which stands in the path of the address or is asked for: next year's where none is."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from apps.budget.selectors.requests import request_year
from apps.core.fiscal import FiscalYear
from apps.core.pages import Page
from apps.core.pages.files import EXPORTS
from apps.core.wareki import WarekiError


def asked_year(request: HttpRequest) -> FiscalYear:
    """The year that is asked for, else the one for which budgets are asked for. Raises WarekiError."""
    asked = request.GET.get("year", "")
    return FiscalYear.parse(asked) if asked else request_year()


class OfYear:
    """The year stands in the path; what is no fiscal year has no page."""

    kwargs: dict[str, Any]
    year: FiscalYear

    def load(self) -> None:
        try:
            self.year = FiscalYear(self.kwargs["year"])
        except WarekiError as error:
            raise Http404 from error


class TableOfYear(Page):
    """What the address asks for and the page does not have is refused in words; `?format=` gives a file."""

    known: ClassVar[frozenset[str]]
    year: FiscalYear

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if refusal := self.refusal():
            return self.refused(refusal)
        if (wanted := request.GET.get("format")) and self.has_file():
            return self.file(wanted)
        return super().get(request, *args, **kwargs)

    def refusal(self) -> str | None:
        """What the address asks for and this page does not have, in words."""
        query = self.request.GET
        if unknown := sorted(set(query) - self.known):
            return _("This list has no filter “%(name)s”.") % {"name": "、".join(unknown)}
        if query.get("format") and query["format"] not in EXPORTS:
            return _("This list is not available as “%(name)s”.") % {"name": query["format"]}
        try:
            self.year = asked_year(self.request)
        except WarekiError as error:
            return str(error)
        return None

    def has_file(self) -> bool:
        return True

    def file(self, wanted: str) -> HttpResponse:
        """All rows, not only those of one page."""
        raise NotImplementedError
