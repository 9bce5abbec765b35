"""Small tokenizers of each kind, texts to try them on, and how they look to the window."""

import numpy as np
from hypothesis import strategies as st

from engine.events import TokenizerCompared
from engine.tokenizer import bpe, unigram, wordpiece
from engine.tokenizer.byte import ByteTokenizer
from engine.tokenizer.character import CharacterTokenizer
from engine.tokenizer.comparing import fields_of
from engine.tokenizer.tokenizer import Tokenizer

ENGLISH = "Mira put the lantern on the table because the room was dark. She'll say: it's ##12, isn't it? " * 20
SYLLABLES = ["ka", "lu", "mi", "to", "ren", "sa", "vel", "dor", "ni", "pe", "gra", "sto", "el", "um", "ing", "ed"]
INVENTED = " ".join("".join(word) for word in np.random.default_rng(0).choice(SYLLABLES, (3000, 3)))
ODD = "éé ñandú 日本語 日本 \n\n\tab  ##a ### <|end|> aaaaaaaa 12 345"

LEARNED: dict[str, Tokenizer] = {
    "bpe": bpe.learned([ENGLISH, ODD], 400),
    "unigram": unigram.learned([ENGLISH, ODD, INVENTED], 400),
    "wordpiece": wordpiece.learned([ENGLISH, ODD], 640),
}
CHARACTERS = CharacterTokenizer(ENGLISH)
LOSSLESS: dict[str, Tokenizer] = {"byte": ByteTokenizer(), **LEARNED}
ALL: dict[str, Tokenizer] = {**LOSSLESS, "character": CHARACTERS}

# anything that is assigned in every table of characters, and what these tokenizers have pieces for
ANY = st.text(st.characters(exclude_categories=("Cs", "Cn")))
TEXTS = st.one_of(
    ANY,
    st.text("abthe.'#\n日é "),
    st.lists(st.sampled_from([*ENGLISH.split(" "), *ODD.split(" "), *SYLLABLES, " ", "\n", "#"])).map(" ".join),
)


def as_compared(kind: str, tokenizer: Tokenizer) -> TokenizerCompared:
    """What the window knows of a tokenizer."""
    fields = fields_of(kind, tokenizer)
    pieces = tuple(fields["vocabulary"]), tuple(fields["left"]), tuple(fields["right"])
    return TokenizerCompared(0, 0.0, kind, *pieces, np.array(fields["scores"], np.float32), 0.0, 0.0, 0.0)
