"""A tokenizer.json of the `tokenizers` library that a person brings. It may come from anywhere.

It is loaded and tried in a child process within limits; only what has survived that is loaded here.
"""

import os
import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from itertools import takewhile
from pathlib import Path

from tokenizers import Tokenizer, models

from engine.child import Limits, in_child
from engine.corpus.place import shown as printable
from engine.tokenizer.byte_level import BYTE_OF, bytes_of
from engine.tokenizer.library import LibraryTokenizer, pieces_of
from engine.tokenizer.probes import PROBES
from engine.tokenizer.tokenizer import shown
from engine.trouble import Trouble

LARGEST_FILE = 64_000_000  # bytes; those of today's large models have up to 35 million
MOST_TOKENS = 2**19
BEAT = 0.1  # seconds
ADVICE = "Choose another tokenizer.json, or have a tokenizer learned from the text."
LIMITS = Limits("use this tokenizer.json", ADVICE, memory=3_000_000_000, processor=30, seconds=60)
LONE_BYTE = re.compile("<0x([0-9A-F]{2})>")  # how SentencePiece calls a byte


def read(path: str) -> str:
    """The text of such a file; Trouble if it is none, or far too large to be one."""
    file = Path(os.path.expanduser(path))
    try:
        if not os.path.isfile(file):  # whatever would be waited for, as for a pipe, is none
            raise Trouble("There is no tokenizer file." if not path else f"There is no file {printable(path)}.", ADVICE)
        with file.open("rb") as opened:
            found = opened.read(LARGEST_FILE + 1)
        if len(found) > LARGEST_FILE:
            raise Trouble(f"{printable(file.name)} is too large to be a tokenizer.json.", ADVICE)
        return found.decode("utf-8-sig")
    except OSError as error:
        raise Trouble(f"{printable(file.name)} cannot be read: {error.strerror}.", ADVICE) from error
    except ValueError as error:  # no UTF-8, or a path with a NUL
        raise Trouble(f"{printable(file.name)} is no tokenizer.json: it is not text.", ADVICE) from error


def tried_aside(text: str) -> Generator[str | None, None, None]:
    """A sentence if there are texts that it does not keep, and None each beat; Trouble if it is of no use."""
    with closing(in_child("engine.tokenizer.foreign:tried", text, LIMITS, BEAT)) as answers:
        yield from answers


def tried(text: str) -> Iterator[str]:
    """The child's part: cut all probes. A sentence about the first that does not come back."""
    tokenizer = loaded(text)
    came_back = [(probe, _there_and_back(tokenizer, probe)) for probe in PROBES]
    if not any(back for _, back in came_back):
        raise Trouble("This tokenizer finds no tokens in any text.", ADVICE)
    if changed := next(((probe, back) for probe, back in came_back if probe != back), None):
        yield "This tokenizer does not keep every text: “{}” comes back as “{}”.".format(*_where_they_part(*changed))


def _where_they_part(probe: str, back: str) -> tuple[str, str]:
    """Both near the first difference."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(probe, back, strict=False)))
    near = max(0, same - 10)
    return probe[near : near + 30], back[near : near + 30]


def loaded(text: str, end: int | None = None) -> LibraryTokenizer:
    """Load it, come what may; Trouble if the library cannot, or its tokens make no vocabulary.

    `end` is its own token between documents, which must be one that no text can have; by default one is added.
    """
    try:
        made = Tokenizer.from_str(text)
        made.no_padding()
        made.no_truncation()
        made.encode_special_tokens = True  # those of the file are plain signs in a text
        names = pieces_of(made)
        if end is not None and end not in special_tokens(made):
            raise ValueError("the token it ends with is none of its special ones")
    except Exception as error:
        raise Trouble(f"This is no sound tokenizer.json: {str(error)[:200]}.", ADVICE) from error
    if not 1 <= len(names) <= MOST_TOKENS:
        raise Trouble(f"This tokenizer has {len(names):,} tokens; 1 to {MOST_TOKENS:,} can be used.", ADVICE)
    return LibraryTokenizer("file", made, texts_of(made, names), end)


def special_tokens(made: Tokenizer) -> dict[int, str]:
    """Those that mark something in a text rather than being part of one, by number."""
    return {number: token.content for number, token in made.get_added_tokens_decoder().items() if token.special}


def texts_of(made: Tokenizer, names: Sequence[str]) -> list[str]:
    """What each token adds to a text, as far as the file tells."""
    goes_on = made.model.continuing_subword_prefix if isinstance(made.model, models.WordPiece) else ""
    if "ByteLevel" in f"{made.pre_tokenizer} {made.decoder}":
        ours = (name.removeprefix(goes_on) for name in names)  # WordPiece of bytes, as it leaves here
        return [shown(bytes_of(name)) if BYTE_OF.keys() >= set(name) else name for name in ours]
    if isinstance(made.model, models.WordPiece):
        return [name.removeprefix(goes_on) if name.startswith(goes_on) else f" {name}" for name in names]
    ending = getattr(made.model, "end_of_word_suffix", None) or ""
    return [_plain(name, ending) for name in names]


def _plain(name: str, ending: str) -> str:
    if byte := LONE_BYTE.fullmatch(name):
        return shown(bytes([int(byte[1], 16)]))
    whole = name.removesuffix(ending) + " " if ending and name.endswith(ending) else name
    return whole.replace("▁", " ")


def _there_and_back(tokenizer: LibraryTokenizer, probe: str) -> str:
    tokens = tokenizer.encode(probe)
    if len(tokens) and not 0 <= tokens.min() <= tokens.max() < tokenizer.end:
        raise Trouble("This tokenizer makes tokens that are not in its vocabulary.", ADVICE)
    if len(tokens) > 16 + 8 * len(probe.encode()):
        raise Trouble("This tokenizer makes texts many times as long as they are.", ADVICE)
    return tokenizer.decode(tokens)
