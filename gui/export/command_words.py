"""The command line that makes the same files as the dialog: only what differs from the usual is named."""

import shlex
from collections.abc import Iterator, Sequence

from engine.declared import Declared
from gui.export.file_names import plain_name
from gui.export.numbers.writing import NumberForm
from gui.export.order import Zoom
from gui.export.paper import Paper

NOWHERE = Zoom()


def command_for(
    run: str,
    panel: str,
    paper: Paper,
    step: int | None = None,
    options: Declared | None = None,
    beside: Sequence[str] = (),
    zoom: Zoom = NOWHERE,
    numbers: Sequence[NumberForm] = (),
    whole: bool = True,
    script: bool = False,
) -> str:
    """`panel` is its title; a step of None is the last. Quoted for a shell, whatever the run is called."""
    words = ["terrarium", "export", run, "--panel", plain_name(panel).lower()]
    words += [*differing(paper, always=("preset", "format"))]
    words += [] if step is None else ["--steps", str(step)]
    words += chosen(options) if options else ()
    words += ["--beside", *beside] if beside else []
    for name, ends in zip(Zoom._fields, zoom, strict=True):
        words += [f"--{name}", *map(repr, ends)] if ends else []
    words += ["--numbers", *numbers] if numbers else []
    words += ["--values", "visible"] if numbers and not whole else []
    words += ["--script"] if script else []
    return shlex.join(words)


def differing(declared: Declared, always: tuple[str, ...] = ()) -> Iterator[str]:
    """Options and their values, of those that are not as usual."""
    for name, field in type(declared).model_fields.items():
        value, option = getattr(declared, name), name.replace("_", "-")
        if value == field.default and name not in always:
            continue
        match value:
            case bool():
                yield f"--{option}" if value else f"--no-{option}"
            case tuple():
                yield f"--{option}"
                yield from map(str, value)
            case _:
                yield f"--{option}"
                yield str(value)


def chosen(options: Declared) -> Iterator[str]:
    """Those of a panel."""
    for name, field in type(options).model_fields.items():
        value = getattr(options, name)
        if value != field.default:
            yield "--option"
            yield f"{name}={str(value).lower() if isinstance(value, bool) else value}"
