"""The benchmarks that need a window, beside those of the engine."""

import sys
from collections.abc import Callable
from typing import Annotated

import tyro

from engine.bench.command import BENCHES as WITHOUT_A_WINDOW
from engine.bench.command import Corpus, Json, Threads
from engine.bench.figures import tell
from gui.screen import draw_in_memory_without_one


def bench_stream(
    pairs: Annotated[int, tyro.conf.arg(help="Pairs of blocks with and without drawing")] = 10,
    seconds: Annotated[float, tyro.conf.arg(help="Length of a block")] = 4.0,
    json: Json = False,
) -> int:
    """What the live window costs the training."""
    draw_in_memory_without_one()
    from gui.bench.stream import stream

    return tell(stream(pairs, seconds), json)


def bench_soak(
    hours: Annotated[float, tyro.conf.arg(help="Simulated hours of training")] = 2.0, json: Json = False
) -> int:
    """Whether memory stays flat while the window draws."""
    draw_in_memory_without_one()
    from gui.bench.soak import soak

    return tell(soak(hours), json)


def bench_nanogpt(
    corpus: Corpus,
    seeds: Annotated[int, tyro.conf.arg(help="Rounds, each with a seed of its own")] = 3,
    threads: Threads = 0,
    json: Json = False,
) -> int:
    """How much sooner this engine learns what nanoGPT learns in 2,000 steps, without and with a live window."""
    draw_in_memory_without_one()
    from engine.bench.nanogpt import nanogpt
    from gui.bench.live import live

    figures = nanogpt(corpus, seeds, threads)
    return tell({**figures, **live(corpus, seeds, threads, figures["speedup"])}, json)


def bench_runs(
    steps: Annotated[int, tyro.conf.arg(help="Of the run that is opened")] = 1_000_000,
    rounds: Annotated[int, tyro.conf.arg(help="Times TensorBoard loads it, in turn with ours")] = 1,
    python: Annotated[str, tyro.conf.arg(help="A Python that has TensorBoard")] = sys.executable,
    trained: Annotated[int, tyro.conf.arg(help="Steps over which the cost of recording is measured")] = 300,
    json: Json = False,
) -> int:
    """How fast a long run opens and scrubs, beside TensorBoard's loader, and what recording costs."""
    draw_in_memory_without_one()
    from gui.bench.runs import runs

    return tell(runs(steps, rounds, python, trained), json)


def bench_export(
    steps: Annotated[int, tyro.conf.arg(help="Of the long run whose loss is drawn")] = 1_000_000,
    pairs: Annotated[int, tyro.conf.arg(help="Pairs of blocks with and without figures being drawn")] = 4,
    seconds: Annotated[float, tyro.conf.arg(help="Length of a block")] = 4.0,
    json: Json = False,
) -> int:
    """How long figures and a report take, how large they are, and what the window and the training feel of it."""
    draw_in_memory_without_one()
    from gui.bench.exported import exported

    return tell(exported(steps, pairs, seconds), json)


BENCHES: dict[str, Callable[..., int]] = {
    **WITHOUT_A_WINDOW,
    "nanogpt": bench_nanogpt,
    "stream": bench_stream,
    "soak": bench_soak,
    "runs": bench_runs,
    "export": bench_export,
}
