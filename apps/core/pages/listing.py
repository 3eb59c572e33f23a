"""A list: filters in the address, sorting, pages, and the same rows as a file."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

import django_filters
from django.core.paginator import Page as PaginatedPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.lists.columns import kept_columns
from apps.core.lists.tokens import (
    SHOWN_ONLY,
    StandardSearch,
    conditions_of,
    knows_changes,
    saved_tokens,
    standard_tokens,
)
from apps.core.models import Searched, by_rank
from apps.core.pages.base import Page
from apps.core.pages.files import EXPORTS, table_file
from apps.core.tables import Table

LIST_PARAMETERS = SHOWN_ONLY
RELEVANCE = "relevance"
PAGE_SIZES = (20, 50, 100)


class UnknownParameter(Exception):
    """The address asks for a filter, a sorting or a format that this list does not have."""


class ListPage(Page):
    """Declares a table, a filter set and where its rows start."""

    table_class: ClassVar[type[Table]]
    filterset_class: ClassVar[type[django_filters.FilterSet]]
    template_name = "components/list_page.html"
    body_class = "page--list"
    file_name: ClassVar[str] = "list"
    empty_title: ClassVar[Any] = ""
    empty_text: ClassVar[Any] = ""

    def get_queryset(self) -> QuerySet[Any]:
        raise NotImplementedError

    def actions(self) -> list[dict[str, Any]]:
        """The buttons of the page head: label, url, primary."""
        return []

    def standard_searches(self) -> Sequence[StandardSearch]:
        """What this list is asked for most."""
        return ()

    def standard_counts(self) -> Mapping[str, int]:
        """How many rows each standard search finds, by its name, in one query."""
        return {}

    def notes(self, rows: QuerySet[Any]) -> list[str]:
        """What stands beside the count: sums over all pages."""
        return []

    def views(self) -> list[dict[str, Any]]:
        """Other ways to look at the same rows: label, url, current."""
        return []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.check_parameters(request.GET)
        except UnknownParameter as refusal:
            return self.refused(str(refusal))
        self.filterset = self.filterset_class(request.GET, queryset=self.get_queryset(), request=request)
        if not self.filterset.is_valid():
            return self.render_to_response(self.get_context_data(rows=self.get_queryset().none()), status=400)
        if wanted := request.GET.get("format"):
            return self.export(self.in_order(self.filterset.qs), wanted)
        return self.render_to_response(self.get_context_data(rows=self.filterset.qs))

    def check_parameters(self, query: QueryDict) -> None:
        """An unknown filter is refused, not ignored: a list that is not what the address says misleads."""
        known = LIST_PARAMETERS | set(self.filterset_class.base_filters)
        if unknown := sorted(set(query) - known):
            raise UnknownParameter(_("This list has no filter “%(name)s”.") % {"name": "、".join(unknown)})
        if query.get("sort") and query["sort"] not in self.table_class.sort_keys() | {RELEVANCE}:
            raise UnknownParameter(_("This list cannot be sorted by “%(name)s”.") % {"name": query["sort"]})
        if query.get("format") and query["format"] not in EXPORTS:
            raise UnknownParameter(_("This list is not available as “%(name)s”.") % {"name": query["format"]})
        columns = {column.key for column in self.table_class.columns}
        if unknown := sorted(set(_asked_columns(query)) - columns):
            raise UnknownParameter(_("This list has no column “%(name)s”.") % {"name": "、".join(unknown)})
        if query.get("seen") and self.seen() is None:
            raise UnknownParameter(_("“%(name)s” is no moment.") % {"name": query["seen"]})

    @property
    def list_name(self) -> str:
        """Under what searches and columns of this list are kept: the name of its address."""
        return self.request.resolver_match.view_name if self.request.resolver_match else ""

    @cached_property
    def column_keys(self) -> list[str] | None:
        """The columns that the address names, or else this person has chosen; None for the usual ones."""
        return _asked_columns(self.request.GET) or kept_columns(self.request.user, self.list_name)

    def seen(self) -> datetime | None:
        """When this person looked before, where a saved search says so: what has changed since is marked."""
        try:
            moment = datetime.fromisoformat(self.request.GET.get("seen", ""))
        except ValueError:
            return None
        return moment if moment.tzinfo and knows_changes(self.filterset_class._meta.model) else None

    @property
    def sort(self) -> str:
        """The order of the rows: what is asked for, else what fits the searched words best, else the usual one."""
        asked = self.request.GET.get("sort") or (RELEVANCE if self.request.GET.get("q") else "")
        if asked == RELEVANCE and not (self.request.GET.get("q") and self.is_searched):
            asked = ""
        return asked or self.table_class.default_sort

    @property
    def is_searched(self) -> bool:
        return issubclass(self.filterset_class._meta.model, Searched)

    def in_order(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.sort != RELEVANCE:
            return self.table_class.ordered(rows, self.sort)
        usual = self.table_class.orders(self.table_class.default_sort)
        return by_rank(rows, self.request.GET["q"]).order_by("-hits_in_title", "first_hit", *usual, "pk")

    def export(self, rows: QuerySet[Any], wanted: str) -> HttpResponse:
        """The filtered rows as a file, all pages of them, with the chosen columns."""
        columns = self.table_class.export_columns(self.column_keys)
        data = self.table_class.export_rows(rows, self.column_keys)
        title, day = str(self.get_title()), f"{clock.today():%Y%m%d}"
        name = f"{slugify(self.file_name)}-{day}"
        said = {"title": title, "saved_as": f"{title}_{day}", "classification": str(self.classification)}
        return table_file(wanted, name, columns, data, **said)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = kwargs.pop("rows")
        page = self._page(self.in_order(rows))
        query = self.request.GET
        return super().get_context_data(
            table=self.table(page.object_list),
            page=page,
            total=page.paginator.count,
            page_links=page_links(page, query),
            size_links=[query_link(query, str(size), size=str(size)) for size in PAGE_SIZES],
            **self._filters(),
            **self._kept(),
            notes=self.notes(rows) if page.paginator.count else [],
            views=self.views(),
            export_links=[query_link(query, label, format=key) for key, (label, _type, _ext) in EXPORTS.items()],
            actions=self.actions(),
            empty_title=self.empty_title,
            empty_text=self.empty_text,
            **kwargs,
        )

    def table(self, rows: Any) -> Table:
        return self.table_class(rows, self.request.GET, columns=self.column_keys, sort=self.sort, seen=self.seen())

    def _filters(self) -> dict[str, Any]:
        """The filter form: the fields at hand, and those that are folded away until one is used."""
        query, form = self.request.GET, self.filterset.form
        folded = set(getattr(self.filterset_class, "folded", ()))
        return {
            "filter_form": form,
            "filter_fields": [field for field in form.visible_fields() if field.name not in folded],
            "folded_fields": [field for field in form.visible_fields() if field.name in folded],
            "folded_active": sum(bool(query.get(name)) for name in folded),
            "filter_active": any(query.get(name) for name in self.filterset_class.base_filters),
            "clear_url": self.request.path,
            "sort": query.get("sort", ""),
            "relevance": self._relevance(),
        }

    def _relevance(self) -> dict[str, Any] | None:
        """The order by relevance, where words are searched: as a link, or as what it is already."""
        if not (self.request.GET.get("q") and self.is_searched):
            return None
        return {"url": _address(self.request.GET, sort=RELEVANCE), "current": self.sort == RELEVANCE}

    def _kept(self) -> dict[str, Any]:
        """What people keep of this list: searches as tokens, and which columns there are to choose."""
        query = self.request.GET
        shown = {column.key for column in self.table_class.chosen(self.column_keys)}
        return {
            "list_name": self.list_name,
            "standard_tokens": standard_tokens(
                self.request.path, self.standard_searches(), self.standard_counts(), query
            ),
            "saved_tokens": saved_tokens(self.request.user, self.list_name, query, self._rows_of),
            "may_save": bool(conditions_of(query)) and self.filterset.is_valid(),
            "present_query": query.urlencode(),
            "column_choices": [
                {"key": column.key, "label": column.label, "shown": column.key in shown}
                for column in self.table_class.columns
                if column.kind != "subject"
            ],
        }

    def _rows_of(self, query: QueryDict) -> QuerySet[Any] | None:
        """What these conditions find; None where the list no longer understands them."""
        if not set(query) <= LIST_PARAMETERS | set(self.filterset_class.base_filters):
            return None
        filterset = self.filterset_class(query, queryset=self.get_queryset(), request=self.request)
        return filterset.qs if filterset.is_valid() else None

    def _page(self, rows: QuerySet[Any]) -> PaginatedPage[Any]:
        size = self.request.GET.get("size", "")
        per_page = int(size) if size in {str(n) for n in PAGE_SIZES} else PAGE_SIZES[1]
        return Paginator(rows, per_page).get_page(self.request.GET.get("page"))


def _asked_columns(query: QueryDict) -> list[str]:
    """`?columns=number,title`."""
    return [key for each in query.getlist("columns") for key in each.split(",") if key]


def _address(query: QueryDict, **changes: str) -> str:
    """The present address with some parameters changed; any change but that of the page leads to the first page."""
    changed = query.copy()
    changed.pop("page", None)
    for name, value in changes.items():
        changed[name] = value
    return f"?{changed.urlencode()}"


def query_link(query: QueryDict, label: str, **changes: str) -> dict[str, Any]:
    current = all(query.get(name) == value for name, value in changes.items())
    return {"label": label, "url": _address(query, **changes), "current": current}


def page_links(page: PaginatedPage[Any], query: QueryDict) -> list[dict[str, Any] | None]:
    """The numbered links around the present page; None stands for a gap."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [
        None
        if number == page.paginator.ELLIPSIS
        else {"number": number, "url": _address(query, page=str(number)), "current": number == page.number}
        for number in numbers
    ]
