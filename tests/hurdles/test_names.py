"""The name of who reported and of who says "ours too" stays within the own unit and the secretariat, everywhere."""

import io
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

import pytest

from apps.core.models import Attachment, Notice, Watch
from apps.core.services import seen_as
from apps.core.talk import add_attachment, add_comment, watch_record
from apps.hurdles.models import Hurdle
from apps.hurdles.services import (
    add_city_example,
    add_dependency,
    answer_owner_view,
    ask_owner_view,
    change_endorsement,
    endorse_hurdle,
    log_hurdle,
    organize_hurdle,
    submit_hurdle,
)
from apps.organization.choices import RoleKind
from tests.factories import CommonHurdleFactory, HurdleFactory, SolvedCaseFactory, user_with
from tests.pages import text_of

pytestmark = pytest.mark.django_db

REPORTER, ENDORSER = "登録 した子", "賛同 した男"
FORMATS = ("", "?format=json", "?format=csv", "?format=xlsx")
LISTS = (
    *(f"/hurdles/{form}" for form in FORMATS),
    *(f"/hurdles/common/{form}" for form in FORMATS),
    *(f"/hurdles/solved/{form}" for form in FORMATS),
    "/hurdles/?q=請求書の押印",
    "/hurdles/board/",
    "/hurdles/triage/",
    "/notices/",
    "/notices/watching/",
    "/handover/?day=2023-04-01",
    "/",
    "/dashboard/",
)


@pytest.fixture
def hurdle() -> Any:
    """A hurdle with a whole story: reported, added to, asked about, answered, endorsed."""
    reporter, secretary = user_with("promoter", name=REPORTER), user_with("secretariat", name="事務 局子")
    owner, endorser = user_with("manager", name="所管 課長"), user_with("viewer", name=ENDORSER)
    values = {"title": "請求書の押印", "obstacle": "印影の確認に時間がかかる"}
    hurdle = log_hurdle(uid=Hurdle().uid, reporting_unit=reporter.unit, values=values, by=reporter)
    submit_hurdle(hurdle=hurdle, by=reporter)
    add_city_example(hurdle=hurdle, values={"text": "よその例"}, by=reporter, reason="例の追加")
    view = ask_owner_view(hurdle=hurdle, unit=owner.unit, by=secretary)
    answer_owner_view(view=view, answer="possible", reason="できる。", by=owner)
    endorse_hurdle(hurdle=hurdle, example="うちの例", by=endorser)
    more_of_the_story(hurdle, reporter, endorser, secretary)
    hurdle.refresh_from_db()
    return hurdle


def more_of_the_story(hurdle: Any, reporter: Any, endorser: Any, secretary: Any) -> None:
    """What the reporter says and adds afterwards, and what grows out of the hurdle."""
    for _each in range(3):
        add_comment(record=hurdle, text="登録課の補足です。", by=reporter)
    add_attachment(record=hurdle, name="写真.txt", content=b"note", by=reporter)
    change_endorsement(
        endorsement=hurdle.endorsements.get(), seen=seen_as(hurdle.endorsements.get()),
        values={"example": "直したうちの例"}, by=endorser,
    )  # fmt: skip
    add_dependency(hurdle=hurdle, needs=HurdleFactory(title="先の件"), by=reporter)
    organize_hurdle(hurdle=hurdle, by=secretary)
    # After an act of the secretariat: within one transaction the rows of a factory count to the act before them.
    CommonHurdleFactory(title="押印の束", hurdles=[hurdle])
    SolvedCaseFactory(hurdle=hurdle, what="押印をやめた")


def words_of(response: Any) -> str:
    """All that an answer says: its head, and the sheets of a workbook."""
    head = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        with ZipFile(io.BytesIO(content)) as book:
            content = b"\n".join(book.read(name) for name in book.namelist())
    return f"{head}\n{content.decode('utf-8-sig')}"


def places(client: Any, hurdle: Any) -> Iterator[tuple[str, str]]:
    """Every page, fragment and file on which the hurdle is shown, as text."""
    url, talk = hurdle.get_absolute_url(), f"/talk/hurdles.hurdle/{hurdle.uid}/"
    file = Attachment.objects.get()
    around = (
        url, f"{url}?merged=show", talk, f"/talk/files/{file.uid}/", hurdle.common_hurdles.get().get_absolute_url(),
        hurdle.solved_cases.get().get_absolute_url(), f"{url}needs/", f"{url}merge/", f"{url}endorse/", f"{url}edit/",
    )  # fmt: skip
    posts = (
        ("/hurdles/similar/", {"title": "請求書の押印の印影確認"}),
        ("/hurdles/bulk/", {"verb": "severity", "row": [str(hurdle.uid)]}),
        (
            "/hurdles/bulk/",
            {"verb": "severity", "row": [str(hurdle.uid)], "value": "5", "reason": "理由", "preview": "1"},
        ),
    )
    answers = [(address, client.get(address)) for address in (*around, *LISTS)]
    answers += [(f"{address} {sorted(data)}", client.post(address, data)) for address, data in posts]
    for address, response in answers:
        assert response.status_code in {200, 302, 403, 404}, (address, response.status_code)
        yield address, words_of(response)


@pytest.mark.parametrize("role", [role.value for role in RoleKind])
def test_no_place_names_them_to_others(role: str, hurdle: Any, client_for: Any) -> None:
    shown = dict(places(client_for(user_with(role)), hurdle))
    page = shown[hurdle.get_absolute_url()]
    assert hurdle.title in page
    for address, text in shown.items():
        if role != "secretariat":
            assert REPORTER not in text, address
            assert ENDORSER not in text, address
    if role == "secretariat":
        assert REPORTER in page
        assert ENDORSER in page


def test_the_own_units_read_their_own_names(hurdle: Any, client_for: Any) -> None:
    url = hurdle.get_absolute_url()
    of_reporter = user_with("viewer", unit=hurdle.reporting_unit)
    of_endorser = user_with("viewer", unit=hurdle.endorsements.get().unit)
    page = text_of(client_for(of_reporter).get(url))
    assert (REPORTER in page, ENDORSER in page) == (True, False)
    page = text_of(client_for(of_endorser).get(url))
    assert (REPORTER in page, ENDORSER in page) == (False, True)


def test_no_notice_names_them(hurdle: Any) -> None:
    texts = list(Notice.objects.values_list("text", flat=True))
    assert len(texts) >= 2
    assert not [text for text in texts if REPORTER in text or ENDORSER in text]


def test_nobody_finds_a_hurdle_by_their_names(hurdle: Any, client_for: Any) -> None:
    for name in (REPORTER, ENDORSER):
        for person in (user_with("member"), user_with("viewer", unit=hurdle.reporting_unit)):
            for address in ("/hurdles/", "/hurdles/common/", "/hurdles/solved/"):
                assert client_for(person).get(address, {"q": name, "format": "json"}).json() == [], (name, address)


def test_who_watches_is_told_no_name(hurdle: Any, client_for: Any) -> None:
    watcher = user_with("viewer")
    watch_record(record=hurdle, by=watcher)
    add_comment(record=hurdle, text="もう一つ補足です。", by=hurdle.reporter)
    client = client_for(watcher)
    assert Watch.objects.filter(person=watcher).exists()
    for address in ("/", "/notices/", "/notices/watching/", hurdle.get_absolute_url()):
        page = text_of(client.get(address))
        assert hurdle.title in page, address
        assert REPORTER not in page
        assert ENDORSER not in page
