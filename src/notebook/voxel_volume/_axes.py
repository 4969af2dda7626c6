"""What the axes of an array are: the same rules by which the element reads a .npy file (docs/files.md)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

#: A first axis that is shorter than this fraction of each other axis holds frames; else it is x.
_FEW_FRAMES = 1 / 2


def axes_of(shape: Sequence[int], is_bytes: bool, frames_last: bool = False) -> str:
    """Letter of each axis: x, y, z, t (frames), c (colours), and 1 for axes of length 1 that are left out.

    :param is_bytes: whether the values are unsigned bytes, of which 3 or 4 on the last axis are a colour.
    :param frames_last: whether frames are never on the first axis, as in NIfTI.
    :raises ValueError: for other shapes, with an index that selects a volume.
    """
    if 0 in shape:
        raise ValueError(f"The array is empty: its shape is {tuple(shape)}.")
    has_colors = is_bytes and len(shape) > 3 and shape[-1] in (3, 4)
    first = next((i for i, n in enumerate(shape) if n != 1), 0)
    ones = max(0, min(first, len(shape) - (4 if has_colors else 3)))
    end = len(shape)
    while end - ones > 3 and shape[end - 1] == 1:
        end -= 1
    rest = shape[ones:end]
    is_color = is_bytes and len(rest) == 4 and rest[3] in (3, 4)
    is_first = not is_color and not frames_last and all(rest[0] < _FEW_FRAMES * n for n in rest[1:])
    letters = {2: "xy", 3: "xyz", 4: "txyz" if is_first else f"xyz{'c' if is_color else 't'}"}.get(len(rest))
    if letters is None:
        advice = f"show(a[{_longest(shape)}])" if len(rest) > 4 else "show(a.reshape(nx, ny, nz))"
        raise ValueError(f"The array has {len(shape)} axes, not 3 or 4 (its shape is {tuple(shape)}): {advice}")
    return "1" * ones + letters + "1" * (len(shape) - end)


def spatial(array: np.ndarray, axes: str) -> np.ndarray:
    """A view of the array as (x, y, z), (x, y, z, t) or (x, y, z, c); of two axes, z has length 1."""
    kept = [i for i, axis in enumerate(axes) if axis != "1"]
    array = array.reshape([array.shape[i] for i in kept])
    letters = axes.replace("1", "")
    array = array.transpose([letters.index(axis) for axis in "xyztc" if axis in letters])
    return array[:, :, np.newaxis] if letters == "xy" else array


def _longest(shape: Sequence[int]) -> str:
    """An index that keeps the three longest axes."""
    kept = sorted(range(len(shape)), key=lambda i: (-shape[i], -i))[:3]
    return ", ".join(":" if i in kept else "0" for i in range(len(shape)))
