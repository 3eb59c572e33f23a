"""Reads pages as a browser does: what stands in the forms, and what would be sent."""

from html.parser import HTMLParser
from typing import Any

VOID_TYPES = {"submit", "button", "reset", "image", "file"}


class _Forms(HTMLParser):
    """Collects, in the order of the page, what each form with method=post would send."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[list[tuple[str, str]]] = []
        self.ids: list[str] = []
        self._open = False
        self._area: str | None = None
        self._select: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "form":
            self._open = True
            self.forms.append([])
        elif self._open:
            self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        if tag == "input" and given.get("name"):
            self._input(given)
        elif tag == "textarea":
            self._area, self._text = given["name"], ""
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and "selected" in given and self._select:
            self.forms[-1].append((self._select, given.get("value", "")))

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in VOID_TYPES or (kind in {"radio", "checkbox"} and "checked" not in given):
            return
        self.forms[-1].append((given["name"], given.get("value", "on" if kind == "checkbox" else "")))

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area:
            self.forms[-1].append((self._area, self._text.removeprefix("\n").removeprefix("\r\n")))
            self._area = None


def text_of(response: Any) -> str:
    """The page as text, with its tags."""
    return str(response.content.decode("utf-8"))


def ids_of(response: Any) -> list[str]:
    parser = _Forms()
    parser.feed(text_of(response))
    return parser.ids


def form_of(response: Any, field: str) -> dict[str, Any]:
    """What the form that holds `field` would send; a name that occurs several times gives a list."""
    parser = _Forms()
    parser.feed(text_of(response))
    pairs = next(form for form in parser.forms if field in dict(form))
    names = [name for name, _value in pairs]
    sent: dict[str, Any] = {}
    for name, value in pairs:
        sent[name] = [*sent.get(name, []), value] if names.count(name) > 1 else value
    return sent
