"""`terrarium bench NAME`: measurements anyone can repeat; each prints a table, and with --json one JSON line last."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import tyro

from engine.bench.figures import tell

Corpus = Annotated[Path, tyro.conf.arg(help="Text file; figures are comparable on tiny shakespeare only")]
Json = Annotated[bool, tyro.conf.arg(help="Print one JSON object as the last line")]
Threads = Annotated[int, tyro.conf.arg(help="Processor threads. 0: all cores")]


def bench_nanogpt(
    corpus: Corpus,
    seeds: Annotated[int, tyro.conf.arg(help="Rounds, each with a seed of its own")] = 3,
    threads: Threads = 0,
    json: Json = False,
) -> int:
    """How much sooner this engine learns what nanoGPT's processor configuration learns in 2,000 steps."""
    from engine.bench.nanogpt import nanogpt

    return tell(nanogpt(corpus, seeds, threads), json)


def bench_ablation(
    corpus: Corpus,
    seeds: Annotated[int, tyro.conf.arg(help="Runs of each variant")] = 3,
    threads: Threads = 0,
    json: Json = False,
) -> int:
    """What each ingredient of the architecture “fast” is worth."""
    from engine.bench.ablation import ablation

    return tell(ablation(corpus, seeds, threads), json)


def bench_train(
    rounds: Annotated[int, tyro.conf.arg(help="Times each is measured, in turn with the others")] = 5,
    threads: Threads = 0,
    json: Json = False,
) -> int:
    """Tokens a second and utilisation for 0.8, 10 and 30 million parameters, beside the replica of the same size."""
    from engine.bench.throughput import throughput

    return tell(throughput(rounds, threads), json)


def bench_corpus(
    corpus: Annotated[Path | None, tyro.conf.arg(help="Text file; Python's own library if left out")] = None,
    megabytes: Annotated[int, tyro.conf.arg(help="Size of the text that is made where none is given")] = 50,
    large: Annotated[bool, tyro.conf.arg(help="Measure memory with a text of 1 GB")] = False,
    rounds: Annotated[int, tyro.conf.arg(help="Times each is measured, in turn with the others")] = 5,
    json: Json = False,
) -> int:
    """How fast a text becomes tokens, how fast it is found again, and how much memory that takes."""
    from engine.bench import corpus as measured

    return tell(measured.corpus(corpus, megabytes, large, rounds), json)


def bench_kill(
    times: Annotated[int, tyro.conf.arg(help="Training processes to kill while they save")] = 200, json: Json = False
) -> int:
    """Whether a run survives being killed at any moment."""
    from engine.bench.kill import kill

    return tell(kill(times), json)


def bench_record_kill(
    times: Annotated[int, tyro.conf.arg(help="Recording processes to kill")] = 200, json: Json = False
) -> int:
    """Whether a run file survives its writer being killed at any moment, and how much is lost."""
    from engine.bench.record_kill import record_kill

    return tell(record_kill(times), json)


def bench_world(
    megabytes: Annotated[float, tyro.conf.arg(help="Of each built-in text")] = 4.0,
    documents: Annotated[int, tyro.conf.arg(help="Of each text, for which every derivation is added up")] = 50,
    json: Json = False,
) -> int:
    """The true entropy of each built-in text: the loss that no model can go below."""
    from engine.bench.world import world

    return tell(world(megabytes, documents), json)


BENCHES: dict[str, Callable[..., int]] = {
    "nanogpt": bench_nanogpt,
    "ablation": bench_ablation,
    "train": bench_train,
    "corpus": bench_corpus,
    "kill": bench_kill,
    "record-kill": bench_record_kill,
    "world": bench_world,
}
