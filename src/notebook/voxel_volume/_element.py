"""The table of the element's attributes, which the build makes from the element itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent

#: The script of the widget, with everything that it needs.
WIDGET = _FOLDER / "static" / "widget.js"

if not WIDGET.exists():
    raise ImportError(
        "voxel_volume is not built: run `node build.mjs` in its repository, and `pip install dist/python`."
    )

_TABLE: dict[str, Any] = json.loads((_FOLDER / "element.json").read_text("utf-8"))

#: Default of each attribute as the element has it: text, a number, a boolean, or None.
DEFAULTS: dict[str, Any] = {trait["name"]: trait["default"] for trait in _TABLE["traits"]}
#: Description of each attribute that is an option of the picture.
DOCS: dict[str, str] = {trait["name"]: trait["doc"] for trait in _TABLE["traits"] if "doc" in trait}
#: What each `view` sets: flip (3 booleans), crop (3 pairs), clip (4 numbers or None), azimuth in degrees.
VIEWS: dict[str, dict[str, Any]] = _TABLE["views"]
#: Red, green and blue (0 to 255) of the 256 colours of viridis.
VIRIDIS: list[list[int]] = _TABLE["viridis"]
