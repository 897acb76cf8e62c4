"""A pool of pictures of clothes without labels, labelled in a real window: some by digit keys, a model trained on them, its proposals accepted or changed
by keys, trained again. Says how long a label takes and how good the proposals are before and after.

garments.py PROGRAM FOLDER, on a display with a window manager and a session bus: play.sh sees to that. Prints one line of JSON. Ends with 77 where Fashion-MNIST
is not there (Debian's dataset-fashion-mnist).
"""
import gzip
import json
import os
import pathlib
import re
import struct
import sys
import time
import zlib

import pyatspi

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from person import Person, must  # noqa: E402

SOURCE = pathlib.Path("/usr/share/datasets/fashion-mnist")
POOL, BY_HAND, UNSURE, JUDGED = 1000, 100, 60, 40
CLASSES = ["Top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Boot"]
STARTED = 0.4  # seconds until a button that was pressed has taken the last outcome away
CHANCE = 1 / len(CLASSES)


def write_png(file, pixels, width, height):
    rows = b"".join(b"\0" + pixels[row * width:(row + 1) * width] for row in range(height))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    file.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def make_pool(folder):
    """Pictures whose names say nothing; file → class."""
    folder.mkdir(parents=True)
    with gzip.open(SOURCE / "t10k-labels-idx1-ubyte.gz") as file:
        labels = file.read()[8:8 + POOL]
    truth = {}
    with gzip.open(SOURCE / "t10k-images-idx3-ubyte.gz") as file:
        file.read(16)
        for number, label in enumerate(labels):
            name = f"{number:04}.png"
            write_png(folder / name, file.read(28 * 28), 28, 28)
            truth[name] = label
    return truth


class Annotator(Person):
    def begin(self, pictures):
        self.new_project()
        self.choose_source(pictures, folder=True)
        self.shot("import")
        self.take_in(POOL)
        self.shot("data")
        self.stage("label")
        self.shot("label_before")
        self.press("Begin labelling")
        self.window.find(re.compile(rf"^1 of {POOL:,}\b"))
        self.canvas = self.window.find("Picture with its shapes")
        self.shot("label_begun")
        for name in CLASSES:
            self.to_canvas()
            self.do("key", "slash")
            self.do("type", "--delay", "1", name)
            self.do("key", "Return")
            self.window.wait(f"the class {name}", lambda: any(name == row for row in self.rows("Classes")))
        self.window.press("Keys label whole pictures", role=pyatspi.ROLE_CHECK_BOX)
        self.to_canvas()
        self.shot("classes")

    def rows(self, name):
        rows = self.window.look(name, role=pyatspi.ROLE_LIST)
        return [rows.getChildAtIndex(i).name for i in range(rows.childCount)] if rows else []

    def to_canvas(self):
        area = self.canvas.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        self.do("mousemove", area.x + 3, area.y + 3, "click", 1)

    def shown(self):
        """The file on the screen."""
        try:
            return self.state.name.split(" ")[0]
        except Exception:
            return None

    def find_state(self):
        self.state = self.window.find(re.compile(r"^\d{4}\.png · "))

    def digit(self, label):
        self.do("key", (label + 1) % 10)

    def label(self, count, truth):
        """By digit keys alone; seconds for each."""
        self.find_state()
        began = time.monotonic()
        for _ in range(count):
            file = self.window.wait("a picture", self.shown)
            self.digit(truth[file])
            self.labelled.append(file)
            self.window.wait("the next picture", lambda: self.shown() not in (file, None))
        seconds = (time.monotonic() - began) / count
        self.window.find(re.compile("^saved [0-9]"))
        return seconds

    def work(self, entry):
        self.press("Work", role=pyatspi.ROLE_PAGE_TAB)
        self.click(self.window.find(re.compile(f"^{entry}"), role=pyatspi.ROLE_CHECK_BOX))
        time.sleep(0.3)

    def learn(self, name):
        self.work("Order")
        self.shot(f"{name}_order")
        began = time.monotonic()
        self.press("Train now")
        time.sleep(STARTED)
        self.window.find(re.compile("^(Learned from|Went on learning)"), seconds=60)
        seconds = round(time.monotonic() - began, 1)
        self.shot(f"{name}_learned")
        return seconds, self.texts("^(Learned from|Went on learning)")[0]

    def propose(self, name):
        """File number → class of all that is proposed."""
        self.work("Proposals")
        self.press("Propose classes")
        time.sleep(STARTED)
        self.window.find(re.compile("item.* a proposal now"), seconds=60)
        self.shot(f"{name}_proposed")
        proposals = {}
        for row in self.rows("Proposals, the surest first"):
            kind = next(number for number, name in enumerate(CLASSES) if re.search(rf"\b{name}\b", row))
            place = int(re.findall(r"[\d,]+", row)[-1].replace(",", ""))
            proposals[f"{place - 1:04}.png"] = kind
        return proposals

    def judge(self, proposals, truth):
        """The surest ones: accepted where they are right, else changed by a digit."""
        accepted, changed = [], []
        self.find_state()
        for file, proposed in list(proposals.items())[:JUDGED]:
            self.go(file)
            if proposed == truth[file]:
                self.do("key", "alt+j")
                accepted.append(file)
            else:
                self.digit(truth[file])
                changed.append(file)
            self.window.wait("the next picture", lambda: self.shown() not in (file, None))
        self.window.find(re.compile("^saved [0-9]"))
        return accepted, changed

    def go(self, file):
        if self.shown() == file:
            return
        self.to_canvas()
        self.do("key", "ctrl+g")
        time.sleep(0.3)
        self.letters(str(int(file[:4]) + 1))
        self.do("key", "Return")
        self.window.wait(file, lambda: self.shown() == file)


def share_right(proposals, truth, files):
    there = [file for file in files if file in proposals]
    return sum(proposals[file] == truth[file] for file in there) / max(len(there), 1)


def main():
    if not SOURCE.exists():
        print(f"skipped: {SOURCE} is not there")
        return 77
    home = pathlib.Path(os.environ["HOME"])
    truth = make_pool(home / "clothes")
    annotator = Annotator(sys.argv[1], sys.argv[2], home / "garments.lamina")
    annotator.labelled, figures = [], {"pool": POOL}
    try:
        annotator.begin(home / "clothes")
        figures["seconds_per_label"] = round(annotator.label(BY_HAND, truth), 3)
        annotator.shot("labelled")
        figures["train_s"], figures["said"] = annotator.learn("first")
        before = annotator.propose("first")
        annotator.to_canvas()
        figures["seconds_per_unsure_label"] = round(annotator.label(UNSURE, truth), 3)
        surest = {file: kind for file, kind in before.items() if file not in annotator.labelled}
        began = time.monotonic()
        accepted, changed = annotator.judge(surest, truth)
        figures |= {"accepted": len(accepted), "changed": len(changed), "seconds_per_judgement": round((time.monotonic() - began) / JUDGED, 3)}
        annotator.shot("judged")
        figures["train_again_s"], figures["said_again"] = annotator.learn("second")
        after = annotator.propose("second")
    except BaseException:
        if annotator.window.process.poll() is None:
            annotator.shot("failed")
        raise
    finally:
        annotator.window.close()
    seen = set(annotator.labelled) | set(accepted) | set(changed)
    unseen = [file for file in truth if file not in seen]
    figures |= {"labels": len(seen), "unseen": len(unseen), "right_before": round(share_right(before, truth, unseen), 4), "right_after": round(share_right(after, truth, unseen), 4)}
    counted = annotator.lamina("annotations", annotator.project, "--json")
    figures["saved"] = sum(number for state, number in counted["states"].items() if state != "unlabelled")
    print(json.dumps(figures))
    must(figures["saved"] == len(seen), "not every label and every accepted proposal is saved, or proposals count as labels")
    must(figures["right_before"] > 4 * CHANCE, "proposals are hardly better than chance")
    must(figures["right_after"] > figures["right_before"], "proposals did not become better")
    return 0


if __name__ == "__main__":
    sys.exit(main())
