"""Pictures without a page: a volume projected by NumPy, for notebooks that are looked at without Python or WebGPU."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from ._element import VIEWS, VIRIDIS

#: Longest side of the reduced volume, in voxels, and of the projection, in pixels.
_REDUCED = 96
_PIXELS = 320
#: White pixels around the projection.
_MARGIN = 8
#: Share of the values that are above the automatic window.
_ABOVE = 0.001


class Png(bytes):
    """The bytes of a PNG picture; as the last value of a notebook's cell, it is shown."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return struct.unpack(">II", self[16:24])  # type: ignore[return-value]

    def __repr__(self) -> str:
        return "<PNG picture, {} x {} pixels, {} bytes>".format(*self.size, len(self))

    def _repr_png_(self) -> bytes:
        return bytes(self)


def reduced(image: np.ndarray) -> np.ndarray:
    """Every n-th voxel of the first frame, (x, y, z), in single precision: magnitude of complex numbers, luminance.

    :param image: as `_axes.spatial` makes it.
    """
    steps = tuple(slice(None, None, -(-n // _REDUCED)) for n in image.shape[:3])
    image = image[steps]
    if image.ndim == 4:
        is_color = image.dtype == np.uint8 and image.shape[3] in (3, 4)
        image = image[..., :3] @ np.array([0.2126, 0.7152, 0.0722]) if is_color else image[..., 0]
    return (np.abs(image) if image.dtype.kind == "c" else image).astype(np.float32)


def projection(volume: np.ndarray, dims: tuple[int, ...], sides: tuple[float, ...], options: Mapping[str, Any]) -> Png:
    """The volume as the element would draw it about, seen from its camera's direction without perspective.

    Normalized and transformed as in the article, in the colours of viridis, with alpha = value. The options kind,
    blend, colormap and those of the camera other than its direction have no effect.

    :param volume: reduced voxels (x, y, z). :param dims: voxels of the original. :param sides: of one voxel of it.
    """
    chosen = {**VIEWS.get(options["view"], {"flip": (), "crop": None, "clip": None, "azimuth": 320})}
    chosen.update({name: options[name] for name in chosen if options[name] is not None})
    flip = _flips(chosen["flip"])
    volume = volume[tuple(slice(None, None, -1 if is_flipped else 1) for is_flipped in flip)]
    alpha = _cut(_alpha(volume, options), chosen["crop"], chosen["clip"])
    extent = np.array(dims) * np.array(sides, dtype=float)
    if options["aspect"] == "cube":
        extent = np.ones(3)
    filled = [np.flatnonzero(alpha.any(axis=tuple({0, 1, 2} - {axis}))) for axis in range(3)]
    if not filled[0].size:
        return png(np.full((_PIXELS, _PIXELS, 3), 255, np.uint8))
    box = tuple(slice(found[0], found[-1] + 1) for found in filled)
    voxel = extent / alpha.shape / extent.max()
    # Voxels of the original that a ray meets in the length 1.
    density = float(max(np.array(dims) / (extent / extent.max())))
    picture = _composite(alpha[box], voxel, density, float(chosen["azimuth"]), float(options["elevation"]))
    around = ((_MARGIN, _MARGIN), (_MARGIN, _MARGIN), (0, 0))
    return png(np.pad(picture, around, constant_values=255))


def _flips(flip: Any) -> list[bool]:
    """Whether x, y and z are reversed, from letters or booleans."""
    return [axis in flip for axis in "xyz"] if isinstance(flip, str) or not flip else [bool(axis) for axis in flip]


def _alpha(volume: np.ndarray, options: Mapping[str, Any]) -> np.ndarray:
    """Alpha of each voxel, 0 to 255: the article's transform of the normalized values, and the opacity."""
    values = np.where(np.isfinite(volume), volume, np.nan)
    if not np.isfinite(values).any():
        return np.zeros(values.shape, np.uint8)
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    if isinstance(options["window"], tuple) and len(options["window"]) == 2:
        low, high = options["window"]
    elif low < 0 < high:
        values = np.abs(values)
        low, high = 0.0, max(-low, high)
    elif options["window"] != "full":
        high = float(np.nanquantile(values, 1 - _ABOVE)) or high
    normal = np.clip((values - low) / (high - low if high > low else 1), 0, 1) if high > low else np.sign(values)
    if options["transform"] == "article":
        powered = np.clip(normal - options["floor"], 0, 1) ** options["gamma"]
        mean = np.nanmean(powered)
        normal = np.clip((powered - mean) * options["contrast"] + mean - options["bias"], 0, 1)
    opacity = options["opacity"] if isinstance(options["opacity"], (int, float)) else 1
    return np.nan_to_num(255 * normal * opacity).astype(np.uint8)


def _cut(alpha: np.ndarray, crop: Any, clip: Any) -> np.ndarray:
    """Without the voxels that `crop` and `clip` take away: those whose centres are outside."""
    centres = [(np.arange(n) + 0.5) / n for n in alpha.shape]
    x, y, z = np.ix_(*centres)
    kept = np.ones(alpha.shape, bool)
    if isinstance(crop, (tuple, list)):
        for at, (low, high) in zip((x, y, z), crop):
            kept &= (at >= low) & (at < high)
    if isinstance(clip, (tuple, list)):
        kept &= clip[0] * x + clip[1] * y + clip[2] * z + clip[3] > 0
    return np.where(kept, alpha, 0)


def _composite(alpha: np.ndarray, voxel: np.ndarray, density: float, azimuth: float, elevation: float) -> np.ndarray:
    """Red, green and blue (height, width, 3) over white, composited from front to back in planes that face the eye."""
    a, e = np.radians([azimuth, elevation])
    right = np.array([-np.sin(a), np.cos(a), 0])
    up = np.array([-np.sin(e) * np.cos(a), -np.sin(e) * np.sin(a), np.cos(e)])
    eye = np.array([np.cos(e) * np.cos(a), np.cos(e) * np.sin(a), np.sin(e)])
    half = voxel * alpha.shape / 2
    # The planes' half width and height, and half the depth: how far the box reaches in each direction.
    width, height, depth = (float(np.abs(direction) @ half) for direction in (right, up, eye))
    pixel = 2 * max(width, height) / _PIXELS
    columns = (np.arange(max(1, round(2 * width / pixel))) + 0.5) * pixel - width
    rows = height - (np.arange(max(1, round(2 * height / pixel))) + 0.5) * pixel
    # In voxels from the low corner.
    plane = (columns[None, :, None] * right + rows[:, None, None] * up + half) / voxel
    step = float(voxel.min())
    passed = (1 - np.arange(256) / 255) ** (2 * density * step)
    color = np.array(VIRIDIS, dtype=np.float32)
    light = np.ones(plane.shape[:2], np.float32)
    picture = np.zeros(plane.shape, np.float32)
    for at in np.arange(depth - step / 2, -depth, -step):
        index = np.floor(plane + at * eye / voxel).astype(np.intp)
        inside = ((index >= 0) & (index < alpha.shape)).all(axis=2) & (light > 0.01)
        level = alpha[tuple(index[inside].T)]
        front = light[inside]
        rest = front * passed[level].astype(np.float32)
        picture[inside] += (front - rest)[:, None] * color[level]
        light[inside] = rest
    return np.clip(picture + 255 * light[:, :, None], 0, 255).astype(np.uint8)


def png(picture: np.ndarray) -> Png:
    """A picture of bytes, (height, width, 3), as PNG."""
    height, width, _ = picture.shape
    # Each row begins with the filter 0.
    rows = np.pad(picture.reshape(height, -1), ((0, 0), (1, 0))).tobytes()

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return Png(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    )
