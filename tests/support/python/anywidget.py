"""A stand-in for anywidget in tests: traits that are synchronized as those of ipywidgets 8, over any channel."""

import contextlib
import json
import uuid
from pathlib import Path

import traitlets

#: Called with (kind, widget, content, buffers) for each message to the page: "open", "update" or "custom".
channel = lambda kind, widget, content, buffers: None  # noqa: E731

BINARY = (bytes, bytearray, memoryview)


class AnyWidget(traitlets.HasTraits):
    def __init__(self, **kwargs):
        self.model_id = uuid.uuid4().hex
        self._is_open = False
        self._locked = {}
        self._held = None
        self._callbacks = []
        esm = Path(self._esm).read_text("utf-8")
        self.add_traits(_esm=traitlets.Unicode(esm).tag(sync=True))
        super().__init__(**kwargs)
        self._is_open = True
        channel("open", self, *self._split(self.keys))

    @property
    def keys(self):
        return list(self.traits(sync=True))

    def on_msg(self, callback):
        self._callbacks.append(callback)

    def send(self, content, buffers=None):
        json.dumps(content)
        channel("custom", self, content, buffers or [])

    def notify_change(self, change):
        name = change["name"]
        if self._is_open and name in self.keys and self._is_news(name):
            if self._held is not None:
                self._held.append(name)
            else:
                channel("update", self, *self._split([name]))
        super().notify_change(change)

    @contextlib.contextmanager
    def hold_sync(self):
        self._held = []
        try:
            yield
        finally:
            held, self._held = self._held, None
            if held:
                channel("update", self, *self._split(held))

    def set_state(self, state):
        """A change from the page, with buffers as memoryviews."""
        self._locked = state
        try:
            with self.hold_sync(), self.hold_trait_notifications():
                for name, value in state.items():
                    if name in self.keys:
                        from_json = self.trait_metadata(name, "from_json", lambda value, _: value)
                        self.set_trait(name, from_json(value, self))
        finally:
            self._locked = {}

    def receive(self, content, buffers):
        """A custom message from the page."""
        for callback in self._callbacks:
            callback(self, content, [memoryview(data) for data in buffers])

    def _repr_mimebundle_(self, **kwargs):
        view = {"version_major": 2, "version_minor": 1, "model_id": self.model_id}
        return {"text/plain": repr(self), "application/vnd.jupyter.widget-view+json": view}, {}

    def _json(self, name):
        return self.trait_metadata(name, "to_json", lambda value, _: value)(getattr(self, name), self)

    def _is_news(self, name):
        """Whether the page does not know the value: it has not sent it itself."""
        return name not in self._locked or self._json(name) != self._locked[name]

    def _split(self, names):
        """State as JSON without binary values, and those by name."""
        state = {name: self._json(name) for name in names}
        buffers = {name: bytes(value) for name, value in state.items() if isinstance(value, BINARY)}
        plain = {name: value for name, value in state.items() if name not in buffers}
        json.dumps(plain, allow_nan=False)
        return plain, buffers
