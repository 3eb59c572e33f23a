"""A file between upload and yes: kept for its sender, thrown away after a day."""

import hashlib
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import F

from apps.core import tasks
from apps.core.files import FileRefused, disposition, kept_name, plain_name
from apps.core.files.names import extension_of
from apps.core.models import Upload
from apps.core.uploads import drop_upload, find_upload, keep_upload, sweep_uploads
from tests.factories import user_with

PURPOSE = "tests.workload"


@pytest.mark.django_db
def test_only_the_sender_finds_the_file_again_and_only_for_its_purpose() -> None:
    sender, other = user_with("secretariat"), user_with("secretariat")
    kept = keep_upload(purpose=PURPOSE, name="C:\\調査\\髙𠮷.xlsx", content=b"\0PK", options={"year": 2022}, by=sender)
    found = find_upload(uid=str(kept.uid), purpose=PURPOSE, by=sender)
    assert found is not None
    assert (found.name, bytes(found.content), found.options) == ("髙𠮷.xlsx", b"\0PK", {"year": 2022})
    assert found.sha256 == hashlib.sha256(b"\0PK").hexdigest()
    assert find_upload(uid=kept.uid, purpose=PURPOSE, by=other) is None
    assert find_upload(uid=kept.uid, purpose="tests.other", by=sender) is None
    assert find_upload(uid=uuid4(), purpose=PURPOSE, by=sender) is None
    assert find_upload(uid="no uid", purpose=PURPOSE, by=sender) is None
    drop_upload(upload=kept, by=other)
    assert Upload.objects.count() == 1
    drop_upload(upload=kept, by=sender)
    assert Upload.objects.count() == 0


@pytest.mark.django_db
def test_what_is_older_than_a_day_is_thrown_away_whatever_day_the_demo_has() -> None:
    sender = user_with("secretariat")
    old, young = (keep_upload(purpose=PURPOSE, name="a.xlsx", content=b"x", by=sender) for _each in range(2))
    assert sweep_uploads() == 0
    Upload.objects.filter(pk=old.pk).update(sent_at=F("sent_at") - timedelta(hours=25))
    Upload.objects.filter(pk=young.pk).update(sent_at=F("sent_at") - timedelta(hours=23))
    tasks.throw_away_old_uploads()
    assert [each.pk for each in Upload.objects.all()] == [young.pk]


@pytest.mark.django_db
def test_an_empty_or_too_large_file_is_refused(settings) -> None:
    settings.FILE_SIZE_LIMIT = 2 * 1024 * 1024
    sender = user_with("secretariat")
    with pytest.raises(FileRefused, match="空"):
        keep_upload(purpose=PURPOSE, name="a.xlsx", content=b"", by=sender)
    with pytest.raises(FileRefused, match=r"2\.5 ?MB.*2 ?MB"):
        keep_upload(purpose=PURPOSE, name="a.xlsx", content=b"x" * 2_621_440, by=sender)
    keep_upload(purpose=PURPOSE, name="a.xlsx", content=b"x" * 2 * 1024 * 1024, by=sender)
    assert Upload.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("髙𠮷 神.pdf", "髙𠮷 神.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\見積書.xlsx", "見積書.xlsx"),
        ("a\r\nX-Header: b\t.pdf", "aX-Header b.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("か\u3099くせい.txt", "がくせい.txt"),
        ("... ", "file"),
        ("", "file"),
        ("長" * 300 + ".pdf", "長" * 196 + ".pdf"),
        ('a"b*.pdf', "ab.pdf"),
    ],
)
def test_of_a_name_what_a_person_knows_it_by_is_kept(sent: str, kept: str) -> None:
    assert plain_name(sent) == kept


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("令和5年度予算要求書.xlsx", "令和5年度予算要求書.xlsx"),
        ("髙𠮷 神.pdf", "髙𠮷 神.pdf"),
        (r'子ども/若者\A:B*C?"D"<E>|F.pdf', "子ども／若者＼A：B＊C？”D”＜E＞｜F.pdf"),
        ("../../etc/passwd", "／.／etc／passwd"),
        ("a\r\nX-Header: b\t.pdf", "aX-Header： b.pdf"),
        ("CON.xlsx", "CON_.xlsx"),
        ("com1.txt", "com1_.txt"),
        ("コンビニ交付 CON.xlsx", "コンビニ交付 CON.xlsx"),
        ("console.txt", "console.txt"),
        ("業務改善. .csv", "業務改善.csv"),
        ("長" * 190 + ".xlsx", "長" * 78 + ".xlsx"),
        ("𠮷" * 190 + ".xlsx", "𠮷" * 58 + ".xlsx"),
    ],
)
def test_a_file_is_kept_under_a_name_that_every_system_takes(name: str, kept: str) -> None:
    assert kept_name(name) == kept
    assert len(kept.encode()) <= 255
    assert not set(kept) & set('\\/:*?"<>|\r\n')


def test_the_header_says_the_name_in_japanese_and_one_in_ascii_for_old_programs() -> None:
    assert disposition("予算/案.csv", plain="budget.csv") == (
        "attachment; filename=\"budget.csv\"; filename*=UTF-8''%E4%BA%88%E7%AE%97%EF%BC%8F%E6%A1%88.csv"
    )


def test_the_ending_of_a_name_is_read_in_any_width_and_case() -> None:
    assert [extension_of(name) for name in ("a.PDF", "a.ｐｄｆ", "a.tar.gz", "a", ".pdf")] == [
        "pdf",
        "pdf",
        "gz",
        "",
        "",
    ]
