# Three people label 60 items, with gaps: what they say, and how far they agree. Writes label_sessions_numbers.txt.
# Cohen's kappa is scikit-learn's; Fleiss' kappa, Krippendorff's alpha and the overlaps are their definitions in numpy.
# Run with an environment that has numpy and scikit-learn.
import itertools
import os

import numpy as np
from sklearn.metrics import cohen_kappa_score

random = np.random.default_rng(7)
people = {"ann": range(0, 50), "bob": range(5, 60), "cem": range(0, 60)}
truth = random.integers(1, 4, 60)
boxes = random.integers(5, 40, (60, 2))
said, drawn = {}, {}
for who, items in people.items():
    for item in items:
        if who == "cem" and item % 11 == 3:
            continue
        wrong = random.random() < 0.25
        said[who, item] = int(random.integers(1, 4)) if wrong else int(truth[item])
        if item < 20:
            left, top = boxes[item] + random.integers(-3, 4, 2)
            width, height = random.integers(16, 24, 2)
            drawn[who, item] = (int(left), int(top), int(left + width), int(top + height))


def overlap(a, b):
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    both = max(width, 0) * max(height, 0)
    area = lambda box: (box[2] - box[0]) * (box[3] - box[1])
    return both / (area(a) + area(b) - both)


def fleiss(rows):
    counts = np.array([[row.count(c) for c in (1, 2, 3)] for row in rows])
    n = counts.sum(axis=1)[0]
    agreement = ((counts**2).sum(axis=1) - n) / (n * (n - 1))
    chance = ((counts.sum(axis=0) / counts.sum()) ** 2).sum()
    return (agreement.mean() - chance) / (1 - chance)


def krippendorff(units):
    units = [unit for unit in units if len(unit) > 1]
    coincidence = np.zeros((3, 3))
    for unit in units:
        for a, b in itertools.permutations(range(len(unit)), 2):
            coincidence[unit[a] - 1, unit[b] - 1] += 1 / (len(unit) - 1)
    totals = coincidence.sum(axis=1)
    n = totals.sum()
    observed = n - np.trace(coincidence)
    expected = (n * n - (totals**2).sum()) / (n - 1)
    return 1 - observed / expected


lines = []
for (who, item), number in said.items():
    box = " ".join(map(str, drawn[who, item])) if (who, item) in drawn else "0 0 0 0"
    lines.append(f"say {item} {who} {number} {box}")
all_overlaps = []
for a, b in itertools.combinations(people, 2):
    both = [item for item in range(60) if (a, item) in said and (b, item) in said]
    kappa = cohen_kappa_score([said[a, item] for item in both], [said[b, item] for item in both])
    overlaps = [overlap(drawn[a, item], drawn[b, item]) for item in both if item < 20]
    overlaps = [value for value in overlaps if value >= 0.5]
    all_overlaps += overlaps
    lines.append(f"pair {a} {b} {len(both)} {kappa:.12f} {len(overlaps)} {np.mean(overlaps):.12f}")
units = [[said[who, item] for who in people if (who, item) in said] for item in range(60)]
complete = [unit for unit in units if len(unit) == 3]
lines.append(f"group {len(complete)} {fleiss(complete):.12f} {krippendorff(units):.12f} {len(all_overlaps)} {np.mean(all_overlaps):.12f}")
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "label_sessions_numbers.txt"), "w") as file:
    file.write("\n".join(lines) + "\n")
