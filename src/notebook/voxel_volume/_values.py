"""Values of the element's attributes: as the element has them, and in the form that is natural in Python."""

from __future__ import annotations

import math
import numbers
import os
from collections.abc import Iterable, Mapping
from typing import Any

#: Attributes of several numbers: tuples in Python, `40 400` in the element.
_VECTORS = ("window", "light", "clip", "target")
#: Attributes that list labels.
_LABEL_LISTS = ("only", "hide")


def to_element(name: str, value: Any) -> Any:
    """A trait's value as a property of the element: text, number, boolean, a table of labels, or None.

    :raises TypeError: for a value that no option can have.
    """
    if name == "labels":
        return _label_table(value)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, numbers.Real) or type(value).__name__ in ("bool_", "bool"):
        return _number(value)
    if name == "colormap":
        return " ".join(_colors(value))
    parts = _parts(name, value)
    if name == "crop":
        return " ".join(":".join(_range(name, part)) for part in parts)
    if name in _LABEL_LISTS:
        return " ".join(_labels(part) for part in parts)
    return {"flip": "", "resolution": "x"}.get(name, " ").join(_text(part) for part in parts)


def from_element(name: str, value: Any) -> Any:
    """The value of a trait, from a property of the element: tuples of numbers for its lists of numbers."""
    if not isinstance(value, str):
        return value
    if value in ("true", "false"):
        return value == "true"
    try:
        if name in _VECTORS and value != "":
            return tuple(_parsed(part) for part in value.replace(",", " ").split())
        if name == "crop" and value != "":
            return tuple(tuple(_parsed(end) for end in part.split(":")) for part in value.split())
        if name == "resolution":
            sides = tuple(_parsed(side) for side in value.split("x"))
            return sides if len(sides) > 1 else sides[0]
    except ValueError:
        # A word such as "auto", or something that the element will refuse.
        pass
    return value


def natural(name: str, value: Any) -> Any:
    """The same value in the form in which it comes back from the element."""
    if name != "labels":
        return from_element(name, to_element(name, value))
    # Text may come from the page, which must not choose files of this machine: only paths as objects are read.
    return read_text(value) if isinstance(value, os.PathLike) else value


def read_text(path: Any) -> str:
    """The text of a file. :raises OSError: if it cannot be read."""
    with open(path, encoding="utf-8") as file:
        return file.read()


def _label_table(value: Any) -> Any:
    """Entries by label, with JSON's text as keys."""
    if isinstance(value, Mapping):
        return {str(key): _label_table(entry) for key, entry in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_label_table(entry) for entry in value]
    return _number(value) if isinstance(value, numbers.Real) else value


def _number(value: Any) -> Any:
    """A number that JSON can hold. What is not finite becomes text, which the element refuses by name."""
    if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
        return bool(value)
    if isinstance(value, numbers.Integral):
        return int(value)
    return float(value) if math.isfinite(value) else str(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(_number(value))


def _parsed(text: str) -> float:
    """A number, whole if it is written so; ValueError for other text."""
    try:
        return int(text)
    except ValueError:
        return float(text)


def _parts(name: str, value: Any) -> list[Any]:
    if isinstance(value, Iterable):
        return list(value)
    raise TypeError(f"{name}: expected text, a number or a sequence, not {type(value).__name__}")


def _range(name: str, value: Any) -> tuple[str, str]:
    """A pair of fractions; None or a slice without ends stands for the whole side."""
    if isinstance(value, slice):
        value = (value.start, value.stop)
    pair = (0, 1) if value is None else tuple(_parts(name, value))
    if len(pair) != 2:
        raise TypeError(f"{name}: expected pairs of fractions, as in ((0, 0.7), (0, 1), (0, 0.5))")
    return tuple(_text(default if end is None else end) for end, default in zip(pair, (0, 1)))  # type: ignore


def _labels(value: Any) -> str:
    return f"{value.start}-{value.stop - 1}" if isinstance(value, range) else _text(value)


def _colors(value: Any) -> list[str]:
    """Colours as #rrggbb: from names, rows of red, green and blue from 0 to 1, or a colour map of matplotlib."""
    if callable(value):
        value = value(range(256)) if getattr(value, "N", 256) == 256 else value([i / 255 for i in range(256)])
    return [
        color if isinstance(color, str) else "#" + bytes(round(255 * float(part)) for part in list(color)[:3]).hex()
        for color in _parts("colormap", value)
    ]
