"""Going on where a checkpoint was written: with the same numbers, or with a word about why they cannot be the same."""

from collections.abc import Iterator

import torch

from engine.checkpoints import TEXT_CHANGED
from engine.events import Warned
from engine.processor import usable_cores, usable_threads
from engine.training.choices import Chosen
from engine.training.device import Device
from engine.training.state import State
from engine.training.validation import When
from engine.trouble import Trouble


def chosen_before(state: State, device: Device) -> Chosen:
    """Nothing is measured anew: it could change the sums; a peak of other parts is none. Sets torch's threads."""
    here = {"device": device.torch.type, "threads": min(state.threads, usable_threads())}
    using = state.computing.model_copy(update=here)
    torch.set_num_threads(using.threads)
    peak = state.peak if (using.device, using.threads) == (state.device, state.threads) else 0.0
    return Chosen(using, state.chosen, peak, max(using.threads, usable_cores()))


def differences(state: State, device: Device, when: When) -> Iterator[Warned]:
    """What keeps this machine from going on to the last digit."""
    here = device.torch.type, torch.get_num_threads(), str(torch.__version__)
    there = state.device, state.threads, state.versions.torch
    if here != there:
        before, now = ("{}, {} threads, torch {}".format(*each) for each in (there, here))
        message = f"It was saved on {before} and goes on with {now}."
        yield Warned(*when, message, "From here on the numbers may differ in their last digits.")


def text_changed(go_on: bool, when: When) -> Warned:
    """Raises Trouble unless a person has said to go on."""
    if not go_on:
        raise Trouble(TEXT_CHANGED, "Put the old text back, or go on with the new one.")
    return Warned(*when, TEXT_CHANGED, "Training goes on with the new one, cut into the same tokens.")
