"""Colours that everybody tells apart."""

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from partnet_analysis.views import palette

Floats = npt.NDArray[np.float64]

# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
SIGHTS = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])


def linear(colour: str) -> Floats:
    channels = np.array(palette.rgb(colour)) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(light: Floats) -> Floats:
    xyz = TO_XYZ @ np.clip(light, 0, 1) / np.array([0.95047, 1, 1.08883])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(one: str, other: str) -> float:
    lights = sorted(float(TO_XYZ[1] @ linear(colour)) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("sight", SIGHTS)
def test_any_two_colours_differ_for_every_sight(sight: str) -> None:
    seen = {colour: lab(SIGHTS[sight] @ linear(colour)) for colour in (*palette.COLOURS, palette.OTHERS.colour)}

    assert min(float(np.linalg.norm(seen[one] - seen[other])) for one, other in combinations(seen, 2)) >= 15


def test_every_outline_stands_out_on_white() -> None:
    assert min(contrast(mark.edge, palette.PAPER) for mark in (*palette.MARKS, palette.OTHERS)) >= 3


@pytest.mark.parametrize("text", [palette.INK, palette.MUTED, palette.ALERT, palette.WATCH])
def test_text_colours_meet_double_a_on_white(text: str) -> None:
    assert contrast(text, palette.PAPER) >= 4.5


def test_every_colour_has_a_shape_of_its_own() -> None:
    assert len({mark.shape for mark in palette.MARKS}) == len(palette.COLOURS) == 8
    assert set(palette.MATPLOTLIB_MARKERS) == set(palette.SHAPES)


def test_the_most_frequent_categories_come_first_and_the_ninth_is_others() -> None:
    values = pd.Series([f"s{n}" for n in range(10) for _ in range(10 - n)] + [None])

    marks = palette.category_marks(values)

    assert list(marks) == [f"s{n}" for n in range(10)]
    assert marks["s0"] == palette.MARKS[0]
    assert marks["s8"] == marks["s9"] == palette.OTHERS


def test_equal_categories_go_by_name() -> None:
    assert list(palette.category_marks(pd.Series(["b", "a"]))) == ["a", "b"]
