"""Every value that a figure draws, or a sentence says, is the one in the file that holds it."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from partnet_analysis.annual import Review
from partnet_analysis.views.outputs import measure_files
from partnet_analysis.views.report.content import review_document
from partnet_analysis.views.report.document import Bullets, Document, KeyFigures, Paragraph, Picture
from partnet_analysis.views.tables import csv_bytes

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def document(example: Review) -> Document:
    return review_document(example, "en")


@pytest.fixture(scope="module")
def files(example: Review) -> dict[str, Any]:
    """Read what was written as a stranger would: text by row, or plain JSON."""
    written = measure_files(example, "en")
    written |= {f"{table}.csv": csv_bytes(getattr(example.records, table), "en") for table in ("actors", "contacts")}
    return {
        name: json.loads(content) if name.endswith(".json") else list(csv.DictReader(io.StringIO(content.decode())))
        for name, content in written.items()
    }


@pytest.fixture(scope="module")
def drawn(document: Document) -> Callable[[str], Figure]:
    figures = {block.key: block.figure for block in document.blocks() if isinstance(block, Picture)}
    return figures.__getitem__


def only(figure: Figure) -> Axes:
    (axes,) = figure.axes
    return axes


def names_by_id(files: dict[str, Any]) -> dict[str, str]:
    return {row["actor_id"]: row["name"] for row in files["actors.csv"]}


def labels(axes: Axes) -> list[str]:
    return [tick.get_text() for tick in axes.get_yticklabels()]


def bars(axes: Axes) -> list[Rectangle]:
    return [patch for patch in axes.patches if isinstance(patch, Rectangle)]


def close(one: Any, other: Any) -> bool:  # noqa: ANN401 (any two lists of numbers)
    return bool(np.allclose(np.asarray(one, dtype=float), np.asarray(other, dtype=float), atol=1e-6))


def test_each_mark_of_the_load_is_the_files_rate_and_interval(files: dict[str, Any], drawn: Callable[[str], Figure]) -> None:
    axes = only(drawn("load"))
    name = names_by_id(files)
    rows = sorted((row for row in files["solicitation.csv"] if row["rate"]), key=lambda row: -float(row["rate"]))
    bars, marks = axes.lines[0::2], axes.lines[1::2]

    assert len(marks) == len(bars) == len(labels(axes)) > 20
    for place, (bar, mark) in enumerate(zip(bars, marks, strict=True)):
        assert close(bar.get_xdata(), [rows[place]["rate_low"], rows[place]["rate_high"]])
        assert close(mark.get_xdata(), [rows[place]["rate"]])
        assert labels(axes)[place] == name[rows[place]["actor_id"]][:44]


def test_each_bar_of_the_sectors_counts_the_rosters_partners(files: dict[str, Any], drawn: Callable[[str], Figure]) -> None:
    axes = only(drawn("sectors"))
    present = [row for row in files["actors.csv"] if row["is_coordinator"] == "false"]
    there = [row for row in present if not row["left_on"] or row["left_on"] >= "2025-01-01"]
    seen = {row["actor_id"] for row in files["isolation.csv"] if row["last_seen_on"] and row["last_seen_on"] >= "2025-01-01"}
    widths = [bar.get_width() for bar in bars(axes)]

    for place, sector in enumerate(labels(axes)):
        ids = [row["actor_id"] for row in there if (row["sector"] or "not recorded") == sector]
        assert (widths[2 * place], widths[2 * place + 1]) == (len(ids), len(seen.intersection(ids)))
    assert sum(widths[0::2]) == len(there)


def test_each_cell_of_the_months_adds_up_to_the_files_load(files: dict[str, Any], drawn: Callable[[str], Figure]) -> None:
    axes = only(drawn("calendar"))
    name = names_by_id(files)
    load = {name[row["actor_id"]]: row for row in files["solicitation.csv"]}
    sums = np.zeros(len(labels(axes)))
    for text in axes.texts:
        sums[int(text.get_position()[1])] += int(text.get_text())

    assert len(axes.texts) > 150
    assert [int(load[label]["n_solicitations"]) for label in labels(axes)] == sums.tolist()


def test_the_lorenz_curve_is_that_of_the_gini_index(files: dict[str, Any], drawn: Callable[[str], Figure]) -> None:
    """Gini's index is twice the area between the diagonal and the curve (Gini 1914), whatever the rule of who counts."""
    gini = files["load_sharing.json"]["gini"]["value"]
    curve = only(drawn("lorenz")).lines[1]
    x, y = (np.asarray(values, dtype=float) for values in (curve.get_xdata(), curve.get_ydata()))

    assert len(x) > 50
    assert 1 - 2 * np.trapezoid(y, x) == pytest.approx(gini, abs=1e-6)  # what a file rounds to


def test_each_cell_of_the_sectors_met_is_the_files_coverage(files: dict[str, Any], drawn: Callable[[str], Figure]) -> None:
    axes = only(drawn("mixing"))
    coverage = {
        frozenset((row["first"], row["second"])): row["acquaintance_coverage_without_coordinators"]
        for row in files["sector_mixing.csv"]
    }

    assert len(axes.texts) == 64
    for text in axes.texts:
        column, row = (int(place) for place in text.get_position())
        value = coverage[frozenset((labels(axes)[row], labels(axes)[column]))]
        assert text.get_text() == (f"{round(100 * float(value))}%" if value else "–")


def test_each_bar_and_point_of_dependence_is_the_files(files: dict[str, Any], drawn: Callable[[str], Figure]) -> None:
    left, right = drawn("dependence").axes
    course = [float(row["efficiency"]) for row in files["attrition.csv"]]

    assert close([bar.get_width() for bar in bars(left)], [1 - float(row["dependence"]) for row in files["dependence.csv"]])
    assert close(right.lines[0].get_ydata(), [value / course[0] for value in course])


def test_each_point_of_the_meetings_is_a_series_of_the_file(files: dict[str, Any], drawn: Callable[[str], Figure]) -> None:
    points = np.asarray(only(drawn("yield")).collections[0].get_offsets())
    rows = [(float(row["person_hours"]), float(row["n_pairs_only_here"] or 0)) for row in files["series_value.csv"]]

    assert len(rows) > 20
    assert close(points, rows)


def test_entries_and_exits_are_the_rosters(files: dict[str, Any], drawn: Callable[[str], Figure]) -> None:
    axes = only(drawn("moves"))
    years = [tick.get_text() for tick in axes.get_xticklabels()]
    partners = [row for row in files["actors.csv"] if row["is_coordinator"] == "false"]
    heights = [bar.get_height() for bar in bars(axes)]
    entered = [sum(row["joined_on"].startswith(year) for row in partners) for year in years]
    gone = [sum(row["left_on"].startswith(year) for row in partners) for year in years]

    assert len(years) == 3
    assert (heights[0::2], heights[1::2]) == (entered, [-n for n in gone])


def test_the_waiting_curves_end_where_the_file_says_half_had_arrived(
    files: dict[str, Any], drawn: Callable[[str], Figure]
) -> None:
    for line, figure in zip(
        only(drawn("arrival")).lines, ("median_days_to_first_presence", "median_days_to_three_partners"), strict=True
    ):
        days, waiting = np.asarray(line.get_xdata(), dtype=float), np.asarray(line.get_ydata(), dtype=float)
        assert days[waiting <= 0.5][0] == files["arrival.json"][figure]["value"]


def percent(value: Any) -> str:  # noqa: ANN401 (a number, in a file or in a table)
    return f"{100 * float(value):.1f}".rstrip("0").rstrip(".") + "%"


def said(document: Document, key: str) -> str:
    section = next(section for section in document.sections if section.key == key)
    texts = [block.text for block in section.blocks if isinstance(block, Paragraph)]
    return " ".join([*texts, *(item for block in section.blocks if isinstance(block, Bullets) for item in block.items)])


def test_the_first_pages_sentences_say_the_files_numbers(document: Document, files: dict[str, Any]) -> None:
    text = said(document, "essentials")
    figures = next(block for block in document.blocks() if isinstance(block, KeyFigures)).figures
    sentences = {figure.key: figure.sentence for figure in figures}
    flagged = [row for row in files["solicitation.csv"] if row["flag"] == "over_solicited"]
    lost = {row["scenario"]: row["dependence"] for row in files["dependence.csv"]}
    contacts = [row for row in files["contacts.csv"] if row["day"].startswith("2025")]
    there = [
        row
        for row in files["actors.csv"]
        if row["is_coordinator"] == "false" and not row["left_on"] < "2025" * bool(row["left_on"])
    ]
    words = ("no", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")

    assert f"Of {len(there)} partners" in sentences["n_active"]
    assert f"on record: {len(contacts)}." in sentences["n_meetings"]
    assert f"{words[len(flagged)]} partners are asked" in text
    assert f"{words[files['essentials.json']['n_isolated']['value']]} partners stand apart" in text
    assert f"{percent(lost['without_coordinators'])} of their closeness" in text
    for figure in figures:
        value, before = (files["essentials.json"][figure.key][column] for column in ("value", "before"))
        change = re.sub(r"\D+", " ", figure.change.replace(",", "")).split()
        assert value == before or change == [str(abs(value - before)), "2024", str(before)]


def test_the_sentences_on_the_load_say_the_files_numbers(document: Document, files: dict[str, Any]) -> None:
    text = said(document, "solicitation")
    shared = {figure: float(told["value"]) for figure, told in files["load_sharing.json"].items()}

    assert f"5% of partners carry {percent(shared['share_of_top_5_percent'])}" in text
    assert f"receives {shared['load_per_partner_month']:.1f} a month" in text
    assert f"{shared['hours_asked']:,.0f} hours" in text
    assert f"they gave {shared['hours_given']:,.0f}." in text


def test_the_sentences_on_departures_say_the_files_numbers(document: Document, files: dict[str, Any]) -> None:
    text = said(document, "dependence")
    name = names_by_id(files)
    course = files["attrition.csv"]
    start = float(course[0]["efficiency"])

    assert name[course[1]["actor_id"]] in text
    for n_gone in (1, 3, 10):
        assert percent(float(course[n_gone]["efficiency"]) / start) in text
    alone = {row["scenario"]: row["newly_isolated"] for row in files["dependence.csv"]}
    for actor_id in alone["without_their_meetings"].split(" · "):
        assert name[actor_id] in text


def test_the_absent_are_those_of_the_files_with_their_last_days(document: Document, files: dict[str, Any]) -> None:
    table = next(block for block in document.blocks() if getattr(block, "key", "") == "absent")
    isolation = {row["actor_id"]: row for row in files["isolation.csv"]}
    asked = {row["actor_id"]: row for row in files["solicitation.csv"]}

    assert len(table.rows) == 2  # type: ignore[union-attr]  # a table, found by its key
    for row in table.rows:  # type: ignore[union-attr]  # as above
        cells = dict(zip((column.key for column in table.columns), row.cells, strict=True))  # type: ignore[union-attr]  # as above
        assert cells["last_seen_on"].isoformat()[:10] == isolation[row.key]["last_seen_on"]
        assert str(cells["n_invitations"]) == asked[row.key]["n_invitations"]
