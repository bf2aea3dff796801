"""How it was counted: definitions, the account of every row read, what is unknown and why."""

from collections.abc import Mapping
from typing import Any, Final

from partnet_analysis.annual import Review
from partnet_analysis.messages import say
from partnet_analysis.records.exposure import has_invitation_lists, meetings_with_lists
from partnet_analysis.records.ledger import Ledger
from partnet_analysis.views.report.document import Block, Bullets, Heading, Paragraph, Row, Section, Table
from partnet_analysis.views.report.sections.tables import Roster, columns
from partnet_analysis.views.report.wording import is_unknown, period_in_words

_REJECTS_SHOWN: Final = 20
_GLOSSARY: Final = ("partner", "service", "tie", "solicitation", "series", "person_hours", "passage")


def method(review: Review, roster: Roster) -> Section:
    """
    Say how it was counted.

    Parameters
    ----------
    review
        The review.
    roster
        Its actors.

    Returns
    -------
    section
        The method in plain words, the account of the rows, the rows rejected, what cannot be said.
    """
    language = roster.language
    blocks: list[Block] = [
        Paragraph(_sources(review, language), role="lead"),
        Bullets(tuple(say(language, f"review.method.rule.{rule}") for rule in _rules(review, roster))),
    ]
    listed = dict(zip(("n_listed", "n_attended"), meetings_with_lists(review.network.records), strict=True))
    unknown = tuple(say(language, f"review.method.unknown.{what}", **listed) for what in _unknown(review, roster))
    if unknown:
        blocks += [Heading(say(language, "review.method.unknown_title")), Bullets(unknown)]
    if not review.precision.empty:
        estimates = dict.fromkeys(phrase.in_language(language) for phrase in review.precision["sentence"])
        blocks += [Heading(say(language, "review.method.precision_title")), Bullets(tuple(estimates))]
    if review.ledger is not None:
        blocks += _account(review.ledger, language)
    blocks += [
        Heading(say(language, "review.method.confidentiality.title")),
        Paragraph(say(language, "review.method.confidentiality.internal")),
        Paragraph(say(language, "review.method.manifest"), role="note"),
        Heading(say(language, "review.method.glossary_title")),
        Bullets(tuple(say(language, f"review.method.glossary.{word}") for word in _GLOSSARY)),
    ]
    return Section("method", say(language, "review.method.title"), tuple(blocks))


def _sources(review: Review, language: str) -> str:
    records = review.network.records
    return say(
        language,
        "review.method.sources",
        period=period_in_words(review.period, language),
        n_meetings=len(records.meetings),
        n_attendance=len(records.attendance),
        n_contacts=len(records.contacts),
    )


def _rules(review: Review, roster: Roster) -> list[str]:
    rules = ["persons" if roster.is_of_persons else "organisations", "ties", f"load_{review.current.load_basis}", "isolated"]
    if review.records.coordinators:
        rules.insert(2, "coordinators")
    return [*rules, "never"]


def _unknown(review: Review, roster: Roster) -> list[str]:
    """Tell what these records cannot say."""
    records = review.records
    n_listed, n_attended = meetings_with_lists(review.network.records)
    enough = has_invitation_lists(review.network.records)
    checks = {
        "invitations": n_listed == 0,
        "few_invitations": n_listed > 0 and not enough,
        "some_invitations": enough and n_listed < n_attended,
        "contacts": records.contacts.empty,
        "meetings": records.meetings.empty,
        "durations": records.meetings["duration_hours"].isna().all() and not records.meetings.empty,
        "sectors": roster.actors["sector"].isna().all(),
        "coordinator": not records.coordinators,
        "joined": roster.actors["joined_on"].isna().all(),
    }
    return [what for what, is_missing in checks.items() if is_missing]


def _account(ledger: Ledger, language: str) -> list[Block]:
    heads = columns(language, file="text", rows="count", kept="count", rejected="count", ignored="count")
    sources = ledger.accounting
    table = Table(
        key="accounting",
        title=say(language, "review.method.account.title"),
        reading=say(language, "review.method.account.reading"),
        columns=heads,
        rows=tuple(
            Row(str(row["file"]), (_place(row), *(int(row[head.key]) for head in heads[1:])))
            for row in sources.to_dict("records")
        ),
        source="accounting.json",
    )
    blocks: list[Block] = [table]
    if len(ledger.rejects):
        blocks.append(_rejects(ledger, language))
    return blocks


def _rejects(ledger: Ledger, language: str) -> Table:
    heads = columns(language, place="text", value="text", fault="prose", way_out="prose")
    shown = ledger.rejects.head(_REJECTS_SHOWN).to_dict("records")
    n_all = len(ledger.rejects)
    return Table(
        key="rejects",
        title=say(language, "review.method.rejects.title", n=n_all),
        reading=say(language, "review.method.rejects.reading"),
        columns=heads,
        rows=tuple(
            Row(
                str(number),
                (
                    _line(row, language),
                    "" if is_unknown(row["value"]) else str(row["value"]),
                    f"{row['fault'].in_language(language)} ({row['code']})",
                    row["way_out"].in_language(language),
                ),
            )
            for number, row in enumerate(shown)
        ),
        source="rejects.csv",
        note=say(language, "review.method.rejects.more", n=n_all - len(shown)) if n_all > len(shown) else "",
    )


def _place(row: Mapping[Any, Any]) -> str:
    sheet = row.get("sheet")
    return str(row["file"]) if is_unknown(sheet) or not sheet else f"{row['file']} › {sheet}"


def _line(row: Mapping[Any, Any], language: str) -> str:
    cell = row.get("cell")
    if is_unknown(cell) or not cell:
        return f"{_place(row)}, {say(language, 'review.method.line', n=row['line'])}"
    return f"{_place(row)} › {cell}"
