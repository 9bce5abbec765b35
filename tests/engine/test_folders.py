"""Everything lies where the person or the system wants it, and nothing is made by asking."""

from pathlib import Path

from engine.folders import cache_folder, config_file, runs_folder


def test_one_variable_moves_everything(tmp_path, monkeypatch):
    monkeypatch.setenv("TERRARIUM_HOME", str(tmp_path / "here"))
    for place in (runs_folder(), cache_folder(), config_file()):
        assert place.is_relative_to(tmp_path / "here")
    assert not (tmp_path / "here").exists()


def test_without_it_they_are_the_persons_own_and_apart(monkeypatch):
    monkeypatch.delenv("TERRARIUM_HOME")
    places = {runs_folder(), cache_folder(), config_file().parent}
    assert len(places) == 3
    assert all("terrarium" in place.parts for place in places)


def test_a_tilde_is_the_home_folder(monkeypatch):
    monkeypatch.setenv("TERRARIUM_HOME", "~/lab")
    assert runs_folder() == Path.home() / "lab" / "runs"
