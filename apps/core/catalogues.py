"""Catalogues without gettext installed: Babel reads the sources, Django's own parser reads the templates."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

DOMAIN = "django"
METHODS = [
    ("apps/**.py", "python"),
    ("dxportal/**.py", "python"),
    ("templates/**.html", "apps.core.catalogues:extract_template"),
]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def extract_template(
    fileobj: Any, keywords: Any, comment_tags: Any, options: dict[str, Any]
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """What a template says. Django turns it into code that is not Python; line by line Babel finds the calls."""
    source = templatize(fileobj.read().decode("utf-8"))
    for number, line in enumerate(source.split("\n"), start=1):
        for _line, function, messages, comments in _calls(line, keywords, comment_tags, options):
            yield number, function, messages, comments


def _calls(line: str, keywords: Any, comment_tags: Any, options: Any) -> Iterable[Any]:
    try:
        return list(extract_python(BytesIO(line.strip().encode()), keywords, comment_tags, options))
    except (SyntaxError, IndentationError):
        return []


def extracted(root: Path) -> Catalog:
    """Every message of the sources under `root`."""
    catalog = Catalog(domain=DOMAIN, charset="utf-8", fuzzy=False)
    found = extract_from_dir(str(root), METHODS, keywords=KEYWORDS, directory_filter=_is_source)
    for filename, _line, message, _comments, context in found:
        catalog.add(message, None, [(filename, 0)], context=context)
    return catalog


def _is_source(path: Any) -> bool:
    return Path(path).name not in {".venv", ".git", "var", "node_modules", "__pycache__", "migrations"}


def catalogue_path(root: Path, language: str) -> Path:
    return root / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read_catalogue(path: Path, language: str) -> Catalog:
    """The catalogue at `path`, empty where there is none."""
    if not path.exists():
        return Catalog(locale=language, domain=DOMAIN)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def update(root: Path, language: str) -> Catalog:
    """Brings the catalogue in line with the sources; what is translated stays, what is gone goes."""
    path = catalogue_path(root, language)
    catalog = read_catalogue(path, language)
    catalog.update(extracted(root), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, sort_output=True, width=110, no_location=True, omit_header=False)
    return catalog


def untranslated(catalog: Catalog) -> list[str]:
    """The messages without words, or marked as doubtful."""
    return [_text(message.id) for message in catalog if message.id and (message.fuzzy or not _words(message.string))]


def wrong(catalog: Catalog) -> list[str]:
    """The messages whose placeholders do not fit: such a catalogue is not compiled."""
    return [f"{_text(message.id)} ({error})" for message, errors in catalog.check() for error in errors]


def missing(root: Path, language: str) -> list[str]:
    """What the sources say and the catalogue does not know."""
    known = {
        (message.context, _text(message.id)) for message in read_catalogue(catalogue_path(root, language), language)
    }
    return [_text(m.id) for m in extracted(root) if m.id and (m.context, _text(m.id)) not in known]


def surplus(root: Path, language: str) -> list[str]:
    """What the catalogue translates and nobody says any more."""
    said = {(message.context, _text(message.id)) for message in extracted(root)}
    catalog = read_catalogue(catalogue_path(root, language), language)
    return [_text(m.id) for m in catalog if m.id and (m.context, _text(m.id)) not in said]


def _text(message_id: Any) -> str:
    return message_id[0] if isinstance(message_id, list | tuple) else str(message_id)


def _words(string: Any) -> bool:
    return all(string) if isinstance(string, list | tuple) else bool(string)
