# Made loss_numbers.txt once, with PyTorch 1.13 in float64: run it again only to add cases. pattern() is the same formula as in loss_test.cpp.
# Each case: the loss, then its gradient with respect to what the network's last layer is given (the logits, where there is a softmax or sigmoid).
# focal and dice are not in PyTorch: their formulas are written out here, their gradients are PyTorch's.
import numpy as np
import torch
import torch.nn.functional as F


def pattern(shape, seed, low=-1.0, high=1.0):
    n = int(np.prod(shape))
    return torch.tensor([low + (high - low) * (((i * 7919 + seed * 104729) % 997) / 997.0) for i in range(n)], dtype=torch.float64).reshape(shape)


def say(name, loss, x):
    x = x.clone().requires_grad_()
    value = loss(x)
    value.backward()
    print(name + ":", " ".join(repr(float(v)) for v in [value.detach(), *x.grad.reshape(-1)]))


logits, labels = pattern((5, 3), 1, -4, 4), torch.tensor([2, 0, 1, 1, 2])
shares = F.softmax(pattern((5, 3), 2, -2, 2), dim=1)
hot = F.one_hot(labels, 3).double()
weights = torch.tensor([0.5, 2, 1.25], dtype=torch.float64)
say("cross_entropy", lambda z: F.cross_entropy(z, labels), logits)
say("cross_entropy_extreme", lambda z: F.cross_entropy(z, labels, label_smoothing=0.1), logits * 200)
say("cross_entropy_weights", lambda z: F.cross_entropy(z, labels, weight=weights), logits)
say("cross_entropy_smoothing", lambda z: F.cross_entropy(z, labels, label_smoothing=0.2), logits)
say("cross_entropy_both", lambda z: F.cross_entropy(z, labels, weight=weights, label_smoothing=0.2), logits)
say("cross_entropy_shares", lambda z: F.cross_entropy(z, shares), logits)
say("cross_entropy_shares_both", lambda z: F.cross_entropy(z, shares, weight=weights, label_smoothing=0.2), logits)
say("kl", lambda z: F.kl_div(F.log_softmax(z, dim=1), shares, reduction="batchmean"), logits)
truth = pattern((5, 3), 3, 0, 1)
say("binary_cross_entropy", lambda z: F.binary_cross_entropy_with_logits(z, truth), logits)
say("binary_cross_entropy_classes", lambda z: F.binary_cross_entropy_with_logits(z, hot), logits * 20)


def focal_softmax(z, gamma, w):
    log_p = F.log_softmax(z, dim=1)
    return -(hot * w * (1 - log_p.exp()) ** gamma * log_p).sum() / len(z)


def focal_sigmoid(z, gamma):
    p = torch.sigmoid(z)
    right = p * truth + (1 - p) * (1 - truth)
    return ((1 - right) ** gamma * F.binary_cross_entropy_with_logits(z, truth, reduction="none")).mean()


def dice(p, t, s):
    return 1 - ((2 * (p * t).sum(0) + s) / (p.sum(0) + t.sum(0) + s)).mean()


say("focal", lambda z: focal_softmax(z, 2, 1), logits)
say("focal_weights", lambda z: focal_softmax(z, 1.5, weights), logits)
say("focal_sigmoid", lambda z: focal_sigmoid(z, 3), logits)
say("dice", lambda z: dice(F.softmax(z, dim=1), hot, 1), logits)
say("dice_sigmoid", lambda z: dice(torch.sigmoid(z), truth, 0.5), logits)
output, target = pattern((4, 3), 4, -3, 3), pattern((4, 3), 5, -2, 2)
say("mse", lambda x: F.mse_loss(x, target), output)
say("mae", lambda x: F.l1_loss(x, target), output)
say("huber", lambda x: F.huber_loss(x, target, delta=1), output)
say("huber_narrow", lambda x: F.huber_loss(x, target, delta=0.3), output)
say("quantile", lambda x: torch.maximum(0.9 * (target - x), -0.1 * (target - x)).mean(), output)
say("cosine", lambda x: F.cosine_embedding_loss(x, target, torch.ones(4, dtype=torch.float64)), output)
