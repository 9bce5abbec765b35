"""The beginning of a run file: what a recording holds that has gone back to that step, from files old and new."""

import random
import sqlite3
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from engine.events import (
    KINDS,
    Annealed,
    Attended,
    Branched,
    CorpusRead,
    Ended,
    Event,
    Failed,
    FloorCounted,
    Paused,
    Resumed,
    Rewound,
    Saved,
    Started,
    Stepped,
    Turned,
    Validated,
    Warned,
)
from engine.recording import Recording
from engine.runfile import FILE_NAME, RunFile, read_events
from engine.runfile.excerpt import copy_until
from engine.trouble import Trouble

FORK = 30


def recorded(events: list[Event], folder: Path) -> Path:
    file = RunFile(folder)
    for event in events:
        file.add(event)
    file.close()
    return folder


def stepped(step: int, loss: float = 1.0) -> Stepped:
    return Stepped(step, step * 0.1, loss, 1e-3, 0.5, step * 100, 0.0, 0.0)


def wandering(seed: int) -> list[Event]:
    """A run that goes back again and again, is turned, fails, and is saved at every tenth step."""
    chance = random.Random(seed)
    events: list[Event] = [Started(0, 0.0, "run", {"clip": 1.0}, 1, "CPU"), FloorCounted(0, 0.0, "bigram", 2, 3.4)]
    step = 0
    while step < 60:
        step += 1
        when = step, step * 0.1
        events += [stepped(step, chance.random())]
        some = (
            Validated(*when, chance.random(), step), Turned(*when, "clip", round(chance.random(), 3)), Paused(*when),
            Attended(*when, np.arange(3, dtype=np.int32), np.full((1, 1, 3, 3), step, np.uint16)),
            Failed(*when, "It failed.", "Go back."), Annealed(*when, step + 9), Warned(*when, "Hot.", "Cool."),
            FloorCounted(0, 0.0, f"{step}-gram", step, 2.0),
        )  # fmt: skip
        events += chance.sample(some, chance.randrange(4))
        if step % 10 == 0:
            events += [Saved(*when, f"checkpoints/step-{step:06}", 0), *chance.sample(some, chance.randrange(3))]
        if step > 10 and chance.random() < 0.08:
            back = chance.randrange(10, step + 1, 10)
            events.append(Rewound(back, back * 0.1, step))
            step = back
    return events


def facts(event: Event) -> tuple[object, ...]:
    values = (getattr(event, field.name) for field in fields(event))
    return tuple(value.tolist() if isinstance(value, np.ndarray) else value for value in values)


def contents(events: list[Event]) -> dict[str, list[tuple[object, ...]]]:
    """What is left of each kind once it is recorded."""
    recording = Recording()
    for event in events:
        recording.add(event)
    left: dict[str, list[tuple[object, ...]]] = {}
    for kind in set(KINDS) - {Rewound, Saved}:
        found = [recording.curve(kind, field.name)[1].tolist() for field in fields(kind)] if kind in NUMBERS else None
        left[kind.__name__] = list(zip(*found, strict=True)) if found else [facts(one) for one in recording.all(kind)]
    return left


NUMBERS = {Stepped, Validated, Resumed, Paused, Annealed, Ended}


@pytest.mark.parametrize("seed", range(25))
def test_it_is_what_going_back_to_that_step_leaves(seed, tmp_path):
    events = wandering(seed)
    recorded(events, tmp_path / "parent")
    (tmp_path / "child").mkdir()
    assert copy_until(tmp_path / "parent", FORK, tmp_path / "child") == FORK
    saved = max(place for place, event in enumerate(events) if isinstance(event, Saved) and event.step == FORK)
    in_checkpoint = [e for place, e in enumerate(events) if e.step != FORK or place <= saved or isinstance(e, Rewound)]
    left = list(read_events(tmp_path / "child"))
    assert contents(left) == contents([*in_checkpoint, Rewound(FORK, FORK * 0.1, 60)])
    assert not [event for event in left if isinstance(event, Rewound | Saved)]


def test_what_comes_then_stands_at_the_end_and_the_file_can_be_gone_on_with(tmp_path):
    recorded([Started(0, 0.0, "run", {}, 1, "CPU"), stepped(1), stepped(2)], tmp_path / "parent")
    child = tmp_path / "child"
    child.mkdir()
    copy_until(tmp_path / "parent", 1, child, [Branched(1, 0.1, "parent", {}, {"clip": 2.0}), Ended(1, 0.1)])
    file = RunFile(child, go_on=True)
    file.add(stepped(2, 5.0))
    file.close()
    kinds = [type(event).__name__ for event in read_events(child)]
    assert kinds == ["Started", "Stepped", "Branched", "Ended", "Stepped"]
    assert sorted(path.name for path in child.iterdir()) == [FILE_NAME]


def test_an_older_file_that_lacks_a_column_or_a_table_is_carried_over(tmp_path):
    read = CorpusRead(0, 0.0, "a", "b", 1, 2, 3, 4, "c", ("x",), 0, 5, 6)
    parent = recorded([read, stepped(1)], tmp_path / "parent")
    with closing(sqlite3.connect(parent / FILE_NAME)) as file:
        file.execute("ALTER TABLE corpus_read DROP COLUMN train_bytes")
        file.execute("DROP TABLE branched")
        file.commit()
    (tmp_path / "child").mkdir()
    copy_until(parent, 1, tmp_path / "child")
    found = next(event for event in read_events(tmp_path / "child") if isinstance(event, CorpusRead))
    assert (found.train_bytes, found.validation_bytes, found.vocabulary) == (0, 6, ("x",))


def test_what_is_no_step_is_not_carried_over(tmp_path):
    parent = recorded([stepped(1), stepped(2), Rewound(1, 0.1, 2), stepped(2, 3.0)], tmp_path / "parent")
    with closing(sqlite3.connect(parent / FILE_NAME)) as file, file:
        file.execute("UPDATE rewound SET step = 'back'")
        file.execute("UPDATE stepped SET step = 'on' WHERE id = 2")
    (tmp_path / "child").mkdir()
    assert copy_until(parent, 2, tmp_path / "child") == 2
    assert [event.loss for event in read_events(tmp_path / "child") if isinstance(event, Stepped)] == [1.0, 3.0]


def test_a_damaged_parent_is_told_apart_from_a_disk_that_refuses(tmp_path):
    parent = recorded([stepped(step) for step in range(1, 3000)], tmp_path / "parent")
    (tmp_path / "child").mkdir()
    with (parent / FILE_NAME).open("r+b") as file:
        file.seek(4096 * 20)
        file.write(b"\xff" * 4096 * 8)
    with pytest.raises(Trouble, match="damaged"):
        copy_until(parent, 2900, tmp_path / "child")
    assert not (tmp_path / "child" / FILE_NAME).exists()
    with pytest.raises(Trouble, match="damaged or no run file"):
        copy_until(tmp_path / "nowhere", 1, tmp_path / "child")
