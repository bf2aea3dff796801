"""A folder of territories: several folders of records, one partnership each."""

from pathlib import Path

from partnet_analysis.config import FILE_NAME, Config
from partnet_analysis.errors import InputError


def territory_folders(folder: Path, config: Config) -> tuple[str, ...]:
    """
    Find the territories that a folder holds.

    Parameters
    ----------
    folder
        The folder.
    config
        What its `partnet.toml` says.

    Returns
    -------
    names
        The names of their folders, in order; none where the folder holds the records of one partnership. It holds
        territories where its `partnet.toml` has a section `[territories]`, or where it has no other file than that one and
        each of its folders, two at least, has a `partnet.toml` of its own: records of one partnership that lie in several
        folders have not.

    Raises
    ------
    InputError
        If `[territories]` names a folder that is not there (PN112), or there is none (PN113).
    """
    if not folder.is_dir():
        return ()
    there = sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    if config.territories is None:
        each_says_so = all((folder / name / FILE_NAME).is_file() for name in there)
        return tuple(there) if len(there) > 1 and each_says_so and not unread_files(folder) else ()
    missing = [name for name in config.territories.folders if name not in there]
    if missing:
        raise InputError("PN112", folder=str(folder), territories=missing)
    if not there:
        raise InputError("PN113", folder=str(folder))
    return tuple(sorted(set(config.territories.folders))) or tuple(there)


def unread_files(folder: Path) -> tuple[str, ...]:
    """
    List the files that lie beside territories, where nobody reads them.

    Parameters
    ----------
    folder
        The folder of territories.

    Returns
    -------
    names
        The files directly in it, `partnet.toml` and hidden ones aside.
    """
    files = (path.name for path in folder.iterdir() if path.is_file())
    return tuple(sorted(name for name in files if name != FILE_NAME and not name.startswith(".")))


def refuse_territories(folder: Path, config: Config) -> None:
    """
    Refuse to read several partnerships as one.

    Parameters
    ----------
    folder
        The folder.
    config
        What its `partnet.toml` says.

    Raises
    ------
    InputError
        If it holds territories (PN110).
    """
    names = territory_folders(folder, config)
    if names:
        raise InputError("PN110", folder=str(folder), territories=names)
