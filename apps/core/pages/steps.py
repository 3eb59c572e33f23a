"""Long lists without a table: so many rows, and the way to those before and after."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest


class Steps:
    """One page of the rows that the address asks for; `newer` and `older` are addresses, or nothing."""

    def __init__(self, rows: Any, request: HttpRequest, *, size: int = 50) -> None:
        page = Paginator(rows, size).get_page(request.GET.get("page"))
        self.rows = page.object_list
        self.total = page.paginator.count
        self.newer = f"?page={page.previous_page_number()}" if page.has_previous() else ""
        self.older = f"?page={page.next_page_number()}" if page.has_next() else ""
