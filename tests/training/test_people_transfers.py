"""Known transfers: the personnel section's alone, and what they do to the gap for that section and nobody else."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from apps.core.fiscal import FiscalYear
from apps.core.registry import figures, standpoint_today
from apps.training.models import KnownTransfer
from apps.training.selectors.transfers import transfer_changes, transfer_changes_of_groups, transfers_visible_to
from apps.training.services.transfers import record_transfer, withdraw_transfer
from tests.factories import HeadcountFactory, RecognitionFactory, TalentProfileFactory
from tests.pages import text_of
from tests.training.staff import Hall, sits

pytestmark = pytest.mark.django_db

TRANSFERS = "/training/transfers/"
R4, R5, R6 = FiscalYear(2022), FiscalYear(2023), FiscalYear(2024)


@pytest.fixture
def hall() -> Hall:
    return Hall()


def leaves(person: Any, day: date, **fields: Any) -> KnownTransfer:
    return KnownTransfer.objects.create(person=person, kind="leaving", effective_on=day, **fields)


def moves(person: Any, day: date, unit: Any) -> KnownTransfer:
    return KnownTransfer.objects.create(person=person, kind="transfer", effective_on=day, to_unit=unit)


class TestPages:
    def test_recorded_once_listed_and_taken_back(self, hall: Hall, client_for: Any) -> None:
        client = client_for(hall.personnel)
        sent = {
            "uid": "0d5a2c1e-9d4a-4a57-8f1e-2f4b8e6f0a12",
            "person": "ｐ００１",
            "kind": "transfer",
            "effective_on": "R5.4.1",
            "to_unit": hall.bare.pk,
            "note": "内示前",
        }
        for _click in range(2):
            assert client.post(f"{TRANSFERS}record/", sent).url == TRANSFERS
        transfer = KnownTransfer.objects.get()
        assert (transfer.person, transfer.to_unit, transfer.effective_on) == (
            hall.person,
            hall.bare,
            date(2023, 4, 1),
        )
        page = text_of(client.get(TRANSFERS))
        for words in ("𠮷田 髙子", "相談室", "R5.4.1", "内示前"):
            assert words in page
        hall.person.refresh_from_db()
        assert hall.person.unit == hall.section
        path = f"{TRANSFERS}{transfer.uid}/withdraw/"
        assert client.post(path, {"version": 1, "reason": "取りやめ"}).url == TRANSFERS
        assert client.post(path, {"version": 1, "reason": "取りやめ"}).status_code == 404
        assert not transfers_visible_to(hall.personnel).exists()

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"person": "nobody"}, "person"),
            ({"effective_on": "R4.10.14"}, None),
            ({"effective_on": "9999-12-31"}, None),
            ({"to_unit": ""}, "to_unit"),
            ({"kind": "leaving"}, "to_unit"),
        ],
    )
    def test_what_is_wrong_is_said(
        self, changed: dict[str, str], field: str | None, hall: Hall, client_for: Any
    ) -> None:
        sent = {"person": "p001", "kind": "transfer", "effective_on": "R5.4.1", "to_unit": hall.bare.pk, **changed}
        response = client_for(hall.personnel).post(f"{TRANSFERS}record/", sent)
        assert response.status_code == 422
        assert list(response.context["form"].errors) == [field or "__all__"]
        assert not KnownTransfer.objects.exists()

    def test_a_second_one_on_the_same_day_is_refused(self, hall: Hall, client_for: Any) -> None:
        leaves(hall.person, date(2023, 3, 31))
        sent = {"person": "p001", "kind": "leaving", "effective_on": "R5.3.31"}
        response = client_for(hall.personnel).post(f"{TRANSFERS}record/", sent)
        assert response.status_code == 422
        assert "この職員" in text_of(response)

    def test_the_file_of_the_list_has_no_acts_and_says_who_may_read_it(self, hall: Hall, client_for: Any) -> None:
        leaves(hall.person, date(2023, 3, 31))
        response = client_for(hall.personnel).get(f"{TRANSFERS}?format=xlsx&ahead=yes&q=よしだ")
        book = openpyxl.load_workbook(io.BytesIO(response.content))
        heads, row = ([cell.value for cell in row] for row in book.worksheets[0].iter_rows())
        assert heads[-1] == "備考"
        assert row[:2] == ["𠮷田 髙子", "p001"]
        assert book.properties.keywords == "機密性3（人事課限り）"


class TestEffect:
    def test_leavers_count_from_the_year_of_their_day(self, hall: Hall) -> None:
        profile, by = TalentProfileFactory(), hall.personnel
        second, third, simple, ended = (sits(hall.section) for _each in range(4))
        for person in (hall.person, second, third):
            RecognitionFactory(person=person, profile=profile)
        RecognitionFactory(person=ended, profile=profile, ended_on=date(2023, 3, 30))
        leaves(hall.person, date(2023, 3, 31))
        leaves(second, date(2023, 4, 1))
        moves(third, date(2023, 4, 1), hall.bare)
        leaves(third, date(2024, 4, 1))
        leaves(third, date(2024, 5, 1))
        leaves(simple, date(2023, 3, 31))
        leaves(ended, date(2023, 3, 31))
        assert transfer_changes(by) == {(profile.pk, R4): -1, (profile.pk, R5): -1, (profile.pk, R6): -1}

    def test_transfers_move_between_unit_groups(self, hall: Hall) -> None:
        """A person goes from the nearest group above: the one in which those present count."""
        profile, other = TalentProfileFactory(), sits(hall.bare).unit
        RecognitionFactory(person=hall.person, profile=profile)
        far = hall.others["viewer"].unit
        moves(hall.person, date(2023, 4, 1), far)
        leaves(hall.person, date(2024, 3, 31))
        for unit in (hall.department, hall.section, far, other):
            HeadcountFactory(profile=profile, unit=unit)
        changes = transfer_changes_of_groups(hall.personnel) or {}
        assert {key: change for key, change in changes.items() if change} == {
            (profile.pk, hall.section.pk, R5): -1,
        }
        assert (profile.pk, other.pk, R5) not in changes
        # It goes to the other group and leaves the city from there, both in the fiscal year 2023.
        assert changes[profile.pk, far.pk, R5] == 0
        assert transfer_changes(hall.personnel) == {(profile.pk, R5): -1}

    def test_what_has_happened_or_was_taken_back_is_out_of_sight(self, hall: Hall) -> None:
        profile, by = TalentProfileFactory(), hall.personnel
        RecognitionFactory(person=hall.person, profile=profile)
        today = leaves(hall.person, date(2022, 10, 14))
        assert transfer_changes(by) == {}
        ahead = record_transfer(person=hall.person, kind="leaving", effective_on=date(2022, 10, 15), by=by)
        assert transfer_changes(by) == {(profile.pk, R4): -1}
        withdraw_transfer(transfer=ahead, by=by, version=1)
        assert transfer_changes(by) == {}
        assert today.archived_at is None

    def test_nobody_else_is_told_and_no_figure_moves(self, hall: Hall, client_for: Any) -> None:
        profile = TalentProfileFactory(name="推進リーダー", code="LEADER")
        for year in (2022, 2023):
            HeadcountFactory(profile=profile, fiscal_year=FiscalYear(year), needed=24, estimated=10 + year - 2022)
        HeadcountFactory(profile=profile, unit=hall.department, needed=5)
        RecognitionFactory(person=hall.person, profile=profile)

        def seen() -> dict[str, Any]:
            pages: dict[str, Any] = {}
            for name, user in hall.everybody.items():
                if name == "personnel":
                    continue
                pages[name] = text_of(client_for(user).get("/training/")).split("<main")[1]
                file = client_for(user).get("/training/?format=xlsx").content
                pages[f"{name}'s file"] = [
                    [cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(file)).worksheets[0]
                ]
            for name in ("training.gap", "training.gap_by_profile", "training.leader_gap"):
                pages[name] = figures[name].count(standpoint_today(hall.personnel))
            return pages

        before = seen()
        leaves(hall.person, date(2023, 3, 31))
        assert seen() == before
        own = text_of(client_for(hall.personnel).get("/training/"))
        assert own.count('<th scope="row" class="tight">異動予定</th>') == 2
        table = client_for(hall.personnel).get("/training/").context["gaps"]
        assert [(gap.transfers, gap.short, gap.short_after) for gap in table.lines[0].gaps] == [
            (-1, 14, 15),
            (-1, 13, 14),
        ]
        assert [[gap.transfers for gap in group.gaps] for group in table.lines[0].groups] == [[-1, -1]]
        for user in hall.everybody.values():
            told = user == hall.personnel
            assert (transfer_changes(user) is not None) == told
            assert (transfer_changes_of_groups(user) is not None) == told
            assert transfers_visible_to(user).exists() == told
        assert "異動予定" not in before["person"]
