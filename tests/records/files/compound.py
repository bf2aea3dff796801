"""The smallest compound file (MS-CFB, version 3): folders and streams in sectors, as Outlook and old Office write them."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, Union

Tree: TypeAlias = Mapping[str, Union[bytes, "Tree"]]

_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_FOLDER, _STREAM, _ROOT = 1, 2, 5
_MARK: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass
class _Entry:
    """A line of the directory; `following` and `child` are places in it."""

    name: str
    kind: int
    content: bytes = b""
    following: int = _FREE
    child: int = _FREE
    start: int = _END

    @property
    def line(self) -> bytes:
        name = self.name.encode("utf-16-le")
        links = struct.pack("<HBBIII", len(name) + 2, self.kind, 1, _FREE, self.following, self.child)
        return name.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", self.start, len(self.content))


def compound(tree: Tree) -> bytes:
    """Write folders of streams, each of less than 4,096 bytes, as a compound file."""
    entries = [_Entry("Root Entry", _ROOT)]
    entries[0].child = _listed(tree, entries)
    small, small_table = b"", list[int]()
    for entry in (entry for entry in entries if entry.content):
        assert len(entry.content) < _CUTOFF
        entry.start, n = len(small_table), -(-len(entry.content) // _SMALL)
        small_table += [*range(entry.start + 1, entry.start + n), _END]
        small += entry.content.ljust(n * _SMALL, b"\0")
    n_lines, n_table, n_small = -(-len(entries) // 4), -(-len(small_table) // 128), -(-len(small) // _SECTOR)
    entries[0].content, entries[0].start = small, 1 + n_lines + n_table
    table = [_TABLE]
    for n in (n_lines, n_table, n_small):
        table += [*range(len(table) + 1, len(table) + n), _END]
    lines = b"".join(entry.line for entry in entries)
    return b"".join(map(_padded, (_header(n_lines, n_table), _numbers(table), lines, _numbers(small_table), small)))


def _listed(tree: Tree, entries: list[_Entry]) -> int:
    """Add a folder's entries, each the right neighbour of the one before it; the place of the first."""
    first = latest = _FREE
    for name in sorted(tree, key=lambda name: (len(name), name.upper())):
        content, place = tree[name], len(entries)
        entries.append(_Entry(name, _STREAM, content) if isinstance(content, bytes) else _Entry(name, _FOLDER))
        if latest == _FREE:
            first = place
        else:
            entries[latest].following = place
        latest = place
        if not isinstance(content, bytes):
            entries[place].child = _listed(content, entries)
    return first


def _header(n_lines: int, n_table: int) -> bytes:
    """Say where the table of sectors (0), the directory (1) and the table of small sectors begin."""
    version = struct.pack("<16xHHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    places = struct.pack("<IIIIIIIII", 0, 1, 1, 0, _CUTOFF, 1 + n_lines, n_table, _END, 0)
    return _MARK + version + places + struct.pack("<109I", 0, *[_FREE] * 108)


def _numbers(numbers: Sequence[int]) -> bytes:
    """Write a table of sectors; what is left of its last sector is free."""
    whole = [*numbers, *[_FREE] * (-len(numbers) % 128)]
    return struct.pack(f"<{len(whole)}I", *whole)


def _padded(part: bytes) -> bytes:
    return part.ljust(-(-len(part) // _SECTOR) * _SECTOR, b"\0")
