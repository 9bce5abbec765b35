"""The learning rate of each step: a rise over the warm-up, then a fall to the horizon. A function of the step alone."""

from math import cos, pi

from engine.settings import Settings


def learning_rate(settings: Settings, step: int) -> float:
    """Rate for the update that leads from `step` to `step` + 1."""
    peak, least = settings.learning_rate, settings.learning_rate * settings.final_rate
    if step < settings.warmup:
        return peak * (step + 1) / settings.warmup
    if settings.schedule == "constant":
        return peak
    fall = max(1, settings.horizon - settings.warmup)
    done = min(1.0, (step - settings.warmup) / fall)
    left = 0.5 * (1 + cos(pi * done)) if settings.schedule == "cosine" else 1 - done
    return least + (peak - least) * left
