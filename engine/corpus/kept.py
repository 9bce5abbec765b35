"""Tokens kept on disk under the hash of what they were made from; what is damaged is made again, never trusted."""

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np

from engine.tokenizer.choice import load
from engine.tokenizer.tokenizer import Tokenizer
from engine.trouble import Trouble

TRAIN, VALIDATION, TOKENIZER, FACTS = "train.npy", "validation.npy", "tokenizer.json", "facts.json"


class Kept(NamedTuple):
    """All of a prepared corpus but its name and place, which are the person's affair."""

    size: int  # bytes
    documents: int
    held_out: str
    train: np.ndarray
    validation: np.ndarray
    tokenizer: Tokenizer
    warnings: tuple[str, ...]


def find(cache: Path, fingerprint: str) -> Kept | None:
    """What was kept under this fingerprint, if it is there and whole."""
    folder = cache / fingerprint
    try:
        facts = json.loads((folder / FACTS).read_text("utf-8"))
        tokenizer_text = (folder / TOKENIZER).read_text("utf-8")
        train, validation = (np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in (TRAIN, VALIDATION))
        if facts["check"] != _check(fingerprint, tokenizer_text, train, validation):
            return None
        return Kept(
            int(facts["size"]),
            int(facts["documents"]),
            str(facts["held_out"]),
            train,
            validation,
            load(tokenizer_text),
            tuple(map(str, facts["warnings"])),
        )
    except (OSError, ValueError, KeyError, TypeError, EOFError, Trouble):
        return None


def keep(cache: Path, fingerprint: str, made: Kept) -> None:
    """Write it aside, then rename; a disk that is full or read-only costs time the next time, and nothing else."""
    aside = None
    try:
        cache.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix="aside-", dir=cache))
        tokenizer_text = made.tokenizer.to_json()
        facts = {
            "size": made.size,
            "documents": made.documents,
            "held_out": made.held_out,
            "warnings": made.warnings,
            "check": _check(fingerprint, tokenizer_text, made.train, made.validation),
        }
        np.save(aside / TRAIN, made.train, allow_pickle=False)
        np.save(aside / VALIDATION, made.validation, allow_pickle=False)
        (aside / TOKENIZER).write_text(tokenizer_text, "utf-8")
        (aside / FACTS).write_text(json.dumps(facts), "utf-8")
        shutil.rmtree(cache / fingerprint, ignore_errors=True)  # a damaged one; a whole one would have been found
        os.replace(aside, cache / fingerprint)
    except OSError:
        if aside:
            shutil.rmtree(aside, ignore_errors=True)


def _check(fingerprint: str, tokenizer_text: str, train: np.ndarray, validation: np.ndarray) -> int:
    """A number that changes if a bit of it changes."""
    number = crc32(fingerprint.encode() + tokenizer_text.encode())
    for row in (train, validation):
        number = crc32(row.dtype.str.encode(), number)
        number = crc32(np.ascontiguousarray(row).data, number)
    return number
