"""The roadmap picture of 200 rows beside its bare template, which is given every shape ready."""

from datetime import date, timedelta
from typing import Any

ROWS = 200
TODAY = date(2022, 10, 14)


def picture() -> dict[str, float]:
    """Milliseconds of layout and template together, and of the template by itself; the size in thousand bytes."""
    from apps.roadmap import exports  # noqa: PLC0415 after setup
    from benchmarks.clock import times_of  # noqa: PLC0415

    plan, window = a_plan(), exports.Window.around("10y", TODAY)
    ready = exports.draw(plan, window, TODAY)
    whole = times_of(lambda: exports.svg_of(exports.draw(plan, window, TODAY)))
    bare = times_of(lambda: exports.svg_of(ready))
    return {"rows": ROWS, "whole": whole.median, "bare": bare.median, "kilobytes": len(exports.svg_of(ready)) / 1000}


def a_plan() -> Any:
    """Rows with four milestones, a baseline, a vision and two needs each, one in ten of them in conflict."""
    from apps.roadmap.selectors.picture import Group, Plan  # noqa: PLC0415

    lines = tuple(a_line(number) for number in range(ROWS))
    return Plan(tuple(Group(f"分野{n}", lines[n * 20 : n * 20 + 20]) for n in range(ROWS // 20)))


def a_line(number: int) -> Any:
    from apps.roadmap.selectors.picture import Line, Marked, Needed  # noqa: PLC0415

    start = date(2022, 4, 1) + timedelta(days=number)
    return Line(
        key=number,
        number=f"I-2022-{number:04d}",
        title=f"窓口の見直しと電子申請への移行（その{number}）",
        url=f"/roadmap/initiatives/I-2022-{number:04d}/",
        unit="情報戦略課",
        status="実施中",
        chip="green half",
        starts_on=start,
        ends_on=start + timedelta(days=700),
        share=0.3,
        milestones=tuple(
            Marked(start + timedelta(days=90 * n), "R4", n + 1, f"節目{n}", achieved=not n) for n in range(4)
        ),
        ten=f"市役所に来なくても手続が終わり、分からない時は人が支援する。その{number}。",
        needs=tuple(
            Needed(number - n, f"I-2022-{number - n:04d}", "先行", unfit=n == 2 and not number % 10)
            for n in (1, 2)
            if number >= n
        ),
        frozen=True,
        old_starts_on=start,
        old_ends_on=start + timedelta(days=600),
    )
