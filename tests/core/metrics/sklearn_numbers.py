"""Writes sklearn_numbers.txt: answers with their scores, and what scikit-learn makes of them. Run with a Python that has scikit-learn."""
import numpy as np
import sklearn
from sklearn import metrics as m

rng = np.random.default_rng(7)


def rows(items, classes):
    """Actual classes, and 64ths that sum to 1, none of them twice in a row: exact in float32, with many ties between rows."""
    actual, scores = rng.integers(0, classes, items), []
    for a in actual:
        while True:
            cuts = np.sort(rng.integers(0, 64, classes - 1))
            row = np.diff(np.concatenate(([0], cuts, [64])))
            if len(set(row)) == classes:
                break
        row = np.sort(row)
        rng.shuffle(row)
        if rng.random() < 0.55:
            best = int(np.argmax(row))
            row[a], row[best] = row[best], row[a]
        scores.append(row)
    return actual, np.array(scores, dtype=np.float32) / 64


def specificity(actual, predicted, c):
    others = actual != c
    return float(np.mean(predicted[others] != c))


def classification(name, items, classes):
    actual, scores = rows(items, classes)
    predicted = scores.argmax(axis=1)
    labels = list(range(classes))
    print("case", name, classes)
    for a, row in zip(actual, scores):
        print("item", a, *[repr(float(x)) for x in row])
    each = dict(labels=labels, average=None, zero_division=0)
    one_hot = np.eye(classes)[actual]
    per_class = {
        "precision": m.precision_score(actual, predicted, **each),
        "recall": m.recall_score(actual, predicted, **each),
        "f1": m.f1_score(actual, predicted, **each),
        "specificity": [specificity(actual, predicted, c) for c in labels],
        "iou": m.jaccard_score(actual, predicted, **each),
        "roc_auc": [m.roc_auc_score(one_hot[:, c], scores[:, c]) for c in labels],
        "pr_auc": [m.average_precision_score(one_hot[:, c], scores[:, c]) for c in labels],
    }
    for c in labels:
        for metric, values in per_class.items():
            print("class", c, metric, repr(float(values[c])))
    whole = {metric: float(np.mean(values)) for metric, values in per_class.items()}
    whole["accuracy"] = m.accuracy_score(actual, predicted)
    whole["balanced_accuracy"] = m.balanced_accuracy_score(actual, predicted)
    whole["f1_weighted"] = m.f1_score(actual, predicted, average="weighted")
    whole["matthews"] = m.matthews_corrcoef(actual, predicted)
    whole["cohen_kappa"] = m.cohen_kappa_score(actual, predicted)
    whole["log_loss"] = m.log_loss(actual, scores, labels=labels)
    if classes > 2:
        whole["roc_auc"] = m.roc_auc_score(actual, scores, multi_class="ovr", average="macro")
    for k in (3, 5):
        if classes > k:
            whole[f"top_{k}"] = m.top_k_accuracy_score(actual, scores, k=k, labels=labels)
    for metric, value in whole.items():
        print("score", metric, repr(float(value)))


def regression(name, items):
    actual = np.round(rng.normal(5, 3, items), 3)
    predicted = np.round(actual + rng.normal(0.2, 1, items), 3)
    print("case", name, 0)
    for t, y in zip(actual, predicted):
        print("item", repr(float(t)), repr(float(y)))
    print("score mae", repr(float(m.mean_absolute_error(actual, predicted))))
    print("score rmse", repr(float(np.sqrt(m.mean_squared_error(actual, predicted)))))
    print("score r2", repr(float(m.r2_score(actual, predicted))))
    print("score mape", repr(100 * float(m.mean_absolute_percentage_error(actual, predicted))))


print("# scikit-learn", sklearn.__version__)
classification("seven", 80, 7)
classification("two", 40, 2)
regression("numbers", 30)
