#!/usr/bin/env python3
"""Training steps in PyTorch. Answers every line of JSON with one:

{"do": "version"}                                     {"version": "2.15.0", "compiles": true}
{"do": "prepare", "network", "batch", "threads",      {"rates": {"compiled, fused Adam, channels last, 2 threads": samples/s, …},
 "seconds", "compile_seconds"}                         "refused": {"compiled …": "why"}}
{"do": "measure", "set_up", "seconds"}                {"rate": samples/s by the clock, "processor_rate": by processor time}

A set-up is a choice of: plain or torch.compile (dropped where it is not ready after compile_seconds), the form of Adam, for pictures the memory format,
and the number of threads. Compiled code is kept in PyTorch's own cache, so a second run prepares faster.
"""
import json
import os
import signal
import statistics
import sys
import time

ANSWERS = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # libraries that print must not disturb the answers

import torch  # noqa: E402

import torch_networks  # noqa: E402

BATCHES = 4
SET_UPS = {}


def adam_forms():
    forms = {"loop Adam": {"foreach": False}, "foreach Adam": {"foreach": True}}
    try:
        torch.optim.Adam([torch.zeros(1, requires_grad=True)], fused=True).step()
        forms["fused Adam"] = {"fused": True}
    except (TypeError, RuntimeError, ValueError):
        pass
    return forms


def memory_formats(name):
    formats = {"": torch.contiguous_format}
    if torch_networks.is_picture(name):
        formats["channels last"] = torch.channels_last
    return formats


class SetUp:
    def __init__(self, name, batch, threads, adam, memory_format, compiled):
        torch.manual_seed(0)
        self.name, self.threads = name, threads
        self.model = torch_networks.MODELS[name][0]()
        if torch_networks.is_picture(name):
            self.model = self.model.to(memory_format=memory_format)
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=1e-3, **adam)
        self.batches = torch_networks.batches(name, batch, memory_format, BATCHES)
        self.run = torch.compile(self.model) if compiled else self.model
        self.count = 0

    def step(self):
        x, labels = self.batches[self.count % BATCHES]
        self.count += 1
        self.optimizer.zero_grad(set_to_none=True)
        torch_networks.loss(self.name, self.run(x), labels).backward()
        self.optimizer.step()

    def rate(self, seconds):
        torch.set_num_threads(self.threads)
        self.step()
        times, processor = [], []
        begin = time.perf_counter()
        while time.perf_counter() - begin < seconds or len(times) < 3:
            start, used = time.perf_counter(), time.process_time()
            self.step()
            times.append(time.perf_counter() - start)
            processor.append(time.process_time() - used)
        batch = len(self.batches[0][1])
        return batch / statistics.median(times), batch / statistics.median(processor)


class TooSlow(Exception):
    pass


def too_slow(signal_number, frame):
    raise TooSlow("not compiled in time")


def prepared(seconds, make):
    """make(), but no longer than these seconds."""
    signal.signal(signal.SIGALRM, too_slow)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return make()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def compiled_set_up(threads, *arguments):
    torch.set_num_threads(threads)
    torch.compiler.reset()
    result = SetUp(*arguments, True)
    result.step()
    return result


def label(*parts):
    return ", ".join(part for part in parts if part)


def threads_text(threads):
    return f"{threads} threads" if threads > 1 else "1 thread"


def prepare(question):
    """The form of Adam is chosen first, with the fewest threads; then the others follow with that form. One thread is judged by processor time."""
    name, batch, seconds = question["network"], question["batch"], question["seconds"]
    forms, memories = adam_forms(), memory_formats(name)
    SET_UPS.clear()
    rates, refused = {}, {}

    def judged(key, threads):
        by_clock, by_processor = SET_UPS[key].rate(seconds)
        return by_processor if threads == 1 else by_clock

    def add(adam, form, threads):
        key = label(adam, form, threads_text(threads))
        if key not in rates:
            torch.set_num_threads(threads)
            SET_UPS[key] = SetUp(name, batch, threads, forms[adam], memories[form], False)
            rates[key] = judged(key, threads)
        return rates[key]

    fewest = min(question["threads"])
    adam = max(forms, key=lambda choice: add(choice, "", fewest))
    left = question["compile_seconds"]
    for threads in question["threads"]:
        form = max(memories, key=lambda choice: add(adam, choice, threads))
        key = label("compiled", adam, form, threads_text(threads))
        start = time.perf_counter()
        try:
            if left <= 0 or not hasattr(torch, "compile"):
                raise TooSlow("no time left")
            SET_UPS[key] = prepared(left, lambda: compiled_set_up(threads, name, batch, threads, forms[adam], memories[form]))
            rates[key] = judged(key, threads)
        except BaseException as e:  # whatever the compiler stumbles over: the set-up is left out and the reason told
            SET_UPS.pop(key, None)
            refused[key] = f"{type(e).__name__}: {e}"[:200]
        left -= time.perf_counter() - start
    return {"rates": rates, "refused": refused}


def answer(question):
    if question["do"] == "version":
        return {"version": torch.__version__, "compiles": hasattr(torch, "compile")}
    if question["do"] == "prepare":
        return prepare(question)
    rate, processor = SET_UPS[question["set_up"]].rate(question["seconds"])
    return {"rate": rate, "processor_rate": processor}


def main():
    torch.set_flush_denormal(True)
    for text in sys.stdin:
        print(json.dumps(answer(json.loads(text))), file=ANSWERS, flush=True)


main()
