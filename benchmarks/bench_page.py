"""Figures → `docs/benchmarks.md`: what was measured, in tables and a chart; nothing that was not measured is filled in."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from benchmarks.bench_floor import floors
from benchmarks.bench_lines import must_show
from benchmarks.bench_reading import lines as reading_lines

Found = Mapping[str, Any]

CHART: Final = "benchmarks-growth.svg"
NO_PAIRS: Final = (
    "network",
    "operator",
    "strength",
    "pagerank",
    "components",
    "eigenvector",
    "solicitation",
    "isolation",
)
"""Stages that need no pairs."""

WITH_PAIRS: Final = (
    "meetings",
    "centrality",
    "cohesion",
    "communities",
    "coordination",
    "change",
    "strengths streamed",
    "ties streamed",
    "ties to Parquet",
    "ties",
)
_SMALLEST_FITTED: Final = 10_000
"""Below, starting a function costs more than its rows."""


def rewrite(found: Found, page: Path) -> None:
    """
    Write the page and its chart again.

    Parameters
    ----------
    found
        What `docs/benchmarks.json` holds.
    page
        The page.
    """
    by_size = sizes(found)
    drawn = _chart(by_size)
    if drawn is not None:
        with mpl.rc_context({"svg.hashsalt": "partnet_analysis", "svg.fonttype": "path"}):
            drawn.savefig(page.parent / "_static" / CHART, metadata={"Date": None, "Creator": None})
    page.write_text("\n".join(_lines(found, by_size)) + "\n", encoding="utf-8")


def sizes(found: Found) -> dict[int, dict[str, Any]]:
    """
    Gather the toolkit's stages at every size.

    Parameters
    ----------
    found
        What was measured.

    Returns
    -------
    by_size
        Rows → what the trial told, in order.
    """
    told = {int(rows): rivals["toolkit"] for rows, rivals in found.get("rivals", {}).items()}
    told |= {int(rows): trial for rows, trial in found.get("growth", {}).items()}
    return dict(sorted(told.items()))


def exponent(by_size: Mapping[int, Any], stage: str) -> float:
    """
    Fit seconds = a · rows^b from ten thousand rows on.

    Parameters
    ----------
    by_size
        As `sizes` gives it.
    stage
        The stage.

    Returns
    -------
    exponent
        The power b, of processor seconds; NaN where fewer than two sizes were measured.
    """
    points = [
        (rows, told["stages"][stage]["cpu"])
        for rows, told in by_size.items()
        if rows >= _SMALLEST_FITTED and stage in told["stages"]
    ]
    if len(points) < 2:  # noqa: PLR2004 (a line has two points)
        return float("nan")
    rows, cpu = np.log(np.array(points)).T
    return float(np.polyfit(rows, cpu, 1)[0])


def seconds(value: float | None) -> str:
    """
    Write seconds with two digits that count.

    Parameters
    ----------
    value
        The seconds; None where unknown.

    Returns
    -------
    text
        A dash where unknown.

    Examples
    --------
    >>> seconds(0.01234), seconds(12.34), seconds(0.00004), seconds(None)
    ('0.012', '12', '0.00004', '–')
    """
    if value is None or np.isnan(value):
        return "–"
    if value >= 9.95:  # noqa: PLR2004 (two digits that count)
        return f"{value:,.0f}"
    digits = 1 if value >= 1 else 1 - int(np.floor(np.log10(max(value, 1e-6))))
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits > 1 else f"{value:.{digits}f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """
    Write a Markdown table.

    Parameters
    ----------
    head
        The column heads; the first column stands left, the others right.
    rows
        The rows.

    Returns
    -------
    lines
        The table, an empty line after it.
    """
    rule = "|---|" + "---:|" * (len(head) - 1)
    return [_row(head), rule, *map(_row, rows), ""]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _lines(found: Found, by_size: Mapping[int, Any]) -> Iterator[str]:
    yield from _head(found)
    yield "## What was aimed at\n"
    exponents = {stage: exponent(by_size, stage) for stage in NO_PAIRS}
    yield from table(["aim", "measured", "met"], [[*line] for line in must_show(found, by_size, exponents)])
    yield from _town(found)
    yield from reading_lines(found)
    yield from _by_hand(found)
    yield from _growth(by_size)
    yield from _nation(found)
    yield from _spark(found)
    yield from _floor(found, by_size)
    yield from _start_up(found)


def _head(found: Found) -> Iterator[str]:
    yield "# Benchmarks\n"
    yield (
        "`make bench` writes this page: it generates records, runs this toolkit and its rivals in turn, each trial in a"
        " process of its own, and takes medians. `make bench-quick` checks that all give the same results. Seconds are"
        " seconds of processor time, which other work on the machine hardly changes; where clock time is meant, it says so."
        " The generated records have meetings of 3 to 2,000 by a power law and a few actors who come to everything; peak"
        " memory is what the process held at most, its libraries and tables included.\n"
    )
    measured = found.get("measured", {})
    if measured:
        last = measured[max(measured, key=lambda name: measured[name]["load"])]
        versions = ", ".join(f"{name} {version}" for name, version in last["versions"].items())
        loads = sorted(one["load"] for one in measured.values())
        commits = ", ".join(sorted({one["commit"] for one in measured.values()}))
        yield (
            f"{last['processor']}, {last['cores']} cores, {last['memory_gib']:.0f} GiB, {last['system']}, Python"
            f" {last['python']}, {versions}. Version{'s' if ',' in commits else ''} {commits}. Other work shared the"
            f" machine: load averages of {loads[0]:.1f} to {loads[-1]:.1f}.\n"
        )


def _town(found: Found) -> Iterator[str]:
    if "town" not in found:
        return
    yield "## A town: where the seconds go\n"
    yield "A whole `partnet review`, stage by stage; loading libraries is the first stage.\n"
    towns = found["town"]
    stages = list(dict.fromkeys(name for told in towns.values() for name in told["stages"]))
    rows = []
    for stage in stages:
        cells = [told["stages"].get(stage) for told in towns.values()]
        rows.append([stage, *(text for cell in cells for text in (_cpu(cell), _clock(cell)))])
    totals = [
        text
        for told in towns.values()
        for kind in ("cpu", "seconds")
        for text in [seconds(sum(stage[kind] for name, stage in told["stages"].items() if name != "imports"))]
    ]
    rows.append(["**all after loading**", *(f"**{total}**" for total in totals)])
    yield from table(["stage", *(text for name in towns for text in (f"{name}: processor", "clock"))], rows)


def _cpu(stage: Mapping[str, Any] | None) -> str:
    return seconds(stage["cpu"] if stage else None)


def _clock(stage: Mapping[str, Any] | None) -> str:
    return seconds(stage["seconds"] if stage else None)


def _by_hand(found: Found) -> Iterator[str]:
    if "rivals" not in found:
        return
    yield "## By hand: networkx and pandas, igraph directly, vivainsights\n"
    yield (
        "`centrality` is eleven measures on the whole network and again without the coordinators, ties at hand; by hand"
        " the same measures one by one on both networks, ties and graphs made apart. Reading by hand checks nothing."
        " A dash: the rival does not do this, or not within the time allowed. vivainsights computes five of the measures,"
        " unweighted and once; beside it stands our `unweighted`, seven measures twice.\n"
    )
    for rows, rivals in sorted(found["rivals"].items(), key=lambda item: int(item[0])):
        yield f"### {int(rows):,} rows\n"
        yield from table(
            ["work", "this toolkit", "networkx, pandas", "igraph, pandas", "vivainsights"], list(_compared(rivals))
        )
        for name, told in rivals.items():
            if told["reason"]:
                yield f"- {name} was stopped at `{told['unfinished']}`: {told['reason']} (after {told['limit']:.0f} s).\n"


_MEASURES: Final = (
    "degree",
    "strength",
    "components",
    "coreness",
    "pagerank",
    "eigenvector",
    "clustering",
    "harmonic_closeness",
    "effective_size",
    "constraint",
    "betweenness",
)


def _compared(rivals: Found) -> Iterator[list[str]]:
    ours, read = rivals["toolkit"]["stages"], rivals["toolkit read"]["stages"]
    hand, direct, loop = (rivals[name]["stages"] for name in ("networkx", "igraph", "loop"))
    viva = rivals.get("vivainsights", {}).get("stages", {})
    yield ["read CSV", _cpu(read.get("read")), _cpu(hand.get("read")), _cpu(direct.get("read")), "–"]
    yield ["load", _cpu(ours.get("solicitation")), _cpu(hand.get("load")), _cpu(direct.get("load")), "–"]
    merged = f"{_cpu(hand.get('ties'))} merged, {_cpu(loop.get('ties'))} looped"
    yield ["ties", _cpu(ours.get("ties", ours.get("ties streamed"))), merged, _cpu(direct.get("ties")), "–"]
    for name in _MEASURES:
        yield [f"{name}, twice", "", _cpu(hand.get(name)), _cpu(direct.get(name)), "–"]
    yield ["**centrality: all of these**", f"**{_cpu(ours.get('centrality alone'))}**", _all(hand), _all(direct), "–"]
    yield ["the same, ties listed anew", _cpu(ours.get("centrality")), "–", "–", "–"]
    yield ["unweighted", _cpu(ours.get("unweighted")), "–", "–", _cpu(viva.get("centralities"))]
    yield ["communities", *(_cpu(one.get("communities")) for one in (ours, hand, direct)), "–"]
    peaks = [max((stage["peak_mib"] for stage in one.values()), default=None) for one in (ours, hand, direct, viva)]
    yield ["peak memory (MiB)", *(seconds(peak) for peak in peaks)]


def _all(stages: Found) -> str:
    known = [stages[name]["cpu"] for name in _MEASURES if name in stages]
    if not known:
        return "–"
    whole = len(known) == len(_MEASURES)
    return f"**{seconds(sum(known))}**" if whole else f"{seconds(sum(known))} for {len(known)} of them"


def _growth(by_size: Mapping[int, Any]) -> Iterator[str]:
    if not by_size:
        return
    yield "## Growth\n"
    yield (
        "Seconds of each part at each size, every part from records in memory and on its own, so that what several parts"
        " share is counted in each; the exponent b of *seconds = a · rows^b* is fitted from 10,000 rows on.\n"
    )
    rows = []
    for stage in (*NO_PAIRS, *WITH_PAIRS):
        fitted = exponent(by_size, stage)
        cells = [_cpu(told["stages"].get(stage)) for told in by_size.values()]
        rows.append([stage, *cells, "–" if np.isnan(fitted) else f"{fitted:.2f}"])
    for what, key in (("pairs brought together", "pairs"), ("ties", "ties")):
        stage = {"pairs": "network", "ties": "ties streamed"}[key]
        told_of = [told["stages"].get(stage, {}).get("facts", {}).get(key) for told in by_size.values()]
        rows.append([what, *("–" if value is None else f"{value:,}" for value in told_of), "–"])
    peaks = [max((stage["peak_mib"] for stage in told["stages"].values()), default=0.0) for told in by_size.values()]
    rows.append(["peak memory (MiB)", *(f"{peak:,.0f}" for peak in peaks), "–"])
    yield from table(["part", *(f"{size:,} rows" for size in by_size), "b"], rows)
    for size, told in by_size.items():
        if told["reason"]:
            yield f"- {size:,} rows: stopped at `{told['unfinished']}`: {told['reason']} (after {told['limit']:.0f} s).\n"
    if len(by_size) > 1:
        yield f"![Seconds by number of rows](_static/{CHART})\n"


def _nation(found: Found) -> Iterator[str]:
    if "nation" not in found:
        return
    told = found["nation"]
    yield f"## A nation: {told['rows']:,} rows, {told['actors']:,} actors\n"
    yield "Presences as numbers in memory, on one machine; nothing here lists pairs.\n"
    rows = [[name, _cpu(stage), _clock(stage), f"{stage['peak_mib'] / 1024:.1f}"] for name, stage in told["stages"].items()]
    yield from table(["part", "processor seconds", "clock seconds", "peak (GiB)"], rows)
    if told["reason"]:
        yield f"- stopped at `{told['unfinished']}`: {told['reason']}.\n"


def _spark(found: Found) -> Iterator[str]:
    told = {int(rows): one for rows, one in sorted(found.get("spark", {}).items(), key=lambda item: int(item[0]))}
    if not told:
        return
    yield "## The same on Spark\n"
    yield (
        "A cluster of two worker processes on this machine, from Parquet, ids as numbers; each measure reads its rows again."
        " Seconds by the clock; strengths are compared with those counted without Spark. Peak memory is that of its Java"
        " processes together.\n"
    )
    stages = list(dict.fromkeys(name for one in told.values() for name in one["stages"]))
    rows = [[name, *(_clock(one["stages"].get(name)) for one in told.values())] for name in stages]
    peaks = [max(stage["facts"].get("java_mib", 0.0) for stage in one["stages"].values()) for one in told.values()]
    rows.append(["peak memory (GiB)", *(f"{peak / 1024:.1f}" for peak in peaks)])
    yield from table(["part", *(f"{size:,} rows" for size in told)], rows)


def _floor(found: Found, by_size: Mapping[int, Any]) -> Iterator[str]:
    if "floor" not in found:
        return
    speed = found["floor"]["speeds"]
    yield "## How near the floor\n"
    yield (
        "What the work cannot do without, over what this machine does (one core, in GB/s: "
        + ", ".join(f"{name.replace('_', ' ')} {value:.1f}" for name, value in speed.items())
        + "): each presence read twice for the operator; each pair written, sorted, read once for ties; from each source"
        " each road looked along from both ends, out and back, for betweenness; each byte read and its lines counted for"
        " reading.\n"
    )
    rows = []
    for size, told in by_size.items():
        for stage, least in floors(speed, told["stages"]).items():
            spent = told["stages"][stage]["cpu"]
            rows.append([f"{stage}, {size:,} rows", seconds(least), seconds(spent), f"{spent / least:.1f}"])
    for size, read in found["floor"]["lines"].items():
        ours = found.get("rivals", {}).get(size, {}).get("toolkit read", {}).get("stages", {}).get("read")
        if ours:
            least = read["seconds"]
            ratio = f"{ours['cpu'] / least:,.0f}"
            rows.append([f"reading, {int(size):,} rows ({read['bytes'] / 1e6:.1f} MB)", seconds(least), _cpu(ours), ratio])
    yield from table(["work", "floor (s)", "measured (s)", "times the floor"], rows)


def _start_up(found: Found) -> Iterator[str]:
    if "start_up" not in found:
        return
    yield "## What each command loads\n"
    yield "On the example; a test asserts what a command may not load.\n"
    rows = []
    for command, told in found["start_up"].items():
        heavy = ", ".join(f"{name} {value:.2f}" for name, value in told["heavy"].items()) or "nothing heavy"
        rows.append([f"`{command}`", heavy, seconds(told["seconds"]), seconds(told.get("wall"))])
    yield from table(["command", "libraries and their own seconds", "loading (s)", "whole run, clock (s)"], rows)


def _chart(by_size: Mapping[int, Any]) -> Figure | None:
    if len(by_size) < 2:  # noqa: PLR2004 (a line has two points)
        return None
    figure = Figure(figsize=(8, 4.6), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    for place, stage in enumerate((*NO_PAIRS, "centrality", "ties streamed")):
        points = [(rows, told["stages"][stage]["cpu"]) for rows, told in by_size.items() if stage in told["stages"]]
        if points:
            axes.loglog(*zip(*points, strict=True), marker="os^Dhvp*"[place % 8], markersize=4, linewidth=1.2, label=stage)
    axes.set_xlabel("rows of attendance")
    axes.set_ylabel("processor seconds")
    axes.grid(visible=True, linewidth=0.4, alpha=0.5)
    axes.legend(fontsize=7, ncols=1, loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False)
    return figure
