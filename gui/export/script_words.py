"""Values as Python writes them, in lines that a person can read: the words that a script is made of."""

import textwrap
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any
from zlib import compress

import numpy as np

from gui.export.page.drawing import Data

WIDEST = 110  # letters of a line
MOST_SHADES = 2000  # of a picture that is written number by number
Key = tuple[str, tuple[int, ...], bytes]


def key_of(values: np.ndarray) -> Key:
    """Equal for the same numbers of the same kind."""
    return values.dtype.str, values.shape, values.tobytes()


def literal(value: Any, names: Mapping[Key, str]) -> str:
    """As it stands in a program with `inf`, `nan` and these names of arrays. TypeError for what has no such form."""
    match value:
        case Data():
            return names[key_of(value.values)]
        case np.generic():
            return literal(value.item(), names)
        case None | bool() | int() | float():
            return repr(value)
        case str():
            return repr(str(value))
        case tuple():
            return f"({', '.join(literal(one, names) for one in value)}{',' if len(value) == 1 else ''})"
        case list():
            return f"[{', '.join(literal(one, names) for one in value)}]"
        case Mapping():
            return f"{{{', '.join(f'{literal(key, names)}: {literal(one, names)}' for key, one in value.items())}}}"
    raise TypeError(f"{type(value).__name__} cannot stand in a program")


def array_line(name: str, values: np.ndarray) -> str:
    """`name = array([…])`, of the same kind and with all digits; large pictures are packed."""
    if values.dtype == np.uint8 and values.size > MOST_SHADES:
        return packed(name, values)
    kind = "" if values.dtype == np.float64 else f", dtype={values.dtype.name!r}"
    if 0 in values.shape:
        return f"{name} = array([], dtype={values.dtype.name!r}).reshape({values.shape!r})"
    numbers = repr(values.tolist())
    one = f"{name} = array({numbers}{kind})"
    return one if len(one) <= WIDEST else f"{name} = array(\n{wrapped(numbers)}{kind}\n)"


def packed(name: str, values: np.ndarray) -> str:
    """Shades of a picture, which nobody reads one by one."""
    letters = b64encode(compress(values.tobytes(), 9)).decode()
    parts = (f"        {letters[at : at + WIDEST]!r}" for at in range(0, len(letters), WIDEST))
    lines = ("    decompress(b64decode(", *parts, "    )),", "    dtype='uint8',", f").reshape({values.shape!r})")
    return "\n".join((f"{name} = frombuffer(", *lines))


def wrapped(numbers: str, indent: str = "    ") -> str:
    """At spaces, which stand only between two numbers."""
    return textwrap.fill(numbers, WIDEST, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def laid_out_call(begin: str, parts: Sequence[str]) -> str:
    """On one line where it fits, else a line for each argument."""
    one = f"{begin}({', '.join(parts)})"
    if len(one) <= WIDEST or not parts:
        return one
    return "\n".join((f"{begin}(", *(f"{argument(part)}," for part in parts), ")"))


def argument(part: str) -> str:
    """A long list of numbers on several lines; words are never broken."""
    return wrapped(part) if len(part) > WIDEST and "'" not in part and '"' not in part else f"    {part}"


def laid_out(values: Mapping[str, Any]) -> str:
    """A dictionary, a line for each entry."""
    lines = (f"        {literal(name, {})}: {literal(value, {})}," for name, value in values.items())
    return "\n".join(("    {", *lines, "    }"))
