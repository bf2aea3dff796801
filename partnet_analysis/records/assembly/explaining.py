"""How one file of a folder was understood, by the light of the others."""

from collections.abc import Sequence
from pathlib import Path

from partnet_analysis.config import Config
from partnet_analysis.errors import InputError
from partnet_analysis.messages import Phrase
from partnet_analysis.records.assembly.folder import opened_folder
from partnet_analysis.records.cells.looks import KnownNames
from partnet_analysis.records.entries import Batch, Findings
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.sheets.explanation import SheetExplained, explained_batch, explained_sheet
from partnet_analysis.records.sheets.known import known_names


def explained_file(folder: Path, config: Config, file: str, sheet: str | None = None) -> tuple[SheetExplained, ...]:
    """
    Explain how a file of a folder is understood.

    Parameters
    ----------
    folder
        The folder.
    config
        What `partnet.toml` says.
    file
        The file's path inside the folder; its name alone where no other has it.
    sheet
        The sheet; all of them where None.

    Returns
    -------
    explained
        One for each sheet, in their order.

    Raises
    ------
    InputError
        If there is no such folder, or no such file or sheet in it (PN170).
    """
    findings = Findings()
    found = opened_folder(folder, config, findings)
    refused = _refused(findings)
    name = _whole_name(file, [*(_place(each)[0] for each in found), *(each.file for each in refused)])
    wanted = [each for each in found if _place(each)[0] == name and sheet in (None, _place(each)[1])]
    known = known_names([each for each in found if isinstance(each, Grid)], config)
    explained = [_explained(each, config, known) for each in wanted] + [each for each in refused if each.file == name]
    if not explained:
        files = sorted({" › ".join(filter(None, _place(each))) for each in found} | {each.file for each in refused})
        raise InputError("PN170", name=" › ".join(filter(None, (file, sheet))), files=files)
    return tuple(explained)


def _explained(found: Batch | Grid, config: Config, known: KnownNames) -> SheetExplained:
    if isinstance(found, Batch):
        return explained_batch(found)
    if config.rule(found.file, found.sheet).skip:
        return _left(found.file, found.sheet, "PN065")
    if found.sheet is not None and not any(map(any, found.rows)):
        return _left(found.file, found.sheet, "PN066")
    return explained_sheet(found, config, known)


def _left(file: str, sheet: str | None, code: str) -> SheetExplained:
    return SheetExplained(file, sheet, "", Phrase(f"errors.{code}.text"), Phrase(f"errors.{code}.way_out"))


def _refused(findings: Findings) -> list[SheetExplained]:
    """List the files that could not be opened, or were left aside before that."""
    rejects, ignored, _ = findings.frames()
    refused = [SheetExplained(row["file"], None, "", row["fault"], row["way_out"]) for row in rejects.to_dict("records")]
    return refused + [_left(row["file"], None, row["code"]) for row in ignored.to_dict("records")]


def _place(found: Batch | Grid) -> tuple[str, str | None]:
    return (found.source.file, found.source.sheet) if isinstance(found, Batch) else (found.file, found.sheet)


def _whole_name(file: str, files: Sequence[str]) -> str:
    """Complete a name given without its folders, where only one file has it."""
    alike = {name for name in files if name == file or name.endswith(f"/{file}")}
    return file if file in alike or len(alike) != 1 else alike.pop()
