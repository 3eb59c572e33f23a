"""The demo city for the tests of this folder."""

import pickle
from collections.abc import Iterator
from unittest.mock import patch

import pytest
import yaml

from apps.city.services.documents import _LineLoader
from tests.city.demo_city import _city_of_this_module, demo_city, folder
from tests.city.whole_database import structure

__all__ = ["_city_of_this_module", "demo_city", "folder", "structure"]

parse = yaml.load
parsed: dict[str, bytes] = {}


def parse_once(text: str, Loader: type[yaml.SafeLoader]) -> object:  # noqa: N803 as the library calls it
    """The same text again is not parsed again: of the twenty files of a city a test changes one."""
    if Loader is not _LineLoader:
        return parse(text, Loader=Loader)
    if text not in parsed:
        parsed[text] = pickle.dumps(parse(text, Loader=Loader))
    return pickle.loads(parsed[text])  # noqa: S301 our own


@pytest.fixture(autouse=True, scope="session")
def _parsed_once() -> Iterator[None]:
    with patch("apps.city.services.documents.yaml.load", parse_once):
        yield
