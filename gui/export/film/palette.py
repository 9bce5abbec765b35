"""The colours of a GIF: made anew only where a picture has others, so that they stand still, and paper stays white."""

from typing import Any

import numpy as np

COLOURS = 128  # a chart has few
SEEN, MORE = 16, 1e-5  # a difference that is seen; share of the pixels that may have it besides


class Palette:
    def __init__(self) -> None:
        self._colours_N3 = np.empty((0, 3), np.int16)
        self._off = 0  # pixels that were seen to be off in the picture it was made of

    def painted(self, picture_YX3: np.ndarray) -> Any:
        """A picture in these colours, each pixel in the nearest: never dithered, that would flicker."""
        packed_YX = picture_YX3.astype(np.int32) @ np.array([1 << 16, 1 << 8, 1], np.int32)
        packed_K, which, counts_K = np.unique(packed_YX, return_inverse=True, return_counts=True)
        colours_K3 = np.stack([packed_K >> 16, packed_K >> 8 & 255, packed_K & 255], axis=1).astype(np.int16)
        nearest_K, off = self._nearest(colours_K3, counts_K)
        if not len(self._colours_N3) or off > self._off + MORE * packed_YX.size:
            self._colours_N3 = made_of(picture_YX3)
            self._colours_N3 = self._commonest(colours_K3, counts_K)
            nearest_K, self._off = self._nearest(colours_K3, counts_K)
        return self._image(nearest_K[which].reshape(packed_YX.shape))

    def _nearest(self, colours_K3: np.ndarray, counts_K: np.ndarray) -> tuple[np.ndarray, int]:
        """Place of the nearest colour for each one, and how many pixels are seen to be off."""
        nearest_K, least_K = np.zeros(len(colours_K3), np.uint8), np.full(len(colours_K3), 256, np.int16)
        for place, colour in enumerate(self._colours_N3):
            off_K = np.abs(colours_K3 - colour).max(axis=1)
            nearer = off_K < least_K
            nearest_K[nearer], least_K[nearer] = place, off_K[nearer]
        return nearest_K, int(counts_K[least_K > SEEN].sum())

    def _commonest(self, colours_K3: np.ndarray, counts_K: np.ndarray) -> np.ndarray:
        """Each is the commonest colour of those that it stands for, not their mean."""
        nearest_K, _ = self._nearest(colours_K3, counts_K)
        colours_N3, rising = self._colours_N3.copy(), np.argsort(counts_K, kind="stable")
        colours_N3[nearest_K[rising]] = colours_K3[rising]  # the last one stays
        return colours_N3

    def _image(self, places_YX: np.ndarray) -> Any:
        from PIL import Image

        made = Image.fromarray(places_YX, "P")
        made.putpalette(self._colours_N3.ravel().tolist())
        return made


def made_of(picture_YX3: np.ndarray) -> np.ndarray:
    """At most so many colours N3 that stand for all of a picture's."""
    from PIL import Image

    cut = Image.fromarray(picture_YX3).quantize(COLOURS, method=Image.Quantize.MEDIANCUT)
    return np.array(cut.getpalette(), np.int16).reshape(-1, 3)
