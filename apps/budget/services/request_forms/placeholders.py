"""Reads the braces in a cell of a city's form. It is no language: a word of the list, or a refusal.

There is nothing to run, to reach into or to repeat but the lines of one proposal.
"""

from django.utils.translation import gettext as _

from apps.budget.selectors.form_words import Word, find_word

OTHER_MARKS = ("{%", "%}", "{#", "#}")
WIDE = ("｛｛", "｝｝")


class NoPlaceholder(ValueError):
    """What stands in the braces cannot be filled; the message says why."""


def has_braces(text: str) -> bool:
    """Whether the text holds anything that is, or looks like, a placeholder."""
    return any(mark in text for mark in ("{{", "}}", *OTHER_MARKS, *WIDE))


def parse(text: str) -> list[str | Word]:
    """The text in its parts: words between plain pieces. Raises NoPlaceholder."""
    if mark := next((mark for mark in OTHER_MARKS if mark in text), ""):
        raise NoPlaceholder(_("“%(mark)s” is an instruction: a form holds placeholders only.") % {"mark": mark})
    if any(mark in text for mark in WIDE):
        raise NoPlaceholder(_("Write the braces in half width: {{ }}."))
    parts: list[str | Word] = []
    rest = text
    while "{{" in rest:
        before, _open, rest = rest.partition("{{")
        inner, close, rest = rest.partition("}}")
        if "}}" in before or not close or "{" in inner:
            raise NoPlaceholder(_("The braces do not close: every {{ needs its }}."))
        parts += [before, _word(inner)] if before else [_word(inner)]
    if "}}" in rest:
        raise NoPlaceholder(_("The braces do not close: every {{ needs its }}."))
    return [*parts, rest] if rest else parts


def _word(inner: str) -> Word:
    word = find_word(inner)
    if word is None:
        raise NoPlaceholder(_("There is no placeholder “%(name)s”.") % {"name": inner.strip()[:60]})
    return word
