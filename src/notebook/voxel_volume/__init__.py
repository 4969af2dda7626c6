"""See a 3-D array in a notebook: every voxel a semi-transparent cube, drawn with WebGPU."""

from ._still import Png
from ._widget import VolumeWidget, show

__all__ = ["Png", "VolumeWidget", "show"]
