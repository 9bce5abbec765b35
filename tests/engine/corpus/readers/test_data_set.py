"""Hugging Face data sets, written and read by `datasets` itself, without a network."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.corpus import listing
from engine.corpus.notes import Notes
from engine.corpus.place import chosen, place_of
from engine.corpus.readers import data_set
from engine.corpus.sources import sources_of
from engine.settings import Settings
from engine.trouble import Trouble
from tests.engine.corpus.documents import joined
from tests.engine.taking import taken, told

datasets = pytest.importorskip("datasets")
ROWS = {"id": [1, 2], "text": ["one", "two"], "page": [{"body": "uno"}, {"body": "dos"}]}


@pytest.fixture(autouse=True)
def _no_network_and_no_bars(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    monkeypatch.setattr("tqdm.tqdm.monitor_interval", 0)  # its thread never ends
    datasets.disable_progress_bars()
    yield
    datasets.enable_progress_bars()


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    one = datasets.Dataset.from_dict(ROWS)
    other = datasets.Dataset.from_dict({"text": ["three"]})
    datasets.DatasetDict(test=other, train=one).save_to_disk(tmp_path / "saved")
    return tmp_path / "saved"


def read(source: str) -> tuple[list[str], str]:
    [made] = taken(sources_of(Settings(corpus=(source,))))
    notes = Notes()
    return joined(list(made.read(notes))), " ".join((*made.warnings, *notes.sentences()))


def test_the_training_split_is_read_unless_another_is_chosen(saved: Path) -> None:
    texts, said = read(str(saved))
    assert texts == ["one", "two"]
    assert said == "1 file is read by its column “text”, one of 2."
    assert read(chosen(str(saved), split="test"))[0] == ["three"]


def test_a_column_can_be_chosen(saved: Path) -> None:
    assert read(chosen(str(saved), column="page.body")) == (["uno", "dos"], "")


def test_a_single_split_is_read_too(tmp_path: Path) -> None:
    datasets.Dataset.from_dict({"text": [f"row {number}" for number in range(1000)]}).save_to_disk(tmp_path / "one")
    assert read(str(tmp_path / "one"))[0] == [f"row {number}" for number in range(1000)]


def test_nothing_is_written_into_the_folder(saved: Path) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in saved.rglob("*"))
    read(str(saved))
    assert sorted((path, path.stat().st_mtime_ns) for path in saved.rglob("*")) == before


def test_a_split_that_is_not_there_is_trouble_that_names_the_others(saved: Path) -> None:
    with pytest.raises(Trouble, match=r"no split “dev”.* test, train"):
        read(chosen(str(saved), split="dev"))


def test_a_damaged_one_is_trouble(saved: Path) -> None:
    (saved / "train" / "state.json").write_text("{")
    with pytest.raises(Trouble, match="damaged data set"):
        read(str(saved))


@pytest.mark.parametrize("info", ["[]", "{", '{"features": {"text": {"_type": "Nonsense"}}}'])
def test_one_that_describes_itself_in_nonsense_is_trouble(saved: Path, info: str) -> None:
    (saved / "train" / "dataset_info.json").write_text(info)
    with pytest.raises(Trouble, match="damaged data set"):
        read(str(saved))


def test_rows_that_are_no_text_any_more_are_left_out_and_counted(tmp_path: Path) -> None:
    datasets.Dataset.from_dict({"text": [f"row {number}" for number in range(300)]}).save_to_disk(tmp_path)
    [rows] = tmp_path.glob("*.arrow")
    rows.write_bytes(rows.read_bytes().replace(b"row 123", b"row \xff23"))
    texts, said = read(str(tmp_path))
    assert (len(texts), said) == (299, "1 row is damaged and left out.")


def test_rows_that_point_out_of_the_file_are_not_followed(tmp_path: Path) -> None:
    datasets.Dataset.from_dict({"text": ["one", "two"]}).save_to_disk(tmp_path)
    [rows] = tmp_path.glob("*.arrow")
    ends = np.array([0, 3, 6], np.int32)
    assert rows.read_bytes().count(ends.tobytes()) == 1
    rows.write_bytes(rows.read_bytes().replace(ends.tobytes(), (ends * -(10**8)).tobytes()))
    with pytest.raises(Trouble, match="is damaged"):
        read(str(tmp_path))


def test_a_folder_with_a_file_of_the_same_name_is_none(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text("{}")
    (tmp_path / "a.txt").write_text("text")
    assert read(str(tmp_path))[0] == ["text", "{}"]


def test_one_that_goes_away_while_it_is_read_is_trouble(saved: Path) -> None:
    [made] = taken(sources_of(Settings(corpus=(str(saved),))))
    reading = made.read(Notes())
    next(reading)
    shutil.rmtree(saved)
    with pytest.raises(Trouble, match="changed while it was read"):
        list(reading)


def test_other_rows_have_another_key(saved: Path, tmp_path: Path) -> None:
    [before] = taken(sources_of(Settings(corpus=(str(saved),))))
    datasets.Dataset.from_dict({"text": ["other"]}).save_to_disk(tmp_path / "other")
    [after] = taken(sources_of(Settings(corpus=(str(tmp_path / "other"),))))
    assert before.key != after.key


def test_one_from_the_hub_is_got_in_a_child_and_read(tmp_path: Path) -> None:
    folder = tmp_path / "on the hub"  # the hub's loader reads folders, too
    folder.mkdir()
    (folder / "train.jsonl").write_text('{"text": "one", "id": 1}\n{"text": "two", "id": 2}\n')
    texts, _ = read(f"hf:{folder}")
    assert texts == ["one", "two"]


def test_a_name_without_a_network_is_trouble() -> None:
    with pytest.raises(Trouble, match="It was not possible to get the data set nobody/nothing"):
        read("hf:nobody/nothing")


def test_waiting_for_the_hub_can_be_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = []

    def waits(*_: object) -> Iterator[Any]:
        try:
            while True:
                yield None
        finally:
            ended.append(True)

    monkeypatch.setattr(data_set, "in_child", waits)
    work = data_set.downloaded(place_of("hf:a/b"))
    assert next(work).task == "Getting the data set"
    work.close()
    assert ended


def test_without_datasets_it_is_said_what_to_install(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datasets", None)
    for source in (str(saved), "hf:a/b"):
        with pytest.raises(Trouble, match=r'pip install "lm-terrarium\[hf\]"'):
            read(source)


def test_all_of_its_files_are_hashed(saved: Path) -> None:
    found = taken(listing.find(place_of(str(saved)), every_kind=True))
    assert any(entry.path.suffix == ".arrow" for entry in found.files)
    assert told(listing.find(place_of(str(saved)), every_kind=True))[1].digest == found.digest
