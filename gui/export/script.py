"""A drawing written down as a program that redraws it with matplotlib and NumPy alone.

Every text stands in it as Python's own repr, so that the words of a stranger can never become code.
"""

import keyword
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.aside import file_aside
from gui.export.file_names import file_name
from gui.export.page.drawing import Call, Data, Drawing
from gui.export.paper import MM_PER_INCH
from gui.export.provenance import Provenance
from gui.export.script_words import Key, array_line, key_of, laid_out, laid_out_call, literal

TAKEN = frozenset(
    ("array", "b64decode", "decompress", "draw", "figure", "frombuffer", "inf", "logging", "matplotlib", "nan", "sys")
)
SCRIPT = '''\
"""A figure, drawn again with matplotlib and NumPy alone: python {name} [FILE.png, .pdf, .svg or .eps]"""

import logging
import sys
from base64 import b64decode
from zlib import decompress

import matplotlib
from matplotlib.figure import Figure
from numpy import array, frombuffer, inf, nan

ORIGIN = {origin}
FILE = sys.argv[1] if len(sys.argv) > 1 else {file}

# the numbers, as many as the paper can show
{arrays}

# the looks, whatever this computer is set to; where a font is missing, the next one stands in
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
matplotlib.rcdefaults()
matplotlib.rcParams.update(
{settings}
)

# the page, {width:g} by {height:g} mm
figure = Figure(figsize=({width!r} / {mm!r}, {height!r} / {mm!r}))
{calls}

if FILE.lower().endswith(".png"):  # as many pixels as come nearest to that size
    figure.set_size_inches({across} / {dpi}, {down} / {dpi})
figure.savefig(FILE, dpi={dpi})
'''


def script_of(drawing: Drawing, origin: Provenance, dpi: int = 300) -> str:
    """The whole program; `dpi` is of a PNG."""
    names = names_of(drawing)
    arrays = {key_of(data.values): data.values for data in arrays_of(drawing)}
    return SCRIPT.format(
        name=file_name(origin, "py"),
        origin=repr(origin.sentence),
        file=repr(file_name(origin, "png")),
        arrays="\n".join(array_line(names[key], values) for key, values in arrays.items()),
        settings=laid_out(dict(drawing.settings)),
        width=float(drawing.width),
        height=float(drawing.height),
        mm=MM_PER_INCH,
        calls="\n".join(statement(call, names) for call in drawing.calls),
        across=max(1, round(drawing.width / MM_PER_INCH * dpi)),
        down=max(1, round(drawing.height / MM_PER_INCH * dpi)),
        dpi=dpi,
    )


def write_script(drawing: Drawing, origin: Provenance, path: Path, dpi: int = 300, overwrite: bool = False) -> Path:
    """Raises Trouble where it cannot be written, or where something lies that may not be replaced."""
    with file_aside(path, overwrite) as aside:
        aside.write_text(script_of(drawing, origin, dpi), encoding="utf-8", newline="\n")
    return path


def names_of(drawing: Drawing) -> dict[Key, str]:
    """The name in the program of each array; the same numbers have one name."""
    taken = {*TAKEN, *(call.gives for call in drawing.calls)}
    found: dict[Key, str] = {}
    for data in arrays_of(drawing):
        key = key_of(data.values)
        if key not in found:
            found[key] = new_name(data.name, {*taken, *found.values()})
    return found


def arrays_of(drawing: Drawing) -> Iterator[Data]:
    """In the order they come."""
    for call in drawing.calls:
        yield from data_in((call.arguments, call.named))


def data_in(value: Any) -> Iterator[Data]:
    """However deep it lies."""
    match value:
        case Data():
            yield value
        case Mapping():
            for one in value.values():
                yield from data_in(one)
        case tuple() | list():
            for one in value:
                yield from data_in(one)


def new_name(wanted: str, taken: set[str]) -> str:
    """A name that Python takes: letters of ASCII, digits, and a number at the end where it is taken."""
    letters = re.sub(r"[^0-9A-Za-z]+", "_", wanted).strip("_").lower()
    plain = letters if letters.isidentifier() and not keyword.iskeyword(letters) else f"data_{letters}".strip("_")
    name, count = plain, 1
    while name in taken:
        count += 1
        name = f"{plain}_{count}"
    return name


def statement(call: Call, names: Mapping[Key, str]) -> str:
    """One line where it is short."""
    for part in (*call.on.split("."), call.method, *call.named, call.gives or "figure"):
        if not part.isidentifier() or keyword.iskeyword(part):
            raise ValueError(f"{part!r} cannot be a name in a program")
    parts = [literal(value, names) for value in call.arguments]
    parts += [f"{name}={literal(value, names)}" for name, value in call.named.items()]
    begin = f"{call.gives} = " if call.gives else ""
    return laid_out_call(f"{begin}{call.on}.{call.method}", parts)
