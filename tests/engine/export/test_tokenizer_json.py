"""A tokenizer that left as a tokenizer.json and comes in again cuts and joins as it did."""

import json

import pytest

from engine.export.tokenizer_json import tokenizer_file
from engine.tokenizer import foreign
from tests.engine.export.test_huggingface import HARD
from tests.engine.tokenizer.small import ALL


@pytest.mark.parametrize("kind", ALL)
def test_what_left_comes_in_again_as_it_was(kind: str) -> None:
    before = ALL[kind]
    after = foreign.loaded(json.dumps(tokenizer_file(before, ()).content), before.end)
    assert after.end == before.end
    assert len(after.vocabulary) == len(before.vocabulary)
    for text in HARD:
        tokens = before.encode(text)
        assert after.encode(text).tolist() == tokens.tolist(), text
        assert after.decode(tokens) == before.decode(tokens), text
