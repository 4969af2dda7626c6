"""VolumeWidget: a volume in a notebook, whose options are live in both directions."""

from __future__ import annotations

import base64
import inspect
import math
import os
from typing import Any, Optional, Union

import anywidget
import traitlets

from . import _command_line
from ._attributes import Attributes, known_options, to_element
from ._element import DEFAULTS, DOCS, WIDGET
from ._still import Png, projection
from ._values import read_text
from ._volume import MOST_BYTES, Volume, volume_of

#: Attributes that the command line has besides the options of the picture.
_ON_COMMAND_LINE = (*DOCS, "frame", "channel", "entry", "gpu_memory")
#: Arguments of stills besides size, samples and background.
_FIGURE = ("size", "dpi", "views", "letters", "title")
#: Size of a still, in pixels, if no page has shown the widget.
_SIZE = (640, 480)


class VolumeWidget(Attributes, anywidget.AnyWidget):
    """A volume in a notebook. Every attribute of the element is a trait: `opacity`, `frame_rate`, ...

    The user's gestures change `azimuth`, `elevation`, `zoom` and `target`, and the panel changes the rest;
    `observe` tells of each change.
    """

    _esm = WIDGET

    #: Width and height on the page: pixels, or lengths as in CSS.
    width = traitlets.Union([traitlets.Int(), traitlets.Unicode()], default_value="100%").tag(sync=True)
    height = traitlets.Union([traitlets.Int(), traitlets.Unicode()], default_value=480).tag(sync=True)
    #: The voxel that was clicked last: index (x, y, z), mm, value (NaN if missing) and, for labels, label; or None.
    picked = traitlets.Dict(allow_none=True, default_value=None).tag(
        sync=True, from_json=lambda value, _: _picked(value)
    )
    #: Why the page cannot show the volume or an option; empty if it can.
    error = traitlets.Unicode("").tag(sync=True)
    #: The page's last picture, of its size on screen; None before there is one.
    still = traitlets.Instance(Png, allow_none=True, default_value=None)

    _data = traitlets.Bytes(b"").tag(sync=True)
    _name = traitlets.Unicode("").tag(sync=True)
    _preview = traitlets.Bytes(b"").tag(sync=True)
    #: Counts the changes of the picture, so that an older still is recognized.
    _revision = traitlets.Int(0).tag(sync=True)

    def __init__(self, volume: Volume, **options: Any) -> None:
        self._volume = volume
        self._still_revision = -1
        #: Stills that were asked for, or why there are none, by what was asked.
        self._asked: dict[str, Union[Png, str, None]] = {}
        super().__init__(**{"controls": True, **options})
        self._take(volume)
        self.on_msg(self._on_message)
        self.observe(self._on_change, names=[*DEFAULTS, "_data", "width", "height"])

    @classmethod
    def defaults(cls) -> dict[str, Any]:
        """Default of each option."""
        traits = cls.class_traits()
        return {name: traits[name].default_value for name in (*DEFAULTS, "width", "height")}

    def load(self, source: Any, affine: Any = None, *, max_bytes: int = MOST_BYTES) -> None:
        """Shows another volume, its first frame, with the same options. Parameters and errors are those of `show`."""
        volume = volume_of(source, affine, max_bytes)
        self.set_trait("playing", False)
        self.set_trait("frame", 0)
        self.set_trait("entry", None)
        self._take(volume)

    def to_png(
        self,
        path: Union[str, os.PathLike, None] = None,
        *,
        width: Optional[int] = None,
        height: Optional[int] = None,
        samples: int = 4,
        background: str = "white",
        **figure: Any,
    ) -> Png:
        """The picture as a PNG, which a notebook's cell shows and a saved notebook keeps.

        Without arguments it is the page's picture as it is on screen. Python cannot wait for a page: another picture
        comes from the command line `voxel-volume` if that is installed, else it is asked for, and the same call in the
        next cell returns it.

        :param path: file to write. :param width: in pixels, and :param height: if one is given, the other keeps the
            proportions. :param samples: per pixel: 1, 4, 9 or 16. :param background: any colour of CSS.
        :param figure: a printed `size`, as "12cm", with its `dpi`; `views`, as ["full", "cut"], their `letters`, and a
            `title`.
        :raises RuntimeError: if there is no picture yet, with what to do. :raises TypeError: for an unknown argument.
        """
        unknown = next((name for name in figure if name not in _FIGURE), None)
        if unknown:
            raise TypeError(f"Unknown argument {unknown!r} of to_png; there are {', '.join(_FIGURE)}")
        wanted = {"width": width, "height": height, "samples": samples, "background": background, **figure}
        is_plain = wanted == {"width": None, "height": None, "samples": 4, "background": "white"}
        if is_plain and self.still and self._still_revision == self._revision:
            picture = self.still
        else:
            picture = self._drawn({name: value for name, value in wanted.items() if value is not None})
        if path is not None:
            with open(path, "wb") as file:
                file.write(picture)
        return picture

    def _drawn(self, wanted: dict[str, Any]) -> Png:
        """A picture of the present state that the page has sent, or that the command line draws now."""
        key = f"{self._revision} {wanted}"
        found = self._asked.pop(key, None)
        if isinstance(found, Png):
            self._asked[key] = found
            return found
        if found is not None:
            raise RuntimeError(found)
        if not {"width", "height", "size"} & wanted.keys() and self.still:
            wanted = {**wanted, "width": self.still.size[0], "height": self.still.size[1]}
        if _command_line.program():
            shown = self.still.size if self.still else _SIZE
            volume = self._volume
            return _command_line.rendered(volume.data, volume.name, self._arguments(), self.labels, wanted, shown)
        if self.still is None:
            raise RuntimeError(
                "There is no picture yet: show the widget in a cell and call to_png() in a later one, "
                "or install the command line: npm install -g voxel-volume"
            )
        self._asked = {key: None}
        self.send({"type": "still", "id": key, "options": wanted})
        raise RuntimeError("The page is drawing this picture: call to_png() with the same arguments in the next cell")

    def _take(self, volume: Volume) -> None:
        """Sets the traits that carry a volume to the page."""
        self._volume = volume
        with self.hold_sync():
            self._name = volume.name
            self._preview = bytes(self._projection() or b"")
            self._data = volume.data

    def _projection(self) -> Optional[Png]:
        """The volume as NumPy projects it, with the present options; None for files that only the page can read."""
        volume = self._volume
        if volume.preview is None:
            return None
        options = {name: getattr(self, name) for name in DEFAULTS}
        try:
            return projection(volume.preview, volume.dims, volume.sides, options)
        except (ArithmeticError, LookupError, TypeError, ValueError):
            # An option that is invalid: the page says which one, in `error`.
            return None

    def _arguments(self) -> list[str]:
        """The options that differ from their defaults, as arguments of the command line."""
        defaults = self.defaults()
        changed = [name for name in _ON_COMMAND_LINE if getattr(self, name) != defaults[name]]
        values = {name: to_element(name, getattr(self, name)) for name in changed}
        return [part for name, value in values.items() for part in _command_line.argument(name, value)]

    def _on_change(self, _change: Any) -> None:
        self._revision += 1

    def _on_message(self, _widget: Any, message: Any, buffers: list[Any]) -> None:
        """Keeps a still that the page sends."""
        if not isinstance(message, dict) or message.get("type") != "still":
            return
        key = str(message.get("id", ""))
        if "error" in message:
            if key in self._asked:
                self._asked[key] = str(message["error"])
            return
        picture = Png(bytes(buffers[0]))
        if key:
            self._asked[key] = picture
        else:
            self.still, self._still_revision = picture, int(message["revision"])

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The live widget; for where there is none, such as a saved notebook on the web, a picture and a text."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        data = {**(data or {}), "text/plain": repr(self)}
        is_current = self.still is not None and self._still_revision == self._revision
        picture = self.still if is_current else self._projection() or self.still
        if picture:
            data["image/png"] = base64.b64encode(picture).decode("ascii")
        return data, metadata

    def __repr__(self) -> str:
        return f"VolumeWidget({self._volume.text})"


def show(source: Any, affine: Any = None, *, max_bytes: int = MOST_BYTES, **options: Any) -> VolumeWidget:
    """Shows a volume in a notebook.

    :param source: an array of NumPy, dask or zarr, (x, y, z) or with frames (x, y, z, t); anything with `__array__`; an
        image of nibabel; a group of OME-Zarr, of which the finest level within max_bytes is shown; or the path of a
        file of any format that voxel-volume reads, of a folder, or several paths.
    :param affine: 4x4 matrix from voxel index to mm, as nibabel's, or the lengths of a voxel in mm: one, or along x, y
        and z.
    :param max_bytes: the most bytes to send to the page.
    :param options: attributes of the element, with underscores: `view="cut"`, `opacity=0.5`, `window=(40, 400)`,
        `crop=((0, 0.7), (0, 1), (0, 0.5))`, `colormap=["#000", "#f00"]`, `controls=False`; and `width` and `height`, in
        pixels or as in CSS.
    :returns: a widget whose traits are these options, live in both directions.
    :raises TypeError: for an unknown option, and for what is no image. :raises ValueError: for what cannot be shown.
    """
    options = known_options(options, ("width", "height"))
    labels = options.get("labels")
    if isinstance(labels, str) and "\n" not in labels and os.path.isfile(labels):
        options["labels"] = read_text(labels)
    return VolumeWidget(volume_of(source, affine, max_bytes), **options)


# Lists the options for the help and the completion of notebooks.
_signature = inspect.signature(show)
show.__signature__ = _signature.replace(  # type: ignore[attr-defined]
    parameters=[
        *list(_signature.parameters.values())[:-1],
        *(
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default)
            for name, default in {**VolumeWidget.defaults(), "controls": True}.items()
        ),
    ]
)


def _picked(value: Optional[dict[str, Any]]) -> Optional[dict[str, Any]]:
    """A picked voxel with tuples for positions, so that an array can be indexed with them."""
    if value is None:
        return None
    value = {**value, "index": tuple(value["index"]), "mm": tuple(value["mm"])}
    return {**value, "value": math.nan if value["value"] is None else value["value"]}
