"""What is asked of a window: the shares of BERT, gaps that lose nothing, and always the same of the same window."""

import numpy as np
import pytest
import torch

from engine.special import GAP, MASK
from engine.training.model import IGNORED
from engine.training.objective import gap_prompt, infilled, masked, special_tokens, tasks
from tests.engine.training.small import OBJECTIVES, small_settings

ORDINARY, END = 20, 19
MASK_TOKEN = ORDINARY
PREFIX, SUFFIX, MIDDLE = ORDINARY, ORDINARY + 1, ORDINARY + 2
WINDOWS = np.random.default_rng(5).integers(END, size=(3000, 33))  # one document
CONTEXT = 32


def share(part: torch.Tensor | np.ndarray, whole: torch.Tensor | np.ndarray) -> float:
    return int(part.sum()) / int(whole.sum())


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_windows_40_to_43_are_the_same_however_they_are_taken(objective):
    task = tasks(small_settings(objective=objective, context=CONTEXT), ORDINARY, END)
    whole = task(WINDOWS[40:44], 40)
    parts = task(WINDOWS[40:41], 40), task(WINDOWS[41:44], 41)
    for together, one, rest in zip(whole, *parts, strict=True):
        assert torch.equal(together, torch.cat((one, rest)))


@pytest.mark.parametrize("objective", ["masked", "infill"])
def test_another_window_number_or_seed_is_another_task_of_the_same_text(objective):
    settings = small_settings(objective=objective, context=CONTEXT)
    other = settings.model_copy(update={"seed": 2})
    inputs = [
        tasks(chosen, ORDINARY, END)(WINDOWS[:8], first)[0]
        for chosen, first in ((settings, 0), (settings, 8), (other, 0))
    ]
    assert not torch.equal(inputs[0], inputs[1])
    assert not torch.equal(inputs[0], inputs[2])


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_task_leaves_the_text_alone_and_the_global_generators_too(objective):
    kept = WINDOWS[:50].copy()
    state = np.random.get_state()[1].copy(), torch.get_rng_state()
    inputs_BT, targets_BT = tasks(small_settings(objective=objective, context=CONTEXT), ORDINARY, END)(WINDOWS[:50], 0)
    np.testing.assert_array_equal(WINDOWS[:50], kept)
    assert inputs_BT.shape == targets_BT.shape == (50, CONTEXT)
    assert inputs_BT.dtype == targets_BT.dtype == torch.int64
    np.testing.assert_array_equal(np.random.get_state()[1], state[0])
    assert torch.equal(torch.get_rng_state(), state[1])


# masked


@pytest.mark.parametrize("masked_share", [0.15, 0.4])
def test_of_the_chosen_tokens_80_percent_are_hidden_10_swapped_10_left(masked_share):
    settings = small_settings(objective="masked", context=CONTEXT, masked_share=masked_share)
    inputs_BT, targets_BT = masked(WINDOWS, 0, settings, ORDINARY)
    text_BT = torch.from_numpy(WINDOWS[:, :-1])
    asked = targets_BT != IGNORED
    assert asked.float().mean().item() == pytest.approx(masked_share, abs=0.005)
    assert share(asked & (inputs_BT == MASK_TOKEN), asked) == pytest.approx(0.8, abs=0.01)
    same = asked & (inputs_BT == text_BT)
    assert share(same, asked) == pytest.approx(0.1 + 0.1 / ORDINARY, abs=0.01)  # a stranger may be the token itself
    swapped = asked & (inputs_BT != text_BT) & (inputs_BT != MASK_TOKEN)
    assert share(swapped, asked) == pytest.approx(0.1 - 0.1 / ORDINARY, abs=0.01)
    assert set(inputs_BT[swapped].tolist()) == set(range(ORDINARY))


def test_only_chosen_tokens_are_changed_and_only_they_are_asked_for():
    inputs_BT, targets_BT = masked(WINDOWS, 0, small_settings(objective="masked", context=CONTEXT), ORDINARY)
    text_BT = torch.from_numpy(WINDOWS[:, :-1])
    asked = targets_BT != IGNORED
    assert torch.equal(targets_BT[asked], text_BT[asked])
    assert torch.equal(inputs_BT[~asked], text_BT[~asked])


def test_every_place_of_a_window_is_chosen_alike():
    _, targets_BT = masked(WINDOWS, 0, small_settings(objective="masked", context=CONTEXT, masked_share=0.5), ORDINARY)
    chances_T = (targets_BT != IGNORED).float().mean(0)
    assert (chances_T - 0.5).abs().max() < 0.05


def test_special_tokens_stand_after_those_of_the_tokenizer():
    inputs_BT, _ = masked(WINDOWS, 0, small_settings(objective="masked", context=CONTEXT), ORDINARY)
    assert int(inputs_BT.max()) == ORDINARY
    assert special_tokens(small_settings(objective="masked")) == (MASK,)
    assert special_tokens(small_settings(objective="infill")) == GAP
    assert special_tokens(small_settings()) == ()


# infill


def rearranged(made_BN: np.ndarray) -> np.ndarray:
    return (made_BN >= ORDINARY).any(axis=1)


def infill(infill_share: float = 1.0) -> np.ndarray:
    settings = small_settings(objective="infill", context=CONTEXT, infill_share=infill_share)
    return infilled(WINDOWS, 0, settings, ORDINARY, END)


def taken_apart(made_N: np.ndarray) -> tuple[list[int], list[int], list[int], list[int]]:
    """Prefix, middle, suffix and the text that goes on, of a window with a gap."""
    row = made_N.tolist()
    suffix, middle, end = row.index(SUFFIX), row.index(MIDDLE), row.index(END)
    return row[1:suffix], row[middle + 1 : end], row[suffix + 1 : middle], row[end + 1 :]


def test_a_window_with_a_gap_can_be_put_together_again():
    for made_N, window_N in zip(infill(), WINDOWS, strict=True):
        before, middle, after, rest = taken_apart(made_N)
        assert before + middle + after + rest == window_N[: CONTEXT - 3].tolist()


def test_each_sign_stands_once_and_in_order_and_the_end_closes_the_gap():
    made_BN = infill()
    assert made_BN.shape == WINDOWS.shape
    for row in made_BN.tolist():
        assert row[0] == PREFIX
        assert [token for token in row if token >= END] == [PREFIX, SUFFIX, MIDDLE, END]


def test_each_part_of_a_window_with_a_gap_may_be_empty_or_everything():
    settings = small_settings(objective="infill", context=8, infill_share=1.0)
    made_BN = infilled(WINDOWS[:, :9], 0, settings, ORDINARY, END)
    parts = [tuple(map(len, taken_apart(made_N))) for made_N in made_BN]
    for lengths in zip(*parts, strict=True):
        assert set(lengths) == set(range(8 - 3 + 1))


def test_the_length_of_the_window_does_not_tell_the_length_of_the_gap():
    """Else a short prompt with a gap would be filled up to the context."""
    given = {}
    for made_N in infill():
        before, middle, after, _ = taken_apart(made_N)
        given.setdefault(len(before) + len(after), set()).add(len(middle))
    assert min(len(lengths) for total, lengths in given.items() if total < 15) > 5


@pytest.mark.parametrize("infill_share", [0.0, 0.5, 0.9, 1.0])
def test_so_many_windows_have_a_gap_and_the_others_are_as_they_were(infill_share):
    made_BN = infill(infill_share)
    changed = rearranged(made_BN)
    assert changed.mean() == pytest.approx(infill_share, abs=0.03)
    np.testing.assert_array_equal(made_BN[~changed], WINDOWS[~changed])


def test_gaps_are_learned_from_left_to_right():
    inputs_BT, targets_BT = tasks(small_settings(objective="infill", context=CONTEXT), ORDINARY, END)(WINDOWS, 0)
    assert torch.equal(inputs_BT[:, 1:], targets_BT[:, :-1])


def test_a_prompt_with_a_gap_is_what_a_window_with_a_gap_begins_with():
    before, middle, after, rest = taken_apart(infill()[0])
    prompt = gap_prompt(np.array(before), np.array(after), ORDINARY, CONTEXT)
    assert prompt == infill()[0][: len(prompt)].tolist()
    assert infill()[0][len(prompt) :].tolist() == [*middle, END, *rest]


@pytest.mark.parametrize(
    ("before", "after", "kept_before", "kept_after"),
    [
        ("0123", "456", "0123", "456"),
        ("01234567", "89", "234567", "89"),
        ("01", "23456789", "01", "234567"),
        ("01234", "56789", "1234", "5678"),
        ("", "0123456789", "", "01234567"),
        ("0123456789", "", "23456789", ""),
    ],
)
def test_of_a_long_text_around_a_gap_the_nearest_tokens_are_kept(before, after, kept_before, kept_after):
    parts = (np.array([int(digit) for digit in text], dtype=np.int64) for text in (before, after))
    prompt = gap_prompt(*parts, ORDINARY, 8 + len(GAP))
    first, second = ([int(digit) for digit in text] for text in (kept_before, kept_after))
    assert prompt == [PREFIX, *first, SUFFIX, *second, MIDDLE]
