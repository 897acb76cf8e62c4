# Made optimizer_numbers.txt once, in float64: run it again only to add cases. PyTorch 1.13; by hand: Lion from the
# paper (Chen et al. 2023, algorithm 2) and Nadam as in Dozat 2016 and PyTorch from version 2 on (1.13 multiplies with one momentum twice).
# pattern(seed) is the same formula as in optimizer_numbers_test.cpp. Each line: the parameter after eight updates with gradients that change.
import numpy as np
import torch

steps = 8


def pattern(seed, low=-1.0, high=1.0, n=6):
    return torch.tensor([low + (high - low) * (((i * 7919 + seed * 104729) % 997) / 997.0) for i in range(n)], dtype=torch.float64)


def say(name, t):
    print(name + ":", " ".join(repr(float(v)) for v in t))


def trained(make):
    w = pattern(22).requires_grad_()
    optimizer = make(w)
    for step in range(steps):
        w.grad = pattern(23 + step)
        optimizer.step()
    return w.detach()


def lion(lr, beta1, beta2, decay):
    p, m = pattern(22).numpy().copy(), np.zeros(6)
    for step in range(steps):
        g = pattern(23 + step).numpy()
        c = beta1 * m + (1 - beta1) * g
        p = p - lr * (np.sign(c) + decay * p)
        m = beta2 * m + (1 - beta2) * g
    return p


def nadam(lr, beta1, beta2, eps, decay):
    p, m, v, product = pattern(22).numpy().copy(), np.zeros(6), np.zeros(6), 1.0
    for step in range(1, steps + 1):
        g = pattern(22 + step).numpy() + decay * p
        mu = beta1 * (1 - 0.5 * 0.96 ** (step * 0.004))
        mu_next = beta1 * (1 - 0.5 * 0.96 ** ((step + 1) * 0.004))
        product *= mu
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        root = np.sqrt(v / (1 - beta2**step)) + eps
        p = p - lr * (1 - mu) / (1 - product) * g / root - lr * mu_next / (1 - product * mu_next) * m / root
    return p


say("sgd", trained(lambda w: torch.optim.SGD([w], lr=0.1, weight_decay=0.01)))
say("sgd_momentum", trained(lambda w: torch.optim.SGD([w], lr=0.1, momentum=0.9, weight_decay=0.01)))
say("sgd_nesterov", trained(lambda w: torch.optim.SGD([w], lr=0.1, momentum=0.8, nesterov=True, weight_decay=0.01)))
say("adam", trained(lambda w: torch.optim.Adam([w], lr=0.1, weight_decay=0.01)))
say("adamw", trained(lambda w: torch.optim.AdamW([w], lr=0.1, weight_decay=0.05)))
say("nadam", torch.tensor(nadam(0.1, 0.9, 0.999, 1e-8, 0.01)))
say("nadam_short", torch.tensor(nadam(0.05, 0.5, 0.9, 1e-3, 0)))
say("rmsprop", trained(lambda w: torch.optim.RMSprop([w], lr=0.1, alpha=0.95, weight_decay=0.01)))
say("rmsprop_momentum", trained(lambda w: torch.optim.RMSprop([w], lr=0.1, alpha=0.9, eps=1e-3, momentum=0.9)))
say("adagrad", trained(lambda w: torch.optim.Adagrad([w], lr=0.1, weight_decay=0.01)))
say("lion", torch.tensor(lion(0.1, 0.9, 0.99, 0.05)))
