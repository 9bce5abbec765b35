"""A published model is opened exactly as it is, or not at all: the same tokens, the same logits, then it learns on."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM, AutoTokenizer

from engine.branch import branched
from engine.checkpoints import checkpoints
from engine.events import SentencePredicted, Stepped, Validated, Wrote
from engine.export.exporting import Wish, write_model
from engine.export.importing import look_into
from engine.export.importing_run import make_run
from engine.export.importing_weights import begun_with
from engine.logs.command import import_log
from engine.runfile import read_events
from engine.settings import Settings
from engine.training import checkpoint
from engine.training.trainer import Trainer
from engine.trouble import Trouble
from tests.engine.export.published import (
    CHOSEN,
    END,
    HARD,
    TOKENS,
    changed,
    gpt2,
    library_tokenizer,
    opened,
    published,
    qwen3,
)

FAMILIES: dict[str, Callable[[], Any]] = {
    "gpt2": gpt2,
    "gpt2 with an exact GELU, untied, and an MLP of its own": lambda: gpt2(
        activation_function="gelu", tie_word_embeddings=False, n_inner=40
    ),
    "qwen3": qwen3,
    "qwen3 tied, with all heads for itself": lambda: qwen3(
        tie_word_embeddings=True, num_key_value_heads=4, head_dim=4, rope_parameters=None, intermediate_size=48
    ),
}


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    path = tmp_path / "sentences.txt"
    path.write_text("".join(f"the cat sat on mat {number} and ran.\n" for number in range(400)), encoding="utf-8")
    return path


@pytest.mark.parametrize("family", FAMILIES)
def test_logits_are_those_of_transformers(family, tmp_path):
    folder = published(FAMILIES[family](), tmp_path / "model")
    _, learner = opened(folder)
    theirs = AutoModelForCausalLM.from_pretrained(folder).eval()
    tokens_BT = torch.randint(TOKENS, (3, 20), generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        ours_BTV, theirs_BTV = learner.model(tokens_BT), theirs(tokens_BT).logits
    assert ours_BTV.shape[-1] == TOKENS
    torch.testing.assert_close(ours_BTV, theirs_BTV[..., :TOKENS], atol=1e-4, rtol=0)


def test_text_is_cut_into_the_same_tokens_and_its_end_is_no_text(tmp_path):
    folder = published(gpt2(), tmp_path / "model")
    tokenizer = begun_with(look_into(folder, CHOSEN).settings).tokenizer
    theirs = AutoTokenizer.from_pretrained(folder)
    assert tokenizer.encode(HARD).tolist() == theirs(HARD, split_special_tokens=True)["input_ids"]
    assert tokenizer.end == theirs.eos_token_id == 0
    assert tokenizer.end not in tokenizer.encode(HARD)
    assert tokenizer.decode(tokenizer.encode(HARD)) == HARD
    assert len(tokenizer.vocabulary) == TOKENS


def test_settings_say_what_the_config_says_in_the_usual_words_where_they_can(tmp_path):
    plain = look_into(published(gpt2(), tmp_path / "plain"), CHOSEN).settings
    assert (plain.layers, plain.heads, plain.width, plain.context) == (2, 2, 16, 32)
    assert (plain.biases, plain.gelu, plain.hidden, plain.expansion, plain.tied) == (True, "tanh", 0, 4, True)
    own = look_into(published(qwen3(), tmp_path / "own"), CHOSEN).settings
    assert (own.head_width, own.hidden, own.key_value_heads, own.rotation_base) == (6, 28, 2, 1e6)
    usual = look_into(published(qwen3(head_dim=4, intermediate_size=48), tmp_path / "usual"), CHOSEN).settings
    assert (usual.head_width, usual.hidden) == (0, 0)


def test_what_is_not_as_published_is_said(tmp_path):
    model = published(qwen3(max_position_embeddings=40_960, eos_token_id=None), tmp_path / "model")
    notes = " ".join(look_into(model, CHOSEN).notes)
    assert "Of its context of 40,960 tokens 2,048 are used." in notes
    assert "20 rows of its vocabulary" in notes
    assert "names no token between documents" in notes


def test_an_end_that_is_added_is_never_likely_and_leaves_the_others_alone(tmp_path):
    folder = published(gpt2(eos_token_id=None), tmp_path / "model")
    _, learner = opened(folder)
    theirs = AutoModelForCausalLM.from_pretrained(folder).eval()
    tokens_BT = torch.arange(1, 21)[None]
    with torch.no_grad():
        ours_BTV, theirs_BTV = learner.model(tokens_BT), theirs(tokens_BT).logits
    assert ours_BTV.shape[-1] == TOKENS + 1
    torch.testing.assert_close(ours_BTV[..., :TOKENS], theirs_BTV, atol=1e-4, rtol=0)
    assert (ours_BTV[..., TOKENS] < ours_BTV[..., :TOKENS].max(-1).values).all()


def test_weights_in_parts_of_16_bits_and_old_names_are_read(tmp_path):
    model, folder = gpt2(), tmp_path / "old"
    parts = published(model, tmp_path / "parts", max_shard_size="20KB")
    assert len(list(parts.glob("*.safetensors"))) > 1
    whole = load_file(published(model, folder) / "model.safetensors")
    old = {name.removeprefix("transformer."): weight.bfloat16() for name, weight in whole.items()}
    old["h.0.attn.bias"] = torch.ones(1, 1, 32, 32)  # the mask that old files have
    save_file(old, folder / "model.safetensors")
    exact, rough = (dict(opened(one)[1].model.named_parameters()) for one in (parts, folder))
    for name, weight in exact.items():
        torch.testing.assert_close(rough[name], weight, atol=1e-2, rtol=1e-2)


def test_it_is_looked_into_and_learns_on_and_goes_on_without_the_folder(tmp_path, text_file):
    folder = published(gpt2(), tmp_path / "model")
    settings = look_into(folder, CHOSEN).settings
    changes = {"corpus": (str(text_file),), "probe": "the cat sat", "sample_length": 4, "learning_rate": 1e-2}
    settings = Settings(**{**settings.model_dump(), **changes, "prompt": "the", "save_every": 1})
    trainer = Trainer(settings, "published", None, tmp_path / "run")
    looks = list(trainer.start())
    assert any(isinstance(event, SentencePredicted) for event in looks)
    assert any(isinstance(event, Wrote) for event in looks)
    losses = [event.loss for _ in range(8) for event in trainer.advance() if isinstance(event, Stepped)]
    assert losses[-1] < losses[0]
    for path in sorted(folder.iterdir()):
        path.unlink()
    resumed = Trainer(settings, "published", None, tmp_path / "run", tmp_path / "run/checkpoints/step-000008")
    list(resumed.start())
    assert resumed.step == 8
    kept = checkpoint.read(tmp_path / "run/checkpoints/step-000000").tokenizer
    assert kept.end == 0


def test_what_it_begins_with_is_what_was_chosen_or_a_word(tmp_path):
    settings = look_into(published(gpt2(), tmp_path / "model"), CHOSEN).settings
    with pytest.raises(Trouble, match="The layers of model is 2, and 3 was chosen"):
        begun_with(settings.model_copy(update={"layers": 3}))
    with pytest.raises(Trouble, match="The tokenizer of model"):
        begun_with(settings.model_copy(update={"tokenizer": "bpe"}))
    with pytest.raises(Trouble, match="is not there any more"):
        begun_with(settings.model_copy(update={"begin_with": str(tmp_path / "gone")}))


def test_more_layers_than_there_are_is_told(tmp_path):
    folder = changed(published(gpt2(), tmp_path / "model"), n_layer=3)
    with pytest.raises(Trouble, match="is lacking"):
        begun_with(look_into(folder, CHOSEN).settings)


def test_a_pickle_is_never_opened(tmp_path):
    folder = published(gpt2(), tmp_path / "model")
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(b"\x80\x02")
    with pytest.raises(Trouble, match="are a pickle") as error:
        look_into(folder, CHOSEN)
    assert "save_pretrained" in error.value.advice


def test_files_that_are_damaged_or_lacking_are_named(tmp_path):
    folder = published(gpt2(), tmp_path / "model")
    tokenizer = (folder / "tokenizer.json").read_bytes()
    (folder / "tokenizer.json").write_text("{")
    with pytest.raises(Trouble, match=r"tokenizer.json is damaged"):
        look_into(folder, CHOSEN)
    (folder / "tokenizer.json").unlink()
    with pytest.raises(Trouble, match=r"There is no tokenizer.json"):
        look_into(folder, CHOSEN)
    (folder / "tokenizer.json").write_bytes(tokenizer)
    (folder / "model.safetensors").write_bytes((folder / "model.safetensors").read_bytes()[:500])
    with pytest.raises(Trouble, match=r"model.safetensors is damaged"):
        look_into(folder, CHOSEN)
    (folder / "config.json").write_text("[1")
    with pytest.raises(Trouble, match=r"config.json in .* cannot be read"):
        look_into(folder, CHOSEN)


def test_parts_that_lead_out_of_the_folder_are_refused(tmp_path):
    folder = published(gpt2(), tmp_path / "model")
    (folder / "model.safetensors").rename(tmp_path / "secret.safetensors")
    index = {"weight_map": {"transformer.wte.weight": "../secret.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    with pytest.raises(Trouble, match="A part of the model is called"):
        look_into(folder, CHOSEN)


def test_a_tokenizer_of_another_model_is_refused(tmp_path):
    folder = published(gpt2(vocab_size=260), tmp_path / "model")
    with pytest.raises(Trouble, match="280 tokens and the model 260"):
        look_into(folder, CHOSEN)


def test_weights_that_are_no_numbers_are_refused(tmp_path):
    model = gpt2()
    with torch.no_grad():
        model.transformer.wte.weight[3, 4] = float("nan")
    with pytest.raises(Trouble, match="weights that are no numbers"):
        opened(published(model, tmp_path / "model"))


def test_an_end_token_that_is_plain_text_is_not_taken(tmp_path):
    made = json.loads(library_tokenizer().to_str())
    assert made["added_tokens"][0]["content"] == END
    made["added_tokens"] = []
    folder = published(gpt2(), tmp_path / "model")
    (folder / "tokenizer.json").write_text(json.dumps(made))
    assert look_into(folder, CHOSEN).end is None


def test_a_run_of_it_can_be_opened_and_goes_on(tmp_path, text_file):
    folder = published(gpt2(), tmp_path / "small model")
    chosen = Settings(**{**CHOSEN.model_dump(), "corpus": (str(text_file),), "sample_length": 4})
    shares = make_run(folder, chosen)
    run = finished(shares)
    assert run.name == "small-model"
    told = list(read_events(run))
    assert {SentencePredicted, Wrote, Validated} <= {type(event) for event in told}
    assert list(checkpoints(run)) == [0]
    trainer = Trainer(chosen, "published", None, run, run / "checkpoints/step-000000")
    list(trainer.start())
    trainer.stops = {1}
    assert [event.step for event in trainer.advance() if isinstance(event, Stepped)] == [1]
    trainer.close()


@pytest.mark.parametrize("family", [gpt2, qwen3], ids=["gpt2", "qwen3"])
def test_it_can_be_given_away_again_as_it_came(family, tmp_path, text_file):
    folder = published(family(), tmp_path / "model")
    chosen = Settings(**{**CHOSEN.model_dump(), "corpus": (str(text_file),), "sample_length": 4})
    run = finished(make_run(folder, chosen))
    again = finished(write_model(Wish(run), tmp_path / "again")).path
    before, after = (AutoModelForCausalLM.from_pretrained(one).eval() for one in (folder, again))
    tokens_BT = torch.arange(20)[None]
    with torch.no_grad():
        theirs_BTV, ours_BTV = before(tokens_BT).logits, after(tokens_BT).logits
    torch.testing.assert_close(ours_BTV, theirs_BTV[..., :TOKENS], atol=1e-4, rtol=0)
    cutters = [AutoTokenizer.from_pretrained(one) for one in (folder, again)]
    first, second = (one(HARD, split_special_tokens=True)["input_ids"] for one in cutters)
    assert first == second
    assert cutters[0].eos_token_id == cutters[1].eos_token_id
    paths = {"begin_with", "tokenizer_file"}
    settings, as_published = (look_into(one, chosen).settings.model_dump(exclude=paths) for one in (again, folder))
    assert settings == as_published


def test_branches_of_it_begin_with_its_weights_though_the_folder_is_gone(tmp_path, text_file):
    folder = published(gpt2(), tmp_path / "model")
    chosen = Settings(**{**CHOSEN.model_dump(), "corpus": (str(text_file),), "sample_length": 4})
    run = finished(make_run(folder, chosen))
    shutil.rmtree(folder)
    kept = branched(run, 0, tmp_path / "branch", {"learning_rate": 3e-3})
    assert checkpoint.read(kept).state.settings.learning_rate == 3e-3
    trainer = Trainer(chosen, "branch", None, tmp_path / "branch", kept)
    list(trainer.start())
    weights, before = dict(trainer.learner.model.named_parameters()), checkpoint.read(kept).tensors.model
    assert all(torch.equal(weights[name], weight) for name, weight in before.items())
    trainer.close()


def test_an_import_that_is_called_off_or_fails_leaves_nothing(tmp_path, text_file, own_folders):
    folder = published(gpt2(), tmp_path / "model")
    chosen = Settings(**{**CHOSEN.model_dump(), "corpus": (str(text_file),)})
    shares = make_run(folder, chosen)
    next(shares)
    shares.close()
    assert not (own_folders / "runs").exists() or not list((own_folders / "runs").iterdir())
    lacking = Settings(**{**chosen.model_dump(), "corpus": (str(tmp_path / "gone.txt"),)})
    with pytest.raises(Trouble, match=r"gone.txt"):
        finished(make_run(folder, lacking))
    assert not (own_folders / "runs").exists() or not list((own_folders / "runs").iterdir())


def test_the_command_says_how_large_it_is_and_where_the_run_lies(tmp_path, text_file, capsys):
    folder = published(gpt2(), tmp_path / "model")
    import_log(folder, name="mine", text=(str(text_file),))
    out, words = capsys.readouterr()
    assert Path(out.strip()).name == "mine"
    assert "million parameters" in words


def finished(work: Any) -> Any:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value
