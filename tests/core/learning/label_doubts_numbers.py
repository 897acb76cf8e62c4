"""The numbers of label_doubts_test.cpp: the formulas of confident learning as Northcutt, Jiang and Chuang (2021) and cleanlab's documentation give
them, in numpy. python3 label_doubts_numbers.py > label_doubts_numbers.txt"""
import numpy as np

random = np.random.default_rng(7)
items, classes = 60, 4
truth = random.integers(0, classes, items)
labels = truth.copy()
wrong = random.choice(items, 12, replace=False)
labels[wrong] = (labels[wrong] + random.integers(1, classes, 12)) % classes
logits = random.normal(0, 1, (items, classes))
logits[np.arange(items), truth] += 2
probabilities = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
probabilities = np.round(probabilities, 4).astype(np.float32)

thresholds = np.array([probabilities[labels == c, c].astype(np.float64).mean() for c in range(classes)])
above = probabilities.astype(np.float64) >= thresholds - 1e-6
joint = np.zeros((classes, classes), int)
doubted = np.zeros(items, bool)
for i in range(items):
    if not above[i].any():
        continue
    c = int(np.where(above[i], probabilities[i], -1).argmax())
    joint[labels[i], c] += 1
    doubted[i] = c != labels[i]
calibrated = joint / joint.sum(1, keepdims=True) * np.bincount(labels, minlength=classes)[:, None]
own = probabilities[np.arange(items), labels].astype(np.float64)
others = probabilities.astype(np.float64).copy()
others[np.arange(items), labels] = -1
margin = (own - others.max(1) + 1) / 2
order = sorted(range(items), key=lambda i: (own[i], i))

print(items, classes)
for i in range(items):
    print(labels[i], *("%.4f" % p for p in probabilities[i]), "%.9g %.9g %d" % (own[i], margin[i], doubted[i]))
print(*("%.9g" % t for t in thresholds))
print(*joint.flatten())
print(*("%.9g" % c for c in calibrated.flatten()))
print(*order)
