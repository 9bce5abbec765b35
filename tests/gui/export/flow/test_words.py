"""Texts are read in their order; where there is no room for all, all end early, and what is left out is counted."""

import pytest

from gui.export.flow.blocks import height
from gui.export.sheet import Paragraph, Words
from gui.theme import LIGHT
from tests.gui.export.flowing import BOX, PAPER, drawn, places, said, words

TEXT = "Mira went to the mill. The mill was cold and she said the bread was to the river."
LONG = " ".join(f"word{place}" for place in range(400))
WIDE = (2.0, 3.0, 160.0, 100.0)


def colours(made: list) -> dict[str, str]:  # type: ignore[type-arg]
    return {call.arguments[2]: call.named.get("color", LIGHT.ink) for call in made if call.method == "text"}


def test_all_words_come_in_their_order() -> None:
    made = said(drawn(words(LONG), (2, 3, 80, 500)))
    assert " ".join(made).split() == ["Step", "0", "Once", *LONG.split()]


def test_columns_are_read_from_left_to_right() -> None:
    where = places(drawn(words(TEXT, TEXT, TEXT, TEXT, columns=2), WIDE))
    first, second, third = where["Step 0"], where["Step 1"], where["Step 2"]
    assert first[1] == second[1] > third[1]
    assert first[0] == third[0] < second[0]


def test_columns_that_would_be_too_narrow_become_fewer() -> None:
    where = places(drawn(words(TEXT, TEXT, TEXT, columns=3)))
    assert len({where[f"Step {at}"][0] for at in range(3)}) < 3


def test_a_text_that_is_too_long_ends_with_what_is_missing() -> None:
    whole, cut = (said(drawn(words(LONG), (2, 3, 80, high))) for high in (500, 30))
    shown = len(cut) - 1
    assert cut[:-1] == whole[:shown]
    assert cut[-1] == f"… and {len(whole) - shown} more lines"


def test_all_texts_end_early_before_one_is_left_out() -> None:
    block = words(*(TEXT * 6,) * 4)
    made = said(drawn(block, (*BOX[:3], 0.7 * height(block, 80, PAPER))))
    assert [text for text in made if text.startswith("Step")] == ["Step 0", "Step 1", "Step 2", "Step 3"]
    assert sum(text.startswith("… and") for text in made) == 4


def test_texts_without_any_room_are_counted() -> None:
    made = said(drawn(words(*(TEXT,) * 9), (2, 3, 80, 30)))
    heads = sum(text.startswith("Step") for text in made)
    assert 0 < heads < 9
    assert made[-1] == f"… and {9 - heads} more texts"


def test_where_a_line_is_too_dear_dots_at_the_end_must_do() -> None:
    block = words(*(TEXT * 3,) * 4)
    made = said(drawn(block, (*BOX[:3], 0.5 * height(block, 80, PAPER))))
    assert sum(text.endswith("…") for text in made) == 4
    assert not any("more" in text for text in made)


def test_the_text_of_the_step_on_show_is_never_left_out() -> None:
    paragraphs = tuple(Paragraph(TEXT, head=f"Step {at}", strong=at == 7) for at in range(9))
    made = drawn(Words(paragraphs), (2, 3, 80, 25))
    assert "Step 7" in said(made)
    assert "Step 0" not in said(made)
    assert colours(made)["Step 7"] == LIGHT.accent
    assert LIGHT.accent in {call.named["color"] for call in made if call.method == "plot"}


def test_given_words_are_fainter_than_the_models_own() -> None:
    made = colours(drawn(Words((Paragraph("own", "given ", after=" rest"),))))
    assert made == {"given ": LIGHT.ink3, "own": LIGHT.ink, " rest": LIGHT.ink3}


def test_what_comes_later_is_faint_and_what_is_not_on_show_calmer() -> None:
    block = Words((Paragraph("now", strong=True), Paragraph("before"), Paragraph("later", faint=True)))
    made = colours(drawn(block))
    assert made["now"] == LIGHT.ink
    assert made["before"] == LIGHT.ink2
    assert made["later"] not in (LIGHT.ink, LIGHT.ink2)


def test_head_line_aside_and_remark() -> None:
    paragraph = Paragraph(TEXT, head="amber-heron", aside="step 9", remark="is not there yet", line=("line1", ()))
    made = drawn(Words((paragraph,)))
    where = places(made)
    assert where["amber-heron"][1] == where["step 9"][1] > where["is not there yet"][1]
    assert where["step 9"][0] > where["amber-heron"][0] > BOX[0]
    assert [call.named["color"] for call in made if call.method == "plot"] == [LIGHT.line1]


@pytest.mark.parametrize("model", [True, False])
def test_the_models_own_words_are_in_their_type(model: bool) -> None:
    [call] = [call for call in drawn(Words((Paragraph("own", model=model),))) if call.method == "text"]
    assert ("family" in call.named) == model


def test_a_mark_that_begins_a_text_is_shown_by_its_number() -> None:
    made = said(drawn(Words((Paragraph("\u0301x", "given e"),))))
    assert "".join(made) == "given eU+0301x"


def test_dots_are_not_lost_on_an_empty_line() -> None:
    made = said(drawn(Words((Paragraph("one\n\nthree\nfour\nfive"),)), (2, 3, 80, 8)))
    assert made == ["one", "…"]
