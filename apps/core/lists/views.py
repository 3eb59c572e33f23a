"""Pages of what a person keeps of lists: saved searches and columns."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.lists.columns import keep_columns
from apps.core.lists.searches import (
    NotSaved,
    delete_search,
    find_search,
    look,
    move_search,
    rename_search,
    save_search,
    searches_of,
)
from apps.core.lists.tokens import conditions_of, knows_changes
from apps.core.models import SavedSearch
from apps.core.pages import ListPage, Page
from apps.core.pages.base import Crumbs
from apps.core.text import PlainFormField

KEPT = ("sort", "columns")


class NameForm(forms.Form):
    """The name of a search."""

    title = PlainFormField(label=gettext_lazy("Name"), max_length=60)


def list_page(name: str) -> tuple[str, type[ListPage]]:
    """The address and the page of a list by the name of its address; 404 where there is none."""
    try:
        path = reverse(name)
    except NoReverseMatch as unknown:
        raise Http404 from unknown
    page = getattr(resolve(path).func, "view_class", None)
    if not isinstance(page, type) or not issubclass(page, ListPage):
        raise Http404
    return path, page


class ListAct(Page):
    """Changes what a person keeps of a list, and leads back to it."""

    permission = "core.keep_lists"
    http_method_names = ["post"]
    path: str
    page: type[ListPage]

    def load(self) -> None:
        self.path, self.page = list_page(self.request.POST.get("list", ""))

    def back(self, query: str) -> HttpResponseRedirect:
        return HttpResponseRedirect(f"{self.path}?{query}" if query else self.path)

    def present(self) -> QueryDict:
        """The conditions under which the list was shown, without what it does not know."""
        sent = QueryDict(self.request.POST.get("query", ""))
        known = set(self.page.filterset_class.base_filters)
        kept = QueryDict(mutable=True)
        for name, values in sent.lists():
            if (name in known or name in KEPT) and any(values):
                kept.setlist(name, values)
        return kept


class ColumnsKeep(ListAct):
    """Keeps which columns this person wants to see; the address then names none."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        known = [column.key for column in self.page.table_class.columns]
        wanted = [] if "usual" in request.POST else request.POST.getlist("columns")
        keep_columns(list_name=request.POST["list"], columns=[key for key in known if key in wanted], by=request.user)
        query = self.present()
        query.pop("columns", None)
        return self.back(query.urlencode())


class SearchSave(ListAct):
    """Keeps the present conditions under a name."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        query = self.present()
        form = NameForm(request.POST)
        if not conditions_of(query):
            messages.error(request, _("Choose conditions first: without any, the list shows everything."))
        elif not form.is_valid():
            messages.error(request, _("Give the search a name of at most 60 characters."))
        else:
            self.save(form.cleaned_data["title"], query.urlencode())
        return self.back(query.urlencode())

    def save(self, title: str, query: str) -> None:
        try:
            save_search(list_name=self.request.POST["list"], title=title, query=query, by=self.request.user)
        except NotSaved as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.success(self.request, _("Saved as “%(title)s”. It stands above the list.") % {"title": title})


class SearchPage(Page):
    """A page about one saved search; somebody else's answers like one that does not exist."""

    permission = "core.keep_lists"
    search: SavedSearch

    def load(self) -> None:
        found = find_search(self.kwargs["uid"], self.request.user)
        if found is None:
            raise Http404
        self.search = found


class SearchOpen(SearchPage):
    """To the list, where rows that have changed since the last look are marked; from now on they are seen."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        path, page = list_page(self.search.list_name)
        seen = self.search.looked_at
        look(search=self.search, by=request.user)
        query = QueryDict(self.search.query, mutable=True)
        if knows_changes(page.filterset_class._meta.model):
            query["seen"] = seen.astimezone(clock.TOKYO).isoformat(timespec="microseconds")
        return HttpResponseRedirect(f"{path}?{query.urlencode()}")


class SearchChange(SearchPage):
    """Another name, another place, or away."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "delete" in request.POST:
            delete_search(search=self.search, by=request.user)
            messages.success(request, _("“%(title)s” is deleted.") % {"title": self.search.title})
        elif "up" in request.POST or "down" in request.POST:
            move_search(search=self.search, up="up" in request.POST, by=request.user)
        else:
            self.rename()
        return HttpResponseRedirect(f"{reverse('lists:search-list')}?{urlencode({'list': self.search.list_name})}")

    def rename(self) -> None:
        form = NameForm(self.request.POST)
        if not form.is_valid():
            messages.error(self.request, _("Give the search a name of at most 60 characters."))
            return
        try:
            rename_search(search=self.search, title=form.cleaned_data["title"], by=self.request.user)
        except NotSaved as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.success(self.request, _("Saved."))


class SearchList(Page):
    """What one has saved of a list, to rename, to put in order and to delete."""

    permission = "core.keep_lists"
    template_name = "core/lists/search_list.html"
    title = gettext_lazy("Saved searches")
    path: str
    page: type[ListPage]

    def load(self) -> None:
        self.path, self.page = list_page(self.request.GET.get("list", ""))

    def crumbs(self) -> Crumbs:
        return [(_("My work"), "/"), (self.page.title, self.path), (self.title, None)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        searches = list(searches_of(self.request.user, self.request.GET["list"]))
        return super().get_context_data(searches=searches, list_title=self.page.title, list_url=self.path, **kwargs)
