# Made reference_numbers.txt once, with PyTorch (1.13, 2.15) in float64: run it again only to add cases.
# pattern(shape, seed) is the same formula as in reference_numbers_test.cpp.
import numpy as np
import torch
import torch.nn.functional as F


def pattern(shape, seed, low=-1.0, high=1.0):
    n = int(np.prod(shape)) if shape else 1
    numbers = [low + (high - low) * (((i * 7919 + seed * 104729) % 997) / 997.0) for i in range(n)]
    return torch.tensor(numbers, dtype=torch.float64).reshape(shape)


def say(name, t):
    print(name + ":", " ".join(repr(float(v)) for v in t.detach().reshape(-1)))


say("gemm", pattern((3, 5), 1) @ pattern((5, 4), 2))
say("conv", F.conv2d(pattern((2, 4, 6, 5), 3), pattern((6, 2, 3, 2), 4), stride=(2, 1), padding=(1, 2), dilation=(1, 2), groups=2))
say("conv_uneven", F.conv2d(F.pad(pattern((1, 2, 5, 4), 5), (0, 1, 1, 2)), pattern((3, 2, 3, 3), 6)))
say("max_pool", F.max_pool2d(pattern((1, 2, 7, 6), 7), (3, 2), stride=2, padding=1, dilation=(1, 2)))
say("average_pool", F.avg_pool2d(pattern((1, 2, 7, 6), 7), 3, stride=2, padding=1, count_include_pad=False))
say("average_pool_padded", F.avg_pool2d(pattern((1, 2, 7, 6), 7), 3, stride=2, padding=1, count_include_pad=True))
x = pattern((2, 6), 8, -3, 3)
for name, f in [("relu", F.relu), ("leaky_relu", lambda v: F.leaky_relu(v, 0.1)), ("sigmoid", torch.sigmoid), ("tanh", torch.tanh),
                ("exp", torch.exp), ("square", torch.square), ("negate", torch.neg), ("abs", torch.abs), ("scale", lambda v: v * 0.1),
                ("elu", lambda v: F.elu(v, 0.1)), ("gelu", F.gelu), ("gelu_tanh", lambda v: F.gelu(v, approximate="tanh")), ("silu", F.silu),
                ("softplus", F.softplus), ("mish", F.mish), ("offset", lambda v: v + 0.1)]:
    say(name, f(x))
p = pattern((2, 6), 9, 0.1, 4)
say("log", torch.log(p))
say("sqrt", torch.sqrt(p))
say("pow", torch.pow(p, 0.1))
a, b = pattern((2, 1, 3), 10), pattern((4, 1), 11, 0.5, 2)
for name, f in [("add", torch.add), ("subtract", torch.sub), ("multiply", torch.mul), ("divide", torch.div), ("maximum", torch.maximum),
                ("minimum", torch.minimum)]:
    say(name, f(a, b))
say("mean", pattern((2, 3, 4), 12).mean(dim=(0, 2)))
say("sum", pattern((2, 3, 4), 12).sum(dim=1))
say("reduce_maximum", pattern((2, 3, 4), 12).amax(dim=(0, 2)))
say("transpose", pattern((2, 3, 4), 12).permute(2, 0, 1))
say("pad", F.pad(pattern((2, 3, 4), 12), (1, 0, 0, 2), value=0.5))
say("mat_mul", pattern((2, 3, 4), 12) @ pattern((2, 4, 5), 30))
say("gather", F.embedding(torch.tensor([2, 0, 1, 2]), pattern((3, 4), 31)))
say("one_hot", F.one_hot(torch.tensor([2, 0, 1, 2]), 3).double())
say("log_softmax", F.log_softmax(pattern((2, 5, 3), 13, -40, 40), dim=1))
table = pattern((3, 4), 31).requires_grad_()
(F.embedding(torch.tensor([2, 0, 1, 2]), table) * pattern((4, 4), 32)).sum().backward()
say("gather_backward", table.grad)
say("softmax", F.softmax(pattern((2, 5, 3), 13, -40, 40), dim=1))
say("cross_entropy", F.cross_entropy(pattern((4, 3), 14, -50, 50), torch.tensor([2, 0, 1, 2])))
say("binary_cross_entropy", F.binary_cross_entropy_with_logits(pattern((3, 4), 15, -60, 60), pattern((3, 4), 16, 0, 1)))
mean, variance = pattern((3,), 17), pattern((3,), 18, 0.5, 2)
x, gamma, beta = pattern((4, 3, 2, 2), 19), pattern((3,), 20, 0.5, 2), pattern((3,), 21)
say("batch_norm_inference", F.batch_norm(x, mean, variance, gamma, beta, False, 0.1, 1e-5))
say("batch_norm_training", F.batch_norm(x, mean, variance, gamma, beta, True, 0.1, 1e-5))
say("batch_norm_running_mean", mean)
say("batch_norm_running_variance", variance)

for name, make in [("sgd", lambda w: torch.optim.SGD([w], lr=0.1, weight_decay=0.01)),
                   ("momentum", lambda w: torch.optim.SGD([w], lr=0.1, momentum=0.9, weight_decay=0.01)),
                   ("adam", lambda w: torch.optim.Adam([w], lr=0.1, weight_decay=0.01)),
                   ("adamw", lambda w: torch.optim.AdamW([w], lr=0.1, weight_decay=0.05))]:
    w = pattern((5,), 22).requires_grad_()
    optimizer = make(w)
    for step in range(3):
        w.grad = pattern((5,), 23 + step)
        optimizer.step()
    say(name, w)
