"""Writes the model of a run in a format that other programs read, checks it, and only then gives it its name."""

from collections.abc import Generator
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import NamedTuple

from engine.aside import file_aside, folder_aside, require_free
from engine.branch import kept_at
from engine.checkpoints import step_of
from engine.export import gguf_file, huggingface, onnx_file
from engine.export.command import Format
from engine.export.extra import lent
from engine.export.grown import grown, require_exportable
from engine.training.checkpoint import read_state
from engine.trouble import Trouble

MODULES: MappingProxyType[Format, ModuleType] = MappingProxyType(
    {"huggingface": huggingface, "gguf": gguf_file, "onnx": onnx_file}
)
PACKAGES: dict[Format, tuple[str, ...]] = {"huggingface": (), "gguf": ("gguf",), "onnx": ("onnx", "onnxruntime")}
READ, WRITTEN = 0.3, 0.7  # shares of the work


class Wish(NamedTuple):
    """Which model, and how it is wanted."""

    run: Path
    form: Format = "huggingface"
    step: int | None = None  # a kept one; the newest if left out
    averaged: bool = False
    overwrite: bool = False


class Export(NamedTuple):
    path: Path
    checked: str  # what was compared, as a sentence
    remarks: tuple[str, ...]  # sentences for people


def write_model(wish: Wish, path: Path | None = None) -> Generator[float, None, Export]:
    """Yields the share that is done, and gives what was written; closing it leaves nothing behind.

    Without a path, or for a file in a folder, it gets its usual name. Raises Trouble where something lies that may not
    be replaced, where a package is lacking, and for a model that only we have.
    """
    checkpoint = require_possible(wish)
    target = _target(wish, path, usual_name(wish.run.name, step_of(checkpoint), wish.form))
    require_replaceable(target, wish)
    model = grown(checkpoint, wish.averaged)
    yield READ
    module = MODULES[wish.form]
    aside = folder_aside if wish.form == "huggingface" else file_aside
    with aside(target, wish.overwrite) as place:
        module.write(model, place)
        yield WRITTEN
        checked = module.check(model, place)
    return Export(target, checked, tuple(module.remarks(model)))


def require_possible(wish: Wish) -> Path:
    """The checkpoint. Trouble where a package is lacking, where none is kept, and for a model that only we have."""
    for package in PACKAGES[wish.form]:
        lent(package)
    checkpoint = kept_at(wish.run, wish.step)
    require_exportable(read_state(checkpoint).settings)  # before anything large is read
    return checkpoint


def usual_name(run: str, step: int, form: Format) -> str:
    """Such as amber-heron-2418, for a folder, or amber-heron-2418.gguf."""
    return f"{run}-{step}" if form == "huggingface" else f"{run}-{step}.{form}"


def require_replaceable(target: Path, wish: Wish) -> None:
    """Trouble where something lies that may not be replaced: never a folder that holds anything but such a model."""
    require_free(target, wish.overwrite)
    if not target.is_dir():
        return
    if wish.form != "huggingface":
        raise Trouble(f"{target} is a folder.", "Choose another name.")
    if target.is_symlink() or {inside.name for inside in target.iterdir()} - huggingface.FILES:
        raise Trouble(f"{target} holds more than a model.", "Choose a folder that is not there yet.")


def _target(wish: Wish, path: Path | None, usual: str) -> Path:
    if path is None:
        return Path(usual)
    return path / usual if wish.form != "huggingface" and path.is_dir() else path
