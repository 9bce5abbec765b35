"""A tiny interpreter for the small part of Python in which the built-in programs and sums are written.

It knows numbers, texts, lists, names, loops, branches and functions, and nothing of the machine it runs on.
"""

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import add, eq, floordiv, ge, gt, le, lt, mod, mul, ne, neg, not_, sub
from typing import Any

STEPS = 5_000  # no program of ours takes longer
BINARY = {ast.Add: add, ast.Sub: sub, ast.Mult: mul, ast.FloorDiv: floordiv, ast.Mod: mod}
COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: eq, ast.NotEq: ne, ast.Lt: lt, ast.LtE: le, ast.Gt: gt, ast.GtE: ge,
    ast.In: lambda item, where: item in where, ast.NotIn: lambda item, where: item not in where,
}  # fmt: skip
UNARY = {ast.USub: neg, ast.Not: not_}
FUNCTIONS = {function.__name__: function for function in (abs, len, list, max, min, range, reversed, sorted, str, sum)}
METHODS = ("append", "count", "pop", "replace", "upper")


class Returned(Exception):
    """What a function gives back, on its way to the call."""

    def __init__(self, value: Any) -> None:
        self.value = value


def value(expression: str, names: Mapping[str, Any]) -> int:
    """What a whole-number expression is worth."""
    return int(expression) if expression.isdecimal() else int(Interpreter(dict(names)).worth(_expression(expression)))


@cache
def _expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def output(program: str) -> list[str]:
    """The lines that it prints. ValueError if it uses what we do not know, or takes too long."""
    running = Interpreter({})
    running.run(ast.parse(program).body)
    return running.printed


class Interpreter:
    """Carries out one program, or one call of a function."""

    def __init__(self, names: dict[str, Any]) -> None:
        self.names = names
        self.printed: list[str] = []
        self._left = STEPS

    def run(self, statements: Iterable[ast.stmt]) -> None:
        """One statement after the other."""
        for statement in statements:
            self._left -= 1
            if self._left < 0:
                raise ValueError("The program takes too long")
            self._do(statement)

    def _do(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=args)):
                self.printed.append(" ".join(str(each) for each in self._all(args)))
            case ast.Expr(value=expression):
                self.worth(expression)
            case ast.Assign(targets=[target], value=expression):
                self._assign(target, self.worth(expression))
            case ast.AugAssign(target=ast.Name(id=name), op=operator, value=expression):
                self.names[name] = BINARY[type(operator)](self.names[name], self.worth(expression))
            case ast.If(test=test, body=body, orelse=otherwise):
                self.run(body if self.worth(test) else otherwise)
            case ast.While(test=test, body=body):
                while self.worth(test):
                    self.run(body)
            case ast.For(target=target, iter=items, body=body):
                for item in self.worth(items):
                    self._assign(target, item)
                    self.run(body)
            case ast.FunctionDef(name=name):
                self.names[name] = statement
            case ast.Return(value=ast.expr() as expression):
                raise Returned(self.worth(expression))
            case _:
                raise ValueError(f"{ast.unparse(statement)} is not in our part of Python")

    def _assign(self, target: ast.expr, worth: Any) -> None:
        match target:
            case ast.Name(id=name):
                self.names[name] = worth
            case ast.Tuple(elts=parts):
                for part, each in zip(parts, worth, strict=True):
                    self._assign(part, each)
            case ast.Subscript(value=where, slice=place):
                self.worth(where)[self.worth(place)] = worth
            case _:
                raise ValueError(f"{ast.unparse(target)} cannot be given a value")

    def worth(self, expression: ast.expr) -> Any:
        """What an expression gives."""
        match expression:
            case ast.Constant(value=constant):
                return constant
            case ast.Name(id=name):
                return self.names[name]
            case ast.BinOp(left=left, op=operator, right=right):
                return BINARY[type(operator)](self.worth(left), self.worth(right))
            case ast.Compare(left=left, ops=[operator], comparators=[right]):
                return COMPARE[type(operator)](self.worth(left), self.worth(right))
            case ast.BoolOp(op=operator, values=parts):
                worths = (self.worth(part) for part in parts)
                return all(worths) if isinstance(operator, ast.And) else any(worths)
            case ast.UnaryOp(op=operator, operand=operand):
                return UNARY[type(operator)](self.worth(operand))
            case ast.Subscript(value=where, slice=place):
                return self.worth(where)[self.worth(place)]
            case ast.Slice(lower=low, upper=high, step=step):
                return slice(*(part and self.worth(part) for part in (low, high, step)))
            case ast.List(elts=parts) | ast.Tuple(elts=parts):
                return self._all(parts)
            case ast.Call(func=function, args=args):
                return self._call(function, self._all(args))
        raise ValueError(f"{ast.unparse(expression)} is not in our part of Python")

    def _all(self, expressions: Sequence[ast.expr]) -> list[Any]:
        return [self.worth(expression) for expression in expressions]

    def _call(self, function: ast.expr, given: list[Any]) -> Any:
        match function:
            case ast.Attribute(value=thing, attr=method) if method in METHODS:
                return getattr(self.worth(thing), method)(*given)
            case ast.Name(id=name) if isinstance(self.names.get(name), ast.FunctionDef):
                return self._called(self.names[name], given)
            case ast.Name(id=name) if name in FUNCTIONS:
                return FUNCTIONS[name](*given)
        raise ValueError(f"{ast.unparse(function)} is no function of ours")

    def _called(self, function: ast.FunctionDef, given: list[Any]) -> Any:
        outside = self.names
        taken = (each.arg for each in function.args.args)
        self.names = {**outside, **dict(zip(taken, given, strict=True))}
        try:
            self.run(function.body)
        except Returned as back:
            return back.value
        finally:
            self.names = outside
        return None
