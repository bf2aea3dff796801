"""What the service writes itself, and what the partnership decides to do."""

from collections.abc import Mapping
from typing import Final

from partnet_analysis.annual import Review
from partnet_analysis.messages import say
from partnet_analysis.views.report.document import Block, Column, Kind, Paragraph, Row, Section, Table
from partnet_analysis.views.report.markdown import blocks as own_blocks
from partnet_analysis.views.report.sections.findings import proposals
from partnet_analysis.views.report.sections.tables import Roster

TEXTS: Final = ("framework", "commitments", "voices", "action_plan")
"""The texts that the service may supply, by the names they have in `partnet.toml`."""

_EMPTY_LINES: Final = 3

_COLUMNS: Final[tuple[tuple[str, Kind], ...]] = (("what", "prose"), ("who", "text"), ("when", "text"))


def text_section(key: str, texts: Mapping[str, str], roster: Roster) -> tuple[Section, ...]:
    """
    Put in a text of the service.

    Parameters
    ----------
    key
        One of `TEXTS`.
    texts
        The texts in Markdown, by name.
    roster
        The review's actors.

    Returns
    -------
    sections
        The section; none where there is no such text.
    """
    text = texts.get(key, "").strip()
    if not text:
        return ()
    title = say(roster.language, f"review.texts.{key}")
    return (Section(key, title, own_blocks(text, key, title)),)


def action_plan(review: Review, texts: Mapping[str, str], roster: Roster) -> Section:
    """
    Say what is to be done, by whom, until when.

    Parameters
    ----------
    review
        The review.
    texts
        The texts in Markdown, by name.
    roster
        The review's actors.

    Returns
    -------
    section
        The service's own plan where there is one; and, unless that holds a table of its own, a table with the proposals,
        whose other columns wait for the meeting.
    """
    language = roster.language
    text = texts.get("action_plan", "").strip()
    what = list(proposals(review, roster))
    lead = Paragraph(say(language, f"review.plan.{'lead' if what else 'lead_none'}"), role="lead")
    title = say(language, "review.plan.title")
    blocks: list[Block] = [*own_blocks(text, "plan", title)] if text else [lead]
    if any(isinstance(block, Table) for block in blocks):
        return Section("plan", say(language, "review.texts.action_plan"), tuple(blocks))
    heads = tuple(Column(key, say(language, f"review.column.{key}"), kind) for key, kind in _COLUMNS)
    rows = [*what, *[""] * _EMPTY_LINES]
    table = Table(
        key="plan",
        title=title,
        reading=say(language, "review.plan.reading"),
        columns=heads,
        rows=tuple(Row(str(number), (text, "", "")) for number, text in enumerate(rows, start=1)),
    )
    return Section("plan", say(language, "review.texts.action_plan"), (*blocks, table))
