"""One run as the library tells it: a few small queries, whatever its length, and never an error."""

import os
import sqlite3
from datetime import UTC, datetime
from math import nan
from pathlib import Path
from typing import Any

import numpy as np

from engine.checkpoints import checkpoints
from engine.events import (
    Attended,
    BatchPredicted,
    Branched,
    CorpusRead,
    Diverged,
    EncodingUnsure,
    Ended,
    Event,
    Failed,
    Finished,
    Paused,
    Resumed,
    SentencePredicted,
    SourceRead,
    Started,
    Stepped,
    Validated,
)
from engine.library.entry import Entry
from engine.library.lineage import Lineage
from engine.library.small_curve import small_curve
from engine.recording import FIELDS
from engine.runfile import FILE_NAME, table
from engine.runfile.remarks import annotations_of
from engine.runfile.rows import reading
from engine.runfile.values import LONGEST_SETTINGS, parsed, unpacked
from engine.trouble import Trouble

LOOKS: tuple[type[Event], ...] = (Attended, BatchPredicted, SentencePredicted)  # the heavy ones
WAITS: tuple[type[Event], ...] = (Paused, Finished, Ended, Failed, Diverged)
STOPPED: tuple[type[Event], ...] = (Failed, Diverged, EncodingUnsure)
NO_RECORD = "Its record is gone; only its checkpoints are there."
NOTHING_YET = "No step was recorded."


def glance(folder: Path) -> Entry:
    """What there is to tell; what cannot be read says so in words."""
    about: dict[str, Any] = {"folder": folder, "name": folder.name, "date": touched(folder), "bytes": size_of(folder)}
    try:
        about["checkpoints"] = tuple(checkpoints(folder))
        if not os.path.isfile(folder / FILE_NAME):
            return Entry(**about, state="empty", says=NO_RECORD)
        with reading(folder / FILE_NAME) as file:
            return Entry(**about | told(file))
    except Trouble as trouble:
        words = trouble.message.replace(str(folder / FILE_NAME), "Its record").replace(str(folder), "It")
        return Entry(**about, state="damaged", says=words)
    except OSError as error:  # it has gone meanwhile, or may not be read
        return Entry(**about, state="damaged", says=f"It cannot be read: {error.strerror or error}.")


def told(file: sqlite3.Connection) -> dict[str, Any]:
    """The fields of an Entry that are in the record."""
    lineage = Lineage(file)
    curve, steps = small_curve(lineage), last_step(lineage)
    failed = failure(lineage, steps)
    return {
        **begun(lineage),
        **annotated(lineage),
        **text_read(lineage),
        **branched(lineage),
        "steps": steps,
        "loss": curve.loss,
        "validation": best_validation(lineage),
        "curve_steps": curve.steps_P,
        "curve": curve.losses_P,
        "heavy_bytes": sum(heavy_bytes(lineage, kind) for kind in LOOKS),
        "state": "stopped" if failed else "recorded" if steps else "empty",
        "plays": plays(lineage),
        "says": failed or ("" if steps else NOTHING_YET),
    }


def begun(lineage: Lineage) -> dict[str, Any]:
    """What it began with; a session that went on says it again."""
    row = lineage.last(Started, ("settings", "parameters"))
    if not row:
        return {}
    made = parsed(row[0], LONGEST_SETTINGS)
    settings = {str(name): value for name, value in made.items()} if isinstance(made, dict) else {}
    seed = settings.get("seed")
    return {"settings": settings, "parameters": int(row[1]), "seed": seed if isinstance(seed, int) else None}


def annotated(lineage: Lineage) -> dict[str, Any]:
    """What a person wrote on it, and when it was begun."""
    words = annotations_of(lineage.file)
    made: dict[str, Any] = {"tags": words.tags, "comment": words.comment, "group": words.group}
    date = date_of(lineage.created())
    return made | ({"name": words.name} if words.name else {}) | ({"date": date} if date else {})


def date_of(text: str) -> datetime | None:
    """None for what is no date."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError, OSError):  # written by hand, or before there were calendars
        return None


def text_read(lineage: Lineage) -> dict[str, Any]:
    """The text it learns from."""
    read = lineage.last(CorpusRead, ("name", "size"))
    if not read:
        return {}
    sources = lineage.file.execute(f"SELECT count(DISTINCT source) FROM {table(SourceRead)}").fetchone()[0]
    return {"corpus": f"{sources} sources" if sources > 1 else unpacked(read[0], str), "corpus_bytes": int(read[1])}


def branched(lineage: Lineage) -> dict[str, Any]:
    """Where it left its parent; of a branch of a branch, the last time."""
    rows = lineage.newest(Branched, ("step", "parent"))
    return {"fork": int(rows[0][0]), "parent": unpacked(rows[0][1], str)} if rows else {}


def last_step(lineage: Lineage) -> int:
    """After going back, the step that it went to."""
    return next((int(step) for (step,) in lineage.newest(Stepped, ("step",))), 0)


def best_validation(lineage: Lineage) -> float:
    """Nats per token; NaN without any."""
    spans = lineage.spans if lineage.has(Validated, "loss") else []
    query = f"SELECT min(loss) FROM {table(Validated)} WHERE id > ? AND id < ? AND step <= ?"
    best = [loss for span in spans for (loss,) in lineage.file.execute(query, span) if loss is not None]
    return float(min(best)) if best else nan


def failure(lineage: Lineage, steps: int) -> str:
    """Why it stopped; "" if it went on after that."""
    failed = [row for kind in STOPPED for row in lineage.newest(kind, ("id", "step", "message"))]
    if not failed:
        return ""
    number, step, words = max(failed)
    message = unpacked(words, str)
    stepped = lineage.last(Stepped, ("id",))
    went_on = stepped is not None and stepped[0] > number
    return "" if went_on else f"step {int(step):,}: {message}" if steps else message


def plays(lineage: Lineage) -> bool:
    """Whether it was last told to go on, and neither to wait nor that it is over."""
    resumed = lineage.last(Resumed, ("id",))
    waits = [row[0] for kind in WAITS if (row := lineage.last(kind, ("id",)))]
    return resumed is not None and resumed[0] > max(waits, default=0)


def heavy_bytes(lineage: Lineage, kind: type[Event]) -> int:
    """Of its arrays; their lengths are known without reading them."""
    arrays = [name for name, hint in FIELDS[kind].items() if hint is np.ndarray]
    if not lineage.has(kind, *arrays):
        return 0
    total = " + ".join(f'coalesce(length("{name}"), 0)' for name in arrays)
    return int(lineage.file.execute(f"SELECT total({total}) FROM {table(kind)}").fetchone()[0])


def touched(folder: Path) -> datetime:
    """When it was last written: for a record that does not say when it was begun."""
    try:
        path = folder / FILE_NAME
        return datetime.fromtimestamp(os.stat(path if path.exists() else folder).st_mtime, UTC).astimezone()
    except (OSError, ValueError, OverflowError):
        return datetime.fromtimestamp(0, UTC)


def size_of(folder: Path) -> int:
    """Bytes of all its files; links count as themselves."""
    total = 0
    for here, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(here, name)).st_size
            except OSError:  # gone meanwhile
                continue
    return total
