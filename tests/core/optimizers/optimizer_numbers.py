# Made optimizer_numbers.txt once, in float64: run it again only to add cases. PyTorch 1.13; Lion by hand from the paper (Chen et al. 2023, algorithm 2).
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


say("sgd", trained(lambda w: torch.optim.SGD([w], lr=0.1, weight_decay=0.01)))
say("sgd_momentum", trained(lambda w: torch.optim.SGD([w], lr=0.1, momentum=0.9, weight_decay=0.01)))
say("sgd_nesterov", trained(lambda w: torch.optim.SGD([w], lr=0.1, momentum=0.8, nesterov=True, weight_decay=0.01)))
say("adam", trained(lambda w: torch.optim.Adam([w], lr=0.1, weight_decay=0.01)))
say("adamw", trained(lambda w: torch.optim.AdamW([w], lr=0.1, weight_decay=0.05)))
say("nadam", trained(lambda w: torch.optim.NAdam([w], lr=0.1, weight_decay=0.01)))
say("nadam_short", trained(lambda w: torch.optim.NAdam([w], lr=0.05, betas=(0.5, 0.9), eps=1e-3)))
say("rmsprop", trained(lambda w: torch.optim.RMSprop([w], lr=0.1, alpha=0.95, weight_decay=0.01)))
say("rmsprop_momentum", trained(lambda w: torch.optim.RMSprop([w], lr=0.1, alpha=0.9, eps=1e-3, momentum=0.9)))
say("adagrad", trained(lambda w: torch.optim.Adagrad([w], lr=0.1, weight_decay=0.01)))
say("lion", torch.tensor(lion(0.1, 0.9, 0.99, 0.05)))
