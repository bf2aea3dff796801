"""How the whole holds together, in figures that say what they mean."""

from typing import Final

import numpy as np
import pandas as pd

from partnet_analysis.annual import Review
from partnet_analysis.messages import has, say
from partnet_analysis.views.figures import mixing_figure
from partnet_analysis.views.figures.mixing import acquaintance_shares
from partnet_analysis.views.report.document import Block, Bullets, Kind, Paragraph, Picture, Row, Section, Table
from partnet_analysis.views.report.sections.tables import Roster, columns
from partnet_analysis.views.report.wording import is_unknown

_SHARES: Final = frozenset(
    {"density", "reciprocity", "transitivity", "share_in_main_component", "acquaintance_coverage", "e_i_p_value"}
)


def cohesion_section(review: Review, roster: Roster) -> Section:
    """
    Say how the whole holds together.

    Parameters
    ----------
    review
        The review.
    roster
        Its actors.

    Returns
    -------
    section
        Each figure with what it means, with and without the coordinators; what is unknown, and why.
    """
    language = roster.language
    figures = [str(figure) for figure in review.cohesion.index if has(language, f"review.cohesion.figure.{figure}.label")]
    blocks: tuple[Block, ...] = (
        Paragraph(say(language, f"review.cohesion.{_lead(review)}"), role="lead"),
        _table(review, roster, figures),
        *_reasons(review, language),
        *_mixing(review, roster),
    )
    return Section("cohesion", say(language, "review.cohesion.title"), blocks)


def _lead(review: Review) -> str:
    return "lead" if review.records.coordinators else "lead_alone"


def _table(review: Review, roster: Roster, figures: list[str]) -> Table:
    language = roster.language
    without: dict[str, Kind] = {"value_without_coordinators": "own"} if review.records.coordinators else {}
    heads = columns(language, figure="text", value="own", **without, meaning="prose")

    def row(figure: str) -> Row:
        key = f"review.cohesion.figure.{figure}"
        values = [review.cohesion.loc[figure, head.key] for head in heads if head.kind == "own"]
        cells = (say(language, f"{key}.label"), *values, say(language, f"{key}.meaning"))
        return Row(str(figure), cells, kind=_kind(figure))

    return Table(
        key="cohesion",
        title=say(language, "review.cohesion.table.title"),
        reading=say(language, "review.cohesion.table.reading"),
        columns=heads,
        rows=tuple(row(figure) for figure in figures),
        source="cohesion.json",
    )


def _kind(figure: str) -> Kind:
    if figure in _SHARES:
        return "share"
    return "count" if str(figure).startswith("n_") else "index"


def _mixing(review: Review, roster: Roster) -> tuple[Picture, ...]:
    """Show which sectors meet which, where there are two at least."""
    language = roster.language
    if roster.actors.loc[~roster.actors["is_coordinator"], "sector"].nunique() < 2:  # noqa: PLR2004 (one cannot mix)
        return ()
    shares = acquaintance_shares(review)
    near, apart = _extremes(shares)
    picture = Picture(
        key="mixing",
        title=say(language, "review.cohesion.mixing.title"),
        reading=say(language, "review.cohesion.mixing.reading"),
        alternative=say(
            language, "review.cohesion.mixing.alternative", one=near[0], other=near[1], far=apart[0], away=apart[1]
        ),
        figure=mixing_figure(review, language),
    )
    return (picture,)


def _extremes(shares: pd.DataFrame) -> tuple[tuple[str, str], tuple[str, str]]:
    """Find the two sectors that meet most, and the two that meet least."""
    values = shares.to_numpy(dtype=float)
    between = {
        (str(shares.index[row]), str(shares.columns[column])): float(values[row, column])
        for row in range(len(shares))
        for column in range(row)
    }
    known = {pair: share for pair, share in between.items() if not np.isnan(share)}
    return max(known, key=lambda pair: known[pair]), min(known, key=lambda pair: known[pair])


def _reasons(review: Review, language: str) -> tuple[Bullets, ...]:
    """Say why figures are unknown, each reason once."""
    if "reason" not in review.cohesion:
        return ()
    reasons = [reason.in_language(language) for reason in review.cohesion["reason"] if not is_unknown(reason)]
    said = tuple(dict.fromkeys(f"{text[0].upper()}{text[1:].rstrip('.')}." for text in reasons))
    return (Bullets(said),) if said else ()
