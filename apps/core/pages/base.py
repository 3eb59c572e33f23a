"""What every page has: a permission, a title, and the way to it."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.generic import View
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from apps.core.permissions import require

Crumbs = list[tuple[Any, str | None]]


class Page(TemplateResponseMixin, ContextMixin, View):
    """One page, one question. `permission` is a row of the permission table; every page names one."""

    permission: ClassVar[str]
    title: Any = ""
    body_class: ClassVar[str] = ""
    # Who may read it, on paper and in files, where that is not what the whole portal says of itself.
    classification: ClassVar[Any] = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if _holds_nul(request):
            raise Http404
        self.load()
        require(request.user, self.permission, self.permission_subject())
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.render_to_response(self.get_context_data())

    def load(self) -> None:
        """Finds what the page is about; raises Http404 where this person may not know of it."""

    def permission_subject(self) -> Any:
        """What the permission is asked about."""
        return None

    def get_title(self) -> Any:
        return self.title

    def refused(self, reason: str) -> HttpResponse:
        """400: what the address asks for and this page does not have, in words."""
        return render(self.request, "400.html", {"reason": reason, "back_url": self.request.path}, status=400)

    def crumbs(self) -> Crumbs:
        """The way here; the last one is this page."""
        return [(self.get_title(), None)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=self.get_title(),
            crumbs=self.crumbs(),
            body_class=self.body_class,
            classification=self.classification,
            **kwargs,
        )


def _holds_nul(request: HttpRequest) -> bool:
    """No record is found by such an address: the database refuses even to look. What is searched for may hold one."""
    named = (value for name, values in request.GET.lists() if name != "q" for value in values)
    return "\0" in request.path or any("\0" in value for value in named)
