"""Finding a person in a file, however it is written there."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from partnet_analysis.records.folding import folded
from partnet_analysis.records.identity import without_civility

_ENCODINGS: Final = ("utf-8", "utf-16", "cp1252")
_LARGEST_PART: Final = 200_000_000
"""Of a packed file's parts, larger ones (in bytes) are not unpacked to be searched."""

_SEPARATOR: Final = r"[\W_]+"
"""What may stand between the words of a name: anything that is no letter."""


@dataclass(frozen=True)
class Subject:
    """
    A person to be found.

    Parameters
    ----------
    actor_id
        The identifier, matched as a whole word; empty where there is none.
    names
        The names, matched without accents and capitals, whatever stands between their words, given name first or last.
    """

    actor_id: str
    names: tuple[str, ...] = field(repr=False)

    def is_in(self, text: str) -> bool:
        """
        Tell whether a text names the person.

        Parameters
        ----------
        text
            The text.

        Returns
        -------
        named
            True if it holds the identifier or a name.

        Examples
        --------
        >>> Subject("p012", ("Hélène Petit-Roy",)).is_in("vu avec PETIT ROY, Helene")
        True
        >>> Subject("p012", ("Hélène Petit-Roy",)).is_in("p0123")
        False
        """
        return self.count_in(text) > 0

    def count_in(self, text: str) -> int:
        """
        Count how often a text names the person.

        Parameters
        ----------
        text
            The text.

        Returns
        -------
        n
            Mentions by identifier and by name.
        """
        plain = folded(text)
        return sum(len(re.findall(pattern, plain)) for pattern in self._patterns())

    def _patterns(self) -> Iterator[str]:
        for words in self._wordings():
            yield rf"(?<![^\W_]){_SEPARATOR.join(map(re.escape, words))}(?![^\W_])"

    def _wordings(self) -> list[tuple[str, ...]]:
        found = [(folded(self.actor_id),)] if self.actor_id.strip() else []
        for name in self.names:
            words = tuple(re.findall(r"[^\W_]+", folded(without_civility(name))))
            # Given name first or last, and a family name of two words either way.
            found += [words[turn:] + words[:turn] for turn in range(len(words))]
        return list(dict.fromkeys(found))


def mentions(content: bytes, subject: Subject) -> int:
    """
    Count how often a file names a person.

    Parameters
    ----------
    content
        The file's content: text in any usual encoding, or a packed file such as a workbook or a document.
    subject
        The person.

    Returns
    -------
    n
        The mentions that can be read; pictures cannot.
    """
    return max((subject.count_in(text) for text in _readings(content)), default=0)


def _readings(content: bytes) -> Iterator[str]:
    """Yield what the content may say: its parts together where it is packed, else its text in each encoding that fits."""
    if content.startswith(b"PK\x03\x04"):
        try:
            parts = "\n".join(_parts(content))
            # Word cuts a name into runs, Excel sets cell beside cell: markup is nothing to one, a space to the other.
            yield from (re.sub(r"<[^>]*>", gap, parts) for gap in ("", " "))
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
            pass
        else:
            return
    for encoding in _ENCODINGS:
        yield content.decode(encoding, errors="ignore")


def _parts(content: bytes) -> Iterable[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for part in packed.infolist():
            if part.file_size <= _LARGEST_PART:
                yield packed.read(part).decode("utf-8", errors="ignore")
