"""Pictures become a film: GIF by Pillow, MP4 and WebM by the encoders of FFmpeg that come with the package `av`."""

from collections.abc import Generator, Iterable
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from engine.aside import file_aside
from engine.trouble import Trouble
from gui.export.film.choices import FilmFormat
from gui.export.film.palette import Palette

CODECS: dict[FilmFormat, tuple[str, dict[str, str]]] = {
    "mp4": ("libx264", {"crf": "18", "preset": "medium"}),  # sharp edges of letters need a low crf
    "webm": ("libvpx-vp9", {"crf": "24", "b:v": "0", "row-mt": "1", "cpu-used": "4"}),
}
MOST_GIF = 1_000_000_000  # bytes
LACKING = "Films as MP4 and WebM need the package “av”."
ADVICE = 'Install it with: pip install "lm-terrarium[film]", or choose GIF.'


class Spool(NamedTuple):
    """What is written where."""

    form: FilmFormat
    rate: int  # pictures a second
    pictures: int  # there will be
    hold: int  # how many more times the last one comes
    title: str  # kept in the file: where the film came from


def require_encoder(form: FilmFormat) -> None:
    """Trouble, before any work, where the package is missing."""
    if form != "gif" and find_spec("av") is None:
        raise Trouble(LACKING, ADVICE)


def write_film(
    pictures: Iterable[np.ndarray], spool: Spool, path: Path, overwrite: bool = False
) -> Generator[float, None, Path]:
    """`pictures` are uint8 of shape YX3, all of one even size. Yields the share that is done, and gives the file."""
    require_encoder(spool.form)
    with file_aside(path, overwrite) as aside:
        made = 0
        for made in (_gif if spool.form == "gif" else _video)(pictures, spool, aside):
            yield min(1.0, made / max(1, spool.pictures))
        if not made:
            raise Trouble("There is no picture to make a film of.", "Train first, or choose other steps.")
        yield 1.0  # the end takes long, too: it can be called off until it has its name
    return path


def _gif(pictures: Iterable[np.ndarray], spool: Spool, aside: Path) -> Generator[int, None, None]:
    """Dithered never: flat colours stay flat and do not flicker."""
    made: list[Any] = []
    palette = Palette()
    for picture in pictures:
        require_room(picture.shape[0] * picture.shape[1] * spool.pictures)
        made.append(palette.painted(picture))
        yield len(made)
    if not made:
        return
    lengths = durations(len(made), spool)
    made[0].save(
        aside, "GIF", save_all=True, append_images=made[1:], duration=lengths, loop=0, comment=spool.title.encode()
    )


def require_room(size: int) -> None:
    """Trouble for a GIF of so many bytes in memory, where all of it is kept until its end."""
    if size > MOST_GIF:
        advice = "Choose a shorter or narrower film, fewer pictures a second, or MP4."
        raise Trouble(f"This GIF would take {size / 1e9:.1f} GB of memory.", advice)


def durations(pictures: int, spool: Spool) -> list[int]:
    """Milliseconds of each: GIF counts hundredths of a second, so that some are a hundredth longer than others."""
    ends = [round(100 * place / spool.rate) for place in (*range(pictures), pictures + spool.hold)]
    return [10 * (end - begin) for begin, end in pairwise(ends)]


def _video(pictures: Iterable[np.ndarray], spool: Spool, aside: Path) -> Generator[int, None, None]:
    import av

    codec, options = CODECS[spool.form]
    container = av.open(str(aside), "w", format=spool.form, container_options={"fflags": "+bitexact"})
    try:
        container.metadata["title"] = spool.title
        stream: Any = None
        last: np.ndarray | None = None
        for number, picture in enumerate(pictures, 1):
            stream = stream or _stream(container, codec, options, spool.rate, picture.shape)
            _encode(container, stream, picture)
            last = picture
            yield number
        for _ in range(spool.hold if last is not None else 0):
            _encode(container, stream, last)
        if stream:
            container.mux(stream.encode())
    finally:
        container.close()


def _stream(container: Any, codec: str, options: dict[str, str], rate: int, shape: tuple[int, ...]) -> Any:
    stream = container.add_stream(codec, rate=rate, options=options)
    stream.height, stream.width = shape[0], shape[1]
    stream.pix_fmt = "yuv420p"  # what every player and slide program knows
    stream.codec_context.thread_count = 1  # with more, the same pictures give other bytes each time
    return stream


def _encode(container: Any, stream: Any, picture: np.ndarray | None) -> None:
    import av

    if picture is not None:  # converted here: the stream's own converter gives other bytes now and then
        container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(format="yuv420p")))
