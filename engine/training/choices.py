"""What “auto” stands for on this machine, found out by trying: threads, precision and attention kernel.

The candidates take real steps in turn, so a machine that is busy meanwhile slows all of them alike; the median counts.
Only what is auto is tried, one choice after the other, and the answer is kept for the next start.
"""

from collections.abc import Callable, Generator
from math import inf
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple, Protocol

import torch

from engine import measured
from engine.corpus.document import calmly, progressed
from engine.events import Progressed
from engine.measured import Measured
from engine.settings import Settings
from engine.size import step_flops
from engine.training.device import Device
from engine.training.rehearsal import Rehearsal, cores_of_others, matrix_peak, thread_counts

TASK = "Measuring this machine"
SECONDS = 0.5  # for each of the three choices
LEAST, MOST = 2, 15  # turns that count
HOPELESS = 2.0  # times slower than another: no more turns
BUSY = 0.2  # cores that other programs use: the answer is not kept
GAIN = 1.05  # times faster than the safe choice, or it is not worth it
STAGES = ("threads", "precision", "attention")
SPOKEN = ("precision", "threads", "attention")


class Chosen(NamedTuple):
    settings: Settings  # in which nothing is auto
    words: str  # for people: what was chosen and why
    peak: float  # FLOP/s of a matrix multiplication in this precision; 0 where it was not measured
    most_threads: int  # that may be faster at another time: more than chosen where the machine was busy


class Rehearsed(Protocol):
    """One way to compute, being tried: threads → seconds of one step."""

    flops: int

    def __call__(self, threads: int) -> float: ...


class Tools(NamedTuple):
    """What measures; tests put scripted times in their place."""

    rehearse: Callable[[Settings, int, Device], Rehearsed] = Rehearsal
    peak: Callable[[str, int, Device], float] = matrix_peak
    thread_counts: Callable[[], list[int]] = thread_counts
    cores_of_others: Callable[[], Callable[[], float]] = cores_of_others


class Candidate(NamedTuple):
    settings: Settings
    step: Rehearsed


def choose(
    settings: Settings, vocabulary: int, device: Device, cache: Path | None, tools: Tools | None = None
) -> Generator[Progressed, None, Chosen]:
    """Use with `chosen = yield from`; sets torch's threads. Without a place to keep the answer, the safe choice."""
    tools = tools or Tools()
    using, words, peak, most = safe(settings, device, tools), "", 0.0, settings.threads
    if cache:
        found = measured.find(cache, settings, vocabulary)
        if found is None or found.device != device.name:
            others = tools.cores_of_others()
            found = yield from calmly(_measure(settings, vocabulary, device, tools))
            if others() < BUSY:
                measured.keep(cache, settings, vocabulary, found)
            else:
                most = most or using.threads
        answers = {name: getattr(found, name) for name in STAGES if getattr(settings, name) in ("auto", 0)}
        using, words, peak = using.model_copy(update=answers), found.words, found.peak
    torch.set_num_threads(using.threads)
    return Chosen(using, words, peak, most or using.threads)


def safe(settings: Settings, device: Device, tools: Tools) -> Settings:
    """Nothing is auto: what is right everywhere, though perhaps not the fastest."""
    update = {
        "device": device.torch.type,
        "threads": settings.threads or tools.thread_counts()[0],
        "precision": "fp32" if settings.precision == "auto" else settings.precision,
        "attention": "fused" if settings.attention == "auto" else settings.attention,
    }
    return settings.model_copy(update=update)


def _measure(
    settings: Settings, vocabulary: int, device: Device, tools: Tools
) -> Generator[Progressed, None, Measured]:
    """Greedy: the fastest threads first, with them the fastest precision, with both the fastest attention."""
    yield progressed(TASK, 0, len(STAGES))
    start = safe(settings, device, tools)
    best, seconds = Candidate(start, tools.rehearse(start, vocabulary, device)), inf
    beaten: dict[str, tuple[str, str]] = {}
    for stage, name in enumerate(STAGES):
        candidates = [best]
        for changes in _others(settings, best.settings, name, device, tools):
            varied = best.settings.model_copy(update=changes)
            same = name == "threads"  # they need no learner of their own
            candidates.append(Candidate(varied, best.step if same else tools.rehearse(varied, vocabulary, device)))
        if len(candidates) > 1:
            times = yield from _timed(candidates, stage)
            place = _fastest(times)
            beaten[name] = _compared(name, candidates, times, place)
            best, seconds = candidates[place], times[place]
    using = best.settings
    return Measured(
        machine=measured.machine(),
        device=device.name,
        threads=using.threads,
        precision=using.precision,
        attention=using.attention,
        words=_words(using, beaten),
        peak=tools.peak(using.precision, using.threads, device),
        speed=best.step.flops / seconds,
        flops=step_flops(settings, vocabulary),
    )


def _others(asked: Settings, best: Settings, name: str, device: Device, tools: Tools) -> list[dict[str, Any]]:
    """What may be taken instead of the best so far; nothing where a person chose, or where it means nothing."""
    if getattr(asked, name) not in ("auto", 0):
        return []
    free = asked.attention == "auto" and not asked.dropout  # dropping shares is plain anyway
    match name:
        case "threads":
            return [{"threads": count} for count in tools.thread_counts()[1:]] if device.torch.type == "cpu" else []
        case "precision":
            on_a_processor = free and device.torch.type == "cpu"  # the fused kernel is slow there with 16 bits
            return [{"precision": "bf16", **({"attention": "plain"} if on_a_processor else {})}]
        case _:
            return [{"attention": "fused" if best.attention == "plain" else "plain"}] if free else []


def _timed(candidates: list[Candidate], stage: int) -> Generator[Progressed, None, list[float]]:
    """Median seconds of each, in turn; the first turn makes memory and kernels and does not count."""
    turns: list[list[float]] = [[] for _ in candidates]
    racing = list(range(len(candidates)))
    for turn in range(MOST + 1):
        for place in racing:
            turns[place].append(_seconds(candidates[place]))
            yield progressed(TASK, stage + turn / (MOST + 1), len(STAGES))
        spent = sum(map(sum, turns))
        if (turn >= LEAST and spent > SECONDS) or (turn and spent > 2 * SECONDS):
            break
        if turn >= LEAST:  # one bad turn may be chance
            fastest = min(median(times[1:]) for times in turns)
            racing = [place for place in racing if min(turns[place][1:]) <= HOPELESS * fastest]
    return [median(times[1:]) for times in turns]


def _seconds(candidate: Candidate) -> float:
    """Of one step; what a device cannot compute takes for ever."""
    try:
        return candidate.step(candidate.settings.threads)
    except (RuntimeError, TypeError):
        return inf


def _fastest(times: list[float]) -> int:
    """Place of the fastest; the first, which is safe, unless another is clearly faster."""
    place = times.index(min(times))
    return place if times[0] > GAIN * times[place] else 0


def _compared(name: str, candidates: list[Candidate], times: list[float], place: int) -> tuple[str, str]:
    """The best of those that were not taken, and how fast it was: "bf16" and "0.8×"."""
    other = min((number for number in range(len(times)) if number != place), key=times.__getitem__)
    share = times[place] / times[other]
    return _said(name, candidates[other].settings), f"{share:.1f}×" if share else "not possible"


def _words(using: Settings, beaten: dict[str, tuple[str, str]]) -> str:
    """“fp32, 2 threads: bf16 was 0.8×, one thread 0.6×”; nothing where nothing was tried."""
    if not beaten:
        return ""
    threads = [_said("threads", using)] if using.device == "cpu" else []
    unusual = [_said("attention", using)] if using.attention == "plain" else []
    (said, share), *rest = (beaten[name] for name in SPOKEN if name in beaten)
    first = f"{said} {'were' if said.endswith('threads') else 'was'} {share}"
    others = ", ".join((first, *(" ".join(other) for other in rest)))
    return f"{', '.join((using.precision, *threads, *unusual))}: {others}"


def _said(name: str, settings: Settings) -> str:
    match name:
        case "threads":
            return "one thread" if settings.threads == 1 else f"{settings.threads} threads"
        case "attention":
            return f"{settings.attention} attention"
        case _:
            return settings.precision
