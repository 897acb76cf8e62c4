"""An annotator's hour in a minute: fifty photos of blood cells are labelled with boxes and classes by mouse and keyboard in a real window, then read
back through the command line and compared with what was drawn.

label.py PROGRAM FOLDER, on a display with a window manager and a session bus: play.sh sees to that. Prints one line of JSON. Ends with 77 where the
photos are not there (bccd-voc in LAMINA_DATA, else in shared/data beside the repository).
"""
import csv
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import time

import pyatspi

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from window import Missing, Window  # noqa: E402

PHOTOS = 50
SIZE = (1366, 768)
CLASSES = ["RBC", "WBC", "Platelets"]
MARGIN = 12        # view pixels around a fitted picture
SMALLEST = 8       # pixels of the photo: what a hand would draw
OFFSET = 1.5       # pixels of the view by which a border may lie elsewhere
DATA = pathlib.Path(os.environ.get("LAMINA_DATA", pathlib.Path(__file__).resolve().parents[4] / "shared/data")) / "bccd-voc"


def wanted_boxes():
    """File → (width, height, boxes) of the first photos, boxes as (class, left, top, right, bottom)."""
    photos = {}
    with open(DATA / "bccd_boxes.csv", newline="") as file:
        for row in csv.DictReader(file):
            name = row["filename"] if row["filename"].endswith(".jpg") else row["filename"] + ".jpg"
            left, top, right, bottom = (float(row[key]) for key in ("xmin", "ymin", "xmax", "ymax"))
            boxes = photos.setdefault(name, [])
            if right - left >= SMALLEST and bottom - top >= SMALLEST and not any(near(box[1:], (left, top, right, bottom)) for box in boxes):
                boxes.append((row["cell_type"], left, top, right, bottom))
    there = [name for name in sorted(photos) if (DATA / "JPEGImages" / name).exists() and photos[name]]
    return {name: photos[name] for name in there[:PHOTOS]}


def near(one, other):
    return all(abs(a - b) < 6 for a, b in zip(one, other))


def lamina(program, *arguments):
    tool = pathlib.Path(program).with_name("lamina")
    done = subprocess.run([str(tool), *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise Missing(f"lamina {' '.join(map(str, arguments))}: {done.stderr or done.stdout}")
    return done.stdout


class Annotator:
    def __init__(self, program, folder, project, count):
        self.folder, self.count = pathlib.Path(folder), count
        self.window = Window(program, ["--language", "en", "--theme", "light", str(project)], dict(os.environ))
        self.main = self.window.wait("the main window", self.main_window)
        subprocess.run(["xdotool", "windowsize", self.main, *map(str, SIZE), "windowmove", self.main, "0", "0"], check=True)

    def main_window(self):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.window.process.pid), "--name", "Lamina$"],
                               capture_output=True, text=True).stdout.split()
        return found[0] if found else None

    @staticmethod
    def do(*commands):
        subprocess.run(["xdotool", *map(str, commands)], check=True)

    def shot(self, name):
        subprocess.run(["import", "-window", "root", "-crop", f"{SIZE[0]}x{SIZE[1]}+0+0", "+repage", str(self.folder / f"{name}.png")], check=True)

    def begin(self):
        w = self.window
        w.find(re.compile("Lamina$"))
        self.do("windowfocus", "--sync", self.main, "key", "ctrl+3")
        w.press("Begin labelling", role=pyatspi.ROLE_PUSH_BUTTON)
        self.place = w.find(re.compile(f"^1 of {self.count}\\b"))
        self.canvas = w.find("Picture with its shapes")
        for name in CLASSES:  # by keyboard alone
            self.click_canvas()
            self.do("key", "slash", "type", "--delay", "1", name)
            self.do("key", "Return")
            w.wait(f"the class {name}", lambda: any(name == (node.name or "") for node in self.rows()))
        self.click_canvas()
        self.do("key", "r", "key", "1")

    def rows(self):
        classes = self.window.look("Classes", role=pyatspi.ROLE_LIST)
        return [classes.getChildAtIndex(i) for i in range(classes.childCount)] if classes else []

    def click_canvas(self):
        """Beside the picture, where nothing is drawn."""
        area = self.area()
        self.do("mousemove", area.x + 3, area.y + 3, "key", "v", "click", 1)

    def area(self):
        return self.canvas.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)

    def look_where(self, size):
        """How the fitted picture lies on the screen: scale, left, top."""
        area = self.area()
        scale = min((area.width - 2 * MARGIN) / size[0], (area.height - 2 * MARGIN) / size[1])
        return scale, area.x + (area.width - size[0] * scale) / 2, area.y + (area.height - size[1] * scale) / 2

    def draw(self, boxes, size):
        """What was meant, as the mouse could say it: whole pixels of the screen. The class after the box, where it is another one than the last."""
        scale, left, top = self.look_where(size)
        drawn = []
        for name, *edges in boxes:
            x1, y1, x2, y2 = (round(edge * scale + (left, top)[i % 2]) for i, edge in enumerate(edges))
            commands = ["mousemove", x1, y1, "keydown", "alt", "mousedown", 1, "mousemove", (x1 + x2) // 2, (y1 + y2) // 2, "mousemove", x2, y2, "mouseup", 1, "keyup", "alt"]
            if name != self.last:
                commands += ["key", CLASSES.index(name) + 1]
            self.do(*commands)
            self.last = name
            drawn.append((name, (x1 - left) / scale, (y1 - top) / scale, (x2 - left) / scale, (y2 - top) / scale))
        return drawn, scale

    def label_all(self, photos):
        self.last, drawn, next_times = CLASSES[0], {}, []
        began = time.monotonic()
        for number, (name, boxes) in enumerate(photos.items(), 1):
            drawn[name], self.scale = self.draw(boxes, (640, 480))
            if number in (1, 25):
                time.sleep(0.3)
                self.shot(f"photo{number}")
            following = f"{number + 1} of {self.count}" if number < self.count else f"1 of {self.count}"
            asked = time.monotonic()
            self.do("key", "space")
            if number == self.count:
                break
            self.window.wait(following, lambda: re.match(rf"{following}\b", self.place.name))
            next_times.append(time.monotonic() - asked)
        self.window.find(re.compile("^saved [0-9]"))
        return drawn, next_times, time.monotonic() - began


def compare(program, project, folder, drawn, scale):
    """How many boxes are not there, and the worst distance of a border in pixels of the screen."""
    lamina(program, "annotations", project, "--to", "coco", "--out", folder / "read_back")
    coco = json.loads(next((folder / "read_back").rglob("*.json")).read_text())
    classes = {entry["id"]: entry["name"] for entry in coco["categories"]}
    files = {entry["id"]: pathlib.Path(entry["file_name"]).name for entry in coco["images"]}
    found = {}
    for entry in coco["annotations"]:
        x, y, width, height = entry["bbox"]
        found.setdefault(files[entry["image_id"]], []).append((classes[entry["category_id"]], x, y, x + width, y + height))
    missing, worst, extra = 0, 0.0, sum(map(len, found.values()))
    for name, boxes in drawn.items():
        for label, *edges in boxes:
            distances = [max(abs(a - b) for a, b in zip(edges, clipped)) * scale for kind, *clipped in found.get(name, []) if kind == label]
            best = min(distances, default=1e9)
            missing += best > OFFSET
            worst = max(worst, best if best <= OFFSET else worst)
            extra -= best <= OFFSET
    return missing, extra, worst


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    if not (DATA / "bccd_boxes.csv").exists():
        print(f"skipped: {DATA} is not there")
        return 77
    home = pathlib.Path(os.environ["HOME"])
    photos, project = wanted_boxes(), home / "cells.lamina"
    (home / "cells/all").mkdir(parents=True)
    for name in photos:
        (home / "cells/all" / name).write_bytes((DATA / "JPEGImages" / name).read_bytes())
    lamina(program, "new", project)
    lamina(program, "import", project, home / "cells")
    annotator = Annotator(program, folder, project, len(photos))
    try:
        annotator.begin()
        drawn, next_times, seconds = annotator.label_all(photos)
        annotator.shot("end")
    except BaseException:
        annotator.shot("failed")
        raise
    finally:
        code = annotator.window.close()
    if code != 0:
        raise Missing(f"the program ended with {code}")
    missing, extra, worst = compare(program, project, home, drawn, annotator.scale)
    boxes = sum(map(len, drawn.values()))
    print(json.dumps({"photos": len(photos), "boxes": boxes, "missing": missing, "extra": extra, "worst_offset_view_px": round(worst, 2),
                      "seconds_per_box": round((seconds - sum(next_times)) / boxes, 4), "next_image_ms_median": round(statistics.median(next_times) * 1000, 1),
                      "next_image_ms_p95": round(sorted(next_times)[int(len(next_times) * 0.95)] * 1000, 1)}))
    if missing or extra:
        raise Missing(f"{missing} boxes are not as they were drawn, {extra} were not drawn")
    states = json.loads(lamina(program, "annotations", project, "--list", "--state", "checked", "--json"))
    if len(states.get("items", [])) != len(photos):
        raise Missing(f"only {len(states.get('items', []))} of {len(photos)} photos are checked")
    return 0


if __name__ == "__main__":
    sys.exit(main())
