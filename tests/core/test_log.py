"""What the portal writes to its log: a line for a refusal, a trace for a fault."""

import logging
from io import StringIO
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils.log import log_response

from tests.factories import user_with


@pytest.fixture
def written(monkeypatch: Any) -> StringIO:
    """What the handler of the portal writes."""
    stream = StringIO()
    handler = next(each for each in logging.getLogger("django").handlers if isinstance(each, logging.StreamHandler))
    monkeypatch.setattr(handler, "stream", stream)
    return stream


@pytest.mark.django_db
def test_a_refusal_is_one_line(written: StringIO, client: Client) -> None:
    client.force_login(user_with("viewer"))
    assert client.get("/budget/export/").status_code == 403
    assert client.get("/budget/nowhere/").status_code == 404
    lines = written.getvalue().splitlines()
    assert [line.split("WARNING")[1] for line in lines] == [
        " django.request Forbidden (Permission denied): /budget/export/",
        " django.request Not Found: /budget/nowhere/",
    ]


def test_a_fault_has_its_trace(written: StringIO) -> None:
    request, fault = RequestFactory().get("/budget/"), ValueError("鵺")
    response: Any = type("Response", (), {"status_code": 500})()
    log_response("Internal Server Error: %s", request.path, response=response, request=request, exception=fault)
    assert "鵺" in written.getvalue().splitlines()[-1]
