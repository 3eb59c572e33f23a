"""What is like the words that somebody is typing into the form of a new hurdle: a fragment of that page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from apps.core.pages import Page
from apps.core.text import clean
from apps.hurdles.selectors import similar_hurdles

MOST_CHARACTERS = 10_000


def typed_words(data: Any) -> str:
    """The title and the obstacle as far as they are typed: also the own example of who says "ours too"."""
    words = (clean(data.get(name, "")).strip() for name in ("title", "obstacle"))
    return "\n".join(each for each in words if each)[:MOST_CHARACTERS]


def similar_context(user: Any, typed: str) -> dict[str, Any]:
    """What the right column of the page needs."""
    return {"typed": typed, "similar_hurdles": similar_hurdles(user, typed)}


class SimilarHurdles(Page):
    """The words come by POST: they are long, and they belong into no log of addresses."""

    permission = "hurdles.log_hurdle"
    template_name = "hurdles/parts/similar_list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return HttpResponseRedirect(reverse("hurdles:hurdle-log"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = similar_context(request.user, typed_words(request.POST)) | {"is_fragment": True}
        return self.render_to_response(context)
