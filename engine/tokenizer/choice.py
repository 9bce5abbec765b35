"""Which tokenizer: made new for a text, or again from what was kept of it."""

import json
import re
from collections.abc import Generator, Iterator, Sequence

from engine.corpus.document import progressed, word_end
from engine.events import Progressed
from engine.settings import Settings
from engine.tokenizer.byte import ByteTokenizer
from engine.tokenizer.character import CharacterTokenizer
from engine.tokenizer.tokenizer import Tokenizer
from engine.trouble import Trouble

LEARN_FROM = 5_000_000  # characters are enough to know which bytes stand together
LEARN_WORDS = 1_500_000  # characters of different words: what learning really costs
STRETCH = 10_000
LONG_RUN = re.compile(
    r"(\S{100})(?=\S)"
)  # text without spaces: learning takes a time that grows with the length of its words


def made_for(pieces: Sequence[str], settings: Settings) -> Generator[Progressed, None, Tokenizer]:
    """The tokenizer that `settings` ask for, made for this training text."""
    task = "Learning how to cut text into tokens"
    match settings.tokenizer:
        case "byte":
            return ByteTokenizer()
        case "character":
            alphabet: set[str] = set()
            for done, piece in enumerate(pieces):
                yield progressed(task, done, len(pieces))
                alphabet.update(piece)
            return CharacterTokenizer(alphabet)
        case _:
            from engine.tokenizer import bpe  # not before it is needed: it takes a while to import

            yield progressed(task, 0, 1)
            sample = list(_sampled(pieces))
            yield progressed(task, 0.3, 1)
            return bpe.learned(sample, settings.vocabulary)


def load(text: str) -> Tokenizer:
    """The tokenizer that wrote this JSON; Trouble if none did."""
    try:
        facts = json.loads(text)
        match facts["kind"]:
            case "byte":
                return ByteTokenizer()
            case "character":
                return CharacterTokenizer(facts["alphabet"])
            case "bpe":
                from tokenizers import Tokenizer as Made

                from engine.tokenizer.bpe import BpeTokenizer

                return BpeTokenizer(Made.from_str(json.dumps(facts["model"])))
    except Exception as error:  # the library has no exception of its own
        raise Trouble("The tokenizer cannot be read.", "Prepare the corpus again.") from error
    raise Trouble("The tokenizer is of a kind that is not known here.", "Use a newer version of Terrarium.")


def _sampled(pieces: Sequence[str]) -> Iterator[str]:
    """Stretches from all over the text, as many as are needed to learn from."""
    share = min(1.0, LEARN_FROM / max(1, sum(map(len, pieces))))
    words: set[str] = set()
    cost = 0
    for piece in pieces:
        wanted = piece if share == 1 else piece[: word_end(piece, int(len(piece) * share))]
        for start in range(0, len(wanted), STRETCH):
            stretch = wanted[start : start + STRETCH]
            new = set(stretch.split()) - words
            cost += sum(map(len, new))
            if cost > LEARN_WORDS and words:
                return
            words |= new
            yield from filter(None, LONG_RUN.split(stretch))
