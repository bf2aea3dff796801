"""Who to spare, and why."""

from typing import Any, Final

import pandas as pd

from partnet_analysis.annual import Review
from partnet_analysis.messages import say
from partnet_analysis.views.figures import calendar_figure, load_figure, lorenz_figure
from partnet_analysis.views.report.document import Block, Bullets, Heading, Kind, Paragraph, Picture, Row, Section, Table
from partnet_analysis.views.report.sections.tables import PERSONS_SHOWN, SHOWN, Roster, columns, left_out, rows
from partnet_analysis.views.report.wording import is_unknown, listed, sentence, shown, spelled

_COUNTED: Final[dict[str, dict[str, Kind]]] = {
    "solicitation": {"n_invitations": "count", "n_contacts_received": "count", "hours_asked": "decimal"},
    "presence": {"n_presences": "count", "n_contacts_received": "count", "hours_given": "decimal"},
    "contact": {"n_contacts_received": "count", "n_contacts_made": "count"},
}
"""What the load is made of, by what it counts."""

_MOST_PRESENT: Final = 10
_SOURCES: Final = 3
_TOP: Final = 0.05


def actors_to_spare(review: Review, roster: Roster) -> Section:
    """
    Say who to spare.

    Parameters
    ----------
    review
        The review.
    roster
        Its actors.

    Returns
    -------
    section
        Whom the partnership asks for more than their peers, with the reasons in words.
    """
    language = roster.language
    basis = f"review.solicitation.{review.current.load_basis}"
    blocks: list[Block] = [Paragraph(say(language, f"{basis}.lead"), role="lead")]
    listed_ids = _listed(review, roster)
    blocks.append(Paragraph(_finding(review, roster)))
    if listed_ids:
        blocks.append(_table(review, roster, listed_ids, basis))
    blocks.append(Paragraph(say(language, f"{basis}.caution"), role="note"))
    if len(review.relief_needed):
        blocks.append(_relief(review, roster))
    if review.solicitation["rate"].notna().any():
        blocks += _sharing(review, roster)
        blocks += [_picture(review, roster, basis), _calendar(review, roster)]
    return Section("solicitation", say(language, f"{basis}.title"), tuple(blocks))


def _listed(review: Review, roster: Roster) -> list[str]:
    """
    Choose whom the table lists.

    Where solicitations are known: those to spare first, then those to watch, the most asked first; persons by name. Where
    they are not, those with the highest load.
    """
    load = review.solicitation
    if review.current.load_basis != "solicitation":
        return roster.chosen(load["per_month"].where(load["per_month"] > 0), _MOST_PRESENT)
    flagged = load[load["flag"].isin(["over_solicited", "watch"])]
    if roster.is_of_persons:
        return roster.by_name(list(flagged.index))
    severity = flagged["flag"].map({"over_solicited": 0, "watch": 1}).astype(int)
    ranked = flagged.assign(severity=severity).sort_values(["severity", "per_month"], ascending=[True, False], kind="stable")
    return list(ranked.index)


def _finding(review: Review, roster: Roster) -> str:
    language = roster.language
    flag = review.solicitation["flag"]
    if flag.isna().all():
        return say(language, "review.solicitation.unknown")
    spared = [actor_id for actor_id in _listed(review, roster) if flag[actor_id] == "over_solicited"]
    if not spared:
        return say(language, "review.solicitation.none")
    who = listed([roster.name(actor_id) for actor_id in spared[:SHOWN]], language)
    return say(language, "review.solicitation.some", n=len(spared), count=spelled(len(spared), language), who=who)


def _table(review: Review, roster: Roster, listed_ids: list[str], basis: str) -> Table:
    language = roster.language
    load = review.solicitation
    shown_ids = listed_ids[: PERSONS_SHOWN if roster.is_of_persons else SHOWN]
    counted = {key: kind for key, kind in _COUNTED[review.current.load_basis].items() if load[key].notna().any()}
    flagged: dict[str, Kind] = {} if load["flag"].isna().all() else {"flag": "text"}
    kinds: dict[str, Kind] = {"name": "text", **flagged, "per_month": "decimal", **counted, "reasons": "prose"}
    heads = columns(language, **kinds)

    def flag(actor_id: str) -> str:
        return say(language, f"review.solicitation.flag.{load['flag'][actor_id]}")

    def reasons(actor_id: str) -> str:
        return sentence(load["reasons"][actor_id], language)

    return Table(
        key="solicitation",
        title=say(language, f"{basis}.table.title"),
        reading=say(language, f"{basis}.table.reading"),
        columns=heads,
        rows=rows(roster, load, shown_ids, {"name": roster.name, "flag": flag, "reasons": reasons}, heads),
        source="solicitation.csv",
        note=left_out(roster, len(shown_ids), _n_listable(review, roster, listed_ids), "solicitation.csv", language),
    )


def _relief(review: Review, roster: Roster) -> Table:
    """Say how much less would be usual again, where the load comes from, who could stand in, what a change would do."""
    language = roster.language
    needing = [actor_id for actor_id in _listed(review, roster) if actor_id in review.relief_needed.index]
    spared = [actor_id for actor_id in needing if review.solicitation["flag"][actor_id] == "over_solicited"]
    flagged = (spared or needing)[:SHOWN]

    def stand_ins(actor_id: str) -> str:
        found = review.stand_ins[review.stand_ins["actor_id"] == actor_id]
        return sentence(tuple(found["reason"]), language) or say(language, "review.solicitation.relief.nobody")

    def row(actor_id: str) -> Row:
        needed = sentence((review.relief_needed["sentence"][actor_id],), language)
        below = f"{_sources(review, roster, actor_id)} {_remedy(review, actor_id, language)}".strip()
        return Row(actor_id, (roster.name(actor_id), needed, stand_ins(actor_id), below))

    return Table(
        key="relief",
        title=say(language, "review.solicitation.relief.title"),
        reading=say(language, "review.solicitation.relief.reading"),
        columns=columns(language, name="text", sentence="prose", stand_ins="prose", sources="prose"),
        rows=tuple(row(actor_id) for actor_id in flagged),
        source="stand_ins.csv",
    )


def _sources(review: Review, roster: Roster, actor_id: str) -> str:
    """Say who asks this partner most, and which groups."""
    language = roster.language
    sources = review.load_sources[review.load_sources["actor_id"] == actor_id]
    said = []
    for kind in ("solicitor", "series"):
        heaviest = sources[sources["source_kind"] == kind].head(_SOURCES)
        counted = [
            say(
                language,
                "review.solicitation.relief.source",
                name=roster.name(str(source)) if kind == "solicitor" else str(source),
                n=int(n),
            )
            for source, n in zip(heaviest["source"], heaviest["n_solicitations"], strict=True)
        ]
        if counted:
            said.append(say(language, f"review.solicitation.relief.{kind}", what=listed(counted, language)))
    return " ".join(said)


def _remedy(review: Review, actor_id: str, language: str) -> str:
    """Say what the most effective of the changes computed would do."""
    found = review.remedies[review.remedies["actor_id"] == actor_id]
    if found.empty:
        return ""
    best = found.sort_values("n_fewer", ascending=False, kind="stable").iloc[0]
    return say(language, "review.solicitation.relief.remedy", what=best["sentence"].in_language(language))


def _n_listable(review: Review, roster: Roster, listed_ids: list[str]) -> int:
    """Count those that the table could list: all flagged; where nobody is flagged, every partner."""
    if review.current.load_basis == "solicitation":
        return len(listed_ids)
    return len(roster.partners)


def _picture(review: Review, roster: Roster, basis: str) -> Picture:
    language = roster.language
    partners = review.solicitation[~roster.actors["is_coordinator"].reindex(review.solicitation.index)]
    per_month = partners["per_month"].dropna()
    return Picture(
        key="load",
        title=say(language, f"{basis}.picture.title"),
        reading=say(language, f"{basis}.picture.reading"),
        alternative=say(
            language,
            "review.solicitation.alternative",
            n=len(per_month),
            median=_number(per_month.median()),
            highest=_number(per_month.max()),
        ),
        figure=load_figure(review, language),
    )


def _calendar(review: Review, roster: Roster) -> Picture:
    language = roster.language
    return Picture(
        key="calendar",
        title=say(language, "review.solicitation.calendar.title"),
        reading=say(language, f"review.solicitation.calendar.{review.current.load_basis}"),
        alternative=say(language, "review.solicitation.calendar.alternative"),
        figure=calendar_figure(review, language),
    )


def _lorenz(review: Review, language: str) -> Picture:
    gini = shown(review.load_sharing["value"]["gini"], "decimal", language)
    return Picture(
        key="lorenz",
        title=say(language, "review.solicitation.lorenz.title"),
        reading=say(language, "review.solicitation.lorenz.reading"),
        alternative=say(language, "review.solicitation.lorenz.alternative", gini=gini),
        figure=lorenz_figure(review, language),
    )


def _sharing(review: Review, roster: Roster) -> list[Block]:
    """Show how the load is shared, and say it and what was asked and given in sentences."""
    language = roster.language
    figures = review.load_sharing["value"]
    key = "review.solicitation.sharing"
    said = []
    if not is_unknown(figures["share_of_top_5_percent"]) and figures["n_loaded"] >= 1 / _TOP:
        share = shown(figures["share_of_top_5_percent"], "share", language)
        said.append(say(language, f"{key}.top", share=share, five=shown(_TOP, "share", language)))
    if not is_unknown(figures["load_per_partner_month"]):
        mean = shown(figures["load_per_partner_month"], "decimal", language)
        said.append(say(language, f"{key}.mean.{review.current.load_basis}", mean=mean))
    asked, given = figures["hours_asked"], figures["hours_given"]
    if not is_unknown(asked) and asked > 0:
        said.append(
            say(language, f"{key}.hours", asked=shown(asked, "count", language), given=shown(given, "count", language))
        )
    points = [Bullets(tuple(said))] if said else []
    return [Heading(say(language, f"{key}.title")), _lorenz(review, language), *points]


def _number(value: Any) -> float:  # noqa: ANN401 (a frame's cell)
    return 0.0 if is_unknown(value) or pd.isna(value) else round(float(value), 1)
