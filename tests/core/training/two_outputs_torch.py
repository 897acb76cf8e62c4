# Made two_outputs_torch.txt once (PyTorch 2.15, float64): a network with two inputs and two outputs after three steps of SGD with momentum 0.9 and
# learning rate 0.1 over all training rows; data, split and first numbers by the same formulas as in several_inputs_test.cpp. Lines: the losses of
# each step, then "name: numbers" of every parameter.
import numpy as np
import torch

rows = 90
x = np.arange(rows)
a, b, c = np.sin(x), np.cos(2 * x) * 3, np.sin(5 * x + 1)
kind, price = (a + c > 0).astype(np.int64), 2 * (np.cos(2 * x) * 3) - a
training = x % 5 != 0


def scaled(v):
    return (v - v[training].mean()) / v[training].std()


left = torch.tensor(np.stack([scaled(a), scaled(b)], 1)[training])
right = torch.tensor(scaled(c)[training][:, None])
label, number = torch.tensor(kind[training]), torch.tensor(scaled(price)[training][:, None])


def first(name, *shape):
    seed = sum(map(ord, name))
    n = int(np.prod(shape))
    return torch.tensor(np.array([np.sin(seed + 3.7 * i) * 0.5 for i in range(n)], dtype=np.float32).astype(np.float64).reshape(shape)).requires_grad_()


p = {n: first(n, *s) for n, s in {"dense_1/weight": (3, 8), "dense_1/bias": (8,), "dense_2/weight": (8, 2), "dense_2/bias": (2,),
                                  "dense_3/weight": (8, 1), "dense_3/bias": (1,)}.items()}
optimizer = torch.optim.SGD(p.values(), lr=0.1, momentum=0.9)
for step in range(3):
    hidden = torch.relu(torch.cat([left, right], 1) @ p["dense_1/weight"] + p["dense_1/bias"])
    classes = torch.nn.functional.cross_entropy(hidden @ p["dense_2/weight"] + p["dense_2/bias"], label)
    numbers = torch.nn.functional.mse_loss(hidden @ p["dense_3/weight"] + p["dense_3/bias"], number)
    optimizer.zero_grad()
    (classes + 0.5 * numbers).backward()
    optimizer.step()
    print(f"losses: {classes.item()!r} {numbers.item()!r}")
for name, tensor in p.items():
    print(name + ":", " ".join(repr(v) for v in tensor.detach().flatten().tolist()))
