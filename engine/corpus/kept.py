"""Tokens kept on disk under the hash of what they were made from; what is damaged is made again, never trusted."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time
from typing import Any

import numpy as np

from engine.corpus.part import Part
from engine.corpus.quality import Quality
from engine.corpus.row import check_of, row_of
from engine.tokenizer.choice import Made, load
from engine.trouble import Trouble

TRAIN, VALIDATION, FACTS = "train.tokens", "validation.tokens", "facts.json"
KINDS: dict[str, np.dtype] = {"uint16": np.dtype(np.uint16), "int32": np.dtype(np.int32)}
DAMAGE = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, EOFError, Trouble)
ASIDE, OLD = "aside-", 86_400  # how what is not ready is called; seconds after which nobody writes there any more


def find_part(cache: Path, fingerprint: str) -> Part | None:
    """What was kept under this fingerprint, if it is there and whole. Its name and origin are those of back then."""
    folder = cache / fingerprint
    try:
        facts: dict[str, Any] = json.loads((folder / FACTS).read_text("utf-8"))
        kind: np.dtype = KINDS[facts.pop("kind")]
        paths, checks = [folder / name for name in (TRAIN, VALIDATION)], facts.pop("checks")
        if facts.pop("fingerprint") != fingerprint or [check_of(path) for path in paths] != checks:
            return None
        rows = [row_of(path, kind) for path in paths]
        quality: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in facts.pop("quality").items()
        }
        skipped = tuple(map(str, facts.pop("skipped")))
        return Part(train=rows[0], validation=rows[1], quality=Quality(**quality), skipped=skipped, **facts)
    except DAMAGE:
        return None


def keep_part(folder: Path, fingerprint: str, made: Part, checks: tuple[int, int]) -> None:
    """Say what its rows, which lie in `folder` already, are; raises OSError."""
    facts = made._asdict() | {"quality": made.quality._asdict(), "kind": made.train.dtype.name}
    del facts["train"], facts["validation"]
    (folder / FACTS).write_text(json.dumps(facts | {"fingerprint": fingerprint, "checks": checks}), "utf-8")


@contextmanager
def aside(cache: Path, fingerprint: str) -> Iterator[Path]:
    """A folder to write in, which gets its name at the end and is gone if anything fails. Raises OSError."""
    cache.mkdir(parents=True, exist_ok=True)
    _tidy(cache)
    folder = Path(tempfile.mkdtemp(prefix=ASIDE, dir=cache))
    try:
        yield folder
        if not find_part(cache, fingerprint):  # another program may have been quicker, and read from its own
            shutil.rmtree(cache / fingerprint, ignore_errors=True)  # a damaged one
            os.replace(folder, cache / fingerprint)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tidy(cache: Path) -> None:
    """Remove what a program that was killed has left."""
    for left in cache.glob(f"{ASIDE}*"):
        with suppress(OSError):
            if time() - left.stat().st_mtime > OLD:
                shutil.rmtree(left) if left.is_dir() else left.unlink()


def find_tokenizer(cache: Path, fingerprint: str) -> Made | None:
    """The one that was learned from the same texts."""
    try:
        facts = json.loads((cache / f"{fingerprint}.json").read_text("utf-8"))
        return Made(load(facts["tokenizer"]), tuple(map(str, facts["warnings"])))
    except DAMAGE:
        return None


def keep_tokenizer(cache: Path, fingerprint: str, made: Made) -> None:
    """Written aside, then renamed; a disk that refuses costs time the next time, and nothing else."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=ASIDE, dir=cache) as folder:
            aside = Path(folder, FACTS)
            aside.write_text(json.dumps({"tokenizer": made.tokenizer.to_json(), "warnings": made.warnings}), "utf-8")
            os.replace(aside, cache / f"{fingerprint}.json")
    except OSError:
        return
