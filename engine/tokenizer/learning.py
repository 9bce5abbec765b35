"""Learning a tokenizer from a sample of the text; where that takes long, in a child process that can be called off."""

import json
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from engine.child import Limits, in_child
from engine.corpus.document import progressed
from engine.events import Progressed
from engine.tokenizer.sample import Sample, in_short_runs, sampled
from engine.trouble import Trouble

TASK = "Learning how to cut text into tokens"
BEAT = 0.1  # seconds
COLLECTED = 0.5  # share of the work; the library does not tell how far it is with the rest
QUICK = 100_000  # characters of different words: learned in half a second, which a child's start would lengthen
LIMITS = Limits(
    "learn how to cut this text into tokens",
    "Choose another tokenizer, or a smaller vocabulary.",
    memory=4_000_000_000,
    processor=3600,
    seconds=3600,
)

Texts = Callable[[], Iterator[str]]  # may be asked for several times


def learned(kind: str, texts: Texts, size: int, vocabulary: int) -> Generator[Progressed, None, str]:
    """The JSON of a "bpe", "unigram" or "wordpiece" tokenizer for texts of about `size` characters."""
    sample = yield from _collected(texts, size)
    if sample.words <= QUICK:
        return learn(kind, sample.stretches, vocabulary)
    return (yield from _learned_aside(kind, sample, vocabulary))


def learn(kind: str, stretches: list[str], vocabulary: int) -> str:
    """The JSON of a tokenizer learned from these texts, all at once."""
    from engine.tokenizer import bpe, unigram, wordpiece  # not before they are needed: they take a while to import

    make = {"bpe": bpe.learned, "unigram": unigram.learned, "wordpiece": wordpiece.learned}[kind]
    return make(in_short_runs(stretches), vocabulary).to_json()


def learned_here(request: dict[str, Any]) -> Iterator[str]:
    """The child's part."""
    stretches: list[str] = json.loads(Path(request["sample"]).read_text("ascii"))
    yield learn(request["kind"], stretches, request["vocabulary"])


def _collected(texts: Texts, size: int) -> Generator[Progressed, None, Sample]:
    collecting = sampled(texts(), size)
    while True:
        try:
            yield progressed(TASK, COLLECTED * min(next(collecting), size), size)
        except StopIteration as end:
            sample: Sample = end.value
            return sample


def _learned_aside(kind: str, sample: Sample, vocabulary: int) -> Generator[Progressed, None, str]:
    with tempfile.TemporaryDirectory() as folder:
        request = {"kind": kind, "vocabulary": vocabulary, "sample": str(_kept(sample, Path(folder)))}
        with closing(in_child("engine.tokenizer.learning:learned_here", request, LIMITS, BEAT)) as answers:
            for answer in answers:
                if answer is not None:
                    made: str = answer
                yield progressed(TASK, COLLECTED, 1)
    return made


def _kept(sample: Sample, folder: Path) -> Path:
    path = folder / "sample.json"
    try:
        path.write_text(json.dumps(sample.stretches), "ascii")
    except OSError as error:
        reason = f"A sample of the text could not be written: {error.strerror}."
        raise Trouble(reason, "Make room on the disk that holds temporary files.") from error
    return path
