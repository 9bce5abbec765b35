"""A branch: a run of its own that begins at a kept step of another, with some settings changed.

It is whole from its first moment on: the record until the fork and the checkpoint lie in its own folder, so that it
goes on as any run is resumed, and nothing happens to it when its parent is deleted.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.checkpoints import FOLDER, checkpoint_name, checkpoints, step_of
from engine.declared import knobs
from engine.events import Branched, Ended, Event, Saved, Started
from engine.runfile.excerpt import copy_until
from engine.runfile.lock import locked
from engine.runfile.rows import read_events
from engine.settings import Settings
from engine.trouble import Trouble

STATE = "state.json"  # of a checkpoint
LARGEST_STATE = 100_000_000  # bytes
PART = "is part of the model"
TEXT = "decides which text is read, and windows of it were counted from the first step on"
FIXED = {
    **dict.fromkeys(("architecture", "layers", "heads", "width", "expansion", "key_value_heads", "tied"), PART),
    **dict.fromkeys(("token_shift", "first_stream", "value_embeddings", "n_grams"), PART),
    **dict.fromkeys(("hidden", "head_width", "rotation_base", "biases", "gelu"), PART),
    **dict.fromkeys(("zero_projections", "begin_with"), "decides how the model begins"),
    "context": "is the length of the windows that were counted so far",
    "objective": "decides which tokens the model knows",
    "optimizer": "decides what is remembered of the steps so far",
    **dict.fromkeys(("corpus", "megabytes", "duplicates", "typos", "shuffled", "boilerplate"), TEXT),
    **dict.fromkeys(("tokenizer", "tokenizer_file", "vocabulary"), "decides which tokens the model knows"),
}  # what may not change on the way, and why
AGAIN = "Begin again from step 0 to change it."


def allowed(name: str) -> bool:
    """Whether this setting may be changed on a branch; from step 0 any may, for that is a new run."""
    return name not in FIXED


def refusal(name: str) -> str:
    """Why it may not, as a sentence; "" where it may."""
    labels = {knob.name: knob.label for knob in knobs(Settings)}
    return f"“{labels[name]}” {FIXED[name]}." if name in FIXED else ""


def kept_at(parent: Path, step: int | None = None) -> Path:
    """The checkpoint of this very step, or the newest. Raises Trouble that names those there are."""
    kept = checkpoints(parent)
    if not kept:
        raise Trouble(f"{parent.name} has no checkpoint.", "Only a run that was saved can be branched.")
    if (wanted := max(kept) if step is None else step) not in kept:
        there = ", ".join(f"{one:,}" for one in kept)
        raise Trouble(f"Step {wanted:,} of {parent.name} is not kept.", f"Kept are {there}.")
    return kept[wanted]


def settings_at(checkpoint: Path) -> Settings:
    """As they were turned when it was saved. Raises Trouble."""
    return _settings(_facts(checkpoint))


def branch_settings(before: Settings, step: int, changes: Mapping[str, Any]) -> Settings:
    """Those of a kept step but for `changes`. Raises Trouble where they cannot be."""
    settings = Settings(**{**before.model_dump(), **changes})
    for name in changed(before, settings):
        if not allowed(name):
            raise Trouble(refusal(name), AGAIN)
    if bool(settings.average) != bool(before.average):
        raise Trouble("Weights are averaged from the first step on, or not at all.", AGAIN)
    if settings.horizon <= step and settings.horizon != before.horizon:
        behind = f"The branch begins at step {step:,}; the horizon of {settings.horizon:,} steps lies before it."
        raise Trouble(behind, "Choose a later one.")
    return settings


def changed(before: Settings, after: Settings) -> list[str]:
    """Names of what is not the same."""
    return [name for name in Settings.model_fields if getattr(before, name) != getattr(after, name)]


def branched(parent: Path, step: int, folder: Path, changes: Mapping[str, Any]) -> Path:
    """Make `folder` a run that goes on from a kept step of `parent`; its checkpoint. Trouble, and nothing is left."""
    kept = kept_at(parent, step)
    if folder.exists():
        raise Trouble(f"{folder} is there already.", "Choose another name; nothing is written over.")
    facts = _facts(kept)
    settings = branch_settings(_settings(facts), step, changes)
    try:
        checkpoint = _take_along(kept, folder, facts | _changes(facts, settings, folder.name))
        told = _told(parent, folder.name, facts, settings)
        if copy_until(parent, step, folder, told) < step and locked(parent):
            raise Trouble(f"Step {step:,} of {parent.name} is being written down.", "Try again in a moment.")
    except (OSError, sqlite3.Error, Trouble) as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, Trouble):
            raise
        raise Trouble(f"The branch cannot be written to {folder}: {error}.", "Free some space.") from error
    return checkpoint


def _told(parent: Path, name: str, facts: Mapping[str, Any], settings: Settings) -> list[Event]:
    """What its record goes on with: it begins, is saved, and waits to be played."""
    from engine.training.milestones import is_milestone

    began = next((event for event in read_events(parent) if isinstance(event, Started)), None)
    before, when = _settings(facts), (facts["step"], facts["time"])
    names = set(changed(before, settings))
    was, now = (one.model_dump(mode="json", include=names) for one in (before, settings))
    size, device = (began.parameters, began.device) if began else (0, "")
    return [
        Branched(*when, parent.name, was, now),
        Started(*when, name, settings.model_dump(mode="json"), size, device),
        Saved(*when, f"{FOLDER}/{checkpoint_name(when[0])}", int(settings.milestones and is_milestone(when[0]))),
        Ended(*when),
    ]


def _changes(facts: Mapping[str, Any], settings: Settings, name: str) -> dict[str, Any]:
    """What is different in the state of the branch. What “auto” stood for stays, unless a person has chosen now."""
    before = _settings(facts)
    new: dict[str, Any] = {"name": name, "settings": settings.model_dump(mode="json"), "seed": settings.seed}
    for choice in ("precision", "attention"):
        if getattr(settings, choice) not in ("auto", getattr(before, choice)):
            new[choice] = getattr(settings, choice)
    if settings.threads != before.threads:
        new |= {"threads": settings.threads or facts.get("threads", 1), "threads_automatic": not settings.threads}
    return new


def _take_along(kept: Path, folder: Path, facts: Mapping[str, Any]) -> Path:
    """The checkpoint with another state. Its other files are never changed, so that both runs can have the same."""
    checkpoint = folder / FOLDER / checkpoint_name(int(facts["step"]))
    checkpoint.mkdir(parents=True)
    for path in kept.iterdir():
        if path.is_symlink() or not path.is_file():
            raise Trouble(f"{path.name} in {kept} leads somewhere else.", "Only files in the folder itself are opened.")
        if path.name != STATE:
            _same_file(path, checkpoint / path.name)
    with (checkpoint / STATE).open("w", encoding="utf-8") as file:
        file.write(json.dumps(facts, indent=1))
        file.flush()
        os.fsync(file.fileno())
    return checkpoint


def _same_file(path: Path, other: Path) -> None:
    """Two names for it, where the disk can; else a copy."""
    try:
        os.link(path, other)
    except OSError:
        shutil.copyfile(path, other)


def _facts(checkpoint: Path) -> dict[str, Any]:
    """The state as it lies there; what is in it is checked by whoever goes on from it."""
    path = checkpoint / STATE
    try:
        if path.is_symlink() or path.stat().st_size > LARGEST_STATE:
            raise ValueError("it is no state")
        facts = json.loads(path.read_text("utf-8"))
        if facts["step"] != step_of(checkpoint):
            raise ValueError("it is of another step")
        return {**facts, "step": int(facts["step"]), "time": float(facts["time"]), "settings": dict(facts["settings"])}
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise Trouble(f"The state in {checkpoint} cannot be read: {error}.", "Choose another step.") from error


def _settings(facts: Mapping[str, Any]) -> Settings:
    return Settings(**facts["settings"])
