"""A checkpoint on disk: a folder of safetensors and JSON, whole or not there. Nothing in it is ever executed.

It is written aside, every file is brought to the disk (fsync), and only then it gets its name: at whatever moment the
machine stops, the checkpoint before is intact. What is read may come from a stranger, or from a disk that failed.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from engine.checkpoints import ASIDE, REPLACED
from engine.tokenizer.choice import load
from engine.tokenizer.tokenizer import Tokenizer
from engine.training.snapshot import Snapshot, Tensors
from engine.training.state import State, hash_of, parse
from engine.trouble import Trouble

MODEL, OPTIMIZER, AVERAGE = "model.safetensors", "optimizer.safetensors", "average.safetensors"
TOKENIZER, STATE = "tokenizer.json", "state.json"
LARGEST_TEXT = LARGEST_HEADER = 100_000_000  # bytes
PICKLES = (b"PK\x03\x04", b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")  # how torch.save and pickle begin
ANOTHER = "Choose another checkpoint of the run."


class Checkpoint(NamedTuple):
    tensors: Snapshot
    tokenizer: Tokenizer
    state: State


# writing


def write(folder: Path, tensors: Snapshot, tokenizer: str, state: State) -> None:
    """Make `folder`, or replace it; raises OSError, and leaves all as it was, when the disk refuses."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = folder.with_name(f"{folder.name}{ASIDE}{os.getpid()}")
    try:
        aside.mkdir()
        hashes = {name: _put(aside / name, part) for name, part in _files(tensors)}
        _put_text(aside / TOKENIZER, tokenizer)
        files = {**hashes, TOKENIZER: hash_of(tokenizer)}
        _put_text(aside / STATE, json.dumps(state.model_copy(update={"files": files}).model_dump(), indent=1))
        _bring_to_disk(aside)
        _swap(aside, folder)
    except OSError:
        shutil.rmtree(aside, ignore_errors=True)
        raise


def tidy(checkpoints: Path) -> None:
    """Remove what a writer that was killed has left; a checkpoint whose replacement never came gets its name back."""
    for path in sorted(checkpoints.glob(f"*{REPLACED}")):
        if not path.with_suffix("").exists():
            path.rename(path.with_suffix(""))
    for path in [*checkpoints.glob(f"*{ASIDE}*"), *checkpoints.glob(f"*{REPLACED}")]:
        shutil.rmtree(path, ignore_errors=True)


def _files(tensors: Snapshot) -> Iterator[tuple[str, Tensors]]:
    yield MODEL, tensors.model
    yield OPTIMIZER, tensors.optimizer
    if tensors.average is not None:
        yield AVERAGE, tensors.average


def _put(path: Path, tensors: Tensors) -> str:
    """Its hash."""
    try:
        save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, path)
    except SafetensorError as error:  # the library's word for a disk that refuses
        raise OSError(str(error)) from error
    _bring_to_disk(path)
    return _hash(path)


def _put_text(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    _bring_to_disk(path)


def _bring_to_disk(path: Path) -> None:
    """A file, or the names in a folder, which Windows needs not be told."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _swap(aside: Path, folder: Path) -> None:
    """No system replaces a full folder in one go: the old one waits beside until the new one has its name."""
    old = folder.with_name(folder.name + REPLACED)
    if folder.exists():
        folder.rename(old)
    try:
        aside.rename(folder)
    except OSError:
        tidy(folder.parent)
        raise
    _bring_to_disk(folder.parent)
    shutil.rmtree(old, ignore_errors=True)


# reading


def read_state(folder: Path) -> State:
    """Raises Trouble where there is none, or it is damaged."""
    try:
        return parse(_text(folder, STATE))
    except OSError as error:
        raise Trouble(f"The checkpoint {folder} cannot be read: {error}.", ANOTHER) from error


def read(folder: Path) -> Checkpoint:
    """Raises Trouble that names the file and what is wrong with it."""
    state = read_state(folder)
    try:
        tokenizer_text = _text(folder, TOKENIZER)
        averaged = bool(state.settings.average)
        wanted = {MODEL, OPTIMIZER, TOKENIZER, *([AVERAGE] if averaged else [])}
        if state.files.keys() != wanted or state.files[TOKENIZER] != hash_of(tokenizer_text):
            raise Trouble(f"The files in {folder} do not belong together.", ANOTHER)
        model, optimizer = (_tensors(folder, name, state) for name in (MODEL, OPTIMIZER))
        average = _tensors(folder, AVERAGE, state) if averaged else None
    except OSError as error:
        raise Trouble(f"The checkpoint {folder} cannot be read: {error}.", ANOTHER) from error
    return Checkpoint(Snapshot(model, optimizer, average), load(tokenizer_text), state)


def _tensors(folder: Path, name: str, state: State) -> Tensors:
    path = _own_file(folder, name)
    with refused(name):
        _require_header(path)
        if _hash(path) != state.files[name]:
            raise Trouble(f"{name} is damaged: it is not what was saved.", ANOTHER)
        return load_file(path)


def _require_header(path: Path) -> None:
    """A file that is none is known by its first bytes, before memory is given to what they claim."""
    size = path.stat().st_size
    with path.open("rb") as file:
        first = file.read(8)
    if len(first) == 8 and int.from_bytes(first, "little") <= min(size - 8, LARGEST_HEADER):
        return  # such a length may begin as a pickle does, but no pickle as such a length
    if first.startswith(PICKLES):
        raise Trouble(f"{path.name} is a pickle, which could run any program.", "Nothing of that kind is opened here.")
    raise Trouble(f"{path.name} is cut short, or no safetensors file.", ANOTHER)


@contextmanager
def refused(name: str) -> Iterator[None]:
    """What the library says is wrong, as Trouble."""
    try:
        yield
    except (SafetensorError, ValueError, KeyError) as error:
        raise Trouble(f"{name} is damaged, or no safetensors file: {error}.", ANOTHER) from error


def _own_file(folder: Path, name: str) -> Path:
    """A file in this folder and no link to somewhere else, nor a pipe that would never end."""
    path = folder / name
    if not path.exists():
        raise Trouble(f"{name} is lacking in {folder}.", ANOTHER)
    if path.resolve().parent != folder.resolve() or not path.is_file():
        raise Trouble(f"{name} in {folder} leads somewhere else.", "Only files in the folder itself are opened.")
    return path


def _text(folder: Path, name: str) -> str:
    path = _own_file(folder, name)
    if path.stat().st_size > LARGEST_TEXT:
        raise Trouble(f"{name} in {folder} is too large to be one.", ANOTHER)
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise Trouble(f"{name} in {folder} is damaged: {error}.", ANOTHER) from error


def _hash(path: Path) -> str:
    made = blake2b(digest_size=16)
    with path.open("rb") as file:
        while piece := file.read(2**20):
            made.update(piece)
    return made.hexdigest()
