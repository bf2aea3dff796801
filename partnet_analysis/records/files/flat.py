"""Flat OpenDocument workbooks (.fods): the one XML file of a .ods without its zip, read as that .ods is."""

import io
import zipfile
from typing import Final

from partnet_analysis.config import Limits
from partnet_analysis.records.grids import UnreadableError

SUFFIX: Final = ".fods"
_MARK: Final = b"office:spreadsheet"
_TYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST: Final = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


def as_ods(content: bytes, limits: Limits) -> bytes:
    """
    Put a flat workbook into the zip that others come in.

    Parameters
    ----------
    content
        The file's bytes.
    limits
        How much one file may ask of the machine.

    Returns
    -------
    workbook
        The bytes of a .ods with the same sheets.

    Raises
    ------
    UnreadableError
        If it is empty (PN071), no such workbook (PN084), or too large (PN079).
    """
    if not content.strip():
        raise UnreadableError("PN071")
    if _MARK not in content:
        raise UnreadableError("PN084")
    if len(content) > limits.megabytes_unpacked * 1_000_000:
        raise UnreadableError("PN079", megabytes=limits.megabytes_unpacked)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("mimetype", _TYPE)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", content)
    return stream.getvalue()
