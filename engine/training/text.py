"""What is told of the texts before training begins, and what is found out about them aside while it goes on."""

from collections.abc import Iterator, Sequence

import numpy as np

from engine.commands import CompareTokenizers, CountMerges
from engine.corpus.floors import Floor, floors
from engine.corpus.part import Corpus, Part
from engine.events import CorpusRead, Event, FloorCounted, SourceExamined, SourceRead
from engine.settings import Settings
from engine.training.objective import special_tokens
from engine.training.validation import When

FIRST_FLOORS = 2  # orders that are counted before the first step: the chart has its range, and nobody waits
HIGHEST_FLOOR = 6  # 6-grams
HIGHEST_MASKED_FLOOR = 1  # longer ones know only one side
TRUE_ENTROPY, TRUE_ORDER = "true entropy", -1
SAMPLE = 1_000_000  # characters that tokenizers are compared on


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


def found_out(command: CountMerges | CompareTokenizers, corpus: Corpus) -> Iterator[Event | None]:
    """How text like this is cut into tokens, in other ways than the run does."""
    from engine.tokenizer.comparing import compared, counted  # not before somebody asks

    train = sample(corpus, corpus.train)
    if isinstance(command, CountMerges):
        return counted(train)
    return compared(train, sample(corpus, corpus.validation), command.wanted)


def sample(corpus: Corpus, rows: Sequence[np.ndarray]) -> str:
    """The beginning of each text, as long as its share of SAMPLE characters."""
    whole = sum(map(len, rows))
    texts = []
    for row in rows:
        tokens = row[: SAMPLE * len(row) // whole]  # no token is shorter than a character but a few
        text = corpus.tokenizer.decode(tokens[tokens != corpus.tokenizer.end])
        texts.append(text[: SAMPLE * len(row) // whole])
    return "\n".join(texts)


def _floors(corpus: Corpus, settings: Settings, highest: int) -> Iterator[Floor]:
    highest = min(highest, HIGHEST_MASKED_FLOOR) if settings.objective == "masked" else highest
    vocabulary = len(vocabulary_of(corpus, settings))
    return floors(corpus.train, corpus.validation, vocabulary, settings.context, highest)


def _told(some: Iterator[Floor], when: When) -> Iterator[FloorCounted]:
    for floor in some:
        yield FloorCounted(*when, floor.name, floor.order, floor.loss)
