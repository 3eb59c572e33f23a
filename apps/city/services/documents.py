"""YAML that remembers on which line each entry stands."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from apps.city.services.problems import Problems


class Mapping(dict[str, Any]):
    """A mapping that knows its line and the line of each of its keys."""

    line: int = 1
    lines: dict[str, int]


def empty_mapping(line: int = 1) -> Mapping:
    """What stands in for an entry that is missing."""
    empty = Mapping()
    empty.line, empty.lines = line, {}
    return empty


class Sequence(list[Any]):
    """A list that knows the line of each entry."""

    line: int = 1
    lines: list[int]


class _LineLoader(yaml.CSafeLoader):
    """SafeLoader, in C, that makes the two classes above; a key given twice is a fault."""


def _mapping(loader: _LineLoader, node: yaml.MappingNode) -> Iterator[Mapping]:
    result = Mapping()
    result.line, result.lines = node.start_mark.line + 1, {}
    yield result
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in result:
            raise yaml.constructor.ConstructorError(
                None, None, _("“%(key)s” is given twice") % {"key": key}, key_node.start_mark
            )
        result[key] = loader.construct_object(value_node, deep=True)
        result.lines[key] = value_node.start_mark.line + 1


def _sequence(loader: _LineLoader, node: yaml.SequenceNode) -> Iterator[Sequence]:
    result = Sequence()
    result.line = node.start_mark.line + 1
    result.lines = [child.start_mark.line + 1 for child in node.value]
    yield result
    result.extend(loader.construct_object(child, deep=True) for child in node.value)


_LineLoader.add_constructor("tag:yaml.org,2002:map", _mapping)
_LineLoader.add_constructor("tag:yaml.org,2002:seq", _sequence)


def read_documents(folder: Path, names: list[str], problems: Problems) -> dict[str, Mapping]:
    """The files of a city by name; a missing file is empty, a broken one is a fault."""
    return {name: _read(folder / name, problems) for name in names if (folder / name).exists()}


def _read(path: Path, problems: Problems) -> Mapping:
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=_LineLoader)  # noqa: S506 a SafeLoader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.add(path.name, mark.line + 1 if mark else 1, _("broken YAML: %(what)s") % {"what": error.problem})
    except yaml.YAMLError as error:
        problems.add(path.name, 1, _("broken YAML: %(what)s") % {"what": error})
    except (OSError, UnicodeDecodeError) as error:
        problems.add(path.name, 1, error)
    else:
        if isinstance(document, Mapping):
            return document
        problems.add(path.name, 1, _("the file must be a mapping"))
    return empty_mapping()
