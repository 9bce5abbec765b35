"""What is remembered of an export."""

import pytest

from engine.trouble import Trouble
from gui.export.wish import Wish, remembered


def test_a_wish_comes_back_as_it_was() -> None:
    wish = Wish(numbers=("json", "csv"), script=True, whole=False, folder="/a b").on(preset="poster", hidden=("a",))
    assert remembered(wish.model_dump_json()) == wish


@pytest.mark.parametrize("words", ["", "{", "[]", '{"paper": {"preset": "wall"}}', '{"paper": 3}', '{"new": 1}'])
def test_what_cannot_be_read_is_the_usual_wish(words: str) -> None:
    assert remembered(words) == Wish()


def test_only_what_is_said_changes() -> None:
    wish = Wish(script=True).on(look="dark").on(format="svg")
    assert (wish.script, wish.paper.look, wish.paper.format) == (True, "dark", "svg")
    assert wish.but(whole=False).paper == wish.paper
    with pytest.raises(Trouble):
        wish.on(width=-1.0)
