"""Every address is a page with a permission; every template is used, compiles, and brings nothing from outside."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template import engines
from django.urls import URLPattern, URLResolver, get_resolver

from apps.core.pages import Page
from apps.core.permissions import permission_table

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file())
STATIC = sorted(path for path in (ROOT / "static").rglob("*") if path.suffix in {".css", ".js", ".svg"})
# What anybody may ask for, and the address that leads to one's first page; the admin guards itself.
NO_PAGES = {"login", "logout", "healthz", "readyz", "home"}
# Django and crispy-forms look for these by themselves.
BY_CONVENTION = re.compile(r"(40[034]|403_csrf|409|500)\.html|dads/.*")


def views(resolver: URLResolver | None = None) -> Iterator[tuple[str, Any]]:
    """Every address with the view that answers it, but for Django's admin."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLPattern):
            yield str(each.name), each.callback
        elif each.namespace != "admin":
            yield from views(each)


def test_every_view_is_a_page_with_a_permission_of_the_table() -> None:
    found = dict(views())
    assert set(found) >= NO_PAGES
    for name, view in found.items():
        if name in NO_PAGES:
            continue
        page = getattr(view, "view_class", None)
        assert page, f"{name} is no class"
        assert issubclass(page, Page), f"{name} is no Page"
        assert getattr(page, "permission", None) in permission_table, f"{name} names no permission"


def test_every_permission_of_a_page_speaks_of_its_own_app() -> None:
    for name, view in views():
        page = getattr(view, "view_class", None)
        if name not in NO_PAGES:
            assert page.permission.partition(".")[0] in page.__module__, name


def mentions() -> str:
    """Everything in which a template can be named."""
    files = [*TEMPLATES.rglob("*.html"), *(ROOT / "apps").rglob("*.py"), *(ROOT / "dxportal").rglob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_every_template_is_used() -> None:
    text = mentions()
    unused = [name for name in NAMES if not BY_CONVENTION.fullmatch(name) and f'"{name}"' not in text]
    assert unused == []


@pytest.mark.parametrize("name", NAMES)
def test_a_template_compiles(name: str) -> None:
    engines["django"].get_template(name)


# Comments of templates are not sent; what they name does no harm.
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL)
FORBIDDEN = {
    "style=": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "<style>": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "a handler on…=": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an address outside": re.compile(r"https?:(?!//www\.w3\.org/2000/svg)//?", re.IGNORECASE),
    "an address without protocol": re.compile(r"""(?:src|href|action)\s*=\s*["']//""", re.IGNORECASE),
    "javascript:": re.compile(r"javascript:", re.IGNORECASE),
    "|safe without need": re.compile(r"\|\s*safe\b(?!seq)|autoescape off"),
}
# Help texts and marked search hits are made by the program and hold their own markup.
SAFE = {"dads/help.html"}


@pytest.mark.parametrize("name", NAMES)
def test_a_template_brings_nothing_inline_and_nothing_from_outside(name: str) -> None:
    text = COMMENT.sub("", (TEMPLATES / name).read_text(encoding="utf-8"))
    found = [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]
    allowed = ["|safe without need"] if name in SAFE else []
    assert found == allowed


@pytest.mark.parametrize("path", STATIC, ids=lambda path: path.name)
def test_a_static_file_asks_nobody_outside(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://", text)
    assert not re.search(r"""url\(\s*["']?//""", text)
    if path.suffix == ".js":
        assert not re.search(r"\beval\(|new Function\(|\.innerHTML\b|insertAdjacentHTML|document\.write", text)


def test_every_static_file_is_used() -> None:
    text = mentions() + "\n".join(path.read_text(encoding="utf-8") for path in STATIC)
    for path in (ROOT / "static").rglob("*"):
        if path.is_file():
            assert path.name in text, f"{path.name} is used nowhere"
