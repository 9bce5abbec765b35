"""Tokens kept on disk under the hash of what they were made from; what is damaged is made again, never trusted."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from engine.corpus.part import Part
from engine.corpus.quality import Quality
from engine.corpus.row import check_of, row_of
from engine.tokenizer.choice import Made, load
from engine.trouble import Trouble

TRAIN, VALIDATION, FACTS = "train.tokens", "validation.tokens", "facts.json"
KINDS: dict[str, np.dtype] = {"uint16": np.dtype(np.uint16), "int32": np.dtype(np.int32)}
DAMAGE = (OSError, ValueError, KeyError, TypeError, EOFError, Trouble)


def find_part(cache: Path, fingerprint: str) -> Part | None:
    """What was kept under this fingerprint, if it is there and whole. Its name and origin are those of back then."""
    folder = cache / fingerprint
    try:
        facts: dict[str, Any] = json.loads((folder / FACTS).read_text("utf-8"))
        kind: np.dtype = KINDS[facts.pop("kind")]
        checks = facts.pop("checks")
        rows = [row_of(folder / name, kind) for name in (TRAIN, VALIDATION)]
        if facts.pop("fingerprint") != fingerprint or [check_of(row) for row in rows] != checks:
            return None
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
    folder = Path(tempfile.mkdtemp(prefix="aside-", dir=cache))
    try:
        yield folder
        shutil.rmtree(cache / fingerprint, ignore_errors=True)  # a damaged one; a whole one would have been found
        os.replace(folder, cache / fingerprint)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=cache, prefix="aside-", delete=False) as file:
            json.dump({"tokenizer": made.tokenizer.to_json(), "warnings": made.warnings}, file)
        os.replace(file.name, cache / f"{fingerprint}.json")
    except OSError:
        return
