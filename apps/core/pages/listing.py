"""A list: filters in the address, sorting, pages, and the same rows as a file."""

from typing import Any, ClassVar

import django_filters
from django.core.paginator import Page as PaginatedPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.pages.base import Page
from apps.core.tables import Table
from apps.core.writers import Column
from apps.core.writers.csv import write_csv
from apps.core.writers.json import write_json
from apps.core.writers.xlsx import write_xlsx

LIST_PARAMETERS = {"page", "sort", "format", "size"}
PAGE_SIZES = (20, 50, 100)
EXPORTS = {
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "csv": ("CSV (UTF-8)", "text/csv; charset=utf-8", "csv"),
    "csv-cp932": ("CSV (CP932)", "text/csv; charset=cp932", "csv"),
    "json": ("JSON", "application/json", "json"),
}


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

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.check_parameters(request.GET)
        except UnknownParameter as refusal:
            return render(request, "400.html", {"reason": str(refusal), "back_url": request.path}, status=400)
        self.filterset = self.filterset_class(request.GET, queryset=self.get_queryset(), request=request)
        if not self.filterset.is_valid():
            return self.render_to_response(self.get_context_data(rows=self.get_queryset().none()), status=400)
        rows = self.table_class.ordered(self.filterset.qs, request.GET.get("sort") or self.table_class.default_sort)
        if wanted := request.GET.get("format"):
            return self.export(rows, wanted)
        return self.render_to_response(self.get_context_data(rows=rows))

    def check_parameters(self, query: QueryDict) -> None:
        """An unknown filter is refused, not ignored: a list that is not what the address says misleads."""
        known = LIST_PARAMETERS | set(self.filterset_class.base_filters)
        if unknown := sorted(set(query) - known):
            raise UnknownParameter(_("This list has no filter “%(name)s”.") % {"name": "、".join(unknown)})
        if query.get("sort") and query["sort"] not in self.table_class.sort_keys():
            raise UnknownParameter(_("This list cannot be sorted by “%(name)s”.") % {"name": query["sort"]})
        if query.get("format") and query["format"] not in EXPORTS:
            raise UnknownParameter(_("This list is not available as “%(name)s”.") % {"name": query["format"]})

    def export(self, rows: QuerySet[Any], wanted: str) -> HttpResponse:
        """The filtered rows as a file, all pages of them."""
        columns, data = self.table_class.export_columns(), self.table_class.export_rows(rows)
        _label, content_type, extension = EXPORTS[wanted]
        response = HttpResponse(_written(wanted, str(self.get_title()), columns, data), content_type=content_type)
        name = f"{slugify(self.file_name)}-{clock.today():%Y%m%d}.{extension}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self._page(kwargs.pop("rows"))
        query = self.request.GET
        return super().get_context_data(
            table=self.table_class(page.object_list, query),
            page=page,
            total=page.paginator.count,
            page_links=_page_links(page, query),
            size_links=[_link(query, str(size), size=str(size)) for size in PAGE_SIZES],
            filter_form=self.filterset.form,
            filter_active=any(query.get(name) for name in self.filterset_class.base_filters),
            clear_url=self.request.path,
            sort=query.get("sort", ""),
            export_links=[_link(query, label, format=key) for key, (label, _type, _ext) in EXPORTS.items()],
            actions=self.actions(),
            empty_title=self.empty_title,
            empty_text=self.empty_text,
            **kwargs,
        )

    def _page(self, rows: QuerySet[Any]) -> PaginatedPage[Any]:
        size = self.request.GET.get("size", "")
        per_page = int(size) if size in {str(n) for n in PAGE_SIZES} else PAGE_SIZES[1]
        return Paginator(rows, per_page).get_page(self.request.GET.get("page"))


def _written(wanted: str, title: str, columns: list[Column], rows: Any) -> Any:
    if wanted == "xlsx":
        return write_xlsx(title, columns, rows)
    if wanted == "json":
        return write_json(columns, rows)
    return write_csv(columns, rows, encoding="cp932" if wanted == "csv-cp932" else "utf-8-sig")


def _address(query: QueryDict, **changes: str) -> str:
    """The present address with some parameters changed; any change but that of the page leads to the first page."""
    changed = query.copy()
    changed.pop("page", None)
    for name, value in changes.items():
        changed[name] = value
    return f"?{changed.urlencode()}"


def _link(query: QueryDict, label: str, **changes: str) -> dict[str, Any]:
    current = all(query.get(name) == value for name, value in changes.items())
    return {"label": label, "url": _address(query, **changes), "current": current}


def _page_links(page: PaginatedPage[Any], query: QueryDict) -> list[dict[str, Any] | None]:
    """The numbered links around the present page; None stands for a gap."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [
        None
        if number == page.paginator.ELLIPSIS
        else {"number": number, "url": _address(query, page=str(number)), "current": number == page.number}
        for number in numbers
    ]
