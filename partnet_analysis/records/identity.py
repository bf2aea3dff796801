"""
Who is who: many spellings, one actor.

Forms that differ by case, accents, punctuation or the order of a person's names match on their own. Anything less certain is
only suggested, with its score and the evidence, and a person decides in the table of names (`aliases.xlsx` or `aliases.csv`
beside the records): École Pasteur and École Pauline Kergomard score 85 and are two schools.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, Literal, Self

from partnet_analysis.records.acronyms import declared, plain_words
from partnet_analysis.records.folding import folded

ALIAS_FILE: Final = "aliases.csv"
ALIAS_WORKBOOK: Final = "aliases.xlsx"
ALIAS_FILES: Final = (ALIAS_FILE, ALIAS_WORKBOOK)
"""The tables of names that may lie beside the records; where they contradict each other, the last one holds."""
ALIAS_COLUMNS: Final = ("name", "same_as", "decision")
DECISIONS: Final = ("same", "different", "later")

_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "same": ("same", "meme", "memes", "oui", "yes", "x", "1", "identique", "identiques", "fusionner", "merge"),
    "different": (
        *("different", "differents", "differente", "differentes", "non", "no", "0", "separer", "separate", "unmerge"),
        *("distinct", "distincts"),
    ),
    "later": ("later", "plus tard", "?", "a voir"),
}
"""What somebody may write for each decision, without accents and capitals."""

_CIVILITY: Final = re.compile(
    r"^(?:m\.|mr\.?|mm\.?|mme\.?|mmes\.?|mlle\.?|madame|monsieur|mrs\.?|ms\.?|miss|dr\.?|pr\.?|prof\.?|cllr\.?|councillor|sir|me)\s+",
    re.IGNORECASE,
)
Kind = Literal["organisation", "person"]


@dataclass(frozen=True)
class Aliases:
    """
    What a person decided about names.

    Parameters
    ----------
    same
        The name that each merged name stands for.
    apart
        Names, exactly as written, that must not match others by their key.
    decided
        The pairs that somebody has decided about, one way or the other.
    rows
        The decisions that hold: name, the name it may be the same as, and `same`, `different` or `later`.
    slips
        For each kind and key, the name of a directory that it is a slip of the pen for; a decision goes before it.
    """

    same: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    decided: frozenset[frozenset[str]] = frozenset()
    rows: tuple[tuple[str, str, str], ...] = ()
    slips: Mapping[tuple[Kind, str], str] = field(default_factory=dict)

    @classmethod
    def of_rows(cls, rows: Iterable[tuple[str, str, str]]) -> Self:
        """
        Read decisions.

        Parameters
        ----------
        rows
            Name, the name it may be the same as, and the decision: `same`, `different`, `later`, or nothing yet.

        Returns
        -------
        aliases
            The decisions; the last one about a pair, in either order, holds. Names decided different are kept apart even
            where they would match on their own; of a pair left for later nothing is decided.
        """
        held: dict[frozenset[str], tuple[str, str, str]] = {}
        for name, same_as, word in rows:
            decision = decision_of(word)
            if name.strip() and same_as.strip() and decision:
                pair = pair_of(name, same_as)
                held.pop(pair, None)
                held[pair] = (name.strip(), same_as.strip(), decision)
        return cls(
            _representatives([(name, same_as) for name, same_as, decision in held.values() if decision == "same"]),
            frozenset(
                name for name, same_as, decision in held.values() if decision == "different" and _match(name, same_as)
            ),
            frozenset(frozenset((name, same_as)) for name, same_as, decision in held.values() if decision != "later"),
            tuple(held.values()),
        )

    def with_slips(self, slips: Mapping[tuple[Kind, str], str]) -> Self:
        """
        Take slips of the pen for the names of a directory.

        Parameters
        ----------
        slips
            For each kind and key, the name meant.

        Returns
        -------
        aliases
            The same decisions with those slips.
        """
        return replace(self, slips=slips)

    def key(self, name: str, kind: Kind) -> str:
        """
        Give the key under which a name is filed.

        Parameters
        ----------
        name
            The name as written.
        kind
            Whether it names a person or an organisation.

        Returns
        -------
        key
            Equal for names that mean one actor.
        """
        meant = self.meant(name, kind)
        return f"={meant}" if meant in self.apart else key_of(meant, kind) or f"={meant}"

    def meant(self, name: str, kind: Kind) -> str:
        """
        Follow decisions from a name to the one it stands for.

        Parameters
        ----------
        name
            The name as written.
        kind
            Whether it names a person or an organisation.

        Returns
        -------
        meant
            The name decided for it, else the one it is a slip for, else the name itself.
        """
        current = name.strip()
        seen: set[str] = set()
        while (self.same or self.slips) and current not in seen:
            seen.add(current)
            current = self._next(current, kind)
        return current

    def _next(self, name: str, kind: Kind) -> str:
        if name in self.same or name in self.apart:
            return self.same.get(name, name)
        key = key_of(name, kind)
        return self._by_key[kind].get(key) or self.slips.get((kind, key), name)

    def is_decided(self, one: str, other: str, kind: Kind) -> bool:
        """
        Tell whether somebody has decided about two names.

        Parameters
        ----------
        one
            A name.
        other
            Another.
        kind
            Whether they name persons or organisations.

        Returns
        -------
        decided
            Whether there is a decision, in either order, about them or other spellings of them.
        """
        if not self.decided:
            return False
        pair = frozenset((self.key(one, kind), self.key(other, kind)))
        return frozenset((one.strip(), other.strip())) in self.decided or (
            len(pair) > 1 and pair in self._decided_keys[kind]
        )

    @cached_property
    def _by_key(self) -> Mapping[Kind, Mapping[str, str]]:
        return {kind: {key_of(written, kind): target for written, target in self.same.items()} for kind in _KINDS}

    @cached_property
    def _decided_keys(self) -> Mapping[Kind, frozenset[frozenset[str]]]:
        return {
            kind: frozenset(frozenset(self.key(name, kind) for name in pair) for pair in self.decided) for kind in _KINDS
        }


_KINDS: Final[tuple[Kind, ...]] = ("organisation", "person")


def decision_of(word: str) -> str:
    """
    Understand a decision.

    Parameters
    ----------
    word
        What somebody wrote.

    Returns
    -------
    decision
        `same`, `different` or `later`; empty where nothing is written or it is none of those.

    Examples
    --------
    >>> decision_of(" Même"), decision_of("PLUS TARD"), decision_of("")
    ('same', 'later', '')
    """
    plain = folded(word).strip(" .!")
    return next((decision for decision, words in _WORDS.items() if plain in words), "")


def pair_of(one: str, other: str) -> frozenset[str]:
    """
    Name a pair of names, whatever their order and spelling.

    Parameters
    ----------
    one
        A name.
    other
        Another.

    Returns
    -------
    pair
        Equal for the same two names; names that match on their own are told apart by how they are written.
    """
    keys = frozenset((person_key(one), person_key(other)))
    return keys if len(keys) > 1 else frozenset((one.strip(), other.strip()))


def _match(one: str, other: str) -> bool:
    return person_key(one) == person_key(other) or organisation_key(one) == organisation_key(other)


def _representatives(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Find for each merged name the one that stands for all it is merged with: the last to be named so."""
    stands: dict[str, str] = {}
    for name, same_as in pairs:
        old, new = stands.get(name, name), stands.get(same_as, same_as)
        stands = {member: new if target == old else target for member, target in stands.items()}
        stands |= {name: new, old: new, new: new}
    return {name: target for name, target in stands.items() if name != target}


def key_of(name: str, kind: Kind) -> str:
    """
    Reduce a name to what people do not vary.

    Parameters
    ----------
    name
        The name as written.
    kind
        Whether it names a person or an organisation.

    Returns
    -------
    key
        Equal for forms of one name.
    """
    return person_key(name) if kind == "person" else organisation_key(name)


def without_civility(name: str) -> str:
    """
    Take `Mme`, `Dr` and their like away.

    Parameters
    ----------
    name
        A name.

    Returns
    -------
    bare
        The name alone.
    """
    return _CIVILITY.sub("", name.strip()).strip()


def person_key(name: str) -> str:
    """
    Reduce a person's name to what people do not vary.

    Parameters
    ----------
    name
        The name as written.

    Returns
    -------
    key
        Its words without civility, accents, capitals and hyphens, in alphabetical order.

    Examples
    --------
    >>> person_key("Mme BRUNETEAU Anne-Lise") == person_key("Anne Lise Bruneteau")
    True
    """
    return " ".join(sorted(re.findall(r"[^\W_]+", folded(without_civility(name)))))


def organisation_key(name: str) -> str:
    """
    Reduce an organisation's name to what people do not vary.

    Parameters
    ----------
    name
        The name as written.

    Returns
    -------
    key
        Its words without accents, capitals and punctuation; `M.J.C.` is `MJC`, `&` is `et`. A name written with its own
        acronym is the name alone.

    Examples
    --------
    >>> organisation_key("M.J.C. « Les Amis »") == organisation_key("MJC Les amis")
    True
    >>> organisation_key("CAF (Caisse d'allocations familiales)")
    'caisse d allocations familiales'
    """
    written_out = declared(name)
    return written_out[1] if written_out else " ".join(plain_words(name))


def slug(name: str) -> str:
    """
    Make an identifier of a name.

    Parameters
    ----------
    name
        The name.

    Returns
    -------
    slug
        Lower-case letters and digits joined by hyphens.

    Examples
    --------
    >>> slug("Mission locale du Forez")
    'mission-locale-du-forez'
    """
    plain = folded(name).replace("œ", "oe").replace("æ", "ae")
    return "-".join(re.findall(r"[a-z0-9]+", plain)) or "x" + "-".join(f"{ord(letter):x}" for letter in plain[:12])
