"""WordPiece (Schuster 2012): pieces are learned as in BPE, but a word is cut by always taking the longest that fits.

A piece that goes on in a word is another token than the same piece at its beginning. People see ## before it; towards
the library its mark is a sign that stands for no byte, so that a text may have ##, too.
"""

from collections.abc import Iterable
from typing import Any

from tokenizers import Tokenizer, models, pre_tokenizers, trainers

from engine.tokenizer.byte_level import ALPHABET, byte_level, words_as_bytes
from engine.tokenizer.cutting import GOES_ON, LONGEST_WORD
from engine.tokenizer.library import LibraryTokenizer, failures_are_trouble
from engine.tokenizer.tokenizer import sound

MARK = "→"
BYTES = [*ALPHABET, *(MARK + sign for sign in ALPHABET)]  # with these any text can be cut
SMALLEST = len(BYTES) + 1  # tokens, the end token among them
SPARE = 32  # pieces learned in vain, such as those that look as if they went on


def learned(texts: Iterable[str], vocabulary: int) -> LibraryTokenizer:
    """A tokenizer of at most so many tokens, the end token among them, but of at least SMALLEST."""
    made = Tokenizer(models.WordPiece(continuing_subword_prefix=MARK, unk_token=""))
    made.pre_tokenizer = words_as_bytes()
    trainer = trainers.WordPieceTrainer(
        vocab_size=vocabulary + SPARE,
        show_progress=False,
        initial_alphabet=ALPHABET,
        special_tokens=BYTES[len(ALPHABET) :],  # numbered first, so that chance has no say
        continuing_subword_prefix=MARK,
    )
    with failures_are_trouble("learn how to cut this text into tokens"):
        made.train_from_iterator(map(sound, texts), trainer)
    return _made(_in_order(made.get_vocab())[: max(SMALLEST, vocabulary) - 1])


def rebuilt(model: dict[str, Any]) -> LibraryTokenizer:
    """From its pieces alone; ValueError if they are not as `learned` leaves them."""
    names: dict[str, int] = model["vocab"]
    if list(names.values()) != list(range(len(names))) or list(names) != _in_order(names):
        raise ValueError("the pieces are not in order")
    return _made(list(names))


def _in_order(names: dict[str, int]) -> list[str]:
    """Bytes, then what was learned of them; a piece that begins with ## and does not go on is left out."""
    longer = [name for name in names if len(name.removeprefix(MARK)) > 1 and not name.startswith(GOES_ON)]
    return [*BYTES, *sorted(longer, key=lambda name: names[name])]


def _made(names: list[str]) -> LibraryTokenizer:
    numbers = {name: number for number, name in enumerate(names)}
    limits = {"max_input_chars_per_word": LONGEST_WORD, "continuing_subword_prefix": MARK}
    made = Tokenizer(models.WordPiece(numbers, unk_token="", **limits))
    made.pre_tokenizer = pre_tokenizers.Sequence([words_as_bytes(), pre_tokenizers.FixedLength(LONGEST_WORD)])
    return byte_level("wordpiece", made, MARK)
