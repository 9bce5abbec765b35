"""An ONNX file: tokens go in, logits come out, and onnxruntime must find the same ones before the file has its name.

The graph is written by hand from the model's own weights. Letters of the shapes as in the model: B batch, T tokens,
C channels, H heads, G heads of keys and values, R = H / G heads of queries that share one, D channels of a head.
"""

import json
from collections.abc import Iterator
from math import inf, sqrt
from pathlib import Path

import numpy as np
import torch

from engine.export.extra import lent
from engine.export.grown import TOLERANCE, Grown, logits, tried_tokens
from engine.export.huggingface import LAYER_NORM_EPSILON
from engine.export.onnx_graph import Graph
from engine.export.tokenizer_json import tokenizer_file
from engine.runfile import program_version
from engine.size import head_width, key_value_heads, queries_width
from engine.training.model import Rotation
from engine.training.rms_norm import EPSILON
from engine.trouble import Trouble

LARGEST = 2**31 - 2**26  # bytes of weights: the format's own limit, with room for all else
ERRORS_ONLY = 3


def write(model: Grown, path: Path) -> None:
    """Write the whole file. Trouble where it would be larger than the format allows."""
    if 4 * sum(weight.numel() for weight in model.weights.values()) > LARGEST:
        raise Trouble("An ONNX file holds 2 GB at most, and this model is larger.", "Choose huggingface or gguf.")
    path.write_bytes(Written(model).file())


def check(model: Grown, path: Path) -> str:
    """Compute with onnxruntime, and say what was compared. Trouble unless it finds our logits."""
    runtime = lent("onnxruntime")
    options = runtime.SessionOptions()
    options.log_severity_level = ERRORS_ONLY
    options.intra_op_num_threads = torch.get_num_threads()
    session = runtime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    tokens_BT = tried_tokens(model)
    (found_BTV,) = session.run(["logits"], {"tokens": tokens_BT})
    wanted_BTV = logits(model, tokens_BT)
    if not np.allclose(found_BTV, wanted_BTV, rtol=TOLERANCE, atol=TOLERANCE):
        raise Trouble("onnxruntime computes other logits with this file than we do.", "Choose huggingface or gguf.")
    return f"onnxruntime computes the same logits: they differ by {np.abs(found_BTV - wanted_BTV).max():.6f} at most."


def remarks(model: Grown) -> Iterator[str]:
    """What somebody should know who runs it: nothing, it computes what we compute."""
    del model
    yield from ()


class Written:
    """The graph of one model."""

    def __init__(self, model: Grown) -> None:
        self.model, self.settings = model, model.settings
        self.weights = {name: weight.numpy() for name, weight in model.weights.items()}
        self.add = Graph()
        self.zero, self.one = self.add.numbers(0), self.add.numbers(1)
        self.length = self.add("Gather", self.add("Shape", "tokens"), self.one)
        self.past_TT = self._past()

    def file(self) -> bytes:
        """All of it."""
        x_BTC = self.add("Gather", self.matrix("tokens"), "tokens")
        if self.settings.architecture == "gpt2":
            x_BTC = self.add("Add", x_BTC, self.first(self.matrix("positions")))
        for layer in range(self.settings.layers):
            block = f"blocks.{layer}"
            x_BTC = self.add("Add", x_BTC, self.attention(block, self.norm(f"{block}.attention_norm", x_BTC)))
            x_BTC = self.add("Add", x_BTC, self.mlp(block, self.norm(f"{block}.mlp_norm", x_BTC)))
        head = "tokens" if self.settings.tied else "head"
        logits_BTV = self.add("MatMul", self.norm("norm", x_BTC), self.add("Transpose", self.matrix(head), perm=[1, 0]))
        made: bytes = self.add.model(logits_BTV, self.model.vocabulary, self.about()).SerializeToString()
        return made

    def about(self) -> list[tuple[str, str]]:
        """What a program that has only this file may want to know."""
        tokenizer = tokenizer_file(self.model.tokenizer, self.model.special).content
        return [
            ("name", self.model.name),
            ("step", str(self.model.step)),
            ("version", program_version()),
            ("context", str(self.settings.context)),
            ("end", str(self.model.tokenizer.end)),
            ("tokenizer.json", json.dumps(tokenizer)),
        ]

    def attention(self, block: str, x_BTC: str) -> str:
        """What each token gathers."""
        D, G, width = head_width(self.settings), key_value_heads(self.settings), queries_width(self.settings)
        R = self.settings.heads // G
        sizes = self.add.numbers(width, G * D, G * D)
        whole = self.linear(f"{block}.attention.queries_keys_values", x_BTC)
        q, k, v = self.add.several("Split", 3, whole, sizes, axis=-1)
        q_BGRTD = self.add("Transpose", self.add.reshaped(q, 0, 0, G, R, D), perm=[0, 2, 3, 1, 4])
        k_BG1TD, v_BG1TD = (
            self.add("Transpose", self.add.reshaped(one, 0, 0, G, 1, D), perm=[0, 2, 3, 1, 4]) for one in (k, v)
        )
        if self.settings.architecture == "modern":
            q_BGRTD = self.turned(f"{block}.attention.rotation.query_norm", q_BGRTD)
            k_BG1TD = self.turned(f"{block}.attention.rotation.key_norm", k_BG1TD)
        k_BG1DT = self.add("Transpose", k_BG1TD, perm=[0, 1, 2, 4, 3])
        scores = self.add("Mul", self.add("MatMul", q_BGRTD, k_BG1DT), self.add.number(1 / sqrt(D)))
        shares = self.add("Softmax", self.add("Where", self.past_TT, scores, self.add.number(-inf)), axis=-1)
        gathered_BTGRD = self.add("Transpose", self.add("MatMul", shares, v_BG1TD), perm=[0, 3, 1, 2, 4])
        return self.linear(f"{block}.attention.back", self.add.reshaped(gathered_BTGRD, 0, 0, width))

    def turned(self, norm: str, x: str) -> str:
        """Of unit size, and rotated by position."""
        D = head_width(self.settings)
        normed = self.norm(norm, x)
        rotation = Rotation(self.settings)
        cos_TD = self.first(self.add.weight("cos", rotation.cos_TD.numpy()))
        sin_TD = self.first(self.add.weight("sin", rotation.sin_TD.numpy()))
        half, whole = self.add.numbers(D // 2), self.add.numbers(D)
        left, right = self.add.sliced(normed, self.zero, half, -1), self.add.sliced(normed, half, whole, -1)
        swapped = self.add("Concat", self.add("Neg", right), left, axis=-1)
        return self.add("Add", self.add("Mul", normed, cos_TD), self.add("Mul", swapped, sin_TD))

    def mlp(self, block: str, x_BTC: str) -> str:
        """What each token makes of it."""
        hidden = self.linear(f"{block}.mlp.out", x_BTC)
        if self.settings.architecture == "modern":
            gate, up = self.add.several("Split", 2, hidden, axis=-1, num_outputs=2)
            hidden = self.add("Mul", self.add("Mul", gate, self.add("Sigmoid", gate)), up)
        else:
            hidden = self.add("Gelu", hidden, approximate="tanh" if self.settings.gelu == "tanh" else "none")
        return self.linear(f"{block}.mlp.back", hidden)

    def norm(self, name: str, x: str) -> str:
        """LayerNorm, or RMSNorm in the operators that every runtime has."""
        gains = self.matrix(name)
        if self.settings.architecture == "gpt2":
            bias = [self.add.weight(f"{name}.bias", self.weights[f"{name}.bias"])] if self.settings.biases else []
            return self.add("LayerNormalization", x, gains, *bias, epsilon=LAYER_NORM_EPSILON)
        mean = self.add("ReduceMean", self.add("Mul", x, x), self.add.numbers(-1), keepdims=1)
        size = self.add("Sqrt", self.add("Add", mean, self.add.number(EPSILON)))
        return self.add("Mul", self.add("Div", x, size), gains)

    def linear(self, name: str, x: str) -> str:
        """What comes of a matrix, which lies as it is multiplied, and its bias if there is one."""
        made = self.add("MatMul", x, self.add.weight(f"{name}.weight", self.weights[f"{name}.weight"].T))
        if f"{name}.bias" not in self.weights:
            return made
        return self.add("Add", made, self.add.weight(f"{name}.bias", self.weights[f"{name}.bias"]))

    def matrix(self, name: str) -> str:
        """A weight as it is."""
        return self.add.weight(f"{name}.weight", self.weights[f"{name}.weight"])

    def first(self, table: str) -> str:
        """As many rows of a table as there are tokens."""
        return self.add.sliced(table, self.zero, self.length, 0)

    def _past(self) -> str:
        """Which tokens_TT each token may look at: itself and those before."""
        length = self.add("Squeeze", self.length)
        first, step = (self.add.weight(f"number_{number}", np.array(number)) for number in (0, 1))
        places_T = self.add("Range", first, length, step)
        keys_1T, queries_T1 = (self.add("Unsqueeze", places_T, axis) for axis in (self.zero, self.one))
        return self.add("LessOrEqual", keys_1T, queries_T1)
