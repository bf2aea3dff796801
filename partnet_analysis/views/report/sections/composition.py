"""Who makes up the partnership: sectors, kinds, who came and who left."""

import pandas as pd

from partnet_analysis.annual import Review
from partnet_analysis.messages import say
from partnet_analysis.views.figures import moves_figure, sectors_figure
from partnet_analysis.views.report.document import Block, Heading, Kind, Paragraph, Picture, Row, Section, Table
from partnet_analysis.views.report.sections.tables import PERSONS_SHOWN, Roster, columns, left_out, rows
from partnet_analysis.views.report.wording import listed, period_in_words, spelled

_NAMED = 5
"""How many names a sentence bears."""


def composition(review: Review, roster: Roster) -> Section:
    """
    Say who makes up the partnership.

    Parameters
    ----------
    review
        The review.
    roster
        Its actors.

    Returns
    -------
    section
        Sectors, entries and exits, who was expected and never seen.
    """
    language = roster.language
    blocks: list[Block] = [Paragraph(_summary(roster), role="lead")]
    if roster.actors["sector"].notna().any():
        table = _sector_table(review, language)
        blocks += [_sector_picture(review, table, language), table]
    else:
        blocks.append(Paragraph(say(language, "review.composition.no_sector"), role="note"))
    blocks += [*_moves(review, roster), *_absent(review, roster)]
    return Section("composition", say(language, "review.composition.title"), tuple(blocks))


def _summary(roster: Roster) -> str:
    coordinators = [roster.name(actor_id) for actor_id in roster.actors.index if roster.is_coordinator(actor_id)]
    key = "persons" if roster.is_of_persons else "summary"
    said = [say(roster.language, f"review.composition.{key}", n=len(roster.partners))]
    gone = roster.by_name(list(roster.standing.index[roster.standing == "left"]))
    if gone:
        who = listed([roster.name(actor_id) for actor_id in gone[:_NAMED]], roster.language)
        which = "gone" if len(gone) <= _NAMED else "many_gone"
        count = spelled(len(gone), roster.language)
        said.append(say(roster.language, f"review.composition.{which}", n=len(gone), count=count, who=who))
    if coordinators:
        who = listed(coordinators, roster.language)
        said.append(say(roster.language, "review.composition.coordinator", n=len(coordinators), who=who))
    else:
        said.append(say(roster.language, "review.composition.no_coordinator"))
    return " ".join(said)


def _sector_table(review: Review, language: str) -> Table:
    heads = columns(language, sector="text", n_partners="count", n_over_solicited="count", n_isolated="count")
    return Table(
        key="sectors",
        title=say(language, "review.composition.sectors.title"),
        reading=say(language, "review.composition.sectors.reading"),
        columns=heads,
        rows=tuple(
            Row(name, (name or say(language, "review.unknown"), *(counts[head.key] for head in heads[1:])))
            for name, counts in zip(review.sectors.index.fillna(""), review.sectors.to_dict("records"), strict=True)
        ),
        source="sectors.csv",
    )


def _sector_picture(review: Review, table: Table, language: str) -> Picture:
    largest = listed(
        [say(language, "review.composition.sectors.one", name=row.cells[0], n=row.cells[1]) for row in table.rows[:3]],
        language,
    )
    return Picture(
        key="sectors",
        title=say(language, "review.composition.picture.title"),
        reading=say(language, "review.composition.picture.reading"),
        alternative=say(language, "review.composition.picture.alternative", n=len(table.rows), largest=largest),
        figure=sectors_figure(review, language),
    )


def _moves(review: Review, roster: Roster) -> list[Block]:
    """Say who joined and who left, where the roster knows."""
    language = roster.language
    if roster.actors[["joined_on", "left_on"]].isna().all(axis=None):
        return [Paragraph(say(language, "review.composition.no_days"), role="note")]
    blocks: list[Block] = [_moves_picture(review, language)]
    moved: list[Row] = []
    titles: list[str] = []
    nobody: list[Block] = []
    for column in ("joined_on", "left_on"):
        days = roster.actors[column].dropna()
        within = days[[value.date() in review.period for value in days]]
        key = f"review.composition.{column}"
        if within.empty:
            nobody.append(Paragraph(say(language, f"{key}.none", period=period_in_words(review.period, language))))
            continue
        titles.append(say(language, f"{key}.title", n=len(within)))
        moved += _dated(within, say(language, f"{key}.move"), roster)
    if moved:
        blocks.append(_moves_table(moved, ", ".join(titles), language))
    return [*blocks, *nobody]


def _moves_table(moved: list[Row], title: str, language: str) -> Table:
    return Table(
        key="moved",
        title=title,
        reading="",
        columns=columns(language, name="text", move="text", moved_on="day"),
        rows=tuple(moved),
        source="actors.csv",
    )


def _absent(review: Review, roster: Roster) -> list[Block]:
    """List who was expected and never seen, each with the day last seen."""
    language = roster.language
    absent = review.expected_absent
    heading = Heading(say(language, "review.composition.absent.heading"))
    if absent.empty:
        return [heading, Paragraph(say(language, "review.composition.absent.none"))]
    listed_ids = roster.by_name(list(absent.index))[:PERSONS_SHOWN]
    counted: dict[str, Kind] = {} if absent["n_invitations"].isna().all() else {"n_invitations": "count"}
    kinds: dict[str, Kind] = {"name": "text", "sector": "text", **counted, "how": "prose", "last_seen_on": "day"}
    given = {
        "name": roster.name,
        "sector": roster.sector,
        "how": lambda actor_id: say(language, f"review.composition.absent.how.{absent['how'][actor_id]}"),
    }
    heads = columns(language, **kinds)
    table = Table(
        key="absent",
        title=say(language, "review.composition.absent.title", n=len(absent)),
        reading=say(language, "review.composition.absent.reading"),
        columns=heads,
        rows=rows(roster, absent, listed_ids, given, heads),
        source="expected_absent.csv",
        note=left_out(roster, len(listed_ids), len(absent), "expected_absent.csv", language),
    )
    return [heading, table]


def _moves_picture(review: Review, language: str) -> Picture:
    by_year = [
        say(language, "review.composition.moves.year", year=str(year), entries=int(entries), exits=int(exits))
        for year, entries, exits in review.moves.itertuples(name=None)
    ]
    return Picture(
        key="moves",
        title=say(language, "review.composition.moves.title"),
        reading=say(language, "review.composition.moves.reading"),
        alternative=say(language, "review.composition.moves.alternative", what=listed(by_year, language)),
        figure=moves_figure(review, language),
    )


def _dated(days: pd.Series, move: str, roster: Roster) -> list[Row]:
    ordered = sorted(map(str, days.index), key=lambda actor_id: (days[actor_id], roster.name(actor_id)))
    return [Row(actor_id, (roster.name(actor_id), move, days[actor_id])) for actor_id in ordered]
