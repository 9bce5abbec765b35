"""A graph of ONNX operators as it is written down: each call adds one node and gives the name of what it makes."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from engine.export.extra import lent

OPERATORS = 20  # version of the operator set: the first with GELU
FORMAT = 9  # version of the file that goes with it


class Graph:
    """Operators by their ONNX names; a value is the name of an input, of a constant, or of what a node makes."""

    def __init__(self) -> None:
        self._onnx = lent("onnx")
        self._nodes: list[Any] = []
        self._constants: dict[str, np.ndarray] = {}

    def __call__(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """What one operator makes."""
        return self.several(operator, 1, *inputs, **attributes)[0]

    def several(self, operator: str, outputs: int, *inputs: str, **attributes: Any) -> list[str]:
        """The same of an operator that makes several things."""
        names = [f"{operator.lower()}_{len(self._nodes)}_{number}" for number in range(outputs)]
        self._nodes.append(self._onnx.helper.make_node(operator, list(inputs), names, **attributes))
        return names

    def weight(self, name: str, values: np.ndarray) -> str:
        """A constant with a name of its own."""
        self._constants[name] = np.ascontiguousarray(values)
        return name

    def numbers(self, *values: int) -> str:
        """Some whole numbers as a constant, such as axes or a shape."""
        return self.weight(f"numbers_{'_'.join(map(str, values))}", np.array(values, np.int64))

    def number(self, value: float) -> str:
        """One number as a constant."""
        return self.weight(f"number_{value!r}", np.array(value, np.float32))

    def reshaped(self, value: str, *shape: int) -> str:
        """0 keeps an axis as it is, -1 is what is left."""
        return self("Reshape", value, self.numbers(*shape))

    def sliced(self, value: str, start: str, end: str, axis: int) -> str:
        """From the place `start` to before `end` along one axis, both given as constants or made."""
        return self("Slice", value, start, end, self.numbers(axis))

    def model(self, result: str, vocabulary: int, about: Sequence[tuple[str, str]]) -> Any:
        """The whole file in memory: tokens of any number of rows and any length go in, logits come out."""
        helper, kinds, arrays = self._onnx.helper, self._onnx.TensorProto, self._onnx.numpy_helper
        self._nodes.append(helper.make_node("Identity", [result], ["logits"]))
        graph = helper.make_graph(
            self._nodes,
            "model",
            [helper.make_tensor_value_info("tokens", kinds.INT64, ["rows", "length"])],
            [helper.make_tensor_value_info("logits", kinds.FLOAT, ["rows", "length", vocabulary])],
            [arrays.from_array(values, name) for name, values in self._constants.items()],
        )
        operators = [helper.make_opsetid("", OPERATORS)]
        model = helper.make_model(graph, opset_imports=operators, ir_version=FORMAT, producer_name="lm-terrarium")
        helper.set_model_props(model, dict(about))
        return model
