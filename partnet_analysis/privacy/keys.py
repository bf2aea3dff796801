"""The secret behind the pseudonyms: where it comes from, and what makes it one."""

import base64
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from partnet_analysis.errors import PrivacyError
from partnet_analysis.store.inside import is_same_folder

VARIABLE: Final = "PARTNET_KEY"
FILE_VARIABLE: Final = "PARTNET_KEY_FILE"

LEAST_LENGTH: Final = 32
"""A key of fewer bytes could be guessed: whoever guesses it finds every name again by trying them all."""

LEAST_VARIETY: Final = 8
"""A key of fewer different bytes was typed, not drawn."""

PSEUDONYM_LENGTH: Final = 8
"""Letters and digits of a pseudonym: 40 bits, and more where two would be alike."""

_LONGEST: Final = 52


@dataclass(frozen=True)
class Key:
    """
    A secret that turns names into pseudonyms, always the same ones.

    Parameters
    ----------
    secret
        The secret; it shows in no representation and no error.

    Raises
    ------
    PrivacyError
        If the secret is too short or too even to be one (PN101).
    """

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse a secret that could be guessed."""
        if len(self.secret) < LEAST_LENGTH or len(set(self.secret)) < LEAST_VARIETY:
            raise PrivacyError("PN101", n=LEAST_LENGTH)

    def pseudonyms(self, domain: str, identifiers: Iterable[str]) -> dict[str, str]:
        """
        Give identifiers their pseudonyms.

        Parameters
        ----------
        domain
            What they identify and where, such as the edition; the same identifier has unrelated pseudonyms in two domains.
        identifiers
            What to hide.

        Returns
        -------
        pseudonyms
            Identifier → the first letters of its HMAC-SHA256 (RFC 2104) in base 32: 8 of them, or as many more as it takes
            for all to differ.

        Examples
        --------
        >>> Key(b"an example that is no secret at all").pseudonyms("2025", ["clinic", "school"])
        {'clinic': 'HBQMFE6E', 'school': 'WTU5XWDQ'}
        """
        whole = {identifier: self._digest(domain, identifier) for identifier in sorted(set(identifiers))}
        for length in range(PSEUDONYM_LENGTH, _LONGEST):
            if len({digest[:length] for digest in whole.values()}) == len(whole):
                return {identifier: digest[:length] for identifier, digest in whole.items()}
        return whole

    def _digest(self, domain: str, identifier: str) -> str:
        # The domain's length stands first: ("ab", "c") and ("a", "bc") must not be the same message.
        message = f"{len(domain)}:{domain}:{identifier}".encode()
        return base64.b32encode(hmac.new(self.secret, message, sha256).digest()).decode().rstrip("=")


def public_key(environment: Mapping[str, str], folders: Iterable[Path]) -> Key:
    """
    Find the key for a public edition.

    Parameters
    ----------
    environment
        The environment: the key stands in `PARTNET_KEY`, or in the file that `PARTNET_KEY_FILE` names.
    folders
        The folders that others get to see: of the project, the records, the results. No key may lie in them.

    Returns
    -------
    key
        The key.

    Raises
    ------
    PrivacyError
        If there is none (PN100), it could be guessed (PN101), its file lies in one of the folders or under version control
        (PN102), or cannot be read (PN103).
    """
    text = environment.get(VARIABLE, "").strip()
    if text:
        return Key(text.encode())
    name = environment.get(FILE_VARIABLE, "").strip()
    if not name:
        raise PrivacyError("PN100", variable=VARIABLE, file_variable=FILE_VARIABLE)
    path = Path(name).expanduser().resolve()
    _refuse_shared(path, folders)
    try:
        return Key(path.read_bytes().strip())
    except OSError as error:
        raise PrivacyError("PN103", path=str(path), detail=error.strerror or type(error).__name__) from None


def _refuse_shared(path: Path, folders: Iterable[Path]) -> None:
    shared = {folder.resolve() for folder in folders}
    for parent in path.parents:
        if any(is_same_folder(parent, folder) for folder in shared) or (parent / ".git").exists():
            raise PrivacyError("PN102", path=str(path), folder=str(parent))
