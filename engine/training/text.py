"""What is told of the texts before training begins, and what is found out about them aside while it goes on."""

from collections.abc import Iterator, Sequence

import numpy as np

from engine.commands import CompareTokenizers, CountMerges
from engine.corpus.floors import Floor, floors
from engine.corpus.part import Corpus, Part
from engine.corpus.spoiling import Spoiling
from engine.events import CorpusRead, Event, FloorCounted, SourceExamined, SourceRead
from engine.settings import Settings
from engine.training.objective import special_tokens
from engine.training.validation import When

FIRST_FLOORS = 2  # orders that are counted before the first step: the chart has its range, and nobody waits
HIGHEST_FLOOR = 6  # 6-grams
HIGHEST_MASKED_FLOOR = 1  # longer ones know only one side
TRUE_ENTROPY, TRUE_ORDER = "true entropy", -1
SAMPLE = 1_000_000  # characters that tokenizers are compared on
LEARNED_SHARE = 0.8  # of a held-out text that has to serve for both sides


def vocabulary_of(corpus: Corpus, settings: Settings) -> tuple[str, ...]:
    """The tokenizer's tokens, then those the objective needs besides."""
    return (*corpus.tokenizer.vocabulary, *special_tokens(settings))


def corpus_read(corpus: Corpus, settings: Settings, when: When) -> Iterator[Event]:
    """The text as it was read, all together and one by one."""
    parts, vocabulary = corpus.parts, vocabulary_of(corpus, settings)
    yield CorpusRead(
        *when,
        corpus.name,
        ", ".join(part.origin for part in parts),
        sum(part.size for part in parts),
        sum(part.documents for part in parts),
        sum(len(part.train) for part in parts),
        sum(len(part.validation) for part in parts),
        parts[0].held_out if len(parts) == 1 else "a tenth of each text",
        vocabulary,
        corpus.tokenizer.end,
        sum(part.train_bytes for part in parts),
        sum(part.validation_bytes for part in parts),
        corpus.fingerprint,
    )
    for source, part in enumerate(parts):
        yield _source_read(source, part, when)
        yield SourceExamined(*when, source, **part.quality._asdict(), skipped=part.skipped)


def _source_read(source: int, part: Part, when: When) -> SourceRead:
    return SourceRead(
        *when,
        source,
        part.name,
        part.origin,
        part.size,
        part.documents,
        part.copies,
        len(part.train),
        len(part.validation),
        part.train_bytes,
        part.validation_bytes,
        part.held_out,
        part.entropy,
    )


def first_floors(corpus: Corpus, settings: Settings, when: When) -> Iterator[FloorCounted]:
    """Those that take no time, and what is left when all rules are known."""
    yield from _told(_floors(corpus, settings, FIRST_FLOORS), when)
    entropy = true_entropy(corpus)
    if entropy == entropy and settings.objective != "masked":
        yield FloorCounted(*when, TRUE_ENTROPY, TRUE_ORDER, entropy)


def higher_floors(corpus: Corpus, settings: Settings, when: When) -> Iterator[FloorCounted]:
    """The others: sorting millions of n-grams takes a while."""
    higher = (floor for floor in _floors(corpus, settings, HIGHEST_FLOOR) if floor.order > FIRST_FLOORS)
    yield from _told(higher, when)


def true_entropy(corpus: Corpus) -> float:
    """Nats per token over all of validation; NaN where the rules of a text are not known."""
    return sum(part.nats for part in corpus.parts) / sum(len(part.validation) for part in corpus.parts)


def found_out(command: CountMerges | CompareTokenizers, corpus: Corpus, settings: Settings) -> Iterator[Event | None]:
    """How text like this is cut into tokens, in other ways than the run does; nothing is done before it is asked."""
    from engine.tokenizer.comparing import compared, counted  # not before somebody asks

    train, validation = clean_rows(corpus, settings)
    if isinstance(command, CountMerges):
        yield from counted(sample(corpus, train))
    else:
        yield from compared(sample(corpus, train), sample(corpus, validation), command.wanted)


def clean_rows(corpus: Corpus, settings: Settings) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """To learn from and to measure on. Of a text that is spoiled only the held-out part is clean, so it serves both."""
    if not Spoiling.of(settings).any:
        return corpus.train, corpus.validation
    cuts = [int(LEARNED_SHARE * len(row)) for row in corpus.validation]
    parts = list(zip(corpus.validation, cuts, strict=True))
    return [row[:cut] for row, cut in parts], [row[cut:] for row, cut in parts]


def sample(corpus: Corpus, rows: Sequence[np.ndarray]) -> str:
    """The beginning of each text, as long as its share of SAMPLE characters."""
    whole = sum(map(len, rows))
    texts = []
    for row in rows:
        tokens = row[: SAMPLE * len(row) // whole]  # no token is shorter than a character but a few
        text = corpus.tokenizer.decode(tokens[tokens != corpus.tokenizer.end])
        texts.append(text[: SAMPLE * len(row) // whole])
    return "\n".join(texts)


def highest_floor(settings: Settings) -> int:
    """The n of the longest n-grams that are counted."""
    return HIGHEST_MASKED_FLOOR if settings.objective == "masked" else HIGHEST_FLOOR


def _floors(corpus: Corpus, settings: Settings, highest: int) -> Iterator[Floor]:
    vocabulary, highest = len(vocabulary_of(corpus, settings)), min(highest, highest_floor(settings))
    return floors(corpus.train, corpus.validation, vocabulary, settings.context, highest)


def _told(some: Iterator[Floor], when: When) -> Iterator[FloorCounted]:
    for floor in some:
        yield FloorCounted(*when, floor.name, floor.order, floor.loss)
