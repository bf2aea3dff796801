"""
The rules of Windows, as far as another system can keep them: what is tried under them would at least get past them there.

Nothing is forked, nothing is named relative to an open folder, no folder is opened; nothing that is open, or that holds
something open, is moved or removed; no file gets a name that Windows refuses; time zones come from the package `tzdata`.
What only Unix has is missing; what Windows alone has, a lock on part of a file, is played by a lock on the file.

A process keeps them from its start where `sitecustomize` calls `keep`, as `environment` arranges it, and so do all that it
starts, the one apart that opens workbooks: it is told to mind no such thing.
"""

import errno
import importlib.util
import os
import re
import signal
import subprocess  # noqa: F401 (before there is an `msvcrt`, by which it would know Windows)
import sys
import zoneinfo
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]

LONGEST_PATH: Final = 259
_HOME: Final = r"C:\Users\Prénom.Nom\Documents\Partenariat\résultats"
"""A folder of results as it may well be called."""

_LACKING: Final = {
    os: ("fork", "forkpty", "O_NOFOLLOW", "O_DIRECTORY", "O_NONBLOCK", "sched_getaffinity", "geteuid", "getuid", "fchmod"),
    signal: ("SIGPIPE", "SIGHUP", "SIGKILL"),
}
_UNIX: Final = ("fcntl", "resource", "pwd", "grp")
_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:[ .].*)?", re.IGNORECASE)
_FORBIDDEN: Final = re.compile(r'[<>:"|?*\\\x00-\x1f]')


def faults_of(name: str) -> list[str]:
    """Say why Windows would refuse the name of a file, its folders with `/` between them; nothing where it would not."""
    parts = PurePosixPath(name).parts
    faults = [f"{part}: a device's" for part in parts if _DEVICES.fullmatch(part)]
    faults += [f"{part}: a forbidden sign" for part in parts if _FORBIDDEN.search(part)]
    faults += [f"{part}: ends in a point or a space" for part in parts if part.endswith((".", " "))]
    if len(_HOME) + 1 + len(name) > LONGEST_PATH:
        faults.append(f"{name}: too long")
    return faults


def environment(folder: Path) -> dict[str, str]:
    """Arrange that Python processes keep the rules from their start."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text("from tests.windows_rules import keep\n\nkeep()\n", encoding="utf-8")
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT)))}


def keep() -> None:
    """Keep the rules in this process from now on; before the package is imported."""
    sys.modules["msvcrt"] = _msvcrt()  # type: ignore[assignment]  # what is used of it
    for module, names in _LACKING.items():
        for name in names:
            if hasattr(module, name):
                delattr(module, name)
    for name in _UNIX:
        sys.modules[name] = None  # type: ignore[assignment]  # how Python says that there is no such module
    os.supports_dir_fd.clear()
    for name in ("open", "mkdir", "stat", "unlink", "rmdir", "replace", "rename"):
        setattr(os, name, _as_on_windows(getattr(os, name)))
    if importlib.util.find_spec("tzdata"):
        zoneinfo.reset_tzpath([])
    sys.addaudithook(_refuse_names)


def _as_on_windows(operation: Callable[..., Any]) -> Callable[..., Any]:
    moves = operation.__name__ in ("replace", "rename", "unlink", "rmdir", "remove")

    def perform(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 (whatever the operation takes)
        if any(value is not None for name, value in options.items() if name.endswith("dir_fd")):
            raise NotImplementedError("dir_fd unavailable on this platform")
        if operation.__name__ == "open" and os.path.isdir(arguments[0]):  # noqa: PTH112 (a path or its text)
            raise PermissionError(errno.EACCES, "a folder cannot be opened", arguments[0])
        if moves:
            for path in arguments[:2]:
                _refuse_open(os.path.abspath(path))  # noqa: PTH100 (as above)
        return operation(*arguments, **options)

    return perform


def _refuse_open(path: str) -> None:
    """Refuse to move or remove what this process holds open, or a folder in which it does."""
    for number in os.listdir("/proc/self/fd") if os.path.isdir("/proc/self/fd") else ():  # noqa: PTH112, PTH208 (as above)
        try:
            held = os.readlink(f"/proc/self/fd/{number}")  # noqa: PTH115 (as above)
        except OSError:
            continue
        if held == path or held.startswith(path + "/"):
            raise PermissionError(errno.EACCES, "held open", path)


def _refuse_names(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse to make what Windows could not name."""
    made = {"os.mkdir": 0, "os.rename": 1}.get(event)
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_CREAT:
        made = 0
    if made is None or not isinstance(arguments[made], str) or not arguments[made]:
        return
    name = os.path.basename(arguments[made])  # noqa: PTH119 (a hook must make no object of its own that opens anything)
    if faults_of(name):
        raise OSError(errno.EINVAL, f"Windows refuses this name: {faults_of(name)}", arguments[made])


def _msvcrt() -> SimpleNamespace:
    """Play the lock on part of a file, which Windows lets go of with the process that holds it."""
    import fcntl  # noqa: PLC0415 (before it is taken away)

    def locking(descriptor: int, mode: int, _n_bytes: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_UN if mode == 0 else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PermissionError(errno.EACCES, "locked") from None

    return SimpleNamespace(LK_UNLCK=0, LK_NBLCK=2, locking=locking)
