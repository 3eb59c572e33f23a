"""What is wrong in a city's files is named with its file and its line, and then nothing at all is loaded."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps as installed
from django.core.management import CommandError, call_command

from apps.city.services import Problem, Unloadable, load_city
from apps.city.services.references import REFERRED
from tests.city.demo_city import AS_OF, DEMO

pytestmark = pytest.mark.django_db

OUR_APPS = ("core", "organization", "hurdles", "budget")


def rows() -> int:
    """Every row of the portal, its history included."""
    models = [model for app in OUR_APPS for model in installed.get_app_config(app).get_models()]
    return sum(model._base_manager.count() for model in models)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the demo city that a test may break."""
    return Path(shutil.copytree(DEMO, tmp_path / "city"))


def replace_once(folder: Path, file: str, old: str, new: str) -> int:
    """Puts `new` where `old` first stands; the line (from one) on which it stands."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    at = text.index(old)
    path.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")
    return text.count("\n", 0, at) + 1


def refused(folder: Path) -> list[Problem]:
    """The faults that are found; the load must refuse, and must leave the database as it was."""
    before = rows()
    with pytest.raises(Unloadable) as refusal:
        load_city(folder=folder, as_of=AS_OF, password="nobody-signs-in")
    assert rows() == before == 0
    return refusal.value.problems


# References to nothing: all of them broken at once, so that one load names every one.


def scalars_at(node: yaml.Node, path: str) -> list[yaml.ScalarNode]:
    """The names at a path such as `meetings[].agenda[].hurdles[]`, read without the loader under test."""
    nodes = [node]
    for step in path.split("."):
        key = step.removesuffix("[]")
        mappings = [each for each in nodes if isinstance(each, yaml.MappingNode)]
        nodes = [value for each in mappings for name, value in each.value if name.value == key]
        if step.endswith("[]"):
            nodes = [entry for each in nodes if isinstance(each, yaml.SequenceNode) for entry in each.value]
    scalars = [each for each in nodes if isinstance(each, yaml.ScalarNode)]
    return [each for each in scalars if each.value not in {"", "ALL"} and each.tag != "tag:yaml.org,2002:null"]


def broken_names() -> dict[tuple[str, str], tuple[yaml.ScalarNode, str]]:
    """The first name at each place that refers to something, and the name of nobody that goes there."""
    trees = {file: yaml.compose((DEMO / file).read_text(encoding="utf-8")) for file, _path, _kind in REFERRED}
    places = [(file, path, scalars_at(trees[file], path)[0]) for file, path, _kind in REFERRED]
    return {(file, path): (node, f"NOPE-{n:03d}") for n, (file, path, node) in enumerate(places)}


BROKEN = broken_names()


@pytest.fixture(scope="module")
def faults_of_references(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> list[Problem]:
    folder = Path(shutil.copytree(DEMO, tmp_path_factory.mktemp("broken") / "city"))
    in_reverse = sorted(BROKEN.items(), key=lambda item: -item[1][0].start_mark.index)
    for (file, _path), (node, name) in in_reverse:
        text = (folder / file).read_text(encoding="utf-8")
        text = text[: node.start_mark.index] + name + text[node.end_mark.index :]
        (folder / file).write_text(text, encoding="utf-8")
    with django_db_blocker.unblock():
        return refused(folder)


@pytest.mark.parametrize("place", BROKEN, ids=" ".join)
def test_a_reference_to_nothing_is_named_with_file_line_and_id(place, faults_of_references):
    node, name = BROKEN[place]
    (fault,) = [fault for fault in faults_of_references if name in fault.message]
    assert (fault.file, fault.line) == (place[0], node.start_mark.line + 1)
    assert str(fault).startswith(f"{place[0]}:{node.start_mark.line + 1}: ")


def test_nothing_else_is_wrong_then(faults_of_references):
    assert len(faults_of_references) == len(REFERRED)


# One fault at a time: (file, what stands there, what is put there, a word of the message)

FAULTS = {
    "broken YAML": ("hurdles.yaml", "  title: 請求書への押印が", "  title: [請求書への押印が", "YAML"),
    "a tab": ("users.yaml", "  name: 潮田 一成", "\tname: 潮田 一成", "YAML"),
    "an unknown tag": ("hurdles.yaml", "severity: 5", "severity: !!python/name:os.system 5", "YAML"),
    "a key twice": ("users.yaml", "  post: 市長\n", "  name: 市長\n", "name"),
    "an entry twice": ("hurdles.yaml", "- id: H-002", "- id: H-001", "H-001"),
    "a person twice": ("users.yaml", "- id: u002", "- id: u001", "u001"),
    "a unit twice": ("org.yaml", "code: '0102'", "code: '0101'", "0101"),
    "a proposal twice": ("budget_proposals.yaml", "- id: B-02", "- id: B-01", "B-01"),
    "an id missing": ("workload.yaml", "- id: W-2021-01", "- id: ''", "id"),
    "an unknown field of a hurdle": ("hurdles.yaml", "  severity: 5", "  sevrity: 5", "sevrity"),
    "an unknown field of a person": ("users.yaml", "  role_label: 本部長", "  rolelabel: 本部長", "rolelabel"),
    "an unknown field of a unit": ("org.yaml", "    dx_team: true", "    dxteam: true", "dxteam"),
    "an unknown field of a grant": ("grants.yaml", "  cap_text: ", "  captext: ", "captext"),
    "an unknown field of a cost": ("budget_proposals.yaml", "      quantity: 2\n", "      qty: 2\n", "qty"),
    "an unknown field of a file": ("calendar.yaml", "fy: 2022", "year: 2022", "year"),
    "a title missing": ("hurdles.yaml", "  title: 請求書への押印が全庁で残っている", "  title: ''", "title"),
    "no such day": ("hurdles.yaml", "target_date: '2023-10-01'", "target_date: '2023-02-30'", "target_date"),
    "no day at all": ("hurdles.yaml", "reported_on: '2022-05-20'", "reported_on: 春", "reported_on"),
    "no such day of a grant": ("grants.yaml", "apply_by: '2022-02-22'", "apply_by: '2022-02-29'", "apply_by"),
    "no such state": ("hurdles.yaml", "status: 方針決定", "status: 検討中", "検討中"),
    "no such role": ("users.yaml", "  - chief", "  - boss", "boss"),
    "hours as a word": ("hurdles.yaml", "hours_per_year: 6200", "hours_per_year: たくさん", "hours_per_year"),
    "negative hours": ("workload.yaml", "hours: 9800", "hours: -9800", "hours"),
    "a negative price": ("budget_proposals.yaml", "price_yen: 34860", "price_yen: -34860", "unit_price_yen"),
    "a negative amount": ("budget_proposals.yaml", "limit_k: 3960", "limit_k: -3960", "limit_k"),
    "not the product": ("budget_proposals.yaml", "      amount_yen: 69720\n", "      amount_yen: 69721\n", "69721"),
    "not the sum of the costs": ("budget_proposals.yaml", "    amount_yen: 594000", "    amount_yen: 594001", "594001"),
    "not the rounded sum": ("budget_proposals.yaml", "request_k: 70\n", "request_k: 69\n", "69"),
    "not the general revenue": ("budget_proposals.yaml", "    ippan: 11642", "    ippan: 11641", "11641"),
    "not the total of the file": ("budget_proposals.yaml", "  kokko_k: 96679", "  kokko_k: 96678", "96678"),
    "another item of expense": ("budget_proposals.yaml", "setsu_no: 12", "setsu_no: 13", "13"),
    "not the bond": ("budget_proposals.yaml", "percent: 75", "percent: 74", "amount_k"),
}  # fmt: skip
# Where the fault is seen on another line than the one that was changed.
LINES_FURTHER = {"broken YAML": 1, "not the bond": -3}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_with_file_and_line_and_nothing_is_loaded(name, folder):
    file, old, new, word = FAULTS[name]
    line = replace_once(folder, file, old, new) + LINES_FURTHER.get(name, 0)
    problems = refused(folder)
    assert (file, line) in {(each.file, each.line) for each in problems}, problems
    assert any(word in each.message for each in problems if each.file == file), problems


@pytest.mark.parametrize(
    ("file", "old", "word"),
    [
        ("hurdles.yaml", "  reported_by_section: '9001'", "reported_by_section"),
        ("budget_proposals.yaml", "  lead_section: '9001'", "lead_section"),
        ("workload.yaml", "  section: '0401'", "section"),
        ("budget_proposals.yaml", "  account: '01'", "account"),
    ],
)
def test_all_units_is_no_answer_where_one_is_needed(file, old, word, folder):
    line = replace_once(folder, file, old, f"  {word}: ALL")
    assert (file, line) in {(each.file, each.line) for each in refused(folder)}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("hurdles.yaml", "  - 古い慣習", "  - ALL"),
        ("budget_proposals.yaml", "  co_sections:\n  - '0206'", "  co_sections:\n  - ALL"),
        ("org.yaml", "  members_sections:\n  - '0102'", "  members_sections:\n  - ALL"),
    ],
)
def test_all_units_is_no_answer_in_a_list_of_names(file, old, new, folder):
    line = replace_once(folder, file, old, new) + new.count("\n")
    assert (file, line) in {(each.file, each.line) for each in refused(folder)}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("hurdles.yaml", "title: 請求書への押印が全庁で残っている", f"title: {'長' * 201}"),
        ("hurdles.yaml", "hours_per_year: 6200", "hours_per_year: 99999999999"),
        ("hurdles.yaml", "severity: 5", "severity: 6"),
        ("users.yaml", "name: 潮田 一成", f"name: {'長' * 101}"),
        ("org.yaml", "name: 秘書広報課", f"name: {'長' * 101}"),
        ("grants.yaml", "    denominator: 2", "    denominator: 0"),
        ("grants.yaml", "    numerator: 1", "    numerator: 3"),
        ("grants.yaml", "apply_by: '2022-02-22'", "apply_by: '2022-01-01'"),
        ("budget_proposals.yaml", "project_code: '0210-002'", "project_code: '0205-001'"),
        ("budget_proposals.yaml", "    to_fy: 2026", "    to_fy: 2023"),
        ("budget_proposals.yaml", "fy: 2023\n  account", "fy: 20230\n  account"),
        ("workload.yaml", "headcount: 7.0", "headcount: 七"),
        ("org.yaml", "  valid_to: null", "  valid_to: '2017-04-01'"),
        ("calendar.yaml", "fy: 2022", "fy: 99999"),
    ],
    ids=lambda text: text[:30].strip(),
)
def test_what_the_database_would_refuse_is_named_with_file_and_line(file, old, new, folder):
    line = replace_once(folder, file, old, new)
    assert any(each.file == file and abs(each.line - line) < 12 for each in refused(folder))


@pytest.mark.parametrize("file", ["org.yaml", "users.yaml", "masters.yaml"])
def test_a_file_that_every_city_needs_is_missing(file, folder):
    (folder / file).unlink()
    problems = refused(folder)
    assert [each.file for each in problems] == [file]


def test_a_file_that_others_refer_to_is_missing(folder):
    (folder / "grants.yaml").unlink()
    problems = refused(folder)
    assert {each.file for each in problems} == {"budget_proposals.yaml"}
    assert all("G-0" in each.message for each in problems)


@pytest.mark.parametrize(
    "content", [b"", b"- id: H-001\n", "名前\n".encode(), "hurdles: 日本\n".encode("cp932")], ids=range(4)
)
def test_a_file_that_is_no_mapping_or_no_utf8(content, folder):
    (folder / "voices.yaml").write_bytes(content)
    (problem,) = refused(folder)
    assert (problem.file, problem.line) == ("voices.yaml", 1)


@pytest.mark.parametrize("value", ["ハードル", "5", "{id: H-001}"])
def test_a_list_that_is_none(value, folder):
    (folder / "workload.yaml").unlink()
    (folder / "calendar.yaml").write_text(f"fy: 2022\nevents: {value}\n", encoding="utf-8")
    assert [(each.file, each.line) for each in refused(folder)] == [("calendar.yaml", 2)]


def test_every_fault_is_named_in_one_go(folder):
    replace_once(folder, "users.yaml", "org: '02'", "org: '99'")
    replace_once(folder, "hurdles.yaml", "category: SEAL", "category: STAMP")
    replace_once(folder, "voices.yaml", "hurdle: H-", "hurdle: X-")
    assert [each.file for each in refused(folder)] == ["hurdles.yaml", "users.yaml", "voices.yaml"]


def test_the_command_prints_a_line_for_each_fault_and_that_nothing_was_loaded(folder):
    line = replace_once(folder, "users.yaml", "org: '02'", "org: '99'")
    with pytest.raises(CommandError) as refusal:
        call_command("load_city", str(folder))
    first, last = str(refusal.value).splitlines()
    assert first.startswith(f"users.yaml:{line}: ")
    assert "99" in first
    assert last == "何も読み込んでいません。"


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(CommandError) as refusal:
        call_command("load_city", str(tmp_path / "nowhere"))
    assert "org.yaml:1: " in str(refusal.value)
    assert rows() == 0


def test_a_faulty_second_load_leaves_the_city_as_it_is(folder, demo_city):
    before = rows()
    replace_once(folder, "budget_proposals.yaml", "    ippan: 11642", "    ippan: 11641")
    replace_once(folder, "hurdles.yaml", "- id: H-030", "- id: H-031")
    with pytest.raises(Unloadable):
        load_city(folder=folder, as_of=AS_OF)
    assert rows() == before
