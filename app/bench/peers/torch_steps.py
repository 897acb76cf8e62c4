#!/usr/bin/env python3
"""Training steps in PyTorch, as lamina-bench measures its own: samples per second of every set-up, as JSON on one line.

torch_steps.py {mlp,lenet} BATCH THREADS SECONDS
Every set-up is a combination of Adam (for-loop, foreach, fused where there is one), of one thread or all (on a busy machine one is
often better) and, for images, of the memory format.
"""
import itertools
import json
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional


def mlp():
    return nn.Sequential(nn.Linear(784, 1024), nn.ReLU(), nn.Linear(1024, 512), nn.ReLU(), nn.Linear(512, 10))


def lenet():
    return nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
                         nn.Flatten(), nn.Linear(1600, 128), nn.ReLU(), nn.Linear(128, 10))


def adam_forms():
    forms = {"loop": {"foreach": False}, "foreach": {"foreach": True}}
    try:
        torch.optim.Adam([torch.zeros(1, requires_grad=True)], fused=True).step()
        forms["fused"] = {"fused": True}
    except (TypeError, RuntimeError, ValueError):
        pass
    return forms


def samples_per_second(model, images, labels, optimizer, seconds):
    batches = len(images)

    def step(i):
        optimizer.zero_grad(set_to_none=True)
        functional.cross_entropy(model(images[i % batches]), labels[i % batches]).backward()
        optimizer.step()

    for i in range(5):
        step(i)
    times = []
    begin = time.perf_counter()
    while time.perf_counter() - begin < seconds or len(times) < 5:
        start = time.perf_counter()
        step(len(times))
        times.append(time.perf_counter() - start)
    return len(labels[0]) / statistics.median(times)


def main():
    kind, batch, threads, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
    torch.set_flush_denormal(True)
    formats = {"plain": torch.contiguous_format}
    if kind == "lenet":
        formats["channels_last"] = torch.channels_last
    shape = (batch, 784) if kind == "mlp" else (batch, 1, 28, 28)
    result = {}
    for count, (adam, options), (name, memory) in itertools.product(sorted({threads, 1}), adam_forms().items(), formats.items()):
        torch.set_num_threads(count)
        torch.manual_seed(0)
        model = (mlp() if kind == "mlp" else lenet()).to(memory_format=memory)
        images = [torch.rand(shape).contiguous(memory_format=memory) for _ in range(20)]
        labels = [torch.randint(0, 10, (batch,)) for _ in range(20)]
        result[f"{adam}, {name}, threads {count}"] = samples_per_second(model, images, labels, torch.optim.Adam(model.parameters(), lr=1e-3, **options), seconds)
    print(json.dumps({"version": torch.__version__, "samples_per_second": result}))


main()
