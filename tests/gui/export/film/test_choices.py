"""Which steps a film shows, that what is written can be played, and that what is called off leaves nothing."""

import importlib.util

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.trouble import Trouble
from gui.export.film.choices import FILM_FORMATS, Film, held, steps_of
from gui.export.film.frames import fitted, grown
from gui.export.film.writing import Spool, durations, write_film
from gui.export.page.compose import compose
from gui.export.paper import Paper
from gui.export.sheet import Axis, Cursor, Curve, Flag, Level, Plot, Row, Sheet

SPOOL = {form: Spool(form, 12, 6, 3, "run amber-heron, step 6") for form in FILM_FORMATS}
WIDTH, HEIGHT = 64, 36


def moving():
    """A blue block that goes to the right."""
    for place in range(6):
        picture_YX3 = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
        picture_YX3[8:24, 8 * place : 8 * place + 16] = 0, 114, 178
        yield picture_YX3


def done(work):
    shares = []
    while True:
        try:
            shares.append(next(work))
        except StopIteration as end:
            return shares, end.value


def frames(path):
    """Of any format, as arrays of shape YX3."""
    import av

    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


@given(
    last=st.integers(0, 5000),
    seconds=st.floats(0.5, 60),
    pace=st.sampled_from(["early", "even"]),
    first=st.integers(0, 6000),
    end=st.integers(0, 6000),
)
def test_the_steps_of_a_film_ascend_without_a_repeat_from_the_first_to_the_last(last, seconds, pace, first, end):
    film = Film(seconds=seconds, pace=pace, first=first, last=end)
    steps = steps_of(film, last)
    assert steps == sorted(set(steps))
    assert steps[0] >= 0
    assert steps[-1] == min(end or last, last)
    assert len(steps) <= max(1, round(seconds * film.rate))


def test_early_steps_get_as_much_time_as_the_ten_times_as_many_after_them():
    steps = np.array(steps_of(Film(seconds=60), 9999))
    counts = [np.sum((steps >= low) & (steps < 10 * low)) for low in (100, 1000)]
    assert counts[0] == pytest.approx(counts[1], rel=0.15)


@pytest.mark.parametrize("form", FILM_FORMATS)
def test_what_is_written_can_be_played(form, tmp_path):
    path = tmp_path / f"a film $x ü.{form}"
    shares, made = done(write_film(moving(), SPOOL[form], path))
    assert made == path
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    played = frames(path)
    assert len(played) == (6 if form == "gif" else 6 + 3)  # a GIF tells how long each picture stays
    assert played[0].shape == (HEIGHT, WIDTH, 3)
    for expected, seen in zip(moving(), played, strict=False):
        assert np.abs(seen.astype(int) - expected).mean() < 6


def test_the_last_picture_of_a_gif_stays(tmp_path):
    path = tmp_path / "a.gif"
    done(write_film(moving(), SPOOL["gif"], path))
    with Image.open(path) as image:
        image.seek(5)
        assert image.info["duration"] == 330  # hundredths are what a GIF can say
        assert held(Film(hold=0.25)) == 3


@pytest.mark.parametrize("rate", [1, 7, 12, 24, 30])
def test_a_gif_keeps_the_pace_over_all_its_pictures(rate):
    told = durations(200, Spool("gif", rate, 200, 3, ""))
    assert len(told) == 200
    assert sum(told) == pytest.approx(1000 * 203 / rate, abs=10)
    assert max(told[:-1]) - min(told[:-1]) <= 10
    assert all(one % 10 == 0 for one in told)


def test_colours_that_come_later_are_in_a_gif_too(tmp_path):
    path = tmp_path / "a.gif"
    shades = [(0, 0, 0), (253, 231, 36), (0, 114, 178)]
    done(write_film((np.full((HEIGHT, WIDTH, 3), shade, np.uint8) for shade in shades), SPOOL["gif"], path))
    assert [tuple(frame[0, 0]) for frame in frames(path)] == shades


def test_paper_is_white_in_a_gif_whatever_stands_on_it(tmp_path):
    shades_YX3 = np.random.default_rng(0).integers(0, 256, (HEIGHT, WIDTH, 3)).astype(np.uint8)
    shades_YX3[:20] = 255
    shades_YX3[0] = 254  # letters have edges that are nearly white
    done(write_film([shades_YX3], SPOOL["gif"], tmp_path / "a.gif"))
    found_YX3 = frames(tmp_path / "a.gif")[0]
    assert (found_YX3[1:20] == 255).all()
    assert np.abs(found_YX3.astype(int) - shades_YX3).max() < 128


@pytest.mark.parametrize("form", FILM_FORMATS)
def test_the_same_pictures_give_the_same_bytes(form, tmp_path):
    paths = [tmp_path / f"{name}.{form}" for name in "ab"]
    for path in paths:
        done(write_film(moving(), SPOOL[form], path))
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize("form", FILM_FORMATS)
def test_a_film_that_is_called_off_leaves_nothing(form, tmp_path):
    work = write_film(moving(), SPOOL[form], tmp_path / f"a.{form}")
    next(work)
    work.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", FILM_FORMATS)
def test_it_can_be_called_off_until_it_has_its_name(form, tmp_path):
    work = write_film(moving(), SPOOL[form], tmp_path / f"a.{form}")
    for _ in range(6 + 1):  # once more after all is written
        next(work)
    work.close()
    assert list(tmp_path.iterdir()) == []


def test_a_film_without_a_picture_is_refused(tmp_path):
    for form in FILM_FORMATS:
        with pytest.raises(Trouble, match="no picture"):
            done(write_film(iter(()), SPOOL[form], tmp_path / f"a.{form}"))
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_lies_there_is_kept(tmp_path):
    path = tmp_path / "a.gif"
    path.write_text("mine")
    with pytest.raises(Trouble, match="there already"):
        done(write_film(moving(), SPOOL["gif"], path))
    assert path.read_text() == "mine"
    done(write_film(moving(), SPOOL["gif"], path, overwrite=True))
    assert path.read_bytes().startswith(b"GIF")


def test_without_the_encoders_it_is_said_how_to_get_them(monkeypatch, tmp_path):
    monkeypatch.setattr("gui.export.film.writing.find_spec", lambda name: None)
    with pytest.raises(Trouble) as caught:
        done(write_film(moving(), SPOOL["mp4"], tmp_path / "a.mp4"))
    assert "lm-terrarium[film]" in caught.value.advice
    assert importlib.util.find_spec("av")
    done(write_film(moving(), SPOOL["gif"], tmp_path / "a.gif"))


def test_what_comes_after_the_step_is_left_out():
    x = np.arange(10.0)
    axes = Axis("Step", high=9.0), Axis("Loss", "nats")
    marks = (
        Curve("training", x, x, "line1", live=4),
        Level("uniform", 3.0),
        Flag(2.0, "before"),
        Flag(5.0, "after"),
        Cursor(3.0, "step 3"),
    )
    sheet = grown(Sheet("Loss", "Loss", (Row((Plot(*axes, marks),)),)))
    curve, level, flag = sheet.plots[0].marks
    assert curve.x.tolist() == [0, 1, 2, 3]
    assert level.name == "uniform"
    assert flag.words == "before"
    assert (sheet.plots[0].x, sheet.plots[0].y) == axes  # axes stand still
    assert sheet.plots[0].legend_above  # and so does what names the lines


def test_the_legend_of_a_film_stays_in_its_place():
    x = np.arange(1.0, 101.0)
    places = set()
    for live in (0, 1, 50, 100):
        marks = (Curve("training", x, 6 / x, "line1", live=live),)
        plot = Plot(Axis("Step", low=1, high=100), Axis("Loss", "nats", 0, 6), marks)
        drawing = compose(grown(Sheet("Loss", "Loss", (Row((plot,)),))), Paper(preset="slide"))
        places |= {
            call.arguments[:2] for call in drawing.calls if call.method == "text" and "training" in call.arguments
        }
    assert len(places) == 1


def test_a_picture_has_exactly_the_size_of_the_film():
    assert Film(width=1281).size == (1280, 720)
    for shape in ((35, 65, 3), (37, 63, 3), (36, 64, 3)):
        assert fitted(np.zeros(shape, np.uint8), WIDTH, HEIGHT).shape == (HEIGHT, WIDTH, 3)


def test_before_the_first_step_nothing_has_happened_yet():
    x = np.arange(1.0, 9.0)
    marks = (Curve("training", x, x, "line1", live=0), Flag(4.0, "better"))
    (plot,) = grown(Sheet("Loss", "Loss", (Row((Plot(Axis("Step"), Axis("Loss"), marks),)),))).plots
    assert [len(mark.x) for mark in plot.marks] == [0]


@pytest.mark.parametrize("most", [3, 4, 5, 10])
def test_a_short_film_begins_at_the_beginning_too(most):
    steps = steps_of(Film(seconds=1.0, rate=most), 100_000)
    assert (steps[0], steps[-1]) == (0, 100_000)
    assert len(steps) <= most


def test_a_gif_that_would_fill_the_memory_is_refused_at_its_first_picture(tmp_path):
    work = write_film(moving(), SPOOL["gif"]._replace(pictures=1_000_000), tmp_path / "a.gif")
    with pytest.raises(Trouble, match=r"2\.3 GB of memory") as caught:
        next(work)
    assert "MP4" in caught.value.advice
    assert list(tmp_path.iterdir()) == []
