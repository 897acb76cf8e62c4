# Figures of scikit-learn and pycocotools for tests/core/annotation: python agreement_and_masks.py > agreement_and_masks.txt
import numpy as np
from pycocotools import mask as coco
from sklearn.metrics import cohen_kappa_score

draw = np.random.RandomState(7)
for classes, items in ((2, 30), (4, 50), (6, 200)):
    a = draw.randint(0, classes, items)
    b = np.where(draw.rand(items) < 0.6, a, draw.randint(0, classes, items))
    print("kappa", " ".join(map(str, a)), "|", " ".join(map(str, b)), "|",
          *(repr(float(cohen_kappa_score(a, b, weights=w))) for w in (None, "linear", "quadratic")))
for height, width in ((1, 1), (3, 5), (10, 20), (64, 48)):
    pixels = (draw.rand(height, width) < 0.4).astype(np.uint8)
    if height > 20:
        pixels[8:50, 10:40] = 1
    packed = coco.encode(np.asfortranarray(pixels))
    print("mask", height, width, "".join(map(str, pixels.reshape(-1))), packed["counts"].decode(), int(coco.area(packed)))
