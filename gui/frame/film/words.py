"""What the film dialog says: how long a film is, how long it takes to make, how far it is."""

from collections.abc import Sequence

from gui.export.film.choices import Film, held

STEADY = 0.25  # share of a film after which its size says something about the whole


def film_words(film: Film, steps: Sequence[int], cost: float) -> str:
    """Before it is made; `cost` is seconds for one picture, 0 where that is not known yet."""
    count = len(steps)
    seconds = (count + held(film)) / film.rate
    pictures = "One picture" if count == 1 else f"{count:,} pictures"
    made = f" It takes {about(cost * count)} to make." if cost else ""
    return f"{pictures}, {seconds:.1f} s long.{made}"


def going_words(made: int, count: int, passed: float, size: str) -> str:
    """While it is made: `passed` are seconds since it began, `size` of the file as it will be; may be empty."""
    words = [f"Picture {made:,} of {count:,}"]
    if made:
        words.append(f"{about(passed / made * (count - made))} left" if made < count else "writing the file")
    return ", ".join((*words, size) if size else words) + "."


def about(seconds: float) -> str:
    """Roughly, as people say it."""
    if seconds < 5:
        return "a few seconds"
    if seconds < 55:
        return f"about {5 * round(seconds / 5)} s"
    if seconds < 5400:
        return f"about {max(1, round(seconds / 60))} min"
    return f"about {seconds / 3600:.1f} h"
