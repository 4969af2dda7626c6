#!/usr/bin/python3
"""The article's method: matplotlib draws a volume's exploded voxels. Prints time and memory as one line of JSON.

    matplotlib.py INPUT SIDE OUT.png [--view full|cut|diagonal]

Needs NumPy, SciPy, nibabel and matplotlib (Debian: python3-scipy python3-nibabel python3-matplotlib).
"""

import argparse
import json
import pathlib
import sys
import tempfile
import time
import zipfile

sys.path.pop(0)  # removes this folder; otherwise the import below would find this file

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import nibabel
import numpy as np
from scipy import ndimage

# Side in centimetres; 1181 pixels at 100 dots per inch.
FIGURE = 30


def load(path):
    """The values of a volume, float64 [x, y, z]; for a zip, of its largest volume."""
    if not zipfile.is_zipfile(path):
        return nibabel.load(path).get_fdata()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
        images = [p for p in pathlib.Path(folder).rglob("*") if p.suffix in (".img", ".nii", ".gz")]
        return nibabel.load(max(images, key=lambda p: p.stat().st_size)).get_fdata()


def normalized(a):
    return (a - a.min()) / np.ptp(a)


def transformed(a):
    p = np.clip(normalized(a) - 0.1, 0, 1) ** 0.4
    return np.clip((p - p.mean()) * 2 + p.mean() - 0.1, 0, 1)


def resized(a, side):
    """Trilinear, with 0 outside, as in scikit-image 0.13."""
    at = [(np.arange(side) + 0.5) * n / side - 0.5 for n in a.shape]
    return ndimage.map_coordinates(a, np.meshgrid(*at, indexing="ij"), order=1, mode="constant")


def cut(a, view):
    """The part of the array that a view keeps, and its azimuth in degrees."""
    if view == "full":
        return a[:, ::-1], 320
    if view == "cut":
        return a[: round(0.7 * len(a)), ::-1, : round(0.5 * len(a))], 320
    x, y, z = (np.indices(a.shape) + 0.5) / len(a)
    return np.where(z < x - y + 0.1 - 1e-9, a, 0), 200


def draw(values, side, azimuth, output):
    """Draws voxels with gaps of width 0, which make matplotlib draw all faces. Returns the number of voxels."""
    colors = plt.cm.viridis(values)
    colors[..., 3] = values
    exploded = np.zeros([2 * n - 1 for n in values.shape] + [4])
    exploded[::2, ::2, ::2] = colors
    filled = exploded[..., 3] != 0
    edges = np.meshgrid(*(np.repeat(np.arange(n + 1), 2)[1:-1] for n in values.shape), indexing="ij")
    figure = plt.figure(figsize=(FIGURE / 2.54, FIGURE / 2.54), dpi=100)
    axes = figure.add_subplot(projection="3d")
    axes.view_init(30, azimuth)
    axes.set(xlim=(0, side), ylim=(0, side), zlim=(0, side))
    axes.voxels(*edges, filled, facecolors=exploded, shade=False)
    figure.savefig(output, dpi=100)
    return int(filled.sum())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input")
    parser.add_argument("side", type=int)
    parser.add_argument("output")
    parser.add_argument("--view", choices=["full", "cut", "diagonal"], default="full")
    args = parser.parse_args()
    started = time.perf_counter()
    values, azimuth = cut(resized(transformed(load(args.input)), args.side), args.view)
    prepared = time.perf_counter()
    filled = draw(normalized(values), args.side, azimuth, args.output)
    drawn = time.perf_counter()
    print(
        json.dumps(
            {
                "matplotlib": matplotlib.__version__,
                "filled": filled,
                "prepareMs": 1000 * (prepared - started),
                "drawMs": 1000 * (drawn - prepared),
            }
        )
    )


if __name__ == "__main__":
    main()
