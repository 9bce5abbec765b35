"""A drawing is a list of matplotlib calls, as plain values: performed here, written down in a script that redraws it.

So what a script draws cannot differ from what was exported.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from logging import ERROR, getLogger
from threading import RLock
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from gui.export.paper import MM_PER_INCH

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ONE_AT_A_TIME = RLock()  # matplotlib's settings belong to the whole process


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
    from matplotlib.figure import Figure

    with under(drawing.settings):
        figure = Figure(figsize=(drawing.width / MM_PER_INCH, drawing.height / MM_PER_INCH))
        named: dict[str, Any] = {"figure": figure}
        for call in drawing.calls:
            came = getattr(_found(call.on, named), call.method)(
                *map(_plain, call.arguments), **{name: _plain(value) for name, value in call.named.items()}
            )
            if call.gives:
                named[call.gives] = came
    return figure


@contextmanager
def under(settings: Mapping[str, Any]) -> Iterator[None]:
    """Nothing but matplotlib's defaults and these, whatever this computer is set to; one thread at a time."""
    import matplotlib

    with ONE_AT_A_TIME, matplotlib.rc_context(), quiet():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(dict(settings))  # type: ignore[arg-type]  # names are checked as they are set
        yield


@contextmanager
def quiet() -> Iterator[None]:
    """A nearby weight of a font is as good, and tables nobody reads are left out: no word about it."""
    logs = [getLogger(name) for name in ("matplotlib.font_manager", "fontTools")]
    levels = [log.level for log in logs]
    for log in logs:
        log.setLevel(ERROR)
    try:
        yield
    finally:
        for log, level in zip(logs, levels, strict=True):
            log.setLevel(level)


def _found(on: str, named: Mapping[str, Any]) -> Any:
    """“plot1.spines.top” is one of what `plot1` holds."""
    first, *rest = on.split(".")
    found = named[first]
    for attribute in rest:
        found = getattr(found, attribute)
    return found


def _plain(value: Any) -> Any:
    return value.values if isinstance(value, Data) else value
