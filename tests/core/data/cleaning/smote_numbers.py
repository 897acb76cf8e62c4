"""Makes smote_numbers.json: the nearest rows of each row of a small class, as numpy finds them, for smote_test.cpp (SMOTE-NC's distance: Chawla 2002).
Needs numpy:  python3 smote_numbers.py > smote_numbers.json"""
import json
import numpy as np

random = np.random.default_rng(5)
rows, training, k = 60, 48, 3
answer = np.where(np.arange(rows) % 5 == 0, "rare", np.where(np.arange(rows) % 5 == 1, "some", "often"))
a = np.round(random.normal(0, 1, rows) + (answer == "rare") * 2, 3)
b = np.round(random.exponential(2, rows), 3)
kind = random.choice(["x", "y", "z"], rows)
cases = {}
for name, words in (("numbers", False), ("with categories", True)):
    nearest = {}
    for label in ("rare", "some"):
        own = [i for i in range(training) if answer[i] == label]
        unequal = np.median([np.std(a[own]), np.std(b[own])]) ** 2
        for i in own:
            distance = [((a[i] - a[j]) ** 2 + (b[i] - b[j]) ** 2 + (unequal * (kind[i] != kind[j]) if words else 0), j) for j in own if j != i]
            nearest[str(i)] = [j for _, j in sorted(distance)[:k]]
    cases[name] = nearest
counts = {label: int(sum(answer[:training] == label)) for label in ("rare", "some", "often")}
print(json.dumps({"training": training, "neighbours": k, "counts": counts, "answer": answer.tolist(), "a": a.tolist(), "b": b.tolist(), "kind": kind.tolist(),
                  "nearest": cases}, separators=(",", ":")).replace('],"', '],\n"'))
