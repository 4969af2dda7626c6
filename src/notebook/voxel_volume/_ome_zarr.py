"""OME-Zarr: the finest level of a group that is small enough. zarr is imported only to open a folder."""

from __future__ import annotations

import math
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from ._pack import Position

#: Names of the units of length of the specification (UDUNITS-2), in mm. A length without a unit counts as mm.
_UNITS = {
    **{"angstrom": 1e-7, "nanometer": 1e-6, "micrometer": 1e-3, "micron": 1e-3, "millimeter": 1, "centimeter": 10},
    **{"decimeter": 100, "meter": 1000, "kilometer": 1e6, "inch": 25.4, "foot": 304.8, "yard": 914.4},
}
_METADATA = ("zarr.json", ".zattrs", ".zgroup")


def is_group(source: Any) -> bool:
    """Whether a source is a group of zarr."""
    return type(source).__module__.split(".")[0] == "zarr" and hasattr(source, "attrs") and not hasattr(source, "dtype")


def is_folder(path: Path) -> bool:
    """Whether a path is the folder of a group or an array of zarr."""
    return any((path / name).is_file() for name in (*_METADATA, ".zarray"))


def opened(path: Path) -> Any:
    """The group or the array in a folder."""
    import zarr

    return zarr.open(str(path), mode="r")


def finest(group: Any, max_bytes: int) -> tuple[np.ndarray, Position]:
    """The finest level of an image's first multiscale of at most this many bytes; warns if it is not the finest of all.

    :returns: voxels (x, y, z) or (x, y, z, frames); of several channels and times, channels come first.
    :raises ValueError: if the group is no image, or all levels are larger.
    """
    attributes = dict(group.attrs)
    scales = dict(attributes.get("ome", attributes)).get("multiscales")
    if not scales:
        raise ValueError("The zarr group is no image of OME-Zarr: give one of its arrays, as in show(group['0'])")
    scale = scales[0]
    levels = [(dataset, group[dataset["path"]]) for dataset in scale["datasets"]]
    sizes = [math.prod(array.shape) * array.dtype.itemsize for _, array in levels]
    at = next((i for i, size in enumerate(sizes) if size <= max_bytes), None)
    if at is None:
        raise ValueError(f"All levels of the image are above max_bytes ({max_bytes}); the least has {min(sizes)} bytes")
    dataset, array = levels[at]
    if at > 0:
        shape = " x ".join(map(str, array.shape))
        warnings.warn(f"Level {at} of {len(levels)} is shown ({shape}): finer ones are above max_bytes.", stacklevel=4)
    axes = _axes(scale, array.ndim)
    factors = _factors(scale, dataset, array.ndim)
    spacing = []
    for name in "xyz":
        axis = next((i for i, (letter, _) in enumerate(axes) if letter == name), None)
        spacing.append(1.0 if axis is None else factors[axis] * axes[axis][1])
    return _in_order(np.asarray(array[...]), [letter for letter, _ in axes]), Position(spacing=tuple(spacing))


def _axes(scale: Any, count: int) -> list[tuple[str, float]]:
    """Letter of each axis, and its unit in mm."""
    axes = scale.get("axes") or list("tczyx")[-count:]
    named = [axis if isinstance(axis, dict) else {"name": axis} for axis in axes]
    return [(str(axis["name"]).lower(), _UNITS.get(axis.get("unit", ""), 1)) for axis in named]


def _factors(scale: Any, dataset: Any, count: int) -> list[float]:
    """Distance of the elements of a level along each axis."""
    factors = np.ones(count)
    for source in (dataset, scale):
        for transformation in source.get("coordinateTransformations", ()):
            if transformation.get("type") == "scale":
                factors = factors * np.asarray(transformation["scale"], dtype=float)
    return [float(factor) for factor in factors]


def _in_order(array: np.ndarray, letters: list[str]) -> np.ndarray:
    """The array as (x, y, z, frames); axes that are not x, y or z are frames, of which channels are fastest."""
    for letter in "zyx":
        if letter not in letters:
            array, letters = array[np.newaxis], [letter, *letters]
    others = sorted((letter for letter in letters if letter not in "xyz"), key=lambda letter: letter == "c")
    array = array.transpose([letters.index(letter) for letter in ("x", "y", "z", *others)])
    frames = math.prod(array.shape[3:])
    return array.reshape(*array.shape[:3], frames) if frames > 1 else array.reshape(array.shape[:3])
