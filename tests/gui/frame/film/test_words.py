"""What is said of a film: counts and times are right, and nothing is said that is not known."""

import pytest

from gui.export.film.choices import Film
from gui.frame.film.words import about, film_words, going_words


def test_pictures_and_seconds_with_the_held_end() -> None:
    film = Film(rate=10, hold=1.5)
    assert film_words(film, range(100), 0.0) == "100 pictures, 11.5 s long."
    assert film_words(film, range(100), 0.3) == "100 pictures, 11.5 s long. It takes about 30 s to make."
    assert film_words(film, [7], 0.0) == "One picture, 1.6 s long."


def test_how_far_it_is() -> None:
    assert going_words(0, 144, 3.0, "") == "Picture 0 of 144."
    assert going_words(36, 144, 10.0, "") == "Picture 36 of 144, about 30 s left."
    assert going_words(36, 144, 10.0, "about 1.2 MB") == "Picture 36 of 144, about 30 s left, about 1.2 MB."
    assert going_words(144, 144, 40.0, "") == "Picture 144 of 144, writing the file."


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "a few seconds"),
        (12, "about 10 s"),
        (54, "about 55 s"),
        (57, "about 1 min"),
        (600, "about 10 min"),
        (9000, "about 2.5 h"),
    ],
)
def test_times_are_said_as_people_say_them(seconds: float, words: str) -> None:
    assert about(seconds) == words
