"""The learning rate of each step: a rise over the warm-up, then a fall. A function of the step, with no state."""

from math import cos, pi

from engine.settings import Settings


def learning_rate(settings: Settings, step: int, annealed_at: int | None = None) -> float:
    """Rate for the update that leads from `step` to `step` + 1; `annealed_at` is the step of an early end, if any."""
    if annealed_at is None or step < annealed_at:
        return settings.learning_rate * planned(settings, step)
    began, least = planned(settings, annealed_at), settings.final_rate
    done = min(1.0, (step - annealed_at) / max(1, fall(settings)))
    return settings.learning_rate * (began + (min(began, least) - began) * done)


def last_step(settings: Settings, annealed_at: int | None = None) -> int:
    """Step at which the rate has come down: still to come, also when it is annealed with no time to fall."""
    return settings.horizon if annealed_at is None else annealed_at + max(1, fall(settings))


def fall(settings: Settings) -> int:
    """Steps that WSD, or annealing early, takes to come down."""
    return round(settings.decay * settings.horizon)


def planned(settings: Settings, step: int) -> float:
    """Share of the peak rate."""
    if step < settings.warmup:
        return (step + 1) / settings.warmup
    if settings.schedule == "constant":
        return 1.0
    first = settings.horizon - fall(settings) if settings.schedule == "wsd" else settings.warmup
    done = min(1.0, max(0, step - first) / max(1, settings.horizon - first))
    left = 0.5 * (1 + cos(pi * done)) if settings.schedule == "cosine" else 1 - done
    return settings.final_rate + (1 - settings.final_rate) * left
