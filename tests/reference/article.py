#!/usr/bin/python3
"""The article's small voxel plots, as matplotlib draws them, and how many faces it draws of random patterns.

Needs Debian's python3-matplotlib and python3-pil; run it with /usr/bin/python3 in this folder. It writes NAME.png
(300 x 300, reduced from 1200 x 1200, axes off, matplotlib 2.1's unit box) and faces.json.
"""
import json

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

SIZE, FINER = 300, 4
# The box of matplotlib 2.1, where the limits of the axes span a unit cube.
ZOOM = 3**0.5 / 1.8294640721620434

filled = np.array([
    [[1, 0, 1], [0, 0, 1], [0, 1, 0]],
    [[0, 1, 1], [1, 0, 0], [1, 0, 1]],
    [[1, 1, 0], [1, 1, 1], [0, 0, 0]],
])
full = np.ones((3, 3, 3))
blue = np.full((3, 3, 3), "#1f77b430")
red = blue.copy()
red[1, 1, 1] = "#ff0000ff"


def explode(data):
    size = np.array(data.shape) * 2
    exploded = np.zeros(size - 1, dtype=data.dtype)
    exploded[::2, ::2, ::2] = data
    return exploded


def expand_coordinates(indices):
    x, y, z = indices
    x[1::2, :, :] += 1
    y[:, 1::2, :] += 1
    z[:, :, 1::2] += 1
    return x, y, z


def corners(array):
    return np.indices(np.array(array.shape) + 1)


def stretched():
    x, y, z = corners(full)
    y[:, 2:, :] += 4
    return x, y, z


def moved():
    x, y, z = corners(full)
    x[3, 2, 2] = 5
    return x, y, z


def axes_of(coordinates, azimuth=-60):
    fig = plt.figure(figsize=(SIZE / 72, SIZE / 72), dpi=72 * FINER)  # a point is a pixel of the reduced picture
    ax = fig.add_subplot(projection="3d")
    ax.set_position([0, 0, 1, 1])
    ax.set_axis_off()
    ax.set_box_aspect((1, 1, 1), zoom=ZOOM)
    ax.view_init(30, azimuth)
    limits = [(c.min(), c.max()) for c in coordinates]
    return fig, ax, limits


def save(name, array, coordinates=None, azimuth=-60, **colors):
    coordinates = corners(array) if coordinates is None else coordinates
    fig, ax, limits = axes_of(coordinates, azimuth)
    ax.voxels(*coordinates, array, shade=False, **colors)
    ax.set(xlim=limits[0], ylim=limits[1], zlim=limits[2])
    fig.canvas.draw()
    fine = np.asarray(fig.canvas.buffer_rgba())[..., :3].astype(float)
    small = fine.reshape(SIZE, FINER, SIZE, FINER, 3).mean((1, 3))
    Image.fromarray(np.rint(small).astype(np.uint8)).save(f"{name}.png", optimize=True)
    plt.close(fig)


def face_count(array, coordinates):
    fig, ax, _ = axes_of(coordinates)
    count = sum(len(voxel._vec[0]) // 4 for voxel in ax.voxels(*coordinates, array, shade=False).values())
    plt.close(fig)
    return count


save("cubes", filled, edgecolors="gray")
save("cubes-plain", filled)
save("transparent", filled, facecolors="#1f77b430", edgecolors="gray")
save("transparent-plain", filled, facecolors="#1f77b430")
save("middle-hidden", full, facecolors=red, edgecolors="gray")
save("middle-exploded", explode(full), facecolors=explode(red), edgecolors="gray")
save("stretched", full, stretched(), facecolors=red, edgecolors="gray")
save("corner", full, moved(), facecolors="#1f77b430", edgecolors="gray")
save("corner-plain", full, moved(), facecolors="#1f77b430")
expanded = expand_coordinates(corners(explode(full)))
save("middle-expanded", explode(full), expanded, facecolors=explode(red), edgecolors="gray")
save("middle-expanded-plain", explode(full), expanded, facecolors=explode(red))

rng = np.random.default_rng(1)
patterns = []
for share in (0.1, 0.5, 0.9):
    pattern = rng.random((8, 8, 8)) < share
    patterns.append({
        "filled": "".join(str(int(bit)) for bit in pattern.ravel()),  # [x, y, z], z fastest
        "outer": face_count(pattern, corners(pattern)),
        "exploded": face_count(explode(pattern), corners(explode(pattern))),
    })
with open("faces.json", "w") as file:
    json.dump(patterns, file, indent=1)
    file.write("\n")
