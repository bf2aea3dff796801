"""What the site shows of the program: drawn examples, whose numbers the measures give, and the command line's help."""

import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import partnet_analysis as pn
from partnet_analysis.cli import command_line
from partnet_analysis.measures.change import tie_changes
from partnet_analysis.measures.uncertainty import rank_intervals
from partnet_analysis.results import RESULTS
from partnet_analysis.views.figures.style import blank, settings, svg_bytes
from partnet_analysis.views.palette import COLOURS, GRID, INK, MUTED

YEAR = pn.Period.of_year(2024)
BLUE, AMBER, GREEN, RED = COLOURS[0], COLOURS[1], COLOURS[2], COLOURS[5]

Places = Mapping[str, tuple[float, float]]


def drawings(folder: Path) -> None:
    """Draw every example as SVG, the same on every run; once for both languages."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in DRAWN.items():
        with settings():
            (folder / f"{name}.svg").write_bytes(svg_bytes(draw()))


def command_line_page(folder: Path, language: str) -> None:
    """Write the help of every command, as the terminal shows it."""
    group = command_line(language)
    parts = [f"{WORDS[language]}\n```text\n{_help(group, ['partnet'])}\n```\n"]
    for name, command in sorted(group.commands.items()):
        parts.append(f"## partnet {name}\n\n```text\n{_help(command, ['partnet', name])}\n```\n")
    (folder / "_command-line.md").write_text("\n".join(parts), encoding="utf-8")


WORDS = {
    "en": """\
# The command line

Everything that Python does can be asked for at the terminal. Data go to standard output, messages to standard error; exit
code 0: done, 1: done but something needs attention, 2: nothing produced. `--lang en` speaks English.
""",
    "fr": """\
# Les commandes

Ce que le programme répond quand on lui demande de l’aide. Code de sortie 0\u00a0: tout est fait\u202f; 1\u00a0: fait, mais
quelque chose mérite votre attention\u202f; 2\u00a0: rien n’a été produit.
""",
}


def results_page(folder: Path) -> None:
    """List the results from where they are declared: file, question, measure, page."""
    lines = ["| file | what it tells | measure | page |", "|---|---|---|---|"]
    for result in RESULTS:
        told = (inspect.getdoc(result.measure) or "").splitlines()[0].removesuffix(".")
        measure = f"`{result.measure.__module__.removeprefix('partnet_analysis.')}.{result.measure.__name__}`"
        star = "" if result.written_by == "review" else " *"
        lines.append(f"| `{result.file}`{star} | {told} | {measure} | [{result.page}]({result.page}.md) |")
    (folder / "_results.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _help(command: click.Command, path: Sequence[str]) -> str:
    context = None
    for name in path[:-1]:
        context = click.Context(click.Command(name), info_name=name, parent=context)
    with click.Context(command, info_name=path[-1], parent=context, max_content_width=80, terminal_width=80) as own:
        return command.get_help(own)


def records(  # noqa: PLR0913 (a partnership has many sides)
    meetings: Sequence[Sequence[str]] = (),
    contacts: Sequence[str] = (),
    *,
    actors: str = "",
    sectors: Mapping[str, str] | None = None,
    coordinators: str = "",
    days: Sequence[str] = (),
    conveners: Sequence[str] = (),
) -> pn.Records:
    """Spell a small partnership out: an actor is a letter, a meeting a list of letters, a contact two letters."""
    ids = sorted({*actors, *"".join(map("".join, meetings)), *"".join(contacts)})
    roster = pd.DataFrame({"actor_id": ids, "name": ids, "kind": "organisation"})
    roster["is_coordinator"] = [actor in coordinators for actor in ids]
    roster["sector"] = [(sectors or {}).get(actor, "X") for actor in ids]
    held = pd.DataFrame({"meeting_id": [f"m{place}" for place in range(len(meetings))]})
    held["day"] = list(days) or pd.date_range("2024-01-10", periods=len(meetings), freq="7D")
    held["convener_id"] = list(conveners) or None
    held["duration_hours"] = 2.0
    there = [(f"m{place}", actor, True, "present") for place, group in enumerate(meetings) for actor in group]
    called = pd.DataFrame(
        {
            "contact_id": [f"c{place}" for place in range(len(contacts))],
            "day": "2024-06-01",
            "source_id": [pair[0] for pair in contacts],
            "target_id": [pair[1] for pair in contacts],
        }
    )
    attendance = pd.DataFrame(there, columns=["meeting_id", "actor_id", "invited", "status"])
    return pn.Records.from_tables(roster, held, attendance, called)


def canvas(height: float = 2.6, panels: int = 1, width: float = 7.2) -> tuple[Figure, list[Axes]]:
    """Open a figure with panels side by side, without frames."""
    figure, first = blank(height, width=width)
    first.remove()
    axes = [figure.add_subplot(1, panels, place + 1) for place in range(panels)]
    for panel in axes:
        panel.set_axis_off()
    return figure, axes


def graph(  # noqa: PLR0913 (as above)
    axes: Axes,
    places: Places,
    ties: pd.DataFrame,
    *,
    labels: Mapping[str, str] | None = None,
    sizes: Mapping[str, float] | None = None,
    colours: Mapping[str, str] | None = None,
    on_tie: Callable[[Any], str] = lambda _: "",
    style: Callable[[Any], dict[str, Any]] = lambda _: {},
) -> None:
    """Draw a small network: letters in circles, what is measured beside them."""
    tie: Any  # a row, whose columns have types of their own
    for tie in ties.itertuples():
        (x, y), (u, v) = places[tie.source_id], places[tie.target_id]
        axes.plot([x, u], [y, v], **{"color": MUTED, "linewidth": 1 + 1.3 * tie.strength, "zorder": 1, **style(tie)})
        if said := on_tie(tie):
            axes.text(
                (x + u) / 2, (y + v) / 2, said, fontsize=8, ha="center", va="center", backgroundcolor="white", zorder=2
            )
    middle = sum(place[1] for place in places.values()) / len(places) + 0.01
    for actor, (x, y) in places.items():
        size = 300 + 900 * (sizes or {}).get(actor, 0)
        axes.scatter([x], [y], s=size, color=(colours or {}).get(actor, BLUE), edgecolors=INK, linewidths=0.8, zorder=3)
        axes.text(x, y, actor, color="white", fontsize=9, ha="center", va="center", weight="bold", zorder=4)
        if labels and actor in labels:
            up = y > middle
            axes.text(x, y + (0.3 if up else -0.3), labels[actor], fontsize=8, ha="center", va="bottom" if up else "top")
    xs, ys = [place[0] for place in places.values()], [place[1] for place in places.values()]
    axes.set_xlim(min(xs) - 0.6, max(xs) + 0.6)
    axes.set_ylim(min(ys) - 0.75, max(ys) + 0.6)


def carte() -> Figure:
    """Draw the example's map, as it is printed."""
    review = pn.review(pn.read(Path(__file__).parents[1] / "data" / "raw").within(pn.Period.of_year(2025)), 2025)
    return pn.figures.network(review, language="fr").figure


def weights() -> Figure:
    """Draw a meeting of three and a meeting of two."""
    made = records([["A", "B", "C"], ["C", "D"]], ["DC"])
    figure, (axes,) = canvas(2.4, width=5)
    places = {"A": (0, 1), "B": (0, 0), "C": (1.4, 0.5), "D": (3, 0.5)}
    graph(axes, places, pn.network(made, YEAR).ties, on_tie=lambda tie: f"{tie.strength:g}")
    axes.text(0.4, -0.45, "meeting of three: 1/2 each", fontsize=8, color=MUTED, ha="center")
    axes.text(2.3, 0.05, "meeting of two: 1, and a contact: 1", fontsize=8, color=MUTED, ha="center")
    return figure


def centre() -> Figure:
    """Draw two groups and who bridges them."""
    made = records([["A", "B", "C"], ["C", "D"], ["D", "E", "F"], ["A", "B", "C"], ["D", "E", "F"]])
    network = pn.network(made, YEAR)
    centrality = pn.centrality(network)
    places = {"A": (0, 1.1), "B": (0, 0), "C": (1, 0.55), "D": (2.4, 0.55), "E": (3.4, 1.1), "F": (3.4, 0)}
    figure, panels = canvas(2.3, 2)
    for axes, column, word in zip(panels, ("betweenness", "constraint"), ("betweenness", "constraint"), strict=True):
        values = centrality[column]
        labels = {str(actor): f"{value:.2f}" for actor, value in values.items()}
        sizes = {str(actor): float(value) for actor, value in values.items()}
        graph(axes, places, network.ties, labels=labels, sizes=sizes)
        axes.set_title(word, fontsize=9, color=MUTED)
    return figure


def coordinator() -> Figure:
    """Draw a partnership with its coordinator, without it, without its meetings."""
    made = records(
        [["K", "A"], ["K", "B", "C"], ["K", "D"], ["A", "B"]],
        coordinators="K",
        conveners=["K", "K", "K", "A"],
    )
    dependence = pn.dependence(made, YEAR)
    scenarios = {
        "whole": pn.network(made, YEAR),
        "without_coordinators": pn.network(made.without(["K"]), YEAR),
        "without_their_meetings": pn.network(made.without_meetings(["m0", "m1", "m2"]).without(["K"]), YEAR),
    }
    places = {"K": (1, 1), "A": (0, 1.9), "B": (2, 1.9), "C": (0, 0.1), "D": (2, 0.1)}
    figure, panels = canvas(2.5, 3)
    for axes, (name, network) in zip(panels, scenarios.items(), strict=True):
        there = {actor: place for actor, place in places.items() if actor in set(network.actors["actor_id"])}
        graph(axes, there, network.ties, colours={"K": INK}, on_tie=lambda tie: f"{tie.strength:g}")
        axes.set_xlim(-0.6, 2.6)
        axes.set_ylim(-0.6, 2.5)
        value, lost = (float(dependence[column][name]) for column in ("efficiency", "dependence"))
        axes.set_title(f"{name.replace('_', ' ')}\nE = {value:.2f}, dependence {lost:.0%}", fontsize=8.5, color=MUTED)
    return figure


def load() -> Figure:
    """Show that the same rate proves more over a year than over three months."""
    months = {"all year": ("2024-01-01", 12), "since July": ("2024-07-01", 6), "since October": ("2024-10-01", 3)}
    contacts: list[tuple[str, str, str]] = []
    peers = [(f"peer {place + 1:02}", "", 1.0 + 0.12 * (place % 4)) for place in range(12)]
    rows = [*peers, *((word, start, 3.0) for word, (start, _) in months.items())]
    for name, start, rate in rows:
        first = pd.Timestamp(start or "2024-01-01")
        n = round(rate * (pd.Timestamp("2024-12-31") - first).days / 30.44)
        days = pd.date_range(first, "2024-12-31", periods=n + 2)[1:-1]
        contacts += [("town", name, str(day.date())) for day in days]
    roster = pd.DataFrame(rows, columns=["actor_id", "joined_on", "rate"])
    roster["joined_on"] = pd.to_datetime(roster["joined_on"].where(roster["joined_on"] != ""))
    roster = pd.concat([roster, pd.DataFrame([{"actor_id": "town"}])], ignore_index=True)
    actors = roster.assign(name=roster["actor_id"], kind="organisation", is_coordinator=roster["actor_id"] == "town")
    invitations = pd.DataFrame(contacts, columns=["source_id", "actor_id", "day"])
    meetings = pd.DataFrame(
        {
            "meeting_id": [f"m{place}" for place in range(len(invitations))],
            "day": invitations["day"],
            "convener_id": "town",
        }
    )
    attendance = pd.DataFrame(
        {"meeting_id": meetings["meeting_id"], "actor_id": invitations["actor_id"], "invited": True, "status": "present"}
    )
    made = pn.Records.from_tables(actors.drop(columns="rate"), meetings, attendance)
    measured = pn.solicitation_load(made, YEAR).drop(index="town")
    shown = measured.loc[[*list(months)[::-1], "peer 01", "peer 02"]]
    figure, axes = blank(2.6)
    for place, (_, row) in enumerate(shown.iterrows()):
        colour = RED if row["flag"] == "over_solicited" else AMBER if row["flag"] == "watch" else BLUE
        axes.plot([row["rate_low"], row["rate_high"]], [place, place], color=colour, linewidth=3, alpha=0.5)
        axes.plot([row["rate"]], [place], "o", color=colour)
        axes.text(4.6, place, f"p_over {row['p_over']:.2f}  {row['flag']}", fontsize=8, va="center")
    median = float(shown["stratum_median"].iloc[0])
    axes.axvline(1.5 * median, color=INK, linestyle="--", linewidth=1)
    axes.text(1.5 * median, 4.55, "1.5 × the median", fontsize=8, ha="center")
    labels = [f"{actor}: {row['n_load']:.0f} in {row['months_at_risk']:.0f} months" for actor, row in shown.iterrows()]
    axes.set_yticks(range(len(shown)), labels)
    axes.set_xlim(0, 6.4)
    axes.set_ylim(-0.6, 5)
    axes.set_xlabel("invitations per month: estimate and 90 % interval", fontsize=8)
    return figure


def left_out() -> Figure:
    """Draw who is left out, in which way."""
    made = records(
        [["K", "A", "B", "C"], ["A", "B"], ["B", "C"], ["K", "D"], ["E", "F"]],
        actors="G",
        coordinators="K",
    )
    isolation = pn.isolation(made, YEAR)
    types = {actor: [kind for kind in isolation.columns[:6] if isolation.loc[actor, kind]] for actor in isolation.index}
    labels = {str(actor): "\n".join(found) or "connected" for actor, found in types.items() if actor != "K"}
    places = {
        "K": (1, 1.1),
        "A": (0, 1.7),
        "B": (1, 2.4),
        "C": (2, 1.7),
        "D": (1, 0),
        "E": (3.6, 2.2),
        "F": (3.6, 1),
        "G": (5.2, 1.6),
    }
    figure, (axes,) = canvas(3.6)
    colours = {actor: GREEN if not found else RED for actor, found in types.items()} | {"K": INK}
    graph(axes, places, pn.network(made, YEAR).ties, labels=labels, colours=colours)
    axes.set_ylim(-1.1, 3)
    return figure


def meetings() -> Figure:
    """Draw what a second meeting adds to a first."""
    made = records([["A", "B", "C"], ["B", "C", "D"]])
    value = pn.meetings(made, YEAR)
    figure, panels = canvas(2.3, 2)
    places = {"A": (0, 0.6), "B": (1, 1.2), "C": (1, 0), "D": (2, 0.6)}
    known: set[tuple[str, str]] = set()
    for axes, (place, row) in zip(panels, enumerate(value.itertuples()), strict=True):
        alone = made.without_meetings([f"m{1 - place}"])
        ties = pn.network(alone, YEAR).ties
        pairs = set(zip(ties["source_id"], ties["target_id"], strict=True))
        new = pairs - known
        graph(
            axes,
            places,
            ties,
            style=partial(new_or_not, new),
        )
        known |= pairs
        said = f"{row.n_new_pairs} new pairs, {row.person_hours:g} person-hours, redundancy {row.redundancy:.2f}"
        axes.set_title(f"meeting {place + 1}: {said}", fontsize=8, color=MUTED)
    return figure


def new_or_not(new: Collection[tuple[str, str]], tie: Any) -> dict[str, Any]:  # noqa: ANN401 (a row of ties)
    """Draw a new tie thick and green, another dotted."""
    is_new = (tie.source_id, tie.target_id) in new
    return {"color": GREEN, "linewidth": 3} if is_new else {"linestyle": ":", "linewidth": 2}


def openness() -> Figure:
    """Draw ties within sectors and between them."""
    sectors = {"A": "s", "B": "s", "C": "s", "D": "t", "E": "t", "F": "t"}
    made = records([["A", "B"], ["B", "C"], ["C", "D"], ["D", "E"], ["E", "F"], ["A", "C"]], sectors=sectors)
    network = pn.network(made, YEAR)
    value = float(pn.cohesion(network)["value"]["e_i_index"])
    places = {"A": (0, 1), "B": (0, 0), "C": (1, 0.5), "D": (2.2, 0.5), "E": (3.2, 1), "F": (3.2, 0)}
    figure, (axes,) = canvas(2.2, width=5)
    colours = {actor: BLUE if sector == "s" else AMBER for actor, sector in sectors.items()}
    graph(
        axes,
        places,
        network.ties,
        colours=colours,
        style=lambda tie: {"color": RED} if sectors[tie.source_id] != sectors[tie.target_id] else {},
    )
    axes.set_title(f"one tie between sectors, five within: E–I = (1 − 5)/(1 + 5) = {value:.2f}", fontsize=8.5, color=MUTED)
    return figure


def change() -> Figure:
    """Draw ties born, kept and dead."""
    made = records(
        [["A", "B"], ["B", "C"], ["A", "B"], ["C", "D"]], days=["2023-05-01", "2023-06-01", "2024-11-01", "2024-12-01"]
    )
    ties = tie_changes(made, YEAR).assign(strength=1.0)
    styles = {
        "born": {"color": GREEN, "linewidth": 3},
        "died": {"color": RED, "linestyle": ":", "linewidth": 2.5},
        "kept": {"color": MUTED, "linewidth": 3},
        "dormant": {"color": AMBER, "linewidth": 3},
    }
    figure, (axes,) = canvas(2.0, width=5)
    places = {"A": (0, 0.5), "B": (1.2, 0.5), "C": (2.4, 0.5), "D": (3.6, 0.5)}
    graph(axes, places, ties, on_tie=lambda tie: tie.change, style=lambda tie: styles[tie.change])
    axes.set_title("2024 against 2023: Jaccard 1/3", fontsize=8.5, color=MUTED)
    return figure


def ranks() -> Figure:
    """Draw ranks, their intervals and the tiers that they allow."""
    groups = [["A", "B"]] * 20 + [["A", "C"]] * 4 + [["C", "D"]] * 6 + [["E", "F"]]
    made = records(groups)
    intervals = rank_intervals(pn.network(made, YEAR), n_draws=200).sort_values("strength_rank")
    figure, axes = blank(2.4, width=5)
    row: Any
    for place, row in enumerate(intervals.itertuples()):
        axes.plot([row.strength_rank_low, row.strength_rank_high], [place, place], color=BLUE, linewidth=3, alpha=0.5)
        axes.plot([row.strength_rank], [place], "o", color=BLUE)
        axes.text(6.6, place, f"tier {row.strength_tier}", fontsize=8, va="center")
    axes.set_yticks(range(len(intervals)), list(intervals.index))
    axes.invert_yaxis()
    axes.set_xlim(0.5, 7.4)
    axes.grid(axis="x", color=GRID, linewidth=0.6)
    axes.set_xlabel("rank by strength, and the central 90 % of 200 draws", fontsize=8)
    return figure


DRAWN: Mapping[str, Callable[[], Figure]] = {
    "carte": carte,
    "weights": weights,
    "centre": centre,
    "coordinator": coordinator,
    "load": load,
    "left_out": left_out,
    "meetings": meetings,
    "openness": openness,
    "change": change,
    "ranks": ranks,
}
