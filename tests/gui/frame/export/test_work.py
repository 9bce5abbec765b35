"""What is made in the background: all files or a reason, nothing by halves, nothing unsaid."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from engine.aside import file_aside
from engine.trouble import Trouble
from gui.export.paper import Paper
from gui.export.provenance import Provenance
from gui.export.sheet import Axis, Plot, Row, Sheet
from gui.export.wish import Wish
from gui.frame.export import work as export_work
from gui.frame.export.work import Subject, dragged, lying, saved, targets
from tests.gui.frame.export.test_dialog import ORIGIN, sheet

BARE = Sheet("Loss", "Loss", (Row((Plot(Axis("Step"), Axis("Loss"), ()),)),))


@pytest.fixture(autouse=True)
def written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_work, "write_figure", write_figure)


def write_figure(
    sheet: Sheet, paper: Paper, origin: Provenance, path: Path, overwrite: bool = False
) -> Generator[float, None, Path]:
    with file_aside(path, overwrite) as aside:
        yield 0.0
        aside.write_bytes(b"drawn")
        yield 0.5
    return path


def done(work: Generator[float, None, Any]) -> tuple[list[float], Any]:
    """The shares on the way, and what comes out."""
    shares = []
    while True:
        try:
            shares.append(next(work))
        except StopIteration as made:
            return shares, made.value


def test_all_that_is_wished_lies_there_and_shares_grow(tmp_path: Path) -> None:
    wish, subject = Wish(numbers=("csv", "json")), Subject(sheet(), ORIGIN)
    shares, paths = done(saved(subject, wish, tmp_path / "a.pdf"))
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1
    assert sorted(paths) == sorted(tmp_path.iterdir()) == sorted(targets(subject, wish, tmp_path / "a.pdf"))


def test_a_figure_without_numbers_is_saved_without_them(tmp_path: Path) -> None:
    _, paths = done(saved(Subject(BARE, ORIGIN), Wish(numbers=("csv",)), tmp_path / "a.pdf"))
    assert paths == (tmp_path / "a.pdf",)


@pytest.mark.parametrize("there", ["a.pdf", "a.csv"])
def test_nothing_is_written_where_one_of_the_files_is_there(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("mine")
    wish, subject = Wish(numbers=("csv",)), Subject(sheet(), ORIGIN)
    assert lying(wish, tmp_path / "a.pdf")
    with pytest.raises(Trouble, match="is there already"):
        done(saved(subject, wish, tmp_path / "a.pdf"))
    assert [path.name for path in tmp_path.iterdir()] == [there]
    done(saved(subject, wish, tmp_path / "a.pdf", overwrite=True))
    assert (tmp_path / "a.pdf").read_bytes() == b"drawn"


def test_further_tables_are_seen_too(tmp_path: Path) -> None:
    (tmp_path / "a[1]-2-levels.csv").write_text("mine")
    assert lying(Wish(numbers=("csv",)), tmp_path / "a[1].pdf")
    assert not lying(Wish(numbers=("json",)), tmp_path / "a[1].pdf")
    assert not lying(Wish(numbers=("csv",)), tmp_path / "a.pdf")


def test_a_name_no_file_can_have_is_not_there(tmp_path: Path) -> None:
    assert not lying(Wish(), tmp_path / ("n" * 500 + ".pdf"))


def test_calling_off_leaves_no_half_file(tmp_path: Path) -> None:
    work = saved(Subject(sheet(), ORIGIN), Wish(), tmp_path / "a.pdf")
    next(work)
    next(work)
    work.close()
    assert not list(tmp_path.iterdir())


def test_what_is_dragged_has_a_good_name_and_may_be_dragged_again(tmp_path: Path) -> None:
    for _ in range(2):
        _, made = done(dragged(Subject(sheet(), ORIGIN), Paper(format="svg"), tmp_path))
        assert made == (tmp_path / "amber-heron-loss-2418.svg", "image/svg+xml")
