"""Images of nibabel, with the values as stored in their files. nibabel itself is not imported."""

from __future__ import annotations

from typing import Any

import numpy as np

from ._pack import Position



def is_image(source: Any) -> bool:
    """Whether a source is a spatial image of nibabel, or looks like one."""
    return all(hasattr(source, name) for name in ("dataobj", "affine", "header", "get_filename", "get_data_dtype"))


def stored_image(image: Any) -> tuple[np.ndarray, Position]:
    """The stored numbers of an image and its position.

    :returns: numbers (x, y, z) or (x, y, z, t) in the type in which they are stored, where one slope and intercept
        belong to them; else the values.
    """
    stored, slope, intercept = _stored(image.dataobj)
    header = image.header
    low, high = (_finite(header, name) for name in ("cal_min", "cal_max"))
    position = Position(
        spacing=tuple(float(size) or 1.0 for size in [*header.get_zooms()[:3], 1.0, 1.0][:3]),
        affine=np.asarray(image.affine, dtype=float) if _is_oriented(header) and image.affine is not None else None,
        slope=slope,
        intercept=intercept,
        display_range=(low, high),
        intent=int(_finite(header, "intent_code")),
    )
    return stored, position


def _stored(data: Any) -> tuple[np.ndarray, float, float]:
    """Numbers, slope and intercept of an image's data: an array, or a proxy for those of a file."""
    slope, intercept = getattr(data, "slope", 1.0), getattr(data, "inter", 0.0)
    if hasattr(data, "get_unscaled") and np.ndim(slope) == 0 and np.ndim(intercept) == 0:
        return np.asanyarray(data.get_unscaled()), float(slope), float(intercept)
    return np.asanyarray(data), 1.0, 0.0


def _is_oriented(header: Any) -> bool:
    """Whether an image's affine comes from its file: NIfTI may have none, and Analyze has none at all."""
    if "sform_code" in _keys(header):
        return bool(header["sform_code"] > 0 or header["qform_code"] > 0)
    return "orient" not in _keys(header)


def _keys(header: Any) -> list[str]:
    return list(header.keys()) if hasattr(header, "keys") else []


def _finite(header: Any, name: str) -> float:
    """A number of a header; 0 if it has none."""
    value = float(header[name]) if name in _keys(header) else 0.0
    return value if np.isfinite(value) else 0.0
