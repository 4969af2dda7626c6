"""Stills by the command line `voxel-volume`, where it is installed: pictures without a page."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Optional

from ._still import Png

#: Seconds after which the command line is given up.
_TIMEOUT = 600


def program() -> Optional[str]:
    """Path of the command line; None if it is not installed."""
    return shutil.which("voxel-volume")


def rendered(
    data: bytes, name: str, options: Sequence[str], size: tuple[int, int], samples: int, background: str
) -> Png:
    """A file's picture.

    :param options: arguments of the command line. :param size: in pixels.
    :raises RuntimeError: with the message of the command line, if it fails or is not installed.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, picture = Path(folder, name), Path(folder, "still.png")
        source.write_bytes(data)
        command = [str(program()), "render", str(source), "-o", str(picture), "--size", f"{size[0]}x{size[1]}"]
        command += ["--samples", str(samples), "--background", background, *options]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT, check=False)
        if done.returncode != 0:
            raise RuntimeError((done.stderr.strip().splitlines() or ["voxel-volume failed"])[-1])
        return Png(picture.read_bytes())
