"""Writes the 16-bit PNGs with transparency among the seeds of the image fuzzer, and what they are on white, into deep_alpha.txt.

Needs numpy and imagecodecs (libpng). The oracle is the formula in float64: (value * alpha + 65535 * (65535 - alpha)) / 65535 / 65535 * 255.
"""
import pathlib

import imagecodecs
import numpy

here = pathlib.Path(__file__).resolve().parent
seeds = here.parents[1] / "fuzz/corpus/image"
numbers = numpy.random.default_rng(5)
colours = numbers.integers(0, 65536, (5, 7, 4), dtype=numpy.uint16)
colours[0, 0, 3], colours[0, 1, 3] = 0, 65535
colours[1, 1] = [65535, 0, 1, 32768]
colours[2, 2] = [257, 256, 255, 65534]


def on_white(values, alpha):
    share = alpha.astype(float) / 65535
    return (values.astype(float) * share + 65535 * (1 - share)) / 65535 * 255


with open(here / "deep_alpha.txt", "w") as text:
    for name, picture in (("alpha16.png", colours), ("grey_alpha16.png", colours[:, :, [0, 3]].copy())):
        (seeds / name).write_bytes(imagecodecs.png_encode(picture))
        planes = on_white(picture[:, :, :-1], picture[:, :, -1:]).transpose(2, 0, 1)
        print(name, " ".join("%.3f" % value for value in planes.ravel()), file=text)
