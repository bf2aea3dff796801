"""The page and the pyvis objects, without a browser."""

import copy
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pyvis.network import Network as PyvisNetwork

from benchmarks.made_review import LEADING_ZERO, made_review, review_of
from partnet_analysis.annual import Review, annual_review
from partnet_analysis.messages import catalogue
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records
from partnet_analysis.views.map import page as page_module
from partnet_analysis.views.map.data import plain, scene, scene_data
from partnet_analysis.views.map.geography import Geography
from partnet_analysis.views.map.page import SCRIPTS, script_json
from partnet_analysis.views.map.partnership_map import UNSAFE, PartnershipMap, map_html


def data_of(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


@pytest.fixture(scope="session")
def data(html: str) -> dict[str, Any]:
    return data_of(html)


# ---- the page


def test_the_page_is_one_small_file_in_the_readers_language(html: str) -> None:
    assert html.startswith('<!doctype html>\n<html lang="fr">')
    assert len(html.encode()) < 700_000
    assert not re.findall(r'(?:src|href)\s*=\s*["\']?(?:https?:)?//', html.split("<script", maxsplit=1)[0])


def test_the_policy_allows_its_own_style_and_scripts_alone(html: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)

    assert policy
    assert policy[1].startswith("default-src &#39;none&#39;; script-src &#39;sha256-")
    assert "unsafe" not in policy[1]


def test_no_handler_and_no_style_stands_in_the_markup(html: str) -> None:
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.DOTALL)

    assert not re.findall(r"\son\w+\s*=|\sstyle\s*=", markup)


def test_another_vis_network_is_refused(monkeypatch: pytest.MonkeyPatch, review: Review) -> None:
    monkeypatch.setattr(page_module, "VIS_NETWORK_SHA256", "0" * 64)
    with pytest.raises(RuntimeError, match="vis-network"):
        map_html(review, "fr")


def test_every_script_is_in_the_page(html: str) -> None:
    folder = Path(page_module.__file__).parent / "page" / "scripts"

    assert sorted(path.name for path in folder.iterdir()) == list(SCRIPTS)
    assert "innerHTML" not in "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    assert "function drawPicture" in html


def test_every_word_the_script_asks_for_exists_in_both_languages() -> None:
    folder = Path(page_module.__file__).parent / "page"
    script = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.js"))
    template = (folder / "map.html.j2").read_text(encoding="utf-8")
    for language in ("fr", "en"):
        words = catalogue(language, "map")
        assert set(re.findall(r"\btexts\.(\w+)", script)) <= set(words["page"])
        assert set(re.findall(r"\bt\.(\w+) }}", template)) <= {*words["frame"], *words["page"]}


def test_the_two_languages_say_the_same_things() -> None:
    def blanks(entry: Any, path: str = "") -> dict[str, Any]:  # noqa: ANN401 (TOML)
        if isinstance(entry, str):
            return {path: sorted(re.findall(r"\{(\w+)\}", entry))}
        return {key: value for name, part in entry.items() for key, value in blanks(part, f"{path}.{name}").items()}

    assert blanks(catalogue("fr", "map")) == blanks(catalogue("en", "map"))


def test_text_cannot_close_the_data(hostile: Review) -> None:
    html = map_html(hostile, "fr")

    assert data_of(html)["actors"]["label"][0] == '<img src=x onerror="window.ran=1">&<b>gras</b>'
    assert html.count("</script>") == 3
    assert "<title>Carte du partenariat – Partenariat &lt;script&gt;" in html
    assert html.count("<h1>") == 1


def test_nan_is_never_written() -> None:
    with pytest.raises(ValueError, match="JSON"):
        script_json({"value": float("nan")})


# ---- the data


def test_ids_stay_text(data: dict[str, Any]) -> None:
    assert LEADING_ZERO in data["actors"]["id"]
    assert all(isinstance(actor_id, str) for actor_id in data["actors"]["id"])


def test_everybody_on_the_roster_is_in_the_file(data: dict[str, Any], review: Review) -> None:
    assert data["actors"]["id"] == review.records.actors["actor_id"].tolist()


def test_values_of_any_type_become_plain() -> None:
    values = [
        np.int64(3),
        np.float64("nan"),
        pd.NA,
        pd.NaT,
        np.inf,
        0.123456,
        "075001",
        np.bool_(1),
        Period.of_year(2024).start,
    ]
    stamp = plain([pd.Timestamp("2024-05-06"), Path("x")])

    assert plain(values) == [3, None, None, None, None, 0.123, "075001", True, "2024-01-01"]
    assert stamp == ["2024-05-06T00:00:00", "x"]


def test_each_year_of_the_span_is_a_period(data: dict[str, Any]) -> None:
    assert [period["label"] for period in data["periods"]] == ["2022", "2023", "2024"]
    assert data["current"] == 2


def test_a_period_that_is_no_year_stands_beside_the_years(records: Records) -> None:
    spring = Period.parse("2024-02-01..2024-04-30")
    alone = data_of(map_html(review_of(records, spring), "fr"))
    wide = made_review(30, years=(2023, 2024))
    beside = data_of(map_html(review_of(wide.records, Period.parse("2023-06-01..2024-05-31")), "en"))

    assert [period["label"] for period in alone["periods"]] == ["1er\xa0février 2024 – 30\xa0avril 2024"]
    assert [period["label"] for period in beside["periods"]] == ["2023", "2024", "1 June 2023 – 31 May 2024"]
    assert beside["current"] == 2


def test_reasons_come_as_sentences(data: dict[str, Any]) -> None:
    reasons = [sentence for told in data["periods"][2]["reasons"] for sentence in told]

    assert any(sentence.startswith("Invité à ") for sentence in reasons)


def test_introductions_come_with_their_reasons(data: dict[str, Any], review: Review) -> None:
    first = review.introductions.iloc[0]
    guest, host = (data["actors"]["id"].index(first[column]) for column in ("actor_id", "host_id"))

    assert data["periods"][2]["introductions"][guest][0][0] == host
    assert "même secteur" in data["periods"][2]["introductions"][guest][0][1]
    assert not any(data["periods"][0]["introductions"])


def test_a_measure_that_lacks_is_left_out(review: Review) -> None:
    bare = replace(
        review.current,
        solicitation=review.solicitation.drop(columns="reasons").assign(per_month=np.nan),
    )
    drawn = scene_data(scene(replace(review, current=bare, years=()), "fr"))

    assert "per_month" not in {metric["key"] for metric in drawn["metrics"]}
    assert drawn["periods"][0]["reasons"] == [[]] * 73


def test_the_note_is_said(review: Review) -> None:
    assert "Partenariat fictif" in map_html(replace(review, note="Partenariat fictif"), "fr").split("<script")[0]


def test_the_ground_is_in_the_same_file(review: Review) -> None:
    coordinates = pd.DataFrame({"longitude": [2.0], "latitude": [48.0]}, index=[LEADING_ZERO])
    outline = {"type": "Polygon", "coordinates": [[[1.9, 47.9], [2.1, 47.9], [2.1, 48.1], [1.9, 47.9]]]}
    found = data_of(map_html(review, "fr", geography=Geography(coordinates, outline)))["geography"]

    assert sum(x is not None for x in found["x"]) == 1
    assert len(found["outline"]) == 1


def test_nothing_given_is_changed(review: Review) -> None:
    before = copy.deepcopy((review.records, review.centrality, review.solicitation, review.isolation, review.network.ties))
    map_html(review, "fr")
    after = (review.records, review.centrality, review.solicitation, review.isolation, review.network.ties)

    for old, new in zip(before[1:], after[1:], strict=True):
        pd.testing.assert_frame_equal(old, new)
    for table in ("actors", "meetings", "attendance", "contacts"):
        pd.testing.assert_frame_equal(getattr(before[0], table), getattr(after[0], table))


BUILD = """
import sys
from pathlib import Path
from benchmarks.made_review import made_review
from partnet_analysis.views.map.partnership_map import map_html
Path(sys.argv[1]).write_bytes(map_html(made_review(40, years=(2024,)), "fr").encode("utf-8"))
"""


def test_the_same_review_gives_the_same_bytes_whatever_the_machine(tmp_path: Path) -> None:
    """Other hash seeds, and a machine whose own encoding is not UTF-8: the same bytes, and no other file."""
    root = Path(__file__).parents[3]
    digests = set()
    for seed, own in (("1", "C"), ("2", "C.UTF-8")):
        target = tmp_path / f"{seed}.html"
        folder = tmp_path / f"work-{seed}"
        folder.mkdir()
        environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": own, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        environment |= {"PYTHONIOENCODING": "cp1252", "PYTHONPATH": str(root)}
        subprocess.run([sys.executable, "-c", BUILD, str(target)], check=True, cwd=folder, env=environment)
        digests.add(hashlib.sha256(target.read_bytes()).hexdigest())
        assert list(folder.iterdir()) == []

    assert len(digests) == 1


def test_a_measured_review_is_drawn(records: Records, year: Period) -> None:
    found = data_of(map_html(annual_review(records, year, name="Test"), "fr"))

    assert found["title"] == "Carte du partenariat – Test"
    assert {"strength", "betweenness", "constraint"} <= {metric["key"] for metric in found["metrics"]}
    assert found["periods"][0]["isolation"][0]


# ---- pyvis


@pytest.fixture(scope="module")
def view() -> PartnershipMap:
    return PartnershipMap(made_review(20, years=(2024,)), "en")


def test_the_map_is_a_pyvis_network_with_everybody_and_every_tie(review: Review) -> None:
    view = PartnershipMap(review)

    assert isinstance(view, PyvisNetwork)
    assert view.num_nodes() == 73
    assert view.num_edges() == len(review.network.ties)
    assert LEADING_ZERO in view.get_nodes()
    assert view.generate_html() == map_html(review, "fr")


@pytest.mark.parametrize("name", sorted(UNSAFE))
def test_what_pyvis_does_unsafely_is_refused(view: PartnershipMap, name: str) -> None:
    with pytest.raises(NotImplementedError, match=name):
        getattr(view, name)


def test_stock_pyvis_gets_names_as_text(hostile: Review, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    network = PartnershipMap(hostile).to_pyvis()

    assert type(network) is PyvisNetwork
    assert not any("<" in node["label"] or "<" in node["title"] for node in network.nodes)
    assert LEADING_ZERO in network.get_nodes()
    assert "<img src=x" not in network.generate_html()


def test_a_notebook_gets_a_sandbox_and_a_picture(review: Review) -> None:
    shown = PartnershipMap(review)._repr_html_()

    assert 'sandbox="allow-scripts allow-downloads allow-modals"' in shown
    assert shown.startswith("<style>.pn-fallback{display:none}</style><iframe srcdoc=")
    assert '<img alt="Carte du partenariat – Saint-Exemple" src="data:image/png;base64,iVBOR' in shown
