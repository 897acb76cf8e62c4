#!/usr/bin/env python3
# Makes the films in tests/fuzz/corpus/video, which the tests of the importer read as well (PyAV 18.1 from PyPI, which brings FFmpeg and its encoders:
# python3 -m venv V && V/bin/pip install av numpy && V/bin/python make_films.py FOLDER).
# Every frame shows its number as six squares, white for a bit that is set, the lowest at the left; red at the lower left tells which side is up.
import pathlib
import sys

import av
import numpy


def picture(number, width=96, height=64):
    pixels = numpy.full((height, width, 3), 60, numpy.uint8)
    for bit in range(6):
        pixels[8:24, bit * 16:bit * 16 + 16] = 235 if number >> bit & 1 else 20
    pixels[40:64, 0:48] = (200, 40, 40)
    return pixels


def film(path, codec, frames, rate, options, between=0, container={}):
    with av.open(str(path), "w", options={"fflags": "+bitexact", **container}) as out:
        stream = out.add_stream(codec, rate=rate, options={"flags": "+bitexact", **options})
        stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
        stream.codec_context.gop_size = 12
        stream.codec_context.max_b_frames = between
        for number in range(frames):
            frame = av.VideoFrame.from_ndarray(picture(number), format="rgb24")
            frame.pts = number
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    film(folder / "film.mp4", "libx264", 60, 24, {"crf": "30", "preset": "slow", "x264-params": "scenecut=0:open-gop=1:info=0"}, between=2)
    film(folder / "film.webm", "libvpx-vp9", 24, 12, {"crf": "40", "b": "0", "cpu-used": "8", "row-mt": "0"})
    film(folder / "film.avi", "mpeg4", 5, 5, {"b": "60000"})
    film(folder / "film.ts", "mpeg2video", 10, 25, {"b": "40000"}, between=2)
    secret = {"encryption_scheme": "cenc-aes-ctr", "encryption_key": "00112233445566778899aabbccddeeff", "encryption_kid": "0123456789abcdef0123456789abcdef"}
    film(folder / "locked.mp4", "libx264", 6, 6, {"crf": "30", "x264-params": "scenecut=0:info=0"}, container=secret)
