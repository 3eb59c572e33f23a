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
    if "(" not in line:
        return []
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


def missing(said: Catalog, known: Catalog) -> list[str]:
    """What the sources say and the catalogue does not know."""
    return _only_in(said, known)


def surplus(said: Catalog, known: Catalog) -> list[str]:
    """What the catalogue translates and nobody says any more."""
    return _only_in(known, said)


def _only_in(catalog: Catalog, other: Catalog) -> list[str]:
    there = {(message.context, _text(message.id)) for message in other}
    return [_text(m.id) for m in catalog if m.id and (m.context, _text(m.id)) not in there]


def _text(message_id: Any) -> str:
    return message_id[0] if isinstance(message_id, list | tuple) else str(message_id)


def _words(string: Any) -> bool:
    return all(string) if isinstance(string, list | tuple) else bool(string)
