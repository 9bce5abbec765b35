"""A recorded run of any length, made in moments: losses as a training has them, looked into as often as a real one."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from engine.bench.scripted import ScriptedTrainer
from engine.events import Event, Saved, Stepped, Validated
from engine.runfile import RunFile

STEP_SECONDS, STEP_TOKENS, TEXT_TOKENS = 0.01, 1536, 1_100_000
VALIDATE_EVERY, SAVE_EVERY = 1000, 10_000
LOOK_DENSITY = 100  # the pause between two looks is this fraction of the step


def write_long_run(folder: Path, steps: int, seed: int = 1) -> None:
    """Eight numbers a step, as every run has."""
    with closing(RunFile(folder)) as file:
        for event in long_run(steps, seed):
            file.add(event)


def long_run(steps: int, seed: int = 1) -> Iterator[Event]:
    """All its events."""
    trainer = ScriptedTrainer()
    noise_S = np.random.default_rng(seed).normal(0, 0.05, (2, steps))
    yield from trainer.start()
    look_at = 1
    for index in range(steps):
        step = trainer.step = index + 1
        time = trainer.time = step * STEP_SECONDS
        loss, norm = 2.0 + 4.93 / (1 + step / 60), 0.7
        tokens = step * STEP_TOKENS
        yield Stepped(
            step, time, loss + noise_S[0, index], 1e-3, norm + noise_S[1, index], tokens, tokens / TEXT_TOKENS, 0.0
        )
        if step == look_at:
            yield from trainer.look()
            look_at = step + max(1, step // LOOK_DENSITY)
        if step % VALIDATE_EVERY == 0:
            yield Validated(step, time, loss + 0.06, tokens)
        if step % SAVE_EVERY == 0:
            yield Saved(step, time, ".", 1)
