"""Stills by the command line `voxel-volume`, where it is installed: pictures without a page."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Optional

from ._element import DEFAULTS
from ._still import Png
from ._values import to_element

#: Seconds after which the command line is given up.
_TIMEOUT = 600


def program() -> Optional[str]:
    """Path of the command line; None if it is not installed."""
    return shutil.which("voxel-volume")


def argument(name: str, value: Any) -> list[str]:
    """An option of the element as arguments; a switch that is on has no value."""
    flag = f"--{name.replace('_', '-')}"
    if value is True and DEFAULTS[name] == "false":
        return [flag]
    return [flag, str(value).lower() if isinstance(value, bool) else str(value)]


def rendered(
    data: bytes, name: str, options: Sequence[str], labels: Any, figure: Mapping[str, Any], shown: tuple[int, int]
) -> Png:
    """The picture of a file.

    :param options: arguments for the picture's options. :param labels: a table of labels, its text or its URL, or None.
    :param figure: width, height, size, dpi, samples, background, views, letters and title, as for the element's toBlob.
    :param shown: width and height whose proportions a picture keeps of which one side is given.
    :raises RuntimeError: with the message of the command line, if it fails.
    """
    width, height = sized(figure.get("width"), figure.get("height"), shown)
    words = {"size": f"{width}x{height}", **figure}
    words = {key: value for key, value in words.items() if key not in ("width", "height")}
    with tempfile.TemporaryDirectory() as folder:
        source, picture = Path(folder, name), Path(folder, "still.png")
        source.write_bytes(data)
        command = [str(program()), "render", str(source), "-o", str(picture), *options]
        for key, value in words.items():
            command += [f"--{key}", ",".join(value) if isinstance(value, (list, tuple)) else str(value)]
        if labels is not None:
            command += ["--labels", _label_file(labels, Path(folder, "labels.txt"))]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT, check=False)
        if done.returncode != 0:
            raise RuntimeError((done.stderr.strip().splitlines() or ["voxel-volume failed"])[-1])
        return Png(picture.read_bytes())


def sized(width: Optional[int], height: Optional[int], shown: tuple[int, int]) -> tuple[int, int]:
    """A size in pixels: as shown, or with the proportions shown if one side is given."""
    scale = width / shown[0] if width else height / shown[1] if height else 1
    return (width or max(1, round(shown[0] * scale)), height or max(1, round(shown[1] * scale)))


def _label_file(labels: Any, path: Path) -> str:
    """The path or URL of a table of labels, which is written if it is given itself."""
    if isinstance(labels, str) and "\n" not in labels and labels.lstrip()[:1] not in ("{", "["):
        return labels
    path.write_text(labels if isinstance(labels, str) else json.dumps(to_element("labels", labels)), "utf-8")
    return str(path)
