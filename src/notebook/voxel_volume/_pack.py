"""Packs arrays into the bytes of a file that the element reads: .npy, or NIfTI-2 where the position is known."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np

from ._axes import axes_of, spatial

#: NIfTI's code for each type of number, and for colours and complex numbers.
_NIFTI_TYPES = {
    **{"u1": 2, "i2": 4, "i4": 8, "f4": 16, "c8": 32, "f8": 64, "i1": 256},
    **{"u2": 512, "u4": 768, "i8": 1024, "u8": 1280, "c16": 1792},
}
_NIFTI_COLORS = {3: 128, 4: 2304}
#: Header of NIfTI-2 (nifti2.h), 540 bytes, and the flag that no extension follows.
_NIFTI_HEADER = np.dtype(
    [
        *[("sizeof_hdr", "i4"), ("magic", "S8"), ("datatype", "i2"), ("bitpix", "i2"), ("dim", "i8", 8)],
        *[("intent_p", "f8", 3), ("pixdim", "f8", 8), ("vox_offset", "i8"), ("scl_slope", "f8"), ("scl_inter", "f8")],
        *[("cal_max", "f8"), ("cal_min", "f8"), ("slice_duration", "f8"), ("toffset", "f8")],
        *[("slice_start", "i8"), ("slice_end", "i8"), ("descrip", "S80"), ("aux_file", "S24")],
        *[("qform_code", "i4"), ("sform_code", "i4"), ("quatern", "f8", 3), ("qoffset", "f8", 3)],
        *[("srow", "f8", (3, 4)), ("slice_code", "i4"), ("xyzt_units", "i4"), ("intent_code", "i4")],
        *[("intent_name", "S16"), ("dim_info", "i1"), ("unused_str", "S15"), ("extension", "S4")],
    ]
)
#: sform_code of coordinates that are aligned to something.
_ALIGNED = 2
#: xyzt_units of millimetres.
_MILLIMETRES = 2
#: Fewer bytes are not compressed.
_LEAST = 1 << 20
#: Bytes that are compressed on trial: this many pieces of this length.
_TRIAL = (16, 1 << 16)
_GZIP = b"\x1f\x8b"
#: Data are sent compressed if the trial shrinks to this fraction or less: level 1 compresses about 100 MB/s.
_WORTHWHILE = 0.5


@dataclass(frozen=True)
class Position:
    """Where an image lies, and what its values mean.

    spacing is the distance of voxel centres along x, y and z in mm; affine (4x4) maps a voxel's index to mm. Without
    either, lengths are unknown. A stored number s means s * slope + intercept. display_range is the range of values to
    show, intent NIfTI's code of what they are.
    """

    spacing: Optional[tuple[float, ...]] = None
    affine: Optional[np.ndarray] = None
    slope: float = 1.0
    intercept: float = 0.0
    display_range: tuple[float, float] = (0.0, 0.0)
    intent: int = 0

    @property
    def sides(self) -> tuple[float, ...]:
        """Sides of a voxel along x, y and z."""
        if self.affine is not None:
            return tuple(float(side) for side in np.linalg.norm(self.affine[:3, :3], axis=0))
        return self.spacing or (1.0, 1.0, 1.0)


def position_from(given: Any) -> Optional[Position]:
    """The position that a 4x4 affine, three lengths or one length gives; None for None.

    :raises ValueError: for other shapes, and lengths that are not positive.
    """
    if given is None:
        return None
    numbers = np.asarray(given, dtype=float)
    if numbers.shape == (4, 4) and np.isfinite(numbers).all() and (np.abs(numbers[:3, :3]).sum(axis=0) > 0).all():
        return Position(affine=numbers)
    if numbers.shape in ((), (1,), (3,)) and np.isfinite(numbers).all() and (numbers > 0).all():
        return Position(spacing=tuple(float(side) for side in np.broadcast_to(numbers, 3)))
    raise ValueError("affine: expected a 4x4 matrix from index to mm, or the lengths of a voxel, as in (1, 1, 2.5)")


def plain(array: Any) -> np.ndarray:
    """An array of a type that the element reads: real or complex numbers; missing values are NaN.

    :raises TypeError: for other types, with what to convert.
    """
    if isinstance(array, np.ma.MaskedArray):
        if np.ma.is_masked(array):
            wide = np.result_type(array.dtype, np.float32) if array.dtype.kind in "biuf" else array.dtype
            array = np.ma.filled(array.astype(wide), np.nan)
        array = np.ma.getdata(array)
    array = np.asarray(array)
    kind = array.dtype.kind
    if kind == "b":
        return array.view(np.uint8)
    if kind == "V" and array.dtype.names and all(array.dtype[name] == np.uint8 for name in array.dtype.names):
        array = np.ascontiguousarray(array)
        return array.view(np.uint8).reshape(*array.shape, len(array.dtype.names))
    if kind in "iu" or array.dtype.str[1:] in ("f2", "f4", "f8", "c8", "c16"):
        return array
    if kind in "fc":
        # Long doubles.
        return array.astype(np.float64 if kind == "f" else np.complex128)
    advice = {"O": "a.astype(float)", "M": 'a.astype("int64")', "m": 'a.astype("int64")', "V": 'a["one of its fields"]'}
    raise TypeError(f"An array of {array.dtype} has no number a voxel: show({advice.get(kind, 'a.astype(float)')})")


def packed(array: np.ndarray, position: Optional[Position]) -> bytes:
    """The file of an array (of `plain` type): .npy without a position, else NIfTI-2."""
    if position is None:
        return _npy(array)
    return _nifti(array, position)


def compressed(data: bytes) -> bytes:
    """The data as gzip, if a part of it shows that this saves much; else as they are."""
    if len(data) < _LEAST or data[:2] == _GZIP:
        return data
    count, length = _TRIAL
    starts = np.linspace(0, max(0, len(data) - length), count).astype(int)
    trial = b"".join(data[start : start + length] for start in starts)
    if len(zlib.compress(trial, 1)) > _WORTHWHILE * len(trial):
        return data
    packer = zlib.compressobj(1, wbits=31)
    return packer.compress(data) + packer.flush()


def _npy(array: np.ndarray) -> bytes:
    if not (array.flags.c_contiguous or array.flags.f_contiguous):
        array = np.asfortranarray(array)
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, np.lib.format.header_data_from_array_1_0(array))
    return b"".join([header.getvalue(), _buffer(array)])


def _nifti(array: np.ndarray, position: Position) -> bytes:
    axes = axes_of(array.shape, array.dtype == np.uint8, frames_last=True)
    if array.dtype.str[1:] == "f2":
        # NIfTI has no half precision; single precision holds the same values.
        array = array.astype(np.float32)
    image = spatial(array, axes)
    is_color = "c" in axes
    shape = image.shape[:3] if is_color else image.shape
    order = "<" if array.dtype.str[0] in "<|" else ">"
    header = np.zeros((), _NIFTI_HEADER.newbyteorder(order))
    header["sizeof_hdr"] = 540
    header["magic"] = b"n+2\0\r\n\032\n"
    header["datatype"] = _NIFTI_COLORS[image.shape[3]] if is_color else _NIFTI_TYPES[array.dtype.str[1:]]
    header["bitpix"] = 8 * array.dtype.itemsize * (image.shape[3] if is_color else 1)
    header["dim"] = [len(shape), *shape, *[1] * (7 - len(shape))]
    header["pixdim"] = [1, *position.sides, *[1] * 4]
    header["vox_offset"] = _NIFTI_HEADER.itemsize
    header["scl_slope"], header["scl_inter"] = position.slope, position.intercept
    header["cal_min"], header["cal_max"] = position.display_range
    header["intent_code"] = position.intent
    header["xyzt_units"] = _MILLIMETRES
    if position.affine is not None:
        header["sform_code"] = _ALIGNED
        header["srow"] = position.affine[:3]
    # Colours come together for each voxel; else x is fastest.
    image = np.moveaxis(image, 3, 0) if is_color else image
    return b"".join([header.tobytes(), _buffer(np.asfortranarray(image))])


def _buffer(array: np.ndarray) -> memoryview:
    """The bytes of a contiguous array, in its own order, without a copy."""
    ordered = array if array.flags.c_contiguous else array.T
    return memoryview(ordered.reshape(-1).view(np.uint8))
