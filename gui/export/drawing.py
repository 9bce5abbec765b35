"""A drawing is a list of matplotlib calls, as plain values: performed here, written down in a script that redraws it.

So what a script draws cannot differ from what was exported.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Data(NamedTuple):
    """An array, by the name it has in a script."""

    name: str
    values: np.ndarray


class Call(NamedTuple):
    """`on` is "figure", a name that an earlier call gave, or an attribute of one: "plot1.spines.top"."""

    on: str
    method: str
    arguments: tuple[Any, ...] = ()
    named: Mapping[str, Any] = {}
    gives: str = ""  # the name of what comes back


class Drawing(NamedTuple):
    """A page of `width` by `height` millimetres; `settings` are matplotlib's rcParams that it needs."""

    width: float
    height: float
    settings: Mapping[str, Any]
    calls: Sequence[Call]


def perform(drawing: Drawing) -> "Figure":
    """The figure, to be saved in any format under the same `settings`."""
    raise NotImplementedError
