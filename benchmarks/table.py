"""The table that `make bench` prints."""

from typing import Any

GROWTH_ALLOWED = 1.5
PICTURE_ALLOWED = 30  # milliseconds
EXPORT_ALLOWED = 1.5


def print_table(results: list[dict[str, Any]]) -> None:
    """One block a question; ratios are what counts, milliseconds only help to read them."""
    _generation(results)
    for role in results[0]["pages"]:
        _pages(results, role)
    _search(results)
    _export(results)
    _picture(results)
    _budget(results)


def _line(name: str, *cells: str) -> None:
    # Full-width characters take two columns.
    wide = sum(ord(character) > 0x2E7F for character in name)
    print(f"{name:<{30 - wide}}" + "".join(f"{cell:>15}" for cell in cells))


def _generation(results: list[dict[str, Any]]) -> None:
    _line("generate_city", "seconds", "rows", "database MB", "memory +MB")
    for each in results:
        made = each["generated"]
        cells = (f"{made['seconds']:.0f}", f"{made['rows']:,}", f"{made['megabytes']:,}", f"{made['grown_mb']:.0f}")
        _line(f"  {each['size']:,} hurdles", *cells)


def _pages(results: list[dict[str, Any]], role: str) -> None:
    """p95 at each size, its growth from the smallest to each larger one, page beside SQL, queries."""
    sizes = [f"p95 {each['size']:,}" for each in results]
    growth = [f"growth {each['size']:,}" for each in results[1:]]
    print()
    _line(f"pages as {role}", *sizes, *growth, "page / SQL", "queries")
    for name in (*results[0]["pages"][role], "one hurdle"):
        found = [each["detail"][role] if name == "one hurdle" else each["pages"][role][name] for each in results]
        if not all(found):
            continue  # not a page for this role
        grown = [_growth(each["p95"] / found[0]["p95"]) for each in found[1:]]
        queries = " = ".join(dict.fromkeys(str(each["queries"]) for each in found))
        ratio = f"{found[0]['median'] / max(found[0]['sql'], 0.01):.1f}"
        _line(f"  {name}", *(f"{each['p95']:.0f} ms" for each in found), *grown, ratio, queries)


def _growth(value: float) -> str:
    return f"{value:.2f}" + ("" if value < GROWTH_ALLOWED else " !")


def _search(results: list[dict[str, Any]]) -> None:
    print()
    _line("search: plain scan / index", *(f"{each['size']:,}" for each in results))
    for term in results[0]["search"]:
        times = [each["search"][term] for each in results]
        _line(f"  {term}", *(f"{each['scan'] / max(each['index'], 0.01):.1f}" for each in times))


def _export(results: list[dict[str, Any]]) -> None:
    print()
    _line("export / bare XlsxWriter", "rows", "ratio")
    for each in results:
        made = each["export"]
        _line(f"  {each['size']:,} hurdles", f"{made['rows']:,}", f"{made['page'] / made['bare']:.2f}")


def _picture(results: list[dict[str, Any]]) -> None:
    """The same picture in each process: what laying it out costs beside its bare template."""
    print()
    _line("roadmap picture, 200 rows", "layout + bare", "bare template", "difference", "kB")
    for each in results:
        made = each["picture"]
        more = made["whole"] - made["bare"]
        said = f"{more:.1f} ms" + ("" if more < PICTURE_ALLOWED else " !")
        cells = (f"{made['whole']:.1f} ms", f"{made['bare']:.1f} ms", said, f"{made['kilobytes']:.0f}")
        _line(f"  {each['size']:,} hurdles", *cells)


def _budget(results: list[dict[str, Any]]) -> None:
    """The flat list of the budget request: its time beside a bare loop, and its memory at a tenth and at all of it."""
    print()
    _line("budget, 10,000 proposals", "rows", "export", "bare", "ratio", "memory 1,000", "memory 10,000")
    for each in results:
        made = each["budget"]
        ratio = made["export"] / made["bare"]
        said = f"{ratio:.2f}" + ("" if ratio < EXPORT_ALLOWED else " !")
        seconds = (f"{made['export']:.1f} s", f"{made['bare']:.1f} s")
        memory = (f"+{made['small_mb']:.0f} MB", f"+{made['large_mb']:.0f} MB")
        _line(f"  {each['size']:,} hurdles", f"{made['rows']:,}", *seconds, said, *memory)
