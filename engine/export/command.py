"""`terrarium model`: the model of a run in a format that other programs read."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import tyro

from engine.bar import visible
from engine.checkpoints import run_folder
from engine.logs.command import worked

Format = Literal["huggingface", "gguf", "onnx"]


def write_model(
    run: Annotated[str, tyro.conf.Positional, tyro.conf.arg(help="A run that was saved: its name or folder")],
    format: Annotated[  # noqa: A002 - the option
        Format, tyro.conf.arg(help="A folder for transformers, a file for llama.cpp, or one for ONNX runtimes")
    ] = "huggingface",
    step: Annotated[int | None, tyro.conf.arg(help="Kept step to take; the last if left out")] = None,
    out: Annotated[Path | None, tyro.conf.arg(help="What to write; run and step if left out")] = None,
    averaged: Annotated[bool, tyro.conf.arg(help="Take the averaged weights, where the run keeps some")] = False,
    overwrite: Annotated[bool, tyro.conf.arg(help="Even where such a model lies already")] = False,
) -> None:
    """Write the model of a run for other programs, check it, and print where it is."""
    from engine.export.exporting import Wish
    from engine.export.exporting import write_model as written

    wish = Wish(run_folder(run), format, step, averaged, overwrite)
    export = worked(written(wish, out.expanduser() if out else None), "Writing the model")
    for remark in export.remarks:
        print(remark, file=sys.stderr)
    print(visible(str(export.path)))
