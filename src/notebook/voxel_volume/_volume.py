"""Volume: one image as the page gets it, made from arrays, images of nibabel, dask, zarr, and files."""

from __future__ import annotations

import math
import os
import warnings
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Optional

import numpy as np

from . import _files, _ome_zarr
from ._axes import axes_of, spatial
from ._nibabel import is_image, stored_image
from ._pack import Position, compressed, packed, plain, position_from
from ._still import reduced

#: The most bytes that are sent to a page, unless `max_bytes` says otherwise.
MOST_BYTES = 2**30
#: A dask array of more bytes is announced before it is computed.
_LARGE = 2**28


@dataclass(frozen=True)
class Volume:
    """A file for the page, and what pictures without a page need.

    preview has reduced voxels (x, y, z), None for files that only the page can read; dims are the voxels of the
    original along x, y and z, sides the lengths of one of them; text describes the image.
    """

    data: bytes
    name: str
    text: str
    preview: Optional[np.ndarray] = None
    dims: tuple[int, ...] = (1, 1, 1)
    sides: tuple[float, ...] = (1.0, 1.0, 1.0)


def volume_of(source: Any, affine: Any = None, max_bytes: int = MOST_BYTES) -> Volume:
    """The image of any supported source.

    :param affine: 4x4 matrix from voxel index to mm, or the lengths of a voxel in mm; instead of the source's own.
    :raises TypeError: for what is no image. :raises ValueError: for shapes, sizes and affines that cannot be shown.
    """
    position = position_from(affine)
    if isinstance(source, (str, os.PathLike)) or _is_paths(source):
        return _from_files(source, position, max_bytes)
    if is_image(source):
        _check_size(source.shape, np.dtype(source.get_data_dtype()).itemsize, max_bytes)
        array, own = stored_image(source)
        return _from_array(array, _with_own(position, own), max_bytes, _files.stem(source.get_filename()))
    if _ome_zarr.is_group(source):
        array, own = _ome_zarr.finest(source, max_bytes)
        return _from_array(array, _with_own(position, own), max_bytes)
    if _is_lazy(source):
        _check_size(source.shape, source.dtype.itemsize, max_bytes)
        return _from_array(_computed(source), position, max_bytes)
    return _from_array(np.asanyarray(source), position, max_bytes)


def _from_array(array: np.ndarray, position: Optional[Position], max_bytes: int, name: str = "array") -> Volume:
    array = plain(array)
    _check_size(array.shape, array.dtype.itemsize, max_bytes)
    image = spatial(array, axes_of(array.shape, array.dtype == np.uint8, position is not None))
    preview = reduced(image)
    if position:
        preview = preview * np.float32(position.slope) + np.float32(position.intercept)
    data = compressed(packed(array, position))
    return Volume(
        data=data,
        name=f"{name}.{'nii' if position else 'npy'}",
        text=f"{' x '.join(map(str, array.shape))} {array.dtype.name}",
        preview=preview,
        dims=image.shape[:3],
        sides=position.sides if position else (1.0, 1.0, 1.0),
    )


def _from_files(source: Any, position: Optional[Position], max_bytes: int) -> Volume:
    if not _is_paths(source) and _ome_zarr.is_folder(Path(source)):
        return volume_of(_ome_zarr.opened(Path(source)), None, max_bytes)
    if position:
        raise ValueError("affine: a file has its own; load its array to give another")
    paths = _files.belonging(source)
    size = sum(path.stat().st_size for path in paths)
    if size > max_bytes:
        raise ValueError(f"The file has {size_text(size)}, above max_bytes ({size_text(max_bytes)}): raise max_bytes.")
    data, name = _files.bundled(paths)
    seen = _files.previewed(paths[0]) if len(paths) == 1 else None
    if seen is None:
        return Volume(data=data, name=name, text=name)
    array, own = seen
    axes = axes_of(array.shape, array.dtype == np.uint8, own is not None)
    image = spatial(array, axes)
    preview = reduced(image)
    sides = own.sides if own else (1.0, 1.0, 1.0)
    return Volume(data, name, name, preview, image.shape[:3], sides)


def _with_own(given: Optional[Position], own: Position) -> Position:
    """A given position with the values' scale and meaning of the source; its own position if none is given."""
    if given is None:
        return own
    return replace(own, spacing=given.spacing, affine=given.affine)


def _is_paths(source: Any) -> bool:
    is_list = isinstance(source, (list, tuple)) and len(source) > 0
    return is_list and all(isinstance(item, (str, os.PathLike)) for item in source)


def _is_lazy(source: Any) -> bool:
    """Whether a source is an array that is computed or read when it is asked for: dask, zarr."""
    is_zarr = type(source).__module__.split(".")[0] == "zarr"
    return hasattr(source, "shape") and hasattr(source, "dtype") and (is_zarr or hasattr(source, "__dask_graph__"))


def _computed(source: Any) -> Any:
    if not hasattr(source, "compute"):
        return source[...]
    size = math.prod(source.shape) * source.dtype.itemsize
    if size > _LARGE:
        warnings.warn(f"voxel_volume computes a dask array of {size_text(size)}", stacklevel=4)
    return source.compute()


def _check_size(shape: tuple[int, ...], itemsize: int, max_bytes: int) -> None:
    size = math.prod(shape) * itemsize
    if size <= max_bytes:
        return
    step = math.ceil((size / max_bytes) ** (1 / 3))
    index = ", ".join([f"::{step}"] * 3)
    raise ValueError(
        f"The array has {size_text(size)}, above max_bytes ({size_text(max_bytes)}): "
        f"show(a[{index}]), or raise max_bytes; the page has to hold it too."
    )


def size_text(size: int) -> str:
    """A number of bytes for people."""
    for unit, factor in (("GiB", 2**30), ("MiB", 2**20)):
        if size >= factor:
            return f"{size / factor:.3g} {unit}"
    return f"{size} bytes"
