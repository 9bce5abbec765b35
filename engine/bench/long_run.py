"""A recorded run of any length, made in moments: looked into as often as a real one, and measured at every step.

Six numbers of the training and two validations make eight series.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from engine.bench.scripted import ScriptedTrainer
from engine.events import AverageValidated, Event, Saved, Stepped, Validated
from engine.runfile import RunFile

STEP_SECONDS, STEP_TOKENS, TEXT_TOKENS = 0.01, 1536, 1_100_000
SAVE_EVERY = 10_000
NOISE = 0.05, 0.05, 0.01, 0.01  # of a batch's loss and gradient, and of two means over many windows
LOOKING = 0.03  # share of the time
LOOK_DENSITY = 100  # the pause between two looks is this fraction of the step


def write_long_run(folder: Path, steps: int, seed: int = 1) -> None:
    """Its file, as the window would have left it."""
    with closing(RunFile(folder)) as file:
        for event in long_run(steps, seed):
            file.add(event)


def long_run(steps: int, seed: int = 1) -> Iterator[Event]:
    """All its events."""
    trainer = ScriptedTrainer()
    noise_4S = np.random.default_rng(seed).normal(0, NOISE, (steps, len(NOISE))).T
    yield from trainer.start()
    look_at = 1
    for index in range(steps):
        step = trainer.step = index + 1
        time = trainer.time = step * STEP_SECONDS
        loss, tokens = 2.0 + 4.93 / (1 + step / 60), step * STEP_TOKENS
        noise, norm_noise, *validated = noise_4S[:, index].tolist()
        yield Stepped(step, time, loss + noise, 1e-3, 0.7 + norm_noise, tokens, tokens / TEXT_TOKENS, LOOKING * time)
        yield Validated(step, time, loss + 0.06 + validated[0], tokens)
        yield AverageValidated(step, time, loss - 0.04 + validated[1], tokens)
        if step == look_at:
            yield from trainer.look()
            look_at = step + max(1, step // LOOK_DENSITY)
        if step % SAVE_EVERY == 0:
            yield Saved(step, time, ".", 1)
