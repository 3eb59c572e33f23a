"""Files of records: what is taken, where it lies, and how it is handed out."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import docx
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client

from apps.core.files import FileRefused, store
from apps.core.files.content import content_type_of, decoded
from apps.core.history import entries_of
from apps.core.models import Attachment, Notice
from apps.core.permissions import Forbidden
from apps.core.talk import TALK, add_attachment, attachments, talk_context, watch_record, withdraw_attachment
from dxportal.settings.files import media_folder
from tests.core.hard_texts import HARD_TEXTS
from tests.factories import HurdleFactory, user_with
from tests.pages import form_of, text_of

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de")
JPG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + b"\0" * 40 + b"\xff\xd9"
EXE = b"MZ\x90\0\x03\0\0\0" + b"\0" * 120 + b"PE\0\0"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_FOLDER = tmp_path / "media"
    return settings.MEDIA_FOLDER


def archive(*names: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in names:
            target.writestr(name, "x")
    return made.getvalue()


def document() -> bytes:
    made = BytesIO()
    docx.Document().save(made)
    return made.getvalue()


def workbook() -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet("表")
    return made.getvalue()


SLIDES = archive("[Content_Types].xml", "ppt/presentation.xml")
TAKEN = {
    "a.pdf": (PDF, "application/pdf"),
    "a.PNG": (PNG, "image/png"),
    "a.jpg": (JPG, "image/jpeg"),
    "a.jpeg": (JPG, "image/jpeg"),
    "a.docx": (document(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "a.xlsx": (workbook(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "a.pptx": (SLIDES, "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "a.txt": ("髙𠮷 ①".encode(), "text/plain"),
    "b.txt": ("﨑 ㈱".encode("cp932"), "text/plain"),
    "a.csv": ("\ufeff所属,時間\r\n".encode(), "text/csv"),
    "html.txt": (b"<script>alert(1)</script>", "text/plain"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_what_its_name_says_is_taken(name: str) -> None:
    content, content_type = TAKEN[name]
    assert content_type_of(name, content) == content_type


REFUSED = [
    ("a.pdf", EXE, "プログラム"),
    ("a.pdf", b"<!DOCTYPE html><html><script>", "ウェブページ"),
    ("a.pdf", PNG, "画像（PNG）"),
    ("a.pdf", "ただの文".encode(), "テキスト"),
    ("a.pdf", b"\x00\x01\x02\x03", "別のもの"),
    ("a.png", JPG, "画像（JPEG）"),
    ("a.docx", workbook(), "Excel"),
    ("a.xlsx", document(), "Word"),
    ("a.xlsx", archive("secret.txt"), "圧縮ファイル"),
    ("a.docx", OLD, "古い形式かパスワード"),
    ("a.docx", archive("word/document.xml", "word/vbaProject.bin"), "マクロ"),
    ("a.txt", EXE, "テキストではありません"),
    ("a.csv", "表".encode("utf-16"), "テキストではありません"),
    ("a.csv", b"a,b\x07\n", "テキストではありません"),
    ("a.csv", b"\x80\xff\xfe", "テキストではありません"),
    ("a.exe", EXE, "この種類のファイル"),
    ("a.html", b"<html>", "この種類のファイル"),
    ("a.svg", b"<svg/>", "この種類のファイル"),
    ("a.docm", document(), "この種類のファイル"),
    ("a", PDF, "この種類のファイル"),
    ("a.pdf.exe", PDF, "この種類のファイル"),
]


@pytest.mark.parametrize(("name", "content", "words"), REFUSED)
def test_what_is_not_what_its_name_says_is_refused_with_the_reason(name: str, content: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        content_type_of(name, content)


def test_text_is_read_in_both_encodings() -> None:
    for text in HARD_TEXTS:
        assert decoded(text.encode()) == text
    assert decoded("髙﨑①".encode("cp932")) == "髙﨑①"


@pytest.mark.django_db
def test_a_file_lies_under_its_uid_and_is_named_in_its_row_only(folder: Path) -> None:
    hurdle, person = HurdleFactory(), user_with("secretariat")
    added = add_attachment(record=hurdle, name="..\\..\\髙𠮷の\x07見積.pdf", content=PDF, by=person)
    assert (added.name, added.content_type, added.size) == ("髙𠮷の見積.pdf", "application/pdf", len(PDF))
    [path] = [path for path in folder.rglob("*") if path.is_file()]
    assert path == folder / added.uid.hex[:2] / added.uid.hex
    assert path.read_bytes() == PDF
    assert path.stat().st_mode & 0o077 == 0
    [shown] = talk_context(hurdle, person)["attachments"]
    assert (shown["name"], shown["added_by"], shown["may_withdraw"]) == ("髙𠮷の見積.pdf", person.name, True)


@pytest.mark.django_db
def test_there_is_no_row_without_its_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hurdle, person = HurdleFactory(), user_with("secretariat")

    def full(*_arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        add_attachment(record=hurdle, name="a.pdf", content=PDF, by=person)
    assert Attachment.objects.count() == 0
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    monkeypatch.undo()
    for content, words in ((b"", "空"), (EXE, "プログラム")):
        with pytest.raises(FileRefused, match=words):
            add_attachment(record=hurdle, name="a.pdf", content=content, by=person)
    assert Attachment.objects.count() == 0


@pytest.mark.django_db
def test_the_second_of_two_clicks_writes_over_nothing(folder: Path) -> None:
    hurdle, person, uid = HurdleFactory(), user_with("secretariat"), uuid4()
    add_attachment(record=hurdle, name="a.pdf", content=PDF, by=person, uid=uid)
    with pytest.raises(DatabaseError):
        add_attachment(record=hurdle, name="b.txt", content=b"other", by=person, uid=uid)
    assert store.place_of(uid).read_bytes() == PDF


@pytest.mark.django_db
def test_who_may_attach_and_take_back_and_what_the_history_says() -> None:
    hurdle = HurdleFactory()
    adder = user_with("promoter", unit=hurdle.reporting_unit)
    colleague, secretariat = user_with("manager", unit=hurdle.reporting_unit), user_with("secretariat")
    watch_record(record=hurdle, by=colleague)
    for kind in ("auditor", "administrator"):
        with pytest.raises(Forbidden):
            add_attachment(record=hurdle, name="a.pdf", content=PDF, by=user_with(kind))
    added = add_attachment(record=hurdle, name="見積.pdf", content=PDF, by=adder)
    assert [notice.person for notice in Notice.objects.all()] == [colleague]
    with pytest.raises(Forbidden, match="添付した本人と事務局"):
        withdraw_attachment(attachment=added, by=colleague)
    withdraw_attachment(attachment=added, by=secretariat, reason="古い")
    assert talk_context(hurdle, adder)["attachments"] == []
    back, first = entries_of(hurdle, attached=TALK)[:2]
    assert (first.verb, first.changes[0].label, first.changes[0].new) == ("ファイルを添付", "添付ファイル", "見積.pdf")
    assert (back.verb, back.reason, back.changes[0].old) == ("添付ファイルを取消し", "古い", "見積.pdf")


@pytest.mark.django_db
def test_a_download_is_asked_for_each_time_and_never_shown_as_a_page(client_for: Any, folder: Path) -> None:
    hurdle = HurdleFactory()
    adder = user_with("promoter", unit=hurdle.reporting_unit)
    added = add_attachment(record=hurdle, name="髙𠮷 見積.txt", content=b"<script>alert(1)</script>", by=adder)
    address = f"/talk/files/{added.uid}/"
    answer = client_for(adder).get(address)
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E9%AB%99%F0%A0%AE%B7%20%E8%A6%8B%E7%A9%8D.txt"
    )
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")
    assert answer["Content-Type"].startswith("text/plain")
    assert client_for(user_with("auditor")).get(address).status_code == 200
    for stranger in (user_with("viewer"), user_with("finance")):
        assert client_for(stranger).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert client_for(adder).get(f"/talk/files/{uuid4()}/").status_code == 404
    store.place_of(added.uid).unlink()
    assert client_for(adder).get(address).status_code == 404
    withdraw_attachment(attachment=added, by=adder)
    assert client_for(adder).get(address).status_code == 404


def send(client: Client, hurdle: Any, name: str, content: bytes, **fields: Any) -> Any:
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    return client.post(f"/talk/hurdles.hurdle/{hurdle.uid}/attach/", {"file": file, **fields})


@pytest.mark.django_db
def test_the_form_attaches_once_and_refuses_with_the_reason(client_for: Any) -> None:
    hurdle = HurdleFactory()
    client = client_for(user_with("promoter", unit=hurdle.reporting_unit))
    uid = form_of(client.get(f"/talk/hurdles.hurdle/{hurdle.uid}/attach/"), "uid")["uid"]
    for _click in range(2):
        answer = send(client, hurdle, "見積.pdf", PDF, uid=uid)
        assert (answer.status_code, answer["Location"]) == (302, f"{hurdle.get_absolute_url()}#talk")
    assert Attachment.objects.get().name == "見積.pdf"
    page = text_of(client.get(hurdle.get_absolute_url()))
    assert f'href="/talk/files/{uid}/"' in page
    for name, content, words in (("a.pdf", EXE, "プログラム"), ("a.pdf", b"", "空"), ("a.exe", EXE, "この種類")):
        refused = send(client, hurdle, name, content)
        assert refused.status_code == 422
        assert words in text_of(refused)
    empty = client.post(f"/talk/hurdles.hurdle/{hurdle.uid}/attach/", {})
    assert "ファイルを選んでください" in text_of(empty)
    assert Attachment.objects.count() == 1


@pytest.mark.django_db
def test_what_is_too_large_is_not_even_taken_in(
    client_for: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILE_SIZE_LIMIT = 1024 * 1024
    hurdle = HurdleFactory()
    client = client_for(user_with("promoter", unit=hurdle.reporting_unit))
    large = send(client, hurdle, "a.pdf", PDF + b"x" * 3 * 1024 * 1024)
    assert (large.status_code, "3.0 MBまで" in text_of(large)) == (422, False)
    assert "1 MBまで受け付けます" in text_of(large)
    little = send(client, hurdle, "a.pdf", PDF + b"x" * 1_100_000)
    assert "1 MBまで受け付けます" in text_of(little)
    assert Attachment.objects.count() == 0
    monkeypatch.setattr(attachments, "keep_file", lambda *_args: (_ for _ in ()).throw(OSError(28, "full")))
    full = send(client, hurdle, "a.pdf", PDF)
    assert (full.status_code, "保存できませんでした" in text_of(full)) == (503, True)
    assert Attachment.objects.count() == 0


@pytest.mark.django_db
def test_the_reporters_name_does_not_stand_beside_a_file(client_for: Any) -> None:
    reporter = user_with("promoter", name="登録 者子")
    hurdle = HurdleFactory(reporting_unit=reporter.unit, reporter=reporter)
    add_attachment(record=hurdle, name="a.pdf", content=PDF, by=reporter)
    member = client_for(user_with("member"))
    page = text_of(member.get(hurdle.get_absolute_url()))
    assert "登録 者子" not in page
    assert "a.pdf" in page


def test_only_a_folder_is_a_place_for_files() -> None:
    assert media_folder("file:///var/lib/media") == Path("/var/lib/media")
    assert media_folder("file:///var/lib/%E5%B8%82%20a") == Path("/var/lib/市 a")
    with pytest.raises(SystemExit, match=r"^MEDIA_URL_STORE: s3:// is not supported yet"):
        media_folder("s3://bucket/folder")
    for url in ("/var/lib/media", "http://host/x", "file://host/x", "file:relative"):
        with pytest.raises(SystemExit, match="MEDIA_URL_STORE must be"):
            media_folder(url)
