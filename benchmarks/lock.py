"""
Whether the lock files hold on any day: everything that a locked package asks for stands in the lock, extras included.

`python -m benchmarks.lock`, which `make gates` runs. What a lock leaves out pip looks for itself: older ones (before 23.3)
take the newest `coverage` for `coverage[toml]` where only `coverage` is locked, which goes well until the day a newer one is
published. Hence no installation can tell; the metadata of the packages can.
"""

import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from itertools import product
from pathlib import Path
from typing import Final

from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from benchmarks.sbom import Locked, locked

ROOT: Final = Path(__file__).parents[1]

LOCKS: Final = {"requirements.lock": (), "requirements-dev.lock": ("dev", "notebooks")}
"""Each lock file, and the extras of ours that it serves (see `lock` in the Makefile)."""

UNLOCKED: Final = ("fast", "parquet", "spark")
"""Extras that no lock serves; what a lock holds of them for other reasons must satisfy them all the same."""

PYTHONS: Final = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS: Final = {"linux": ("Linux", "posix"), "darwin": ("Darwin", "posix"), "win32": ("Windows", "nt")}

Environment = Mapping[str, str]
Metadata = Callable[[str], tuple[str, tuple[Requirement, ...]] | None]
"""The version of a package by its name, and what it asks for; None where its metadata is not at hand."""


@dataclass(frozen=True)
class Need:
    """
    A requirement, and who has it.

    Parameters
    ----------
    requirement
        What is asked for.
    by
        The name of the package that asks.
    """

    requirement: Requirement
    by: str

    def __str__(self) -> str:
        """Say who asks for what."""
        return f"{self.by} asks for {self.requirement.name}{_bracketed(self.requirement.extras)}"


def environments() -> Iterator[Environment]:
    """
    List every environment that the lock files are for.

    Yields
    ------
    environment
        The values that markers compare: the first and a late release of each Python, on each system.
    """
    for python, patch, (system, (platform, os_name)) in product(PYTHONS, (0, 99), SYSTEMS.items()):
        yield {
            **{key: str(value) for key, value in default_environment().items()},
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "python_version": python,
            "python_full_version": f"{python}.{patch}",
            "sys_platform": system,
            "platform_system": platform,
            "os_name": os_name,
        }


def asked_for(project: str, extras: Iterable[str]) -> list[Requirement]:
    """
    Read what the project itself asks for.

    Parameters
    ----------
    project
        The content of `pyproject.toml`.
    extras
        The extras that are asked for too.

    Returns
    -------
    requirements
        Those of the program, of its build and of the extras.
    """
    told = tomllib.loads(project)
    optional = told["project"]["optional-dependencies"]
    lines = [*told["project"]["dependencies"], *told["dependency-groups"]["build"]]
    return [Requirement(line) for line in (*lines, *(line for extra in extras for line in optional[extra]))]


@cache
def installed(name: str) -> tuple[str, tuple[Requirement, ...]] | None:
    """
    Read the metadata of a package where it is installed.

    Parameters
    ----------
    name
        The name of the package.

    Returns
    -------
    told
        Its version and what it asks for; None where it is not installed, as what only another system needs.
    """
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None
    return found.version, tuple(map(Requirement, found.requires or ()))


def faults(
    lock: str, roots: Iterable[Requirement], told: Metadata = installed, beside: Iterable[Requirement] = ()
) -> list[str]:
    """
    Find what a lock file leaves to chance, in any environment that it is for.

    Parameters
    ----------
    lock
        The content of the lock file.
    roots
        What is asked for.
    told
        Where the packages' metadata come from.
    beside
        What is asked for where it is locked at all.

    Returns
    -------
    faults
        Each package, extra or version that something asks for and that the lock does not hold; each package without a hash,
        or that nothing asks for; and each installed in another version than the locked one, whose metadata would tell of
        something else.
    """
    packages = list(locked(lock))
    held = {package.name: package for package in packages}
    roots = (*roots, *(one for one in beside if canonicalize_name(one.name) in held))
    others = (
        f"{package.name} is locked as {package.version}, and {found[0]} is installed"
        for package in packages
        if (found := told(package.name)) and found[0] != package.version
    )
    seen: set[str] = set()
    left_out = {fault for here in environments() for fault in _left_out(packages, roots, told, here, seen)}
    bare = (f"{package.name} is locked without a hash" for package in packages if not package.hashes)
    stale = (f"{name} is locked, and nothing asks for it" for name in held.keys() - seen)
    return sorted({*others, *left_out, *bare, *stale})


def _left_out(
    packages: Iterable[Locked],
    roots: Iterable[Requirement],
    told: Metadata,
    environment: Environment,
    met: set[str],
) -> Iterator[str]:
    """Walk from what is asked for to all that it asks for in turn, noting whom it met, and tell what the lock lacks."""
    here = {package.name: package for package in packages if _applies(package.marker, environment)}
    waiting = [Need(root, "the project") for root in roots if _wanted(root.marker, environment, "")]
    seen: set[tuple[str, str]] = set()
    while waiting:
        need = waiting.pop()
        name = canonicalize_name(need.requirement.name)
        met.add(name)
        yield from _lacking(need, here.get(name))
        _, asked = told(name) or ("", ())
        new = {(name, extra) for extra in {"", *need.requirement.extras}} - seen
        seen |= new
        waiting += [Need(one, name) for _, extra in new for one in asked if _wanted(one.marker, environment, extra)]


def _lacking(need: Need, package: Locked | None) -> Iterator[str]:
    requirement = need.requirement
    if package is None:
        yield f"{need}, which is not locked"
        return
    if missing := {*map(canonicalize_name, requirement.extras)} - {*map(canonicalize_name, package.extras)}:
        yield f"{need}, which is locked without {_bracketed(missing)}"
    if not requirement.specifier.contains(package.version, prereleases=True):
        yield f"{need} {requirement.specifier}, which is locked as {package.version}"


def _bracketed(extras: Iterable[str]) -> str:
    names = ",".join(sorted(extras))
    return f"[{names}]" if names else ""


def _wanted(marker: Marker | None, environment: Environment, extra: str) -> bool:
    return marker is None or marker.evaluate({**environment, "extra": extra})


@cache
def _marker(text: str) -> Marker:
    return Marker(text)


def _applies(marker: str, environment: Environment) -> bool:
    return not marker or _marker(marker).evaluate(dict(environment))


def main() -> int:
    """
    Check both lock files and say what is at fault.

    Returns
    -------
    code
        0 where both hold, else 1.
    """
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    unlocked = asked_for(project, UNLOCKED)
    told = [
        f"{name}: {fault}"
        for name, extras in LOCKS.items()
        for fault in faults((ROOT / name).read_text(encoding="utf-8"), asked_for(project, extras), beside=unlocked)
    ]
    print("\n".join(told), end="\n" if told else "", file=sys.stderr)  # noqa: T201 (a command line speaks)
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
