"""common_hurdles.yaml and voices.yaml in the demo city."""

from datetime import date

import pytest

from apps.hurdles.choices import OwnerAnswer
from apps.hurdles.models import CommonHurdle, Endorsement, Hurdle, OwnerView, SolvedCase

pytestmark = pytest.mark.usefixtures("demo_city")


def test_six_common_hurdles_with_their_members():
    members = {each.source_key: each.hurdles.count() for each in CommonHurdle.objects.all()}
    assert members == {"CH-01": 6, "CH-02": 4, "CH-03": 4, "CH-04": 4, "CH-05": 2, "CH-06": 4}


def test_a_common_hurdle_in_full():
    common = CommonHurdle.objects.get(number="C-2022-0002")
    assert common.title == "国の法令が妨げになっている手続"
    assert common.direction == "支障事例を集め、要望としてまとめる。"
    assert common.goal == "令和5年度の提案募集に3件以上を出す。"
    assert common.countermeasures == "所管課ごとの支障事例の照会、県市長会との共同提案。"
    assert (common.target_date, common.lead_unit.code) == (date(2023, 5, 26), "0205")
    keys = [hurdle.source_key for hurdle in common.hurdles.order_by("number")]
    assert keys == ["H-005", "H-006", "H-007", "H-030"]


def test_nine_sections_say_ours_too():
    said = {(each.hurdle.source_key, each.unit.code): each.hours_lost for each in Endorsement.objects.all()}
    assert said == {
        ("H-001", "0401"): 60,
        ("H-001", "0901"): 45,
        ("H-001", "1003"): 190,
        ("H-002", "0802"): 120,
        ("H-002", "0901"): 210,
        ("H-010", "0602"): 330,
        ("H-022", "0301"): 400,
        ("H-029", "1401"): 260,
        ("H-026", "0601"): 180,
    }
    first = Endorsement.objects.get(source_key="H-001 0401 2022-05-24")
    assert first.example == "証明書用紙の請求書を毎月差し戻している。"
    assert first.endorsed_on == date(2022, 5, 24)


def test_seven_owning_units_were_asked_and_one_is_silent():
    views = {each.hurdle.source_key: each.answer for each in OwnerView.objects.all()}
    assert views == {
        "H-001": OwnerAnswer.POSSIBLE,
        "H-002": OwnerAnswer.POSSIBLE,
        "H-011": OwnerAnswer.CONDITIONAL,
        "H-013": OwnerAnswer.CONDITIONAL,
        "H-016": OwnerAnswer.DIFFICULT,
        "H-021": OwnerAnswer.POSSIBLE,
        "H-014": "",
    }
    answered = Hurdle.objects.get(source_key="H-016").owner_views.get()
    assert answered.reason == "評価制度の改正は職員団体との協議が要り、令和6年度以降となる。"
    days = (answered.asked_on, answered.due_on, answered.answered_on)
    assert days == (date(2022, 6, 15), date(2022, 6, 29), date(2022, 6, 28))
    silent = Hurdle.objects.get(source_key="H-014").owner_views.get()
    assert (silent.unit.code, silent.due_on, silent.answered_on) == ("0301", date(2022, 7, 19), None)


def test_one_solved_case_that_three_sections_follow():
    case = SolvedCase.objects.get()
    assert (case.hurdle.source_key, case.unit.code, case.solved_on) == ("H-024", "0202", date(2022, 9, 30))
    assert case.what == "導入計画書の様式に、廃止・統合・簡素化の検討を必ず書く欄を設けた。"
    assert case.effect == "9月の審査23件のうち4件が、システムを入れずに手順の見直しで済んだ。"
    assert case.hours_saved == 640
    assert {unit.code for unit in case.adopting_units.all()} == {"0401", "0602", "1003"}
