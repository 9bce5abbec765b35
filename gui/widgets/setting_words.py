"""A recorded setting as a person reads it: what was recorded may be anything, of another version or from strangers."""

from typing import Any

from engine.declared import knobs
from engine.settings import Settings
from gui.form.knob_text import said
from gui.sources import corpus_label
from gui.text import one_line

KNOBS = {knob.name: knob for knob in knobs(Settings)}


def label_of(name: str) -> str:
    """As the form has it; a setting of another version by its own name."""
    return KNOBS[name].label if name in KNOBS else one_line(name)


def worded(name: str, value: Any) -> str:
    """Without its unit."""
    value = whole(value)
    if name == "corpus" and isinstance(value, tuple) and value:
        return corpus_label(tuple(map(str, value)))
    try:
        text = said(KNOBS[name], value)
        exact = not isinstance(value, float) or text == KNOBS[name].lowest or float(text) == value
        return one_line(text if exact else repr(value)) or "not set"
    except (KeyError, TypeError, ValueError):
        return one_line(str(value))


def whole(value: Any) -> Any:
    """A value that can be compared: a record has lists where the settings have tuples."""
    if isinstance(value, list | tuple):
        return tuple(map(whole, value))
    return value if isinstance(value, str | int | float | bool | None) else repr(value)
