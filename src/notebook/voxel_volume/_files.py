"""Files as they are: their bytes go to the page, which reads all formats."""

from __future__ import annotations

import io
import os
import re
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Optional

import numpy as np

from ._nibabel import stored_image
from ._pack import Position

#: Headers, and images that need one.
_PAIRED = re.compile(r"\.(hdr|img|nhdr|mhd)(\.gz)?$", re.IGNORECASE)
#: Extensions of the files that belong to them.
_DATA = re.compile(r"\.(hdr|img|raw|zraw|bin|dat)(\.(gz|bz2))?|\.gz", re.IGNORECASE)
_NIBABEL = re.compile(r"\.(nii|mgh)(\.gz)?$|\.mgz$", re.IGNORECASE)


def belonging(source: Any) -> list[Path]:
    """The files of a path, a folder, or several paths; with a header its data.

    :raises FileNotFoundError: for paths that do not exist.
    """
    given = [Path(item).expanduser() for item in (source if isinstance(source, (list, tuple)) else [source])]
    paths: list[Path] = []
    for path in given:
        if path.is_dir():
            paths += sorted(file for file in path.rglob("*") if file.is_file())
        elif _PAIRED.search(path.name) and path.is_file():
            paths += [path, *_data_of(path)]
        elif path.is_file():
            paths.append(path)
        else:
            raise FileNotFoundError(f"There is no file {os.fspath(path)!r}")
    if not paths:
        raise FileNotFoundError(f"There are no files in {os.fspath(given[0])!r}")
    return list(dict.fromkeys(paths))


def _data_of(header: Path) -> list[Path]:
    """The files beside a header that have its name and an extension of voxels, or of a header."""
    name = _PAIRED.sub("", header.name)
    return [
        path
        for path in sorted(header.parent.iterdir())
        if path != header and path.name.startswith(f"{name}.") and _DATA.fullmatch(path.name[len(name) :])
    ]


def bundled(paths: list[Path]) -> tuple[bytes, str]:
    """The bytes and the name of a file; several become a zip, which is stored, not compressed."""
    if len(paths) == 1:
        return paths[0].read_bytes(), paths[0].name
    root = Path(os.path.commonpath([path.parent for path in paths]))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as file:
        for path in paths:
            file.write(path, path.relative_to(root).as_posix())
    return archive.getvalue(), f"{stem(paths[0].name)}.zip"


def previewed(path: Path) -> Optional[tuple[np.ndarray, Optional[Position]]]:
    """The values of a file for a picture without a page; None if it is of no format that Python can read here."""
    try:
        if path.suffix.lower() == ".npy":
            array = np.load(path, mmap_mode="r", allow_pickle=False)
            return (array, None) if array.dtype.kind in "iufc" else None
        if _NIBABEL.search(path.name) and find_spec("nibabel"):
            import nibabel

            image = nibabel.load(path)
            _, position = stored_image(image)
            return np.asanyarray(image.dataobj), position
    except (ValueError, OSError, EOFError):
        # The page tells what is wrong with it.
        return None
    except Exception as error:
        if type(error).__name__ != "ImageFileError":
            raise
    return None


def stem(path: Optional[str]) -> str:
    """The name of a file without its extensions."""
    name = os.path.basename(path) if path else ""
    return re.sub(r"(\.nii|\.img|\.hdr|\.mgh|\.npy)?(\.gz|\.\w{1,4})?$", "", name) or "array"
