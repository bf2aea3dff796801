"""Each aim, the figure measured for it, and whether it is met; what was not measured says so."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np

Found = Mapping[str, Any]
Line = tuple[str, str, str]

NOT_MEASURED: Final = "not measured"
MILLION: Final = 1_000_000
_TOWN_SECONDS: Final = 5
_TIMES_NETWORKX: Final = 40
_TIMES_BY_HAND: Final = 100
_REGION: Final = (60, 4)
_LARGE: Final = (180, 8)
"""Seconds and GiB."""

_TIES_GIB: Final = 6
_EXPONENT: Final = 1.1
_FACTOR: Final = 2
_NETWORKS: Final = 20
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
_NO_LIST: Final = ("network", "strength", "pagerank", "components", "eigenvector", "solicitation", "isolation")
"""What needs no list of pairs; isolation counts each actor's partners as they pass by."""

_TOWN: Final = ("read", "review", "map", "measures", "canonical", "sections and figures", "review.html", "write")


def must_show(found: Found, by_size: Mapping[int, Any], exponents: Mapping[str, float]) -> Iterator[Line]:
    """
    Hold every aim against what was measured.

    Parameters
    ----------
    found
        What was measured.
    by_size
        The toolkit's trials by rows.
    exponents
        The fitted exponents of what needs no pairs.

    Yields
    ------
    line
        The aim, the figure, and `yes`, `no` or `–`.
    """
    yield _town(found)
    yield _against_networkx(found)
    yield _region(found)
    yield _by_hand(found)
    yield _large(by_size)
    yield _large_ties(by_size)
    yield _nation(found)
    yield _exponents(exponents, by_size)
    yield _plenary(found)
    yield _sampled(found)


def _line(aim: str, figure: str, *, met: bool | None) -> Line:
    return aim, figure, {True: "yes", False: "**no**", None: "–"}[met]


def _town(found: Found) -> Line:
    aim = "100 partners, 2,000 rows: whole review (all measures, map, HTML) in ≤ 5 s after loading"
    stages = found.get("town", {}).get("100 partners, 2,000 rows", {}).get("stages")
    if not stages:
        return _line(aim, NOT_MEASURED, met=None)
    cpu, clock = (sum(stages[name][kind] for name in _TOWN if name in stages) for kind in ("cpu", "seconds"))
    whole = sum(stage["cpu"] for name, stage in stages.items() if name != "imports")
    return _line(
        aim,
        f"{cpu:.1f} s of processor, {clock:.1f} s by the clock; with PDF, Word and Excel {whole:.1f} s",
        met=cpu <= _TOWN_SECONDS,
    )


def _against_networkx(found: Found) -> Line:
    aim = "the measures alone ≥ 40 times faster than by networkx"
    rivals = found.get("rivals", {}).get("2000")
    if not rivals or "centrality alone" not in rivals["toolkit"]["stages"]:
        return _line(aim, NOT_MEASURED, met=None)
    ours = rivals["toolkit"]["stages"]["centrality alone"]["cpu"]
    hand = rivals["networkx"]["stages"]
    done = [hand[name]["cpu"] for name in _MEASURES if name in hand]
    times = sum(done) / ours
    if len(done) < len(_MEASURES):
        figure = f"{ours:.3f} s; networkx did {len(done)} of eleven in the time given, {times:.0f} times as long"
        return _line(aim, figure, met=True if times >= _TIMES_NETWORKX else None)
    figure = f"100 partners, eleven measures twice, ties at hand: {ours:.4f} s against {sum(done):.2f} s, {times:.0f} times"
    return _line(aim, figure, met=times >= _TIMES_NETWORKX)


def _region(found: Found) -> Line:
    aim = "10⁶ rows, 20,000 actors: review from CSV to map in ≤ 60 s and ≤ 4 GiB"
    told = found.get("region")
    if not told or told["rows"] < MILLION:
        return _line(aim, NOT_MEASURED, met=None)
    stages = {name: told["stages"].get(name) for name in ("read", "review", "map")}
    parts = ", ".join(f"{name} {stage['seconds']:.0f} s" for name, stage in stages.items() if stage)
    peak = max((stage["peak_mib"] for stage in told["stages"].values()), default=0.0) / 1024
    if not all(stages.values()):
        return _line(aim, f"{parts}; stopped at `{told['unfinished']}` ({told['reason']}), peak {peak:.1f} GiB", met=False)
    clock = sum(stage["seconds"] for stage in stages.values() if stage)
    return _line(
        aim, f"{clock:.0f} s by the clock ({parts}), {peak:.1f} GiB", met=clock <= _REGION[0] and peak <= _REGION[1]
    )


def _by_hand(found: Found) -> Line:
    aim = "10⁶ rows: ≥ 100 times the pipeline by hand on the parts that it can do"
    rivals = found.get("rivals", {}).get("1000000")
    if not rivals:
        return _line(aim, NOT_MEASURED, met=None)
    ours, loop = rivals["toolkit"]["stages"], rivals["loop"]["stages"]
    ratios = []
    if "ties" in loop and "strengths streamed" in ours:
        ratios.append(loop["ties"]["cpu"] / ours["strengths streamed"]["cpu"])
    said = [f"strengths of all ties {ratio:.0f} times (by a loop)" for ratio in ratios]
    for library in ("networkx", "igraph"):
        hand = rivals[library]["stages"]
        for name, ratio in _pipelines(ours, hand).items():
            ratios.append(ratio)
            said.append(f"{name} from the records on {ratio:.0f} times (by {library})")
        if rivals[library]["reason"]:
            said.append(f"{library} by hand stopped at `{rivals[library]['unfinished']}` ({rivals[library]['reason']})")
    met = None if not ratios else min(ratios) >= _TIMES_BY_HAND
    return _line(aim, "; ".join(said) or "no part in common was finished", met=met)


_BEFORE: Final = ("ties", "graph", "ties without coordinators", "graph without coordinators")
"""What must be made by hand before the first measure."""


def _pipelines(ours: Found, hand: Found) -> dict[str, float]:
    """Compare what leads from the records to a measure: by hand ties and graphs of both networks, here the incidence."""
    if not {*_BEFORE} <= set(hand):
        return {}
    made = sum(hand[name]["cpu"] for name in _BEFORE)
    both = [name for name in ("strength", "components", "pagerank", "eigenvector") if name in hand and name in ours]
    return {name: (made + hand[name]["cpu"]) / (2 * (ours["network"]["cpu"] + ours[name]["cpu"])) for name in both}


def _large(by_size: Mapping[int, Any]) -> Line:
    aim = "10⁷ rows, 100,000 actors: all but the list of pairs in ≤ 3 min and ≤ 8 GiB"
    told = by_size.get(10_000_000)
    if not told:
        return _line(aim, NOT_MEASURED, met=None)
    stages = told["stages"]
    parts = {name: stages[name] for name in _NO_LIST if name in stages}
    more = {name: stages[name]["seconds"] for name in ("meetings", "cohesion", "change", "coordination") if name in stages}
    clock = sum(stage["seconds"] for stage in parts.values())
    peak = max(stage["peak_mib"] for stage in parts.values()) / 1024
    said = ", ".join(f"{name} {stage['seconds']:.1f}" for name, stage in parts.items())
    figure = f"{clock:.0f} s by the clock, {peak:.1f} GiB ({said})"
    if more:
        figure += "; by themselves, for what looks at every pair: " + ", ".join(f"{n} {s:.0f} s" for n, s in more.items())
    end = f"; stopped at `{told['unfinished']}` ({told['reason']})" if told["reason"] else ""
    return _line(aim, figure + end, met=set(_NO_LIST) <= set(parts) and clock <= _LARGE[0] and peak <= _LARGE[1])


def _large_ties(by_size: Mapping[int, Any]) -> Line:
    aim = "10⁷ rows: the ties within 6 GiB, or streamed"
    stages = by_size.get(10_000_000, {}).get("stages", {})
    said, peaks = [], []
    for name, how in (("ties streamed", "passed by"), ("ties to Parquet", "written as Parquet")):
        if name in stages:
            stage = stages[name]
            peaks.append(stage["peak_mib"] / 1024)
            said.append(f"{stage['facts']['ties']:,} ties {how} in {stage['seconds']:.0f} s, {peaks[-1]:.1f} GiB")
    if not said:
        return _line(aim, NOT_MEASURED, met=None)
    return _line(aim, "; ".join(said) + ", the records included", met=max(peaks) <= _TIES_GIB)


def _nation(found: Found) -> Line:
    aim = "10⁸ rows on one machine: load, isolation, strength, PageRank, measured"
    told = found.get("nation")
    if not told or told["rows"] < 100 * MILLION:
        return _line(aim, NOT_MEASURED, met=None)
    stages = told["stages"]
    if not stages:
        return _line(aim, f"stopped after {told['limit']:.0f} s by the clock, before its first stage was done", met=None)
    parts = ", ".join(f"{name} {stage['seconds']:.1f} s" for name, stage in stages.items())
    peak = max((stage["peak_mib"] for stage in stages.values()), default=0.0) / 1024
    wanted = {"load by month", "components", "strength", "pagerank"}
    return _line(aim, f"{parts}; {peak:.1f} GiB (isolation as components)", met=wanted <= set(stages))


def _exponents(exponents: Mapping[str, float], by_size: Mapping[int, Any]) -> Line:
    aim = "growth exponent ≤ 1.1 in rows for all that needs no pairs"
    known = {name: value for name, value in exponents.items() if not np.isnan(value)}
    if not known:
        return _line(aim, NOT_MEASURED, met=None)
    said = ", ".join(f"{name} {value:.2f}" for name, value in known.items())
    last = {name: _last_decade(by_size, name) for name in known}
    steeper = ", ".join(f"{name} {value:.2f}" for name, value in last.items() if value > _EXPONENT)
    if steeper:
        said += f"; from 10⁶ to 10⁷ rows alone, where the caches no longer hold what is looked up: {steeper}"
    return _line(aim, said, met=max(known.values()) <= _EXPONENT)


def _last_decade(by_size: Mapping[int, Any], stage: str) -> float:
    """Tell by which power of the rows the seconds grew between the two largest sizes."""
    before, after = (by_size.get(rows, {}).get("stages", {}).get(stage, {}).get("cpu") for rows in (MILLION, 10 * MILLION))
    return float(np.log10(after / before)) if before and after else float("nan")


def _plenary(found: Found) -> Line:
    aim = "one plenary of 2,000 more changes a town's total by less than a factor 2"
    told = found.get("plenary", {})
    known, newcomers = (_with_plenary(told.get(name, {}).get("stages", {})) for name in ("known", "newcomers"))
    if known is None:
        return _line(aim, NOT_MEASURED, met=None)
    before, after = known
    figure = f"20,000 rows, 2,000 partners, who all come: {before:.1f} s, with it {after:.1f} s, factor {after / before:.1f}"
    if newcomers:
        figure += (
            f"; 10,000 rows, 500 partners and 1,500 newcomers, four times as many to be measured: {newcomers[0]:.1f} s, "
            f"with it {newcomers[1]:.1f} s, factor {newcomers[1] / newcomers[0]:.1f}"
        )
    return _line(aim, figure, met=after / before < _FACTOR)


def _with_plenary(stages: Found) -> tuple[float, float] | None:
    if not {"town", "town with plenary"} <= set(stages):
        return None
    return stages["town"]["cpu"], stages["town with plenary"]["cpu"]


def _sampled(found: Found) -> Line:
    aim = "sampled betweenness: the stated bound holds on 20 networks, top-20 overlap reported"
    told = found.get("sampled", {})
    parts, holds, n_networks = [], True, 0
    for name, one in told.items():
        networks = one["stages"].get("sampled", {}).get("facts", {}).get("networks", [])
        if not networks:
            continue
        n_networks += len(networks)
        holds = holds and all(network["off"] <= network["margin"] for network in networks)
        off, margin = (max(network[key] for network in networks) for key in ("off", "margin"))
        same = [network["same"] for network in networks]
        least, mean = min(same), float(np.mean(same))
        overlap = (
            f"{mean:.1f} of the top 20 the same (least {least})" if len(same) > 1 else f"{least} of the top 20 the same"
        )
        parts.append(f"{name}: off by {off:.3f} at most, {margin:.3f} stated, {overlap}")
    return _line(aim, "; ".join(parts) or NOT_MEASURED, met=holds if n_networks >= _NETWORKS else None)
