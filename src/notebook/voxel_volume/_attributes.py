"""The element's attributes as traits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

import traitlets

from ._element import DEFAULTS, DOCS
from ._values import from_element, natural, to_element


class Attribute(traitlets.TraitType):
    """A trait for an attribute of the element. None restores the default."""

    def __init__(self, name: str) -> None:
        default = from_element(name, DEFAULTS[name])
        super().__init__(default, allow_none=default is None, help=DOCS.get(name))
        self.tag(sync=True, to_json=lambda value, _: to_element(name, value), from_json=lambda value, _: value)

    def validate(self, _obj: Any, value: Any) -> Any:
        return self.default_value if value is None else natural(self.name, value)


#: A class whose traits are all attributes of the element: `frame-rate` is `frame_rate`.
Attributes: Any = traitlets.MetaHasTraits(
    "Attributes", (traitlets.HasTraits,), {"__module__": __name__, **{name: Attribute(name) for name in DEFAULTS}}
)


def known_options(options: Mapping[str, Any], others: Iterable[str]) -> dict[str, Any]:
    """Options by the names of their traits; they may also be given by attribute, as `frame-rate`.

    :param others: names of options that are no attributes.
    :raises TypeError: for an unknown name, with a suggestion.
    """
    known = [*DEFAULTS, *others]
    found = {}
    for given, value in options.items():
        name = given.replace("-", "_")
        if name not in known:
            close = get_close_matches(name, known, 1)
            hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(sorted(known))}."
            raise TypeError(f"Unknown option {given!r}; {hint}")
        found[name] = value
    return found
