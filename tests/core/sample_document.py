"""A report of the demo city as the tests write it: six chapters, two charts, a table of several pages."""

from datetime import date, datetime

from apps.core.clock import TOKYO
from apps.core.documents import (
    Chapter,
    Chart,
    DataTable,
    Document,
    Figures,
    FigureValue,
    Point,
    Series,
    TableColumn,
    Text,
)


def figure(name: str, label: str, value: int | str, unit: str, definition: str, text: str = "") -> FigureValue:
    return FigureValue(
        name=name,
        label=label,
        value=value,
        text=text or f"{value:,}",
        unit=unit,
        definition=definition,
        url=f"/hurdles/?figure={name}",
        records=("H-2022-0001", "H-2022-0010"),
    )


ISSUES = figure(
    "hurdles.issues", "各課から出された課題", 82, "件", "推進チーム会議（第1～4回）までに受け付けた件数。統合前"
)
HURDLES = figure("hurdles.all", "ハードル", 30, "件", "統合・下書き・差戻しを除くハードルの件数")
COMMON = figure("hurdles.common", "共通ハードル", 6, "件", "複数の所属に共通するものとしてまとめたハードルの件数")
GRAVE = figure("hurdles.grave", "重大さ5のハードル", 7, "件", "重大さが5で、統合・下書きでないハードルの件数")
HOURS = figure(
    "hurdles.hours",
    "重大さ5のハードルにかかる時間",
    22800,
    "時間／年",
    "業務量調査（令和4年度）で結び付いた業務の年間時間の計。ないものは所管課の申告",
)
REQUEST = figure(
    "budget.request", "令和5年度 要求額", 318086, "千円", "節ごとに千円未満を切り上げた額の計（令和5年度当初要求）"
)
STATE = figure("budget.state", "国・県の財源", 99679, "千円", "国庫支出金と県支出金の計。特別交付税は含まない")
GENERAL = figure("budget.general", "一般財源", 186707, "千円", "要求額から特定財源を引いた額")
INITIATIVES = figure("roadmap.initiatives", "取組", 12, "件", "ロードマップに載せた取組の件数")

CATEGORIES = (("押印・署名", 6), ("書面・対面", 8), ("システムの分断", 7), ("知識・技能の不足", 4), ("予算・契約", 3))
BY_CATEGORY = Chart(
    title="ハードルの分類",
    lead="「書面・対面」が8件で最も多く、「システムの分断」の7件が続く。",
    unit="件",
    kind="bars",
    series=(Series("件数", "key"),),
    points=(*(Point(label, (value,)) for label, value in CATEGORIES), Point("その他（分類を検討中）", (None,))),
)
TARGETS = Chart(
    title="オンライン申請の割合の目標と実績",
    lead="令和7年度末に主な手続の9割をオンラインで受け付ける。令和4年度は9月末の値。",
    unit="%",
    kind="lines",
    series=(Series("目標", "gray"), Series("実績", "key")),
    points=(
        Point("令和2年度", (None, 8.5)),
        Point("令和3年度", (20, 18.2)),
        Point("令和4年度", (35, 31)),
        Point("令和5年度", (55, None)),
        Point("令和6年度", (75, None)),
        Point("令和7年度", (90, None)),
    ),
)
TASKS = (
    "請求書への押印が全庁で残っている",
    "補助金の申請が紙と押印を前提にしている",
    "ライフイベントの手続で窓口を何度も回る",
    "システムの間で住所の異動を手で転記している",
    "議案書の印刷と差替えに多くの時間がかかり、直前の修正のたびに全頁を刷り直している",
)
SECTIONS = (
    "総務部 情報戦略課",
    "市民部 市民課",
    "健康福祉部 介護保険課",
    "教育委員会 学校教育課",
    "都市整備部 建築指導課",
)
BY_HURDLE = DataTable(
    title="重点とするハードル",
    columns=(
        TableColumn("番号", "code"),
        TableColumn("件名"),
        TableColumn("所管課"),
        TableColumn("方針の期限", "date"),
        TableColumn("時間／年", "number"),
    ),
    rows=tuple(
        (
            f"H-2022-{number:04}",
            TASKS[number % len(TASKS)],
            SECTIONS[number % len(SECTIONS)],
            f"R5.{number % 12 + 1}.{number % 28 + 1}",
            f"{number * 137 % 9000:,}",
        )
        for number in range(1, 41)
    ),
    total=("", "計", "", "", "103,380"),
    note="時間は業務量調査（令和4年度）による。調査に表れない業務は所管課の申告による。",
)
BY_PROJECT = DataTable(
    title="重点案件の要求額",
    unit="千円",
    columns=(
        TableColumn("事業", "code"),
        TableColumn("事業名"),
        TableColumn("令和5年度要求", "number"),
        TableColumn("令和4年度当初", "number"),
        TableColumn("増減", "number"),
        TableColumn("備考"),
    ),
    rows=(
        ("B-01", "オンライン申請基盤の整備", "118,086", "12,000", "106,086", "デジタル田園都市国家構想交付金（TYPE1）"),
        ("B-02", "電子契約の導入", "24,500", "－", "皆増", ""),
        ("B-03", "文書管理システムの更新", "175,500", "176,630", "△1,130", "令和4年度から3か年の債務負担行為"),
    ),
    total=("", "計", "318,086", "188,630", "129,456", ""),
)


def sample_document() -> Document:
    """The mid-year report of 汐見野市, without anything that a writer would stumble over."""
    return Document(
        title="令和4年度デジタル化推進チーム中間報告",
        city="汐見野市",
        subtitle="デジタル化推進本部 事務局（総務部 情報戦略課）",
        label_of_draft="第1案",
        as_of=date(2022, 10, 14),
        moment=datetime(2022, 10, 14, 18, 0, tzinfo=TOKYO),
        fiscal_year=2022,
        classification="機密性2（庁内限り）",
        chapters=(
            Chapter(
                1,
                "検討の経過",
                (
                    Text(
                        "推進チーム会議を4回開き、各課から出された82件の課題を30件のハードルに整理した。",
                        "people",
                    ),
                    Figures((ISSUES, HURDLES, COMMON)),
                    Text(
                        "令和4年5月から9月までに推進チーム会議を4回開いた。会議では、各課の課題を、法令によるもの、市の規則によるもの、"
                        "慣行によるもの、システムによるものに分け、市の裁量で改められるかどうかを確かめた。\n"
                        "ハードルのうち、複数の所属に共通する6件は共通ハードルとしてまとめ、所管課の意見を付けた。",
                        "generated",
                    ),
                ),
            ),
            Chapter(
                2,
                "全庁的なハードルと方針",
                (
                    Figures((HURDLES, GRAVE, HOURS)),
                    Text(
                        "重大さ5の7件を重点とし、期限と担当を定める。\n市の裁量で決められるものから着手する。", "people"
                    ),
                    BY_CATEGORY,
                    BY_HURDLE,
                ),
            ),
            Chapter(
                3,
                "10年後・3年後の将来像とロードマップ",
                (Text("12項目の目標値と節目を定める。", "people"), Figures((INITIATIVES,)), TARGETS),
            ),
            Chapter(4, "人材育成の考え方", (Text("4区分の人材像と年度別の必要数を示す。", "people"),)),
            Chapter(
                5,
                "令和5年度予算要求",
                (
                    Text("重点案件8件を要求する。", "people"),
                    Figures((REQUEST, STATE, GENERAL, HOURS, GRAVE)),
                    BY_PROJECT,
                ),
            ),
            Chapter(6, "国への政策要望", (Text("法令上の課題5件を要望としてまとめる。", "people"),)),
        ),
    )
