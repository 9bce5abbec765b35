"""How fast a text becomes tokens beside the bare library, how fast it is found again, and how much memory that takes.

Ours is all of the way: hash, read, look for copies, hold out, cut into tokens, write them down. The library's is to
read the file and to cut it in one batch. Both in turn, so that a drifting machine cancels out.
"""

import json
import os
import sys
from collections.abc import Generator, Iterator
from itertools import cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time, time
from typing import Any, NamedTuple

import psutil
from tokenizers import Tokenizer as Bare

from engine.child import Limits, in_child
from engine.corpus import python_library
from engine.corpus.document import in_pieces
from engine.corpus.notes import Notes
from engine.corpus.part import Corpus
from engine.corpus.prepared import prepare
from engine.settings import Settings
from engine.tokenizer.tokenizer import Tokenizer

LARGE = 1000  # megabytes
VOCABULARY = 4096
SETTLED = 10  # seconds since a file was changed, after which its hash is remembered
DAY = 86_400  # seconds
PATIENT = Limits("measure the memory", "Measure a smaller text.", memory=2**40, processor=DAY, seconds=DAY)


class Cost(NamedTuple):
    seconds: float
    processor: float  # seconds of all threads

    @classmethod
    def now(cls) -> "Cost":
        """As clocks stand."""
        return cls(perf_counter(), process_time())

    def since(self, before: "Cost") -> "Cost":
        """What was spent between."""
        return Cost(self.seconds - before.seconds, self.processor - before.processor)


def corpus(file: Path | None, megabytes: int, large: bool, rounds: int) -> dict[str, Any]:
    """The figures of the benchmark, by the keys of its JSON line; ratios are medians of the rounds."""
    with TemporaryDirectory(prefix="terrarium-") as place:
        text = file or written(Path(place, "text.txt"), megabytes)
        speeds = [measured(text, Path(place, f"cache-{number}")) for number in range(rounds)]
        big = written(Path(place, "large.txt"), LARGE if large else megabytes)
        [peak] = (value for value in in_child(f"{__name__}:peak_memory", [str(big), place], PATIENT) if value)
        return {
            **{key: round(median(one[key] for one in speeds), 4) for key in speeds[0]},
            "peak_mb": round(peak / 1e6),
            "peak_of_mb": round(big.stat().st_size / 1e6),
            "megabytes": round(text.stat().st_size / 1e6, 1),
            "rounds": rounds,
        }


def measured(text: Path, cache: Path) -> dict[str, float]:
    """One round: the first opening of all, the library and us, us once more and the second opening."""
    settings = Settings(corpus=(str(text),), vocabulary=VOCABULARY)
    first, made = timed(prepare(settings, cache))
    bare = bare_cost(text, made.tokenizer)
    ours, _ = timed(prepare(settings, cache / "other", made.tokenizer))
    again, _ = timed(prepare(settings, cache))
    megabytes = text.stat().st_size / 1e6
    return {
        "tokenize_ratio": bare.seconds / ours.seconds,
        "tokenize_ratio_cpu": bare.processor / ours.processor,
        "reopen_ratio": again.seconds / first.seconds,
        "bare_mb_per_s": megabytes / bare.seconds,
        "ours_mb_per_s": megabytes / ours.seconds,
        "first_s": first.seconds,
        "reopen_s": again.seconds,
    }


def timed(work: Generator[Any, None, Corpus]) -> tuple[Cost, Corpus]:
    """What it cost to get there, and the corpus."""
    began = Cost.now()
    while True:
        try:
            next(work)
        except StopIteration as end:
            return Cost.now().since(began), end.value


def bare_cost(text: Path, tokenizer: Tokenizer) -> Cost:
    """Of reading the file and cutting it in one batch of stretches as long as ours, by the library alone."""
    made = bare(tokenizer)
    began = Cost.now()
    count(text, made)
    return Cost.now().since(began)


def bare(tokenizer: Tokenizer) -> Bare:
    """The same tokenizer without us."""
    return Bare.from_str(json.dumps(json.loads(tokenizer.to_json())["model"]))


def count(text: Path, made: Bare) -> int:
    """Of the tokens in the file."""
    encoded = made.encode_batch_fast(list(in_pieces([text.read_text("utf-8")])), add_special_tokens=False)
    return sum(len(one.ids) for one in encoded)


def written(place: Path, megabytes: int) -> Path:
    """A file of so much real text and code, its lines numbered so that no two parts are alike."""
    pieces = list(python_library.read(Notes()))
    size = 0
    with place.open("w", encoding="utf-8", errors="replace") as file:
        for number, piece in enumerate(cycle(pieces)):
            size += file.write(f"Part {number} of this text.\n\n{piece.text}\n")
            if size > megabytes * 1e6:
                break
    long_ago = time() - SETTLED
    os.utime(place, (long_ago, long_ago))
    return place


def peak_memory(argument: list[str]) -> Iterator[int]:
    """In a child: bytes that it and its own children held at most while a text was prepared."""
    text, place = argument
    timed(prepare(Settings(corpus=(text,), vocabulary=VOCABULARY), Path(place, "cache")))
    yield peak()


def peak() -> int:
    """Bytes this process held at most, and the largest of its children beside it."""
    try:
        import resource
    except ImportError:  # Windows
        return int(psutil.Process().memory_info().peak_wset)
    unit = 1 if sys.platform == "darwin" else 1024
    return unit * sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
