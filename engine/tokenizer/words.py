"""Text as words, the way GPT-2 split it: a learned token never reaches beyond one of them.

Its pattern, in order of preference: 's 't 're 've 'm 'll 'd | ?letters | ?digits | ?other signs | space, where " ?" is
one space that goes with what follows it, and of a longer space the last sign is left for the word behind it. Python's
own patterns know no classes of letters, so they are matched on a second text in which each character is its class.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

ENDINGS = re.compile("'(?:[stmd]|re|ve|ll)")
# of classes: L letter, N number, S other sign, w white space; a plain space stays one
CLASSES = re.compile(r" ?L+| ?N+| ?S+|[ w]+(?![LNS])|[ w]+")


def words(text: str) -> Iterator[str]:
    """They join to the text again. Letters that are younger than this Python's tables count as signs."""
    classes = "".join(map(_class, text))
    at = 0
    while found := ENDINGS.match(text, at) or CLASSES.match(classes, at):
        yield text[at : found.end()]
        at = found.end()


@lru_cache(maxsize=8192)  # characters come again and again
def _class(character: str) -> str:
    if character == " ":
        return " "
    if character.isspace() and character not in "\x1c\x1d\x1e\x1f":  # Unicode's white space is a little less
        return "w"
    category = unicodedata.category(character)[0]
    return category if category in "LN" else "S"
