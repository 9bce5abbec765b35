"""Pictures as other eyes and machines see them: printed in grey, or without the cones for green. Plain arrays."""

from typing import Literal, get_args

import numpy as np

Sight = Literal["colour", "grey", "colour-blind"]
SIGHTS: tuple[Sight, ...] = get_args(Sight)
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])  # of linear sRGB
# Deuteranopia, the commonest kind, in linear sRGB: Machado, Oliveira and Fernandes, 2009, severity 1.
DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
)


def seen(pixels_YXC: np.ndarray, sight: Sight) -> np.ndarray:
    """An image of uint8 RGB as it is seen, of the same shape."""
    match sight:
        case "colour":
            return pixels_YXC
        case "grey":
            return _through(pixels_YXC, np.tile(LUMINANCE, (3, 1)))
        case "colour-blind":
            return _through(pixels_YXC, DEUTERANOPIA)


def lightness(colour: str) -> float:
    """L* of #rrggbb, from 0 for black to 100 for white: what is left of a colour in grey."""
    channels = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)])
    luminance = float(LUMINANCE @ _linear(channels / 255))
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


def mixed(below: str, above: str, opacity: float) -> str:
    """#rrggbb of a colour that lets `1 - opacity` of the one below through, as a picture is painted."""
    pairs = ((int(below[place : place + 2], 16), int(above[place : place + 2], 16)) for place in (1, 3, 5))
    return "#" + "".join(f"{round(under + (over - under) * opacity):02x}" for under, over in pairs)


def _through(pixels_YXC: np.ndarray, matrix_CC: np.ndarray) -> np.ndarray:
    """Linear light is mixed, never the numbers of the screen."""
    linear = _linear(np.arange(256) / 255).astype(np.float32)[pixels_YXC]
    shares = np.clip(linear @ matrix_CC.T.astype(np.float32), 0, 1)
    made: np.ndarray = _encoded()[(shares * 4095 + 0.5).astype(np.uint16)]
    return made


def _linear(shares: np.ndarray) -> np.ndarray:
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def _encoded() -> np.ndarray:
    """The number of the screen for each of 4,096 amounts of light."""
    light = np.arange(4096) / 4095
    shares = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    encoded: np.ndarray = (shares * 255 + 0.5).astype(np.uint8)
    return encoded
