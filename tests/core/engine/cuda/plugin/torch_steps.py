#!/usr/bin/env python3
"""Training steps in PyTorch on the GPU, to set beside CudaSpeed.TrainingSteps: exact float32, the batch uploaded from page-locked memory and the
loss read in every step, as Lamina does. Prints the median milliseconds of a step, eager and captured as a CUDA graph."""
import statistics
import time

import torch
from torch import nn
from torch.nn import functional

torch.backends.cuda.matmul.allow_tf32 = False
torch.backends.cudnn.allow_tf32 = False
torch.backends.cudnn.benchmark = True


def mlp():
    return nn.Sequential(nn.Linear(784, 1024), nn.ReLU(), nn.Linear(1024, 512), nn.ReLU(), nn.Linear(512, 10))


def lenet():
    return nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
                         nn.Flatten(), nn.Linear(1600, 128), nn.ReLU(), nn.Linear(128, 10))


def median(step, warm_up=20, steps=300):
    times = []
    for i in range(warm_up + steps):
        begin = time.perf_counter()
        step()
        if i >= warm_up:
            times.append(time.perf_counter() - begin)
    return 1e3 * statistics.median(times)


def measure(build, shape):
    batch = shape[0]
    images, labels = torch.rand(shape).pin_memory(), torch.randint(0, 10, (batch,)).pin_memory()
    x, target = images.cuda(), labels.cuda()
    model = build().cuda()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True, capturable=True)

    def forward_backward():
        loss = functional.cross_entropy(model(x), target)
        loss.backward()
        optimizer.step()
        return loss

    def eager():
        x.copy_(images, non_blocking=True)
        target.copy_(labels, non_blocking=True)
        optimizer.zero_grad(set_to_none=True)
        forward_backward().item()

    result = {"eager": median(eager)}
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(3):
            optimizer.zero_grad(set_to_none=True)
            forward_backward()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    optimizer.zero_grad(set_to_none=True)
    with torch.cuda.graph(graph):
        loss = forward_backward()

    def replay():
        x.copy_(images, non_blocking=True)
        target.copy_(labels, non_blocking=True)
        graph.replay()
        loss.item()

    result["graph"] = median(replay)
    return result


print(torch.__version__, torch.cuda.get_device_name(), "cudnn", torch.backends.cudnn.version())
for name, build, item in (("mlp", mlp, (784,)), ("lenet", lenet, (1, 28, 28))):
    for batch in (64, 512, 4096):
        times = measure(build, (batch, *item))
        print(f"{name} b{batch}: eager {times['eager']:.4f} ms, graph {times['graph']:.4f} ms", flush=True)
