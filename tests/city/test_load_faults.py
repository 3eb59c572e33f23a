"""Faults that reading finds, file by file. The city is loaded already: every entry is read and checked again."""

from pathlib import Path

import pytest

from apps.city.services import Problem, Unloadable, load_city
from tests.city.demo_city import AS_OF, replace_once, rows

pytestmark = pytest.mark.usefixtures("demo_city")


def refused(folder: Path) -> list[Problem]:
    """The faults that are found; nothing is added to the city."""
    before = rows()
    with pytest.raises(Unloadable) as refusal:
        load_city(folder=folder, as_of=AS_OF)
    assert rows() == before
    return refusal.value.problems


# One fault at a time, by file: (what stands there, what is put there, a word of the message)

FAULTS = {
    "org.yaml": {
        "a unit twice": ("code: '0102'", "code: '0101'", "0101"),
        "an unknown field of a unit": ("    dx_team: true", "    dxteam: true", "dxteam"),
    },
    "users.yaml": {
        "a tab": ("  name: 潮田 一成", "\tname: 潮田 一成", "YAML"),
        "a key twice": ("  post: 市長\n", "  name: 市長\n", "name"),
        "a person twice": ("- id: u002", "- id: u001", "u001"),
        "an unknown field of a person": ("  role_label: 本部長", "  rolelabel: 本部長", "rolelabel"),
        "no such role": ("  - chief", "  - boss", "boss"),
    },
    "staff.yaml": {
        "a person of both files": ("id: s002", "id: u002", "u002"),
        "no such unit": ("post: 市民課 係長, org: '0401'", "post: 市民課 係長, org: '0499'", "0499"),
        "an unknown field of staff": ("post: 市民課 係長", "position: 市民課 係長", "position"),
        "staff without a name": ("name: 桑名 奈緒", "name: ''", "name"),
    },
    "masters.yaml": {
        "an unknown state of hurdles": ("- 受付\n", "- 放置\n", "放置"),
        "an unknown state of initiatives": ("- 構想\n", "- 夢想\n", "夢想"),
        "an unknown kind of agenda": ("- 協議事項", "- 雑談", "雑談"),
        "an unknown outcome": ("- 継続協議", "- 先送り", "先送り"),
        "an unknown state of directives": ("- 報告待ち", "- 放置", "放置"),
        "an unknown source": ("- code: sai\n", "- code: kifu\n", "kifu"),
        "an unknown field of a list": ("  changed_by: 国会", "  changedby: 国会", "changedby"),
    },
    "calendar.yaml": {
        "no such year of a calendar": ("fy: 2022", "fy: 99999", "9998"),
        "an unknown field of a file": ("fy: 2022", "year: 2022", "year"),
    },
    "workload.yaml": {
        "people in words": ("headcount: 7.0", "headcount: 七", "headcount"),
        "core in words": ("core: true", "core: はい", "core"),
        "an id missing": ("- id: W-2021-01", "- id: ''", "id"),
        "negative hours": ("hours: 9800", "hours: -9800", "hours"),
    },
    "hurdles.yaml": {
        "a yes in words": ("verified: false", "verified: たぶん", "verified"),
        "a day with its hour": ("target_date: '2023-10-01'", "target_date: 2023-10-01 10:00:00", "target_date"),
        "days for a day": ("target_date: '2023-10-01'", "target_date: [2023]", "target_date"),
        "broken YAML": ("  title: 請求書への押印が", "  title: [請求書への押印が", "YAML"),
        "an unknown tag": ("severity: 5", "severity: !!python/name:os.system 5", "YAML"),
        "an entry twice": ("- id: H-002", "- id: H-001", "H-001"),
        "an unknown field of a hurdle": ("  severity: 5", "  sevrity: 5", "sevrity"),
        "a title missing": ("  title: 請求書への押印が全庁で残っている", "  title: ''", "title"),
        "no such day": ("target_date: '2023-10-01'", "target_date: '2023-02-30'", "target_date"),
        "no day at all": ("reported_on: '2022-05-20'", "reported_on: 春", "reported_on"),
        "a day before all fiscal years": ("reported_on: '2022-05-20'", "reported_on: '1022-05-20'", "1886"),
        "no such state": ("status: 方針決定", "status: 検討中", "検討中"),
        "hours as a word": ("hours_per_year: 6200", "hours_per_year: たくさん", "hours_per_year"),
        "an unknown link of a hurdle": ("    roadmap:\n", "    road:\n", "road"),
    },
    "common_hurdles.yaml": {
        "a common hurdle twice": ("- id: CH-02", "- id: CH-01", "CH-01"),
        "an unknown field of a common hurdle": ("  direction: 根拠", "  way: 根拠", "way"),
        "a common hurdle without title": ("title: 書面・押印・対面を前提にした手続", "title: ''", "title"),
    },
    "voices.yaml": {
        "due before it was asked": ("due: '2022-06-03'", "due: '2022-05-03'", "asked_on"),
        "an unknown view": ("view: 困難", "view: 無理", "無理"),
        "an unknown field of a voice": ("hours: 60", "hour: 60", "hour"),
        "a voice twice": (
            "section: '0901', example: 委託先の代表者印の変更届を待って支払が遅れた。, hours: 45, date: '2022-05-26'",
            "section: '0401', example: 二度, hours: 45, date: '2022-05-24'",
            "H-001 0401 2022-05-24",
        ),
        "adopting sections that are no list": (
            "adopted_by: ['0401', '0602', '1003']",
            "adopted_by: 全課",
            "adopted_by",
        ),
    },
    "comprehensive_plan.yaml": {
        "a plan that ends before it begins": ("to_fy: 2030", "to_fy: 2020", "from_fy"),
        "an unknown field of the plan": ("plan: 第6次", "name: 第6次", "name"),
    },
    "policies.yaml": {
        "an unknown kind of policy": ("kind: 指針", "kind: 心得", "心得"),
        "an unknown state of a policy": ("status: 施行中", "status: 実施中", "実施中"),
        "an unknown field of a policy": ("  standard: 発行", "  norm: 発行", "norm"),
        "no day of a text": ("date: '2022-05-27'", "date: 春", "date"),
        "an initiative under two policies": ("  roadmap:\n  - R-02", "  roadmap:\n  - R-01", "PL-01"),
    },
    "roadmap.yaml": {
        "what waits for itself": ("  depends_on:\n  - R-09", "  depends_on:\n  - R-01", "R-01 → R-01"),
        "a circle": (
            "  depends_on: []\n  start: '2022-10-01'\n  end: '2023-06-30'",
            "  depends_on: [R-01]\n  start: '2022-10-01'\n  end: '2023-06-30'",
            "R-09 → R-01 → R-09",
        ),
        "an end before its start": ("  end: '2024-06-30'", "  end: '2022-06-30'", "start"),
        "not the year of the horizon": ("    fy: 2032", "    fy: 2031", "2031"),
        "no horizon": ("  mid_fy: 2025", "  mid: 2025", "mid"),
        "an unknown field of an initiative": ("  current_state: 請求書", "  now: 請求書", "now"),
        "an unknown state of an initiative": ("status: 計画", "status: 未定", "未定"),
        "an unknown state of a milestone": ("state: 予定", "state: 未達", "未達"),
        "a target in words": ("      value: 20\n", "      value: 二割\n", "value"),
        "an unknown field of a target": ("      value: 20\n", "      wert: 20\n", "wert"),
    },
    "baselines.yaml": {
        "a move before the baseline": ("date: '2022-08-26'", "date: '2022-06-09'", "固定"),
        "a milestone of another initiative": ("text: 改正方針の決定", "text: 全庁展開", "全庁展開"),
        "a move without a reason": ("      reason: 一括", "      because: 一括", "because"),
        "an end of the baseline before its start": ("    end: '2023-03-31'", "    end: '2022-09-30'", "start"),
        "an unknown field of a baseline": ("  note: 令和", "  remark: 令和", "remark"),
    },
    "training.yaml": {
        "the headcounts of a profile twice": ("- tier: LEADER", "- tier: EXPERT", "EXPERT"),
        "a plan of training that ends before it begins": ("  to_fy: 2025", "  to_fy: 2021", "from_fy"),
        "an unknown field of a headcount": ("    required: 1\n", "    wanted: 1\n", "wanted"),
        "an unknown format": ("format: 勉強会", "format: 飲み会", "飲み会"),
        "an unknown role": ("role: サービスデザイナー", "role: 大工", "大工"),
        "half an hour as a word": ("    hours: 1.5", "    hours: 半時間", "hours"),
        "an hour without marks": ("start: '13:00'", "start: 13:00", "start"),
        "a date of a course twice": ("- id: T-01-2", "- id: T-01-1", "T-01-1"),
        "a course of no plan in a plan": ("    - T-08\n    2023:", "    - T-07\n    2023:", "T-07"),
        "a year that is none": ("    2025: 13500", "    来年: 13500", "来年"),
        "an unknown field of a plan": ("  from_fy: 2022", "  since: 2022", "since"),
    },
    "skills.yaml": {
        "a level that is none": ("見つけて定義する, level: 4}", "見つけて定義する, level: 5}", "5"),
        "a skill twice in a profile": ("利用者の目で手続を設計する, l", "課題を見つけて定義する, l", "課題を"),
        "no such role of the standard": ("role: クラウドエンジニア/SRE", "role: 大工", "大工"),
        "courses in a circle": ("  recognises: false\n  needs: []", "  recognises: false\n  needs: [T-02]", "T-03"),
        "courses that follow in a circle": ("  next: null", "  next: T-03", "T-05 → T-03 → T-02 → T-05"),
        "recognises in words": ("recognises: true", "recognises: はい", "recognises"),
        "a course that the plan does not hold": ("fy: 2025, course: T-05", "fy: 2025, course: T-06", "T-06"),
        "a course twice in a year": ("fy: 2025, course: T-05", "fy: 2025, course: T-02", "T-02"),
        "more than the plan costs": ("cost_k: 6930", "cost_k: 69300", "training.yaml"),
        "a day of the standard in words": ("checked_on: null", "checked_on: 先日", "checked_on"),
        "an unknown field of a skill": ("  category: データ活用", "  kind: データ活用", "kind"),
        "an unknown field of a planned course": ("people: 45, cost_k: 6930", "persons: 45, cost_k: 6930", "persons"),
    },
    "rolls.yaml": {
        "no such state of an enrolment": ("s001, state: 修了", "s001, state: 合格", "合格"),
        "no such session": ("session: T-03-1", "session: T-03-9", "T-03-9"),
        "a roll of a session to come": ("session: T-03-1", "session: T-03-3", "実施済み"),
        "a person that is none": ("person: s001", "person: s999", "s999"),
        "a score in words": ("person: s001, state: 修了, test: 6", "person: s001, state: 修了, test: 6点", "test"),
        "an unknown field of a roll": ("  applied_from: '", "  open_from: '", "open_from"),
        "a candidate of no profile": ("profile: LEADER", "profile: BOSS", "BOSS"),
        "no day of a candidate": ("named_on: '2022-08-01'", "named_on: 夏", "named_on"),
    },
    "grants.yaml": {
        "a window that closes first": ("apply_by: '2022-02-22'", "apply_by: '2022-01-01'", "open"),
        "an unknown field of a grant": ("  cap_text: ", "  captext: ", "captext"),
        "no such day of a grant": ("apply_by: '2022-02-22'", "apply_by: '2022-02-29'", "apply_by"),
    },
    "grants_reference.yaml": {
        "a rate in words": ("rate: 1/2", "rate: 半分", "rate"),
        "an unknown field of a generation": ("  window: TYPE1", "  calls: TYPE1", "calls"),
    },
    "budget_proposals.yaml": {
        "a burden that ends first": ("    to_fy: 2026", "    to_fy: 2023", "from_fy"),
        "no such year": ("fy: 2023\n  account", "fy: 20230\n  account", "9998"),
        "a proposal twice": ("- id: B-02", "- id: B-01", "B-01"),
        "an unknown field of a cost": ("      quantity: 2\n", "      qty: 2\n", "qty"),
        "a negative price": ("price_yen: 34860", "price_yen: -34860", "unit_price_yen"),
        "a negative amount": ("limit_k: 3960", "limit_k: -3960", "limit_k"),
        "not the product": ("      amount_yen: 69720\n", "      amount_yen: 69721\n", "69721"),
        "not the sum of the costs": ("    amount_yen: 594000", "    amount_yen: 594001", "594001"),
        "not the rounded sum": ("request_k: 70\n", "request_k: 69\n", "69"),
        "not the general revenue": ("    ippan: 11642", "    ippan: 11641", "11641"),
        "not the total of the file": ("  kokko_k: 96679", "  kokko_k: 96678", "96678"),
        "another item of expense": ("setsu_no: 12", "setsu_no: 13", "13"),
        "not the bond": ("percent: 75", "percent: 74", "amount_k"),
        "a bond beyond its base": ("percent: 75", "percent: 175", "1"),
        "not the stage of the last event": ("  stage: 財務部長査定", "  stage: 市長査定", "市長査定"),
        "not the difference of an appraisal": ("      diff_k: -70", "      diff_k: -71", "-71"),
        "not the sum of an appraisal": ("    total_k: 11572", "    total_k: 11573", "11573"),
        "not the amount of the stage": ("    amount_k: 11572", "    amount_k: 11571", "11571"),
        "appraised on another day": (
            "assessed_lines:\n  - date: '2023-01-06'\n    stage: 財政課長査定",
            "assessed_lines:\n  - date: '2023-01-07'\n    stage: 財政課長査定",
            "2023-01-07",
        ),
        "appraised under another item": ("    lines:\n    - setsu_no: 8", "    lines:\n    - setsu_no: 9", "9"),
        "an unknown field of an appraisal": ("      assessed_k: 0", "      assessed: 0", "assessed"),
    },
    "introduction_plans.yaml": {
        "an unknown quarter": ("令和5年度第4四半期", "令和5年度の冬", "quarter"),
        "a year beyond its era": ("令和5年度第4四半期", "平成35年度第4四半期", "平成"),
        "an unknown criterion": (
            "points: {need: 5, urgency: 4, effect: 4",
            "points: {want: 5, urgency: 4, effect: 4",
            "want",
        ),
        "more than the most points": ("points: {need: 5", "points: {need: 6", "need"),
        "an unknown result": ("result: 条件付", "result: 保留", "保留"),
    },
    "policy_requests.yaml": {
        "a proposer that is no text": ("  - 架空県", "  - {name: 架空県}", "co_proposers"),
        "not the length of the measure": ("requested_measure: 35", "requested_measure: 36", "36"),
        "not the length of cases and effects": ("trouble_plus_effects: 95", "trouble_plus_effects: 96", "96"),
        "an unknown kind of petition": ("classification: 財政措置", "classification: 陳情", "陳情"),
        "an unknown state of a petition": ("status: 国へ提出", "status: 持参", "持参"),
        "ministries that are no list": ("  ministries:\n  - 総務省\n", "  ministries: 総務省\n", "ministries"),
        "an unknown day of a petition": ("    submit: '2023-05-26'", "    sent: '2023-05-26'", "sent"),
        "an answer without a day": ("responses: []", "responses: [{text: 検討する}]", "date"),
    },
    "meetings.yaml": {
        "an unknown presence": ("  absent: []", "  missing: []", "missing"),
        "a proxy for nobody": ("  - for: 消防長", "  - for: ''", "for"),
        "an unknown outcome of an item": ("result: 継続協議", "result: 先送り", "先送り"),
        "an unknown state of a directive": ("status: 完了", "status: 放置", "放置"),
        "an unknown field of a directive": ("    report: 審査", "    answer: 審査", "answer"),
    },
    "reviews.yaml": {
        "an unknown level": ("level: 総論", "level: 概論", "概論"),
        "an unknown kind of answer": ("    petitions: []", "    laws: []", "laws"),
    },
    "interim_report.yaml": {
        "an unknown source of a chapter": ("auto_from: roadmap", "auto_from: dreams", "dreams"),
        "an unknown field of the report": ("version: 第2版", "edition: 第2版", "edition"),
    },
}  # fmt: skip

# Where the fault is seen on another line than the one that was changed.
LINES_FURTHER = {"broken YAML": 1, "an unknown link of a hurdle": 1, "not the bond": -3}


@pytest.mark.parametrize(("file", "name"), [(file, name) for file, faults in FAULTS.items() for name in faults])
def test_a_fault_is_named_with_file_and_line_and_nothing_is_loaded(file, name, folder):
    old, new, word = FAULTS[file][name]
    line = replace_once(folder, file, old, new) + LINES_FURTHER.get(name, 0)
    problems = refused(folder)
    assert (file, line) in {(each.file, each.line) for each in problems}, problems
    assert any(word in each.message for each in problems if each.file == file), problems
