"""Departments, sections and what they were called before; the workload survey."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from apps.city.services.generating.texts import any_of
from apps.city.services.generating.words import TASKS
from apps.city.services.generating.writing import Act, Person, Writer
from apps.core.fiscal import FiscalYear
from apps.organization.choices import UnitKind
from apps.organization.models import Unit, WorkloadEntry

# The first section is the secretariat's, the second one that of finance, the third one that of personnel.
DEPARTMENTS = {
    "総務部": ("デジタル戦略課", "財政課", "人事課", "総務課", "行政改革推進課", "法務課", "契約検査課", "管財課"),
    "企画部": ("企画政策課", "秘書広報課", "市民協働課", "統計課"),
    "市民部": ("市民課", "保険年金課", "税務課", "納税課", "資産税課", "生活安全課"),
    "福祉部": ("社会福祉課", "障害福祉課", "高齢福祉課", "介護保険課", "生活支援課"),
    "こども部": ("こども政策課", "保育課", "子育て支援課", "母子保健課"),
    "健康部": ("健康増進課", "予防課", "国保医療課"),
    "環境経済部": ("環境課", "廃棄物対策課", "商工課", "観光課", "農政課", "農業委員会事務局"),
    "建設部": ("土木課", "道路管理課", "建築指導課", "都市計画課", "公園緑地課", "住宅課", "下水道課"),
    "教育委員会": ("教育総務課", "学校教育課", "生涯学習課", "図書館", "文化財課", "スポーツ課", "学校給食課"),
    "危機管理部": ("危機管理課", "防災課", "消防総務課", "消防予防課"),
    "上下水道局": ("経営課", "水道整備課", "浄水課"),
    "行政委員会": ("議会事務局", "監査委員事務局", "選挙管理委員会事務局", "会計課"),
}
BRANCHES = ["北部", "南部", "東部", "西部", "中央", "臨海", "山手", "新町", "本町", "港"]
OLD_NAMES = {"デジタル戦略課": "情報政策課", "行政改革推進課": "行革推進室", "市民協働課": "市民活動課"}
EVERY_SO_MANY_RENAMED = 9


@dataclass
class Section:
    """A section of today, who sits there, and until when it had another name."""

    pk: int
    name: str
    department: int
    old: int | None = None
    people: list[Person] = field(default_factory=list)

    def on(self, day: date, renamed_on: date) -> int:
        """The unit that it was on a day."""
        return self.old if self.old and day < renamed_on else self.pk


@dataclass
class Organisation:
    sections: list[Section] = field(default_factory=list)
    departments: list[int] = field(default_factory=list)
    tasks: dict[int, list[int]] = field(default_factory=dict)

    def lead(self, category: str) -> Section:
        """The section that usually owns hurdles of a category."""
        return self.sections[sum(map(ord, category)) % len(self.sections)]


def section_names(count: int) -> list[tuple[str, str]]:
    """Departments with sections, as many sections as wanted: first the city hall, then its branches."""
    hall = [(department, section) for department, sections in DEPARTMENTS.items() for section in sections]
    names, branch = list(hall[:count]), 0
    while len(names) < count:
        turn, at = divmod(branch, len(BRANCHES))
        name = f"{BRANCHES[at]}支所" if not turn else f"{BRANCHES[at]}第{turn + 1}支所"
        local = (f"{name} {section}" for _department, section in hall[8:20])
        names += [(name, section) for section in local][: count - len(names)]
        branch += 1
    return names


def write_organisation(writer: Writer, units: int, act: Act) -> Organisation:
    """Units and their workload; each ninth section had another name until the present fiscal year began."""
    made, renamed_on = Organisation(), FiscalYear.of(writer.today).start
    numbers: dict[str, tuple[int, int]] = {}
    for position, (department, name) in enumerate(section_names(units)):
        if department not in numbers:
            number = len(numbers) + 1
            values = {"code": f"{number:02d}", "name": department, "kind": UnitKind.DEPARTMENT, "order": number * 1000}
            numbers[department] = (number, writer.add(Unit, act, **values))
            made.departments.append(numbers[department][1])
        number, parent = numbers[department]
        order = number * 1000 + position + 1
        values = {"code": f"{number:02d}{position + 1:04d}", "parent_id": parent, "order": order}
        section = _section(writer, act, renamed_on if position % EVERY_SO_MANY_RENAMED == 0 else None, name, values)
        made.sections.append(section)
        made.tasks[section.pk] = _tasks(writer, act, section)
    return made


def _section(writer: Writer, act: Act, renamed_on: date | None, name: str, values: dict[str, object]) -> Section:
    parent = int(str(values["parent_id"]))
    kind = UnitKind.SECTION
    pk = writer.add(Unit, act, **values, name=name, kind=kind, valid_from=renamed_on or date(2015, 4, 1))
    if not renamed_on:
        return Section(pk, name, parent)
    old_name = OLD_NAMES.get(name, f"{name.removesuffix('課')}室")
    last_day = renamed_on - timedelta(days=1)
    old = writer.add(
        Unit, act, **values, name=old_name, kind=kind, valid_from=date(2015, 4, 1), valid_to=last_day,
        main_successor_id=pk,
    )  # fmt: skip
    writer.add(Unit.successors.through, act, from_unit_id=old, to_unit_id=pk)
    return Section(pk, name, parent, old)


def _tasks(writer: Writer, act: Act, section: Section) -> list[int]:
    year, tasks = FiscalYear.of(writer.today).previous, []
    for task in TASKS[: 2 + int(3 * writer.chance.random())]:
        hours = 100 * (1 + int(40 * writer.chance.random() ** 2))
        tasks.append(
            writer.add(
                WorkloadEntry, act, fiscal_year=year, unit_id=section.pk, task=task, hours=hours,
                headcount=f"{hours / 1800:.2f}", routine=True, core=any_of(writer.chance, (True, False)),
            )
        )  # fmt: skip
    return tasks
