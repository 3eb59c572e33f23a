"""What is wrong in a city's files is named with its file and its line, and then nothing at all is loaded."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command

from apps.city.services import Problem, Unloadable, load_city
from apps.city.services.references import REFERRED
from tests.city.demo_city import AS_OF, DEMO, replace_once, rows

pytestmark = pytest.mark.django_db


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
        key = step.rstrip("[]{}")
        nodes = [
            value
            for each in nodes
            if isinstance(each, yaml.MappingNode)
            for name, value in each.value
            if name.value == key
        ]
        if "{}" in step:
            nodes = [value for each in nodes if isinstance(each, yaml.MappingNode) for _name, value in each.value]
        if "[]" in step:
            nodes = [entry for each in nodes if isinstance(each, yaml.SequenceNode) for entry in each.value]
    scalars = [each for each in nodes if isinstance(each, yaml.ScalarNode)]
    return [each for each in scalars if each.value not in {"", "ALL"} and each.tag != "tag:yaml.org,2002:null"]


# Where the demo city names nobody.
UNNAMED = {("reviews.yaml", "reflections[].answered_by.petitions[]")}


def broken_names() -> dict[tuple[str, str], tuple[yaml.ScalarNode, str]]:
    """The first name at each place that refers to something, and the name of nobody that goes there."""
    files = {file for file, _path, _kind in REFERRED}
    trees = {file: yaml.compose((DEMO / file).read_text(encoding="utf-8")) for file in files}
    named = [(file, path) for file, path, _kind in REFERRED if (file, path) not in UNNAMED]
    return {(file, path): (scalars_at(trees[file], path)[0], f"NOPE-{n:03d}") for n, (file, path) in enumerate(named)}


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
    assert len(faults_of_references) == len(BROKEN) == len(REFERRED) - len(UNNAMED)


def test_a_fault_calls_the_missing_record_by_its_name_on_the_screen(faults_of_references):
    (_node, name) = BROKEN[("policies.yaml", "policies[].decided_at")]
    assert f"会議「{name}」がありません" in [fault.message for fault in faults_of_references]


def test_a_petition_that_answers_a_reflection_must_be_there(folder):
    line = replace_once(folder, "reviews.yaml", "petitions: []", "petitions: [P-99]")
    (problem,) = refused(folder)
    assert (problem.file, problem.line) == ("reviews.yaml", line)
    assert "P-99" in problem.message


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
    line = replace_once(folder, file, old, new)
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
        ("budget_proposals.yaml", "project_code: '0210-002'", "project_code: '0205-001'"),
        ("org.yaml", "  valid_to: null", "  valid_to: '2017-04-01'"),
        ("voices.yaml", "answered_on: '2022-05-30'", "answered_on: null"),
        ("policies.yaml", "  - version: 2", "  - version: 1"),
        ("roadmap.yaml", "    quarter: 4", "    quarter: 5"),
        ("training.yaml", "adhoc_reason: 発信は計画に位置付けていない。", "adhoc_reason: ''"),
        ("training.yaml", "completed: 941", "completed: 983"),
        ("introduction_plans.yaml", "reviewed_on: '2022-09-12'", "reviewed_on: null"),
        ("introduction_plans.yaml", "maturity: 4", "maturity: 6"),
        ("meetings.yaml", "'no': 2", "'no': 1"),
        ("interim_report.yaml", "'no': 6", "'no': 5"),
        ("masters.yaml", "name: 制度・法令", f"name: {'長' * 51}"),
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
