"""Names that try to be more than names, and a partnership made of them, for the tests and the figures of reliability."""

import unicodedata
from collections.abc import Iterator
from typing import Final

import pandas as pd

from partnet_analysis.annual import Review, annual_review
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records

YEAR: Final = Period.of_year(2024)

RUN: Final = "window.ran=(window.ran||0)+1"
"""What a name runs if anything runs it: pages are asked for `window.ran` afterwards."""

_ELSEWHERE: Final = "http://evil.example/"

_MARKUP: Final = (
    "<script>{run}</script>",
    "</script><script>{run}</script>",
    "</style><script>{run}</script>",
    "</title><script>{run}</script>",
    "</textarea><script>{run}</script>",
    "--><script>{run}</script><!--",
    "]]><script>{run}</script>",
    "<img src=x onerror={run}>",
    '"><img src=x onerror={run}>',
    "'><img src=x onerror={run}>",
    '" onmouseover="{run}" x="',
    "' onfocus='{run}' autofocus='",
    "` onload=`{run}`",
    "<svg onload={run}>",
    "<svg><animate onbegin={run} attributeName=x dur=1s>",
    "<body onload={run}>",
    "<details open ontoggle={run}>",
    "<input autofocus onfocus={run}>",
    '<iframe srcdoc="<script>parent.{run}</script>"></iframe>',
    '<iframe src="javascript:parent.{run}"></iframe>',
    '<object data="data:text/html,<script>{run}</script>"></object>',
    '<a href="javascript:{run}">club</a>',
    "javascript:{run}//",
    "<math><mtext><img src=x onerror={run}></mtext></math>",
    "<style>@import '{elsewhere}x.css';</style>",
    "<link rel=stylesheet href={elsewhere}x.css>",
    "<img src={elsewhere}x.png>",
    "<base href={elsewhere}>",
    '<meta http-equiv=refresh content="0;url={elsewhere}">',
    "<form action={elsewhere}><button>club</button></form>",
    "<!--",
    "<![CDATA[",
    "<plaintext>",
    "&lt;script&gt;{run}&lt;/script&gt;",
    "&#60;script&#62;{run}&#60;/script&#62;",
    "\\u003cscript\\u003e{run}\\u003c/script\\u003e",
    "\\x3cscript\\x3e{run}\\x3c/script\\x3e",
    "\ufe64script\ufe65{run}\ufe64/script\ufe65",
    "'+({run})+'",
    '"+({run})+"',
    "`${{{run}}}`",
    "';{run};//",
    "\\';{run};//",
    "\\",
    "\u2028{run}\u2029",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "{{{{ 7 * 7 }}}}",
    "{{% for x in range(9) %}}x{{% endfor %}}",
    "{{name}}",
    "{{0.__class__}}",
    "%(name)s %n %s",
    "$x_2$ \\alpha \\input{{/etc/passwd}}",
    '#panic("x") *bold* @missing <label> //comment',
)
_FORMULAS: Final = (
    "=1+1",
    '=HYPERLINK("{elsewhere}";"club")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1;1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\uff1d1+1",
    '=WEBSERVICE("{elsewhere}")',
    '=DDE("cmd";"/C calc";"x")',
    '"=1+1',
    "';=1+1",
    ";=1+1;",
    ",=1+1,",
    'a",=1+1,"',
    "{{=1+1}}",
    "=\u200b1+1",
)
_PATHS: Final = (
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "C:\\boot.ini",
    "\\\\evil\\share",
    "file:///etc/passwd",
    "~/.ssh/id_rsa",
    "CON",
    "nul.txt",
    ".",
    "..",
    "a/b",
    "manifest.json",
    ".partnet-new",
    "-rf",
    "--lang",
    "$(touch ran)",
    "`touch ran`",
    "; touch ran ;",
    "| touch ran",
    "%APPDATA%",
)
_TERMINAL: Final = (
    "\x1b[2J\x1b[Hclub",
    "\x1b]0;taken\x07club",
    "\x1b]8;;{elsewhere}\x1b\\club\x1b]8;;\x1b\\",
    "\x1b[31mred\x1b[0m",
    "\x9b31mclub",
    "club\rtaken",
    "club\x08\x08\x08\x08taken",
    "club\x7f",
    "\x07club",
    "club\x00end",
    "\u202eclub\u202c",
    "\u2066club\u2069",
    "\u200fclub",
    "club\u200bzero",
    "\ufeffclub",
    "line\nbreak",
    "tab\tstop",
    "vertical\x0btab",
    "\x85next",
)
_SIGNS: Final = (
    "A" * 500,
    "\U0001f3ba\U0001f469\u200d\U0001f680 band",
    "漢字 club",
    "نادي الشطرنج",
    "e\u0301" * 20,
    "Z\u0351\u036b\u0343\u036a\u0302" * 5,
    "' OR '1'='1",
    '"; DROP TABLE actors; --',
    "NULL",
    "NaN",
    "None",
    "true",
    "0012",
    "1e9",
    "2024-02-30",
    '<actor id="x"/>',
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    "&e;",
    "&amp; <b>bold</b>",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
)

_INSIDE: Final = tuple(f"Club {pattern} d'en bas" for pattern in (*_MARKUP, *_TERMINAL))
"""The same within an ordinary name, where a check of its beginning alone would miss it."""

NAMES: Final = tuple(
    pattern.format(run=RUN, elsewhere=_ELSEWHERE)
    for patterns in (_MARKUP, _FORMULAS, _PATHS, _TERMINAL, _SIGNS, _INSIDE)
    for pattern in patterns
)
"""Every hostile name: markup, formulas, paths and shells, terminals, and signs that break things by themselves."""


def hostile_records(names: tuple[str, ...] = NAMES) -> Records:
    """
    Make a partnership of hostile names.

    Parameters
    ----------
    names
        The names.

    Returns
    -------
    records
        One organisation for each name, which also is its id and turns up as sector, title, series, theme and channel;
        everybody meets twice with the next ones and is in touch with the next, but the last, who is never seen.
    """
    n = len(names)
    spread = [names[(7 * place) % n] for place in range(n)]
    actors = pd.DataFrame(
        {
            "actor_id": names,
            "name": names,
            "kind": "organisation",
            "sector": [spread[place % 9] for place in range(n)],
            "is_coordinator": [place == 0 for place in range(n)],
        }
    )
    n_meetings = n // 4
    meetings = pd.DataFrame(
        {
            "meeting_id": [f"{name}{place}" for place, name in enumerate(spread[:n_meetings])],
            "day": [f"2024-{place % 12 + 1:02}-{place % 28 + 1:02}" for place in range(n_meetings)],
            "title": spread[:n_meetings],
            "series": [spread[place % 8] for place in range(n_meetings)],
            "theme": spread[:n_meetings],
            "kind": "working_group",
            "convener_id": [names[place % 5] for place in range(n_meetings)],
            "duration_hours": 2.0,
        }
    )
    rows = [
        (meeting, names[(4 * place + step) % (n - 1)], True, "present")
        for place, meeting in enumerate(meetings["meeting_id"])
        for step in range(8)
    ]
    contacts = pd.DataFrame(
        {
            "contact_id": [f"{name}{place}" for place, name in enumerate(names[: n - 2])],
            "day": "2024-04-01",
            "source_id": names[: n - 2],
            "target_id": names[1 : n - 1],
            "channel": spread[: n - 2],
            "theme": spread[: n - 2],
        }
    )
    attendance = pd.DataFrame(rows, columns=["meeting_id", "actor_id", "invited", "status"])
    return Records.from_tables(actors, meetings, attendance, contacts)


def hostile_review(names: tuple[str, ...] = NAMES) -> Review:
    """
    Review a partnership of hostile names.

    Parameters
    ----------
    names
        The names.

    Returns
    -------
    review
        Its year, under a name and a note as hostile as the rest.
    """
    title = f"<script>{RUN}</script> =1+1 \x1b[2J {{{{ 7 * 7 }}}}"
    note = f'"><img src=x onerror={RUN}> \x00\x1b]0;x\x07 \u202e#panic("x") $x_2$ </script> =1+1 \u2028 \U0001f3ba'
    return annual_review(hostile_records(names), YEAR, name=title, note=note)


def hostile_texts() -> dict[str, str]:
    """
    Write the service's own texts as an enemy would.

    Returns
    -------
    texts
        One for each name that `partnet.toml` may give, all of them hostile.
    """
    text = f"""# </h3><script>{RUN}</script>

**<img src=x onerror={RUN}>** [link](javascript:{RUN}) \x00 \u202eturned #panic("x") $x_2$ {{{{ 7 * 7 }}}}

- =cmd|' /C calc'!A0
- <iframe src="javascript:{RUN}"></iframe>
"""
    return dict.fromkeys(("framework", "commitments", "voices", "action_plan"), text)


def visible(text: str) -> str:
    """
    Reduce a text to what a reader sees of it, to compare what went in with what came out.

    Parameters
    ----------
    text
        The text.

    Returns
    -------
    seen
        Without control, formatting and surrogate characters and without any space.
    """
    return "".join(_seen(text))


def _seen(text: str) -> Iterator[str]:
    for sign in text:
        if not sign.isspace() and unicodedata.category(sign) not in ("Cc", "Cf", "Cs"):
            yield sign
