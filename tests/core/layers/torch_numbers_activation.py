# Made torch_numbers_activation.txt with PyTorch in float64: run it again only to add cases.
# Each case of torch_numbers_activation_test.cpp by its name: what the layer gives, and the gradients of the sum of
# output · pattern(shape, 99) by its inputs and then its parameters. pattern(shape, seed) is the same formula as there.
import numpy as np
import torch
import torch.nn.functional as F


def pattern(shape, seed, low=-1.0, high=1.0):
    n = int(np.prod(shape)) if shape else 1
    numbers = [low + (high - low) * (((i * 7919 + seed * 104729) % 997) / 997.0) for i in range(n)]
    return torch.tensor(numbers, dtype=torch.float64).reshape(shape).requires_grad_()


def say(name, t):
    print(name + ":", " ".join(repr(float(v)) for v in t.detach().reshape(-1)))


def case(name, f, shapes, low=-4.0, high=4.0, parameters=()):
    leaves = [pattern(s, i + 1, low, high) for i, s in enumerate(shapes)] + [pattern(s, i + 11) for i, s in enumerate(parameters)]
    y = f(*leaves)
    say(name, y)
    (y * pattern(y.shape, 99)).sum().backward()
    for i, leaf in enumerate(leaves):
        say(f"{name} {i + 1}", leaf.grad)


row, picture = (3, 5), (2, 3, 2, 3)
# Written out: the gradient of F.hardsigmoid takes 1/6 as a float32, 3e-8 off.
for name, f in [("relu", F.relu), ("leaky_relu", lambda x: F.leaky_relu(x, 0.01)), ("elu", lambda x: F.elu(x, 0.7)), ("selu", F.selu), ("gelu", F.gelu),
                ("gelu_tanh", lambda x: F.gelu(x, approximate="tanh")), ("silu", F.silu), ("mish", F.mish), ("softplus", F.softplus),
                ("sigmoid", torch.sigmoid), ("hard_sigmoid", lambda x: (x / 6 + 0.5).clamp(0, 1)), ("hard_swish", F.hardswish), ("tanh", torch.tanh),
                ("softmax", lambda x: F.softmax(x, -1)), ("clip", lambda x: x.clamp(-1.5, 2)), ("abs", torch.abs), ("exp", torch.exp),
                ("cube", lambda x: x**3), ("rescaling", lambda x: 0.5 * x - 3)]:
    case(name, f, [row])
case("log", torch.log, [row], 0.1, 5)
case("root", torch.sqrt, [row], 0.1, 5)
case("prelu", lambda x, slope: F.prelu(x, slope.reshape(-1)), [picture], parameters=[(3, 1, 1)])
case("prelu_one", lambda x, slope: F.prelu(x, slope), [row], parameters=[(1,)])
case("scale", lambda x, factor, offset: x * factor + offset, [picture], parameters=[(3, 1, 1), (3, 1, 1)])
case("subtract", lambda a, b: a - b, [row, row])
case("multiply", lambda a, b, c: a * b * c, [picture, (2, 3, 1, 1), (2, 1, 2, 3)])
case("maximum", lambda a, b, c: torch.maximum(torch.maximum(a, b), c), [row, row, row])
case("average", lambda a, b, c: (a + b + c) / 3, [row, row, row])
mean, deviation = torch.tensor([0.485, 0.456, 0.406], dtype=torch.float64), torch.tensor([0.229, 0.224, 0.225], dtype=torch.float64)
case("normalization", lambda x: (x - mean.reshape(3, 1, 1)) / deviation.reshape(3, 1, 1), [picture], 0, 1)
