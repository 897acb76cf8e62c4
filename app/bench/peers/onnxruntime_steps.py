#!/usr/bin/env python3
"""Inference in ONNX Runtime. Answers every line of JSON with one:

{"do": "version"}                                        {"version": "1.23.0"}
{"do": "prepare", "file", "threads": [1, 2], "seconds"}  {"rates": {"2 threads": runs/s, …}}
{"do": "measure", "set_up", "seconds"}                   {"rate": runs/s by the clock, "processor_rate": by processor time}
"""
import json
import statistics
import sys
import time

import numpy
import onnxruntime

SESSIONS = {}


def session(path, threads, spinning):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.add_session_config_entry("session.set_denormal_as_zero", "1")
    options.add_session_config_entry("session.intra_op.allow_spinning", "1" if spinning else "0")
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def rate(key, seconds):
    model = SESSIONS[key]
    about = model.get_inputs()[0]
    x = {about.name: numpy.random.default_rng(0).random([n if isinstance(n, int) else 1 for n in about.shape], dtype=numpy.float32)}
    times, processor = [], []
    for _ in range(3):
        model.run(None, x)
    begin = time.perf_counter()
    while time.perf_counter() - begin < seconds or len(times) < 3:
        start, used = time.perf_counter(), time.process_time()
        model.run(None, x)
        times.append(time.perf_counter() - start)
        processor.append(time.process_time() - used)
    return 1 / statistics.median(times), 1 / statistics.median(processor)


def prepare(question):
    SESSIONS.clear()
    for threads in question["threads"]:
        name = f"{threads} threads" if threads > 1 else "1 thread"
        for spinning in (True, False) if threads > 1 else (True,):
            SESSIONS[("spinning, " if spinning and threads > 1 else "") + name] = session(question["file"], threads, spinning)
    return {"rates": {key: rate(key, question["seconds"])[0] for key in SESSIONS}}


def answer(question):
    if question["do"] == "version":
        return {"version": onnxruntime.__version__}
    if question["do"] == "prepare":
        return prepare(question)
    by_clock, by_processor = rate(question["set_up"], question["seconds"])
    return {"rate": by_clock, "processor_rate": by_processor}


for text in sys.stdin:
    print(json.dumps(answer(json.loads(text))), flush=True)
