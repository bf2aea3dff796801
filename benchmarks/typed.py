"""
Ask pyright what the package tells type checkers: `python -m benchmarks.typed` fails where a public type is not known.

The wheel is asked, installed aside, as it is what others depend on: the work tree would hide a file that the wheel lacks.
"""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from flit_core import buildapi

PACKAGE: Final = "partnet_analysis"

_ENVIRONMENT: Final = {
    "PYRIGHT_PYTHON_GLOBAL_NODE": "0",  # the one from the lock, whatever the machine has
    "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",  # else it asks the network for a newer pyright
}


def installed_aside(folder: Path) -> Path:
    """
    Build the wheel and install it in an environment of its own that sees this one's packages behind it.

    Parameters
    ----------
    folder
        An empty folder; the project's is the working folder.

    Returns
    -------
    programs
        The folder of the environment's programs.
    """
    wheel = folder / buildapi.build_wheel(str(folder))
    aside = folder / "aside"
    venv.create(aside, with_pip=False)
    scheme = {"base": str(aside), "platbase": str(aside)}
    packages = Path(sysconfig.get_path("purelib", "venv", scheme))
    install = ["install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-index", "--target", str(packages)]
    subprocess.run([sys.executable, "-m", "pip", *install, str(wheel)], check=True)  # noqa: S603 (our own wheel)
    ours = sysconfig.get_path("purelib")
    (packages / "behind.pth").write_text(f"import site; site.addsitedir({ours!r})\n", encoding="utf-8")
    return Path(sysconfig.get_path("scripts", "venv", scheme))


def completeness(programs: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """
    Let pyright verify the types of the package as an environment has it.

    Parameters
    ----------
    programs
        The environment's programs: pyright takes the `python` that it finds first, and takes no other word for it here.
    folder
        Where to stand: not in the project, whose own files would be taken.

    Returns
    -------
    verified
        Its report; exit code 0 where everything public has a type that is known and written down. What other packages leave
        unknown, such as pandas, is not ours to complete.
    """
    path = os.pathsep.join([str(programs), os.environ.get("PATH", "")])
    return subprocess.run(  # noqa: S603 (our own arguments)
        [sys.executable, "-m", "pyright", "--ignoreexternal", "--verifytypes", PACKAGE],
        cwd=folder,
        env={**os.environ, **_ENVIRONMENT, "PATH": path},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def main() -> int:
    """Say how complete the types are, and what is missing."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        verified = completeness(installed_aside(folder), folder)
    told = verified.stdout if verified.returncode else verified.stdout[verified.stdout.find("Symbols exported") :]
    sys.stdout.write(told + verified.stderr)
    return verified.returncode


if __name__ == "__main__":
    sys.exit(main())
