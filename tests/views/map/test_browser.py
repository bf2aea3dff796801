"""What people do with the map, done in a real browser."""

import csv
import io
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator

from benchmarks.chromium import Opened, Opener
from benchmarks.made_review import LEADING_ZERO, made_review
from partnet_analysis.annual import Review
from partnet_analysis.views.map.geography import Geography
from partnet_analysis.views.map.partnership_map import map_html

pytestmark = pytest.mark.browser

INK = """() => {
  const canvas = document.querySelector("#map canvas"), { width, height } = canvas;
  const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
  let coloured = 0, left = width, right = 0, top = height, bottom = 0;
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
    const i = (y * width + x) * 4;
    if (pixels[i + 3] <= 40) continue;
    const low = Math.min(pixels[i], pixels[i + 1], pixels[i + 2]);
    if (Math.max(pixels[i], pixels[i + 1], pixels[i + 2]) - low > 60) coloured++;
    if (low > 235) continue;
    left = Math.min(left, x); right = Math.max(right, x); top = Math.min(top, y); bottom = Math.max(bottom, y);
  }
  return { share: coloured / (width * height), width: (right - left) / width, height: (bottom - top) / height };
}"""
OVERLAPS = """() => {
  const k = partnet.network.getScale(), c = document.createElement("canvas").getContext("2d");
  const boxes = partnet.labels().map((label) => {
    c.font = `${label.weight} ${label.size}px system-ui, 'DejaVu Sans', sans-serif`;
    const w = c.measureText(label.text).width / 2, h = label.size / 2;
    const x = label.ax * k + label.dx, y = label.ay * k + label.dy;
    return [x - w, y - h, x + w, y + h];
  });
  let n = 0;
  const overlap = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => { if (overlap(a, b)) n++; }));
  return n;
}"""


FIRST_TIED = """() => {
  const n = {};
  for (const end of partnet.ties().flatMap((tie) => [tie.a, tie.b])) n[end] = (n[end] || 0) + 1;
  const { actors } = JSON.parse(document.getElementById("data").textContent);
  return actors.id[Object.keys(n).find((i) => n[i] > 2 && n[i] < 9)];
}"""
ALL_IN_SIGHT = """() => {
  const { clientWidth, clientHeight } = document.getElementById("map");
  const { actors } = JSON.parse(document.getElementById("data").textContent);
  const [hub] = actors.coordinators;
  return partnet.ties().filter((tie) => tie.a === hub || tie.b === hub).every((tie) => {
    const { x, y } = partnet.point(actors.id[tie.a === hub ? tie.b : tie.a]);
    return x > 0 && x < clientWidth && y > 0 && y < clientHeight;
  });
}"""


def first_tied(opened: Opened) -> str:
    """Find an ordinary actor with a few ties on the map."""
    return str(opened.run(FIRST_TIED))


def ink(opened: Opened) -> dict[str, float]:
    opened.settle()
    return dict(opened.run(INK))


def search(opened: Opened, text: str) -> None:
    opened.page.fill("#search", text)
    opened.page.press("#search", "Enter")


def selected(opened: Opened) -> str:
    return opened.page.get_attribute("html", "data-selected") or ""


# ---- alone and safe


def test_the_page_asks_for_nothing(opened: Opened) -> None:
    assert len(opened.requests) == 1
    assert opened.requests[0].startswith("file:")


def test_the_policy_blocks_what_is_not_ours(opened: Opened) -> None:
    opened.run(
        """() => {
          const box = document.createElement("div");
          box.innerHTML = '<img src="data:," onerror="window.ran = 1">';
          document.body.append(box);
        }"""
    )
    sent = opened.run("() => fetch('https://example.org').then(() => 'sent', () => 'blocked')")
    opened.page.wait_for_timeout(100)

    assert sent == "blocked"
    assert opened.run("() => window.ran ?? null") is None
    assert any("Content Security Policy" in complaint for complaint in opened.complaints)
    opened.complaints.clear()


def test_hostile_text_stays_text(open_html: Opener, hostile: Review) -> None:
    opened = open_html(map_html(hostile, "fr"))
    for word in ("img", "script", "HYPERLINK"):
        search(opened, word)
        assert opened.page.locator("#card img, #card script, #suggestions img").count() == 0
    opened.page.click("#show-table")
    opened.page.check("input[value=meetings]")

    assert opened.run("() => window.ran ?? null") is None
    assert opened.page.locator("#table img, #trays img, #legend img, h1 script, #summary img").count() == 0
    assert "<img src=x" in opened.page.inner_text("#table")
    assert "\"'=HYPERLINK" in opened.run("() => partnet.csv()")
    drawing = opened.run("() => partnet.svg()")
    ET.fromstring(drawing)  # noqa: S314 (our own drawing)
    assert "<img" not in drawing
    assert "<script" not in drawing.lower()


# ---- reading the picture


def test_the_picture_uses_the_room(opened: Opened) -> None:
    used = ink(opened)

    assert max(used["width"], used["height"]) >= 0.8
    assert min(used["width"], used["height"]) >= 0.6


def test_names_are_shown_and_do_not_overlap(opened: Opened) -> None:
    assert opened.run("() => partnet.labels().length") >= 40
    assert opened.run(OVERLAPS) <= 3


def test_the_coordinator_and_those_to_spare_are_named(opened: Opened) -> None:
    named = opened.run("() => partnet.labels().filter((label) => label.rank <= 1).length")

    assert named == 1 + int(opened.page.inner_text("#over-count").strip("()"))


def test_nothing_moves_once_it_is_ready(opened: Opened) -> None:
    before = opened.page.locator("#map").screenshot()
    opened.page.wait_for_timeout(600)

    assert opened.page.locator("#map").screenshot() == before


def test_pointing_at_an_actor_dims_the_others(opened: Opened) -> None:
    full = ink(opened)["share"]
    opened.page.mouse.move(*opened.at(first_tied(opened)))

    assert ink(opened)["share"] < 0.5 * full
    assert "Intensité des liens" in opened.page.inner_text("#hint")

    opened.page.mouse.move(5, 5)
    assert ink(opened)["share"] == pytest.approx(full, rel=0.05)
    assert opened.page.is_hidden("#hint")


def test_clicking_an_actor_opens_its_card(opened: Opened) -> None:
    actor = first_tied(opened)
    opened.page.mouse.click(*opened.at(actor))
    opened.page.locator(f'html[data-selected="{actor}"]').wait_for(state="attached")

    assert opened.page.locator("#card h2").count() == 1
    assert "Intensité des liens" in opened.page.inner_text("#card")


def test_the_card_gives_reasons_intervals_and_meetings(opened: Opened) -> None:
    opened.page.locator("#card button.link").first.click()

    card = opened.page.inner_text("#card")
    assert "À ménager" in card
    assert "Pourquoi cette charge" in card
    assert re.search(r"Sollicitations par mois\s+\S+ \(\S+–\S+\)", card)
    assert "Réunions suivies" in card
    assert "Vu pour la dernière fois" in card


def test_selecting_fits_the_partners_with_few_names(opened: Opened) -> None:
    opened.page.check("#hub-ties")
    opened.run("() => partnet.select('ville')")
    opened.settle()

    assert len(opened.run("() => partnet.labels()")) <= 30
    assert opened.run(ALL_IN_SIGHT)


# ---- the controls


def test_search_ignores_accents_and_works_by_keyboard(opened: Opened) -> None:
    opened.page.keyboard.press("/")
    assert opened.run("() => document.activeElement.id") == "search"
    opened.page.keyboard.type("THEATRE des l")
    assert opened.page.get_attribute("#search", "aria-expanded") == "true"
    opened.page.keyboard.press("ArrowDown")
    assert opened.page.get_attribute("#search", "aria-activedescendant") == "suggestion-0"
    opened.page.keyboard.press("Enter")

    assert opened.page.inner_text("#card h2") == "Théâtre des Lilas"
    assert "Théâtre des Lilas" in opened.page.inner_text("#live")
    opened.page.keyboard.press("Escape")
    assert selected(opened) == ""


def test_another_year_shows_other_ties_in_the_same_places(opened: Opened) -> None:
    places = "() => ['ville', '075001', 'a00010'].map((id) => partnet.position(id))"
    before, stood = opened.state(), opened.run(places)
    opened.page.focus("#period")
    opened.page.keyboard.press("ArrowLeft")
    after = opened.state()

    assert (before["period"], after["period"]) == ("2024", "2023")
    assert after["ties"] != before["ties"]
    assert opened.run(places) == stood
    assert opened.page.get_attribute("#period", "aria-valuetext") == "2023"


def test_playing_runs_through_the_years(opened: Opened) -> None:
    opened.page.click("#play")
    assert opened.state()["period"] == "2022"
    opened.page.wait_for_timeout(1600)
    assert opened.state()["period"] == "2023"
    opened.page.click("#play")
    assert opened.page.get_attribute("#play", "aria-pressed") == "false"


def test_comparing_tells_new_kept_and_lost_ties(opened: Opened) -> None:
    alone = opened.state()["ties"]
    opened.page.check("#compare")
    status = opened.run(
        "() => { const n = {}; partnet.ties().forEach((t) => n[t.status] = (n[t.status] || 0) + 1); return n; }"
    )

    assert status["new"] + status["kept"] == alone
    assert status["lost"] > 0
    assert "(relié la période précédente)" in opened.page.inner_text("#trays")
    assert opened.state()["shown"] + opened.state()["tray"] == 73
    assert "lien perdu" in opened.page.inner_text("#tie-legend")


def test_layers_and_threshold_take_ties_away_and_give_them_back(opened: Opened) -> None:
    whole = opened.state()["ties"]
    opened.page.uncheck("#contacts")
    met = opened.state()["ties"]
    opened.page.check("#small-only")
    small = opened.state()["ties"]
    opened.page.uncheck("#small-only")
    opened.page.check("#contacts")

    assert whole > met >= small > 0
    assert opened.state()["ties"] == whole

    opened.page.focus("#strength")
    opened.page.keyboard.press("ArrowRight")
    assert opened.state()["ties"] < whole
    assert opened.page.inner_text("#strength-out").startswith("≥")


def test_the_legend_filters_into_the_tray(opened: Opened) -> None:
    before = opened.state()
    opened.page.uncheck('#legend input[data-category="0"]')
    after = opened.state()

    assert after["shown"] < before["shown"]
    assert after["shown"] + after["tray"] == 73
    assert "Masqués par la légende" in opened.page.inner_text("#trays")


def test_colours_and_sizes_can_be_chosen(opened: Opened) -> None:
    before = ink(opened)["share"]
    opened.page.select_option("#scheme", label="Charge")
    assert "À surveiller" in opened.page.inner_text("#legend")
    assert ink(opened)["share"] != before
    opened.page.select_option("#size", label="Rôle de passerelle")
    assert "Rôle de passerelle" in opened.page.inner_text("#card")


def test_the_coordinators_ties_are_shown_on_demand(opened: Opened) -> None:
    before = opened.state()["ties"]
    opened.page.check("#hub-ties")

    assert opened.state()["ties"] > before + 30


def test_without_the_coordinator_the_map_falls_apart(opened: Opened) -> None:
    before = opened.state()
    only = opened.page.locator("#trays section[data-reason=adrift] button")
    assert only.count() == 0
    opened.page.check("#without-hubs")
    after = opened.state()

    assert after["adrift"] == only.count() > 0
    assert after["shown"] == before["shown"] - after["adrift"] - 1
    assert re.search(r"Sans lui, \d+ acteurs? ", opened.page.inner_text("#fall"))


def test_the_meetings_view_ties_actors_to_series(opened: Opened) -> None:
    opened.page.check("input[value=meetings]")

    assert opened.run("() => partnet.ties().every((tie) => tie.b < 0)")
    opened.page.wait_for_function("() => partnet.labels().some((label) => label.series)")  # drawn with the next frame
    assert opened.run("() => partnet.labels().some((label) => label.series)")
    state = opened.state()
    assert state["shown"] + state["tray"] == state["total"]


def test_actors_without_a_tie_stand_in_the_tray(opened: Opened) -> None:
    state = opened.state()

    assert opened.page.locator("#trays button").count() == state["tray"] == state["untied"] > 0
    assert state["shown"] + state["tray"] == 73
    opened.page.locator("#trays button").first.click()
    assert "aucun lien sur la période" in opened.page.inner_text("#card")


COMBINATIONS = """async () => {
  const tick = (id, on) => {
    const box = document.getElementById(id);
    if (!box.disabled && box.checked !== on) box.click();
  };
  const switches = ["without-hubs", "hub-ties", "co-presence", "contacts", "small-only", "compare"];
  let seed = 7;
  const chance = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  const bad = [];
  document.getElementById("show-table").click();
  for (let trial = 0; trial < 120; trial++) {
    for (const id of switches) tick(id, chance(2) === 1);
    const views = document.querySelectorAll("input[name=view]:not([value=geography])");
    views[chance(4) === 0 ? 1 : 0].click();
    const period = document.getElementById("period");
    period.value = chance(3); period.dispatchEvent(new Event("input"));
    const strength = document.getElementById("strength");
    strength.value = chance(12); strength.dispatchEvent(new Event("input"));
    const scheme = document.getElementById("scheme");
    if (chance(5) === 0) { scheme.value = chance(scheme.options.length); scheme.dispatchEvent(new Event("change")); }
    const boxes = document.querySelectorAll("#legend input");
    boxes[chance(boxes.length)].click();
    const state = JSON.parse(document.documentElement.dataset.state);
    const rows = [...document.querySelectorAll("#table tbody tr")].map((row) => row.dataset.actor);
    const inTray = document.querySelectorAll("#trays button").length;
    const where = Object.values(partnet.where()).filter((place) => place === "map").length;
    const everybody = state.shown + state.tray === 73 && new Set(rows).size === 73 && rows.length === 73;
    if (!everybody || inTray !== state.tray || where !== state.shown) bad.push(state);
  }
  return bad;
}"""


def test_nobody_vanishes_under_any_filters(opened: Opened) -> None:
    """Actors shown and in the tray are the table's are the partnership's, under 120 random combinations of filters."""
    assert opened.run(COMBINATIONS) == []


TIES = """() => {
  const end = (i) => JSON.parse(document.getElementById("data").textContent).actors.id[i];
  return partnet.ties().map(({ a, b, w }) => [end(a), end(b), w]);
}"""


def test_the_page_draws_the_networks_own_ties(opened: Opened, review: Review) -> None:
    """Every tie of the period with its strength, to the hundredth, with and without the coordinators."""
    opened.run("() => { const s = document.getElementById('strength'); s.value = 0; s.dispatchEvent(new Event('input')); }")
    opened.page.check("#hub-ties")
    drawn = {(source, target): w for source, target, w in opened.run(TIES)}
    opened.page.check("#without-hubs")
    without = {(source, target): w for source, target, w in opened.run(TIES)}

    for found, network in ((drawn, review.network), (without, review.network.without_coordinators)):
        pairs = zip(network.ties["source_id"], network.ties["target_id"], strict=True)
        expected = dict(zip(pairs, network.ties["strength"], strict=True))
        assert set(found) == set(expected)
        assert all(abs(found[pair] - expected[pair]) <= 0.011 for pair in expected)


# ---- for everybody


def test_the_table_holds_everybody_and_sorts(opened: Opened) -> None:
    opened.page.click("#show-table")
    assert opened.page.locator("#table tbody tr").count() == 73
    assert opened.page.get_attribute("#show-table", "aria-pressed") == "true"
    opened.page.click("#table thead button >> text=Nombre de partenaires")
    heads = opened.page.locator("#table thead th").all_inner_texts()
    column = next(at for at, head in enumerate(heads) if head.startswith("Nombre de partenaires"))
    cells = opened.page.locator(f"#table tbody tr td:nth-child({column + 1})").all_inner_texts()

    assert [int(cell) for cell in cells] == sorted((int(cell) for cell in cells), reverse=True)


def test_the_map_answers_to_its_keys(opened: Opened) -> None:
    opened.page.focus("#map")
    scale = opened.run("() => partnet.network.getScale()")
    opened.page.keyboard.press("+")
    assert opened.run("() => partnet.network.getScale()") > scale
    where = opened.run("() => partnet.network.getViewPosition()")
    opened.page.keyboard.press("ArrowRight")
    assert opened.run("() => partnet.network.getViewPosition().x") > where["x"]
    opened.page.keyboard.press("n")
    assert selected(opened) == "ville"
    opened.page.keyboard.press("Enter")
    assert opened.run("() => document.activeElement.id") == "card"


def focus_by_tab(opened: Opened, wanted: str) -> None:
    """Reach a control with the tab key alone."""
    for _ in range(80):
        opened.page.keyboard.press("Tab")
        if opened.run("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
    pytest.fail(f"{wanted} cannot be reached by keyboard")


def test_the_five_commonest_tasks_by_keyboard_alone(opened: Opened) -> None:
    keys = opened.page.keyboard
    # Find an actor and read its card.
    keys.press("/")
    keys.type("gagarine")
    keys.press("Enter")
    assert "Gagarine" in opened.page.inner_text("#card h2")
    # Go back a year.
    focus_by_tab(opened, "#period")
    keys.press("ArrowLeft")
    assert opened.state()["period"] == "2023"
    # See the partnership without its coordinator.
    focus_by_tab(opened, "#without-hubs")
    keys.press("Space")
    assert opened.page.is_visible("#fall")
    # Leave a sector out.
    focus_by_tab(opened, "#legend input")
    keys.press("Space")
    assert "Masqués par la légende" in opened.page.inner_text("#trays")
    # Read and sort the table, and go back to the map from it.
    opened.page.focus("h1 >> xpath=ancestor::body")
    focus_by_tab(opened, "#show-table")
    keys.press("Enter")
    focus_by_tab(opened, "#table thead button")
    keys.press("Enter")
    assert opened.page.locator("#table th[aria-sort=descending]").count() == 1
    focus_by_tab(opened, "#table tbody button")
    keys.press("Enter")
    assert opened.page.is_hidden("#table")
    assert selected(opened)


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_no_fault(open_html: Opener, html: str, colours: str) -> None:
    opened = open_html(html, color_scheme=colours)
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    opening = Axe().run(opened.page, options=options).response
    assert len(opening["passes"]) > 15
    faults = opening["violations"]
    search(opened, "gagarine")
    faults += Axe().run(opened.page, options=options).response["violations"]
    opened.page.click("#show-table")
    faults += Axe().run(opened.page, options=options).response["violations"]

    assert [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in faults] == []


def test_a_phone_has_it_all_by_touch(open_html: Opener, html: str) -> None:
    opened = open_html(html, width=390, height=844, has_touch=True, is_mobile=True)
    assert opened.run("() => document.documentElement.scrollWidth") <= 390
    opened.page.tap("#show-settings")
    assert opened.page.is_visible("#legend")
    opened.page.tap("#show-settings")
    assert opened.page.is_hidden("#legend")
    actor = first_tied(opened)
    opened.page.touchscreen.tap(*opened.at(actor))
    opened.page.locator(f'html[data-selected="{actor}"]').wait_for(state="attached")
    assert opened.page.is_visible("#card")
    opened.page.tap("#card .close")
    assert opened.page.is_hidden("#card")


def test_a_narrow_window_needs_no_sideways_scrolling(open_html: Opener, html: str) -> None:
    assert open_html(html, width=800, height=600).run("() => document.documentElement.scrollWidth") <= 800


def test_it_prints_on_one_page(opened: Opened) -> None:
    pdf = opened.page.pdf(prefer_css_page_size=True, print_background=True)

    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 1
    assert b"/Image" in pdf


def test_it_saves_as_png_svg_and_csv(opened: Opened) -> None:
    saved: dict[str, bytes] = {}
    for kind in ("png", "svg", "csv"):
        if opened.page.get_attribute(".menu", "open") is None:
            opened.page.click(".menu summary")
        with opened.page.expect_download() as download:
            opened.page.click(f"#save-{kind}")
        saved[kind] = Path(download.value.path()).read_bytes()

    assert saved["png"].startswith(b"\x89PNG")
    drawing = ET.fromstring(saved["svg"])  # noqa: S314 (our own drawing)
    assert len(drawing.findall(".//{http://www.w3.org/2000/svg}text")) > 80
    rows = list(csv.reader(io.StringIO(saved["csv"].decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 74
    assert LEADING_ZERO in [row[0] for row in rows]


def test_english_is_english(open_html: Opener, review: Review) -> None:
    opened = open_html(map_html(review, "en"))

    assert opened.page.get_attribute("html", "lang") == "en"
    assert "How to read the map" in opened.page.inner_text("#card")
    assert "actors on the map" in opened.page.inner_text("#summary")


# ---- other partnerships


def test_a_large_partnership_opens_folded_and_unfolds(open_html: Opener) -> None:
    opened = open_html(map_html(made_review(1700, years=(2024,)), "fr"))
    state = opened.state()
    assert state["ties"] <= 36
    assert state["shown"] + state["tray"] == 1700
    opened.run("() => partnet.unfold(0)")
    assert opened.state()["ties"] > state["ties"]
    assert opened.state()["shown"] == state["shown"]
    opened.page.click("#unfold")
    opened.settle()
    assert opened.run("() => partnet.labels().length") >= 40
    search(opened, "gagarine")
    assert selected(opened)


def test_a_partnership_without_sectors_opens(open_html: Opener) -> None:
    opened = open_html(map_html(made_review(30, sectors=False, years=(2024,)), "fr"))

    assert opened.state()["shown"] > 20
    assert opened.page.is_hidden("#period-box")


def bounds(locator: Locator) -> dict[str, Any]:
    found = locator.bounding_box()
    assert found
    return dict(found)


def test_panels_do_not_cover_the_map(opened: Opened) -> None:
    settings, stage, card = (bounds(opened.page.locator(part)) for part in ("#settings", "#map", "#card"))

    assert settings["x"] + settings["width"] <= stage["x"]
    assert stage["x"] + stage["width"] <= card["x"]


def test_the_geographic_view_shows_actors_over_the_commune(open_html: Opener, review: Review) -> None:
    ids = review.records.actors["actor_id"][:60]
    coordinates = pd.DataFrame(
        {"longitude": 2.0 + 0.002 * np.arange(60) % 0.05, "latitude": 48.0 + 0.001 * np.arange(60)}, index=ids
    )
    corners = [[1.99, 47.99], [2.06, 47.99], [2.06, 48.07], [1.99, 48.07], [1.99, 47.99]]
    geography = Geography(coordinates, {"type": "Polygon", "coordinates": [corners]})
    opened = open_html(map_html(review, "fr", geography=geography))
    stood = opened.run("() => partnet.position('075001')")
    opened.page.check("input[value=geography]")

    assert opened.run("() => partnet.position('075001')") != stood
    assert "Sans adresse connue" in opened.page.inner_text("#trays")
    state = opened.state()
    assert state["shown"] + state["tray"] == 73
    opened.page.check("input[value=network]")
    assert opened.run("() => partnet.position('075001')") == stood
