"""Tokens stand in their order, on their tints, with their numbers below and their names before them."""

from itertools import pairwise

import pytest

from gui.export.flow.blocks import height
from gui.export.flow.look import READABLE, contrast
from gui.export.paper import Paper
from gui.export.sheet import Tile, Tiles
from gui.theme import DARK, LIGHT, mix
from tests.gui.export.flowing import BOX, PAPER, boxes, drawn, places, said, tiles

TOKENS = [f"tok{place}" for place in range(60)]
TALL = (2.0, 3.0, 80.0, 300.0)


def test_tokens_read_from_left_to_right_and_down() -> None:
    where = places(drawn(tiles(*TOKENS), TALL))
    at = [where[token] for token in TOKENS]
    assert [text for text in said(drawn(tiles(*TOKENS), TALL)) if text in TOKENS] == TOKENS
    assert all(y > below or (y == below and x < right) for (x, y), (right, below) in pairwise(at))
    assert len({y for _, y in at}) > 3


def test_tiles_neither_touch_nor_leave_the_box() -> None:
    made = sorted(boxes(drawn(tiles(*TOKENS), TALL)), key=lambda box: (-box[1], box[0]))
    assert len(made) == len(TOKENS)
    assert all(left >= BOX[0] - 0.01 and right <= BOX[0] + BOX[2] + 0.02 for left, _, right, _, _ in made)
    assert all(one[2] < other[0] for one, other in pairwise(made) if abs(one[1] - other[1]) < 0.01)


def test_pieces_join_without_a_gap_and_keep_their_columns() -> None:
    whole = tiles("lantern", joined=True).rows[0]
    parts = tiles("lan", "tern", joined=True).rows[0]
    made = sorted(boxes(drawn(Tiles((whole, parts), joined=True))), key=lambda box: (-box[1], box[0]))
    first, *others = made
    assert others[0][0] == pytest.approx(first[0], abs=0.01)
    assert others[-1][2] == pytest.approx(first[2], abs=0.01)
    assert 0 < others[1][0] - others[0][2] < 0.5


def test_a_running_text_has_close_lines_in_plain_type_and_a_ground_without_seams() -> None:
    row = tuple(Tile(word, tint=0.5) for word in ("copied ", "words"))
    text, model = Tiles((row,), joined=True, prose=True), Tiles((row,), joined=True)
    one, other = sorted(boxes(drawn(text)), key=lambda box: box[0])
    assert one[2] == pytest.approx(other[0], abs=0.01)
    assert height(text, 80.0, PAPER) < height(model, 80.0, PAPER)
    assert {call.named.get("family") for call in drawn(text) if call.method == "text"} != {
        call.named.get("family") for call in drawn(model) if call.method == "text"
    }


def test_a_piece_is_as_wide_as_the_letters_it_holds_room_for() -> None:
    narrow, wide = (Tiles(((Tile("é", tint=1, letters=count),),), joined=True) for count in (0, 4))
    [one], [other] = boxes(drawn(narrow)), boxes(drawn(wide))
    assert other[2] - other[0] > 3.5 * (one[2] - one[0])


@pytest.mark.parametrize(("look", "theme"), [("light", LIGHT), ("dark", DARK)])
def test_the_tint_is_a_share_of_its_colour_on_the_page(look: str, theme: type[LIGHT]) -> None:  # type: ignore[valid-type]
    made = drawn(Tiles(((Tile("a", tint=0.5), Tile("b", tint=1.0, colour="hover")),)), paper=Paper(look=look))
    colours = [box[4].lower() for box in boxes(made)]
    assert colours == [mix(theme.panel, theme.tint, 0.5).name(), theme.hover.lower()]


def test_what_hides_something_is_marked() -> None:
    made = drawn(Tiles(((Tile("U+202E", warn=True, tint=0.3),),)))
    assert boxes(made)[0][4] == LIGHT.bad_soft.lower()
    assert [call.named["color"] for call in made if call.method == "text"] == [LIGHT.bad]


def test_words_can_be_read_on_any_tint() -> None:
    for look in ("light", "dark"):
        for colour in ("tint", "ptint", "ink", "line1", "accent"):
            made = drawn(Tiles(((Tile("word", tint=0.8, colour=colour),),)), paper=Paper(look=look))
            theme = LIGHT if look == "light" else DARK
            ink = next(call.named.get("color", theme.ink) for call in made if call.method == "text")
            assert contrast(ink, boxes(made)[0][4]) >= READABLE


def test_the_chosen_token_has_a_ring_and_a_bold_number() -> None:
    row = Tile("a", "1.0"), Tile("b", "2.0", tint=0.5, ring=True)
    made = drawn(Tiles((row,)))
    ring, inside = boxes(made)
    assert ring[4] == LIGHT.accent
    assert ring[0] < inside[0]
    assert ring[3] > inside[3]
    bold = [call.arguments[2] for call in made if call.method == "text" and "weight" in call.named]
    assert bold == ["2.0"]


def test_numbers_stand_below_their_tokens_and_say_their_unit() -> None:
    made = drawn(Tiles(((Tile("word", "1.5"),),), title="Loss", unit="nats"))
    where, [box] = places(made), boxes(drawn(Tiles(((Tile("word", "1.5", 0.5),),), title="Loss", unit="nats")))
    x, y = where["1.5"]
    assert y < box[1]
    assert x == pytest.approx((box[0] + box[2]) / 2, abs=0.01)
    assert "numbers in nats" in where


def test_a_token_longer_than_a_line_is_broken_and_counted_once() -> None:
    made = drawn(tiles("x" * 200, "end"), TALL)
    assert "".join(said(made)).count("x") == 200
    assert said(made).count("2.5") == 2
    assert said(drawn(tiles("x" * 200, "end"), (2, 3, 80, 14)))[-1] == "… and 1 more token"


def test_what_has_no_room_is_counted() -> None:
    made = said(drawn(tiles(*TOKENS), (2, 3, 80, 20)))
    shown = [text for text in made if text in TOKENS]
    assert shown == TOKENS[: len(shown)]
    assert 0 < len(shown) < 60
    assert made[-1] == f"… and {60 - len(shown)} more tokens"


def test_short_names_stand_beside_their_rows_and_long_ones_above() -> None:
    row = tiles("a").rows[0]
    beside, above = places(drawn(Tiles((row,), ("run",)))), places(drawn(Tiles((row,), ("a name " * 6 + "end",))))
    assert beside["run"][1] == beside["a"][1]
    assert beside["run"][0] < beside["a"][0]
    name = next(text for text in above if text.startswith("a name"))
    assert above[name][1] > above["a"][1]
    assert above[name][0] == BOX[0]


def test_each_name_has_the_line_of_its_run() -> None:
    row = tiles("a").rows[0]
    made = drawn(Tiles((row, row), ("one", "two"), lines=(("line1", ()), ("line2", (9, 5)))))
    strokes = [call.named for call in made if call.method == "plot"]
    assert [stroke["color"] for stroke in strokes] == [LIGHT.line1, LIGHT.line2]
    assert "linestyle" not in strokes[0]
    assert "linestyle" in strokes[1]


def test_larger_type_needs_more_height() -> None:
    assert height(tiles(*TOKENS), 80, Paper(type=12)) > 1.9 * height(tiles(*TOKENS), 80, PAPER)
