"""Bad days of the window: killed while it trains, the screen gone, the project deleted underneath, a disk that cannot be written to, a second window.
Each time the project must be whole afterwards, nobody be locked out, and what can be done next be offered.

bad_days.py PROGRAM FOLDER, on a display with a window manager and a session bus: play.sh sees to that. The program `lamina` lies beside PROGRAM.
"""
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from window import Missing, Window  # noqa: E402
from words import Words  # noqa: E402

ROWS = 400000  # some seconds of training


def must(condition, what):
    if not condition:
        raise Missing(what)


class BadDays:
    def __init__(self, program, pictures):
        self.program, self.pictures = program, pathlib.Path(pictures)
        self.lamina = str(pathlib.Path(program).with_name("lamina"))
        self.folder = pathlib.Path(os.environ["HOME"]) / "projects"
        self.folder.mkdir()
        self.say, self.windows = Words("en"), []

    # -- tools -----------------------------------------------------------------------------------------------------------------------

    def run(self, *arguments):
        done = subprocess.run([self.lamina, *map(str, arguments)], capture_output=True, text=True)
        must(done.returncode == 0, f"lamina {' '.join(map(str, arguments))}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def make_project(self):
        table = self.folder / "table.csv"
        noise = random.Random(5)
        with open(table, "w", encoding="utf-8") as out:
            out.write("a,b,c,d,e,kind\n")
            for row in range(ROWS):
                values = [noise.randrange(1000) + (400 if column == row % 3 else 0) for column in range(5)]
                out.write(f"{values[0]},{values[1]},{values[2]},{values[3]},{values[4]},{('red', 'green', 'blue')[row % 3]}\n")
        self.original = self.folder / "original.lamina"
        self.run("new", self.original)
        for step in (("import", self.original, table), ("split", self.original), ("build", self.original)):
            self.run(*step)

    def copy(self, name):
        file = self.folder / f"{name}.lamina"
        shutil.copy(self.original, file)
        shutil.copytree(f"{self.original}.d", f"{file}.d")
        return file

    def start(self, file, **environment):
        window = Window(self.program, ["--language", "en", "--theme", "light", str(file)], dict(os.environ) | environment)
        self.windows.append(window)
        window.find(self.say.any("%1 – Lamina", "%1 (only to look at) – Lamina"))
        return window

    def shot(self, name):
        subprocess.run(["import", "-window", "root", "-crop", "1400x900+0+0", "+repage", str(self.pictures / f"{name}.png")], check=True)

    def page(self, window, name):
        window.press(self.say(name))

    def train(self, window):
        self.page(window, "Train")
        window.press(self.say("&Start training"))
        window.find(self.say("Stop no&w"))

    def wait_for_epochs(self, window, file, number=2):
        """Until some epochs are safe on the disk; another process may look on."""
        window.wait("some epochs", lambda: self.best_epoch(file) >= number, 60)

    def best_epoch(self, file):
        runs = json.loads(self.run("runs", file, "--json"))["runs"]
        return (runs[0].get("best") or {}).get("epoch", 0) if runs else 0

    def ended(self, window, seconds):
        try:
            return window.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Missing(f"the program is still there after {seconds} s") from None

    def whole(self, file):
        must("is well" in self.run("verify", file), f"{file} is not well")

    # -- the days --------------------------------------------------------------------------------------------------------------------

    def killed_while_training(self):
        """kill -9; the next start offers to go on, and what comes out is what an undisturbed training gives, bit for bit."""
        undisturbed, file = self.copy("undisturbed"), self.copy("killed")
        self.run("train", undisturbed, "--quiet")
        window = self.start(file)
        self.train(window)
        self.wait_for_epochs(window, file)
        window.process.kill()
        self.ended(window, 10)
        self.whole(file)
        window = self.start(file)
        self.page(window, "Train")
        window.find(self.say("Interrupted"))
        self.shot("killed_and_offered")
        window.press(self.say.any("&Go on with this training", "Go on with it"))
        window.find(self.say("The training is finished. The best epoch is kept."), seconds=120)
        must(window.close() == 0, "the window does not close cleanly")
        self.whole(file)
        exported = []
        for project in (undisturbed, file):
            onnx = project.with_suffix(".onnx")
            self.run("export", project, "--file", onnx)
            exported.append(onnx.read_bytes())
        must(exported[0] == exported[1], "the training that was killed and resumed gave another model than the undisturbed one")

    def screen_gone(self):
        """The X server dies: so may the program, but soon, and without harm to the project."""
        file = self.copy("screen")
        number = self.folder / "display"
        with open(number, "w", encoding="ascii") as out:
            screen = subprocess.Popen(["Xvfb", "-displayfd", str(out.fileno()), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
                                      pass_fds=[out.fileno()], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not number.read_text():
            time.sleep(0.1)
        try:
            window = self.start(file, DISPLAY=":" + number.read_text().strip())
            self.train(window)
            self.wait_for_epochs(window, file)
        finally:
            screen.kill()
            screen.wait()
        self.ended(window, 15)
        self.whole(file)
        self.run("build", file)  # nobody holds the lock any more
        self.run("undo", file)
        window = self.start(file)
        self.page(window, "Train")
        window.find(self.say.any("&Go on with this training", "Go on with it"))
        must(window.close() == 0, "the window does not close cleanly")

    def deleted_underneath(self):
        """File and folder are removed while a training runs: it is said, nothing crashes, and the window can be closed."""
        file = self.copy("deleted")
        window = self.start(file)
        self.train(window)
        self.wait_for_epochs(window, file)
        file.unlink()
        shutil.rmtree(f"{file}.d")
        window.find(self.say.message("project.vanished"))
        for page in ("Data", "Model", "Review", "Use", "Train"):
            self.page(window, page)
            time.sleep(0.3)
        self.shot("deleted")
        must(window.close() == 0, "the window does not close cleanly")

    def read_only_disk(self):
        """Everything can be looked at, and it is said why nothing can be changed."""
        place = self.folder / "disc"
        place.mkdir()
        file = self.copy("disc/shown")
        for command in (["mount", "--bind", str(place), str(place)], ["mount", "-o", "remount,ro,bind", str(place)]):
            if subprocess.run(command, capture_output=True).returncode != 0:
                print("   not tried: mounting is not allowed here", flush=True)
                return
        try:
            window = self.start(file)
            window.find(self.say("This project is in a place that cannot be written to. You can look at everything but change nothing; "
                                 "copy it elsewhere to work on it."))
            window.find(self.say.within("%1 rows, %2 columns"))
            for page in ("Model", "Train", "Review", "Use", "Data"):
                self.page(window, page)
                time.sleep(0.3)
            self.shot("read_only")
            must(window.close() == 0, "the window does not close cleanly")
        finally:
            for window in self.windows:
                window.close()
            subprocess.run(["umount", str(place)], check=True)

    def two_windows(self):
        """The second one looks on, says who has the project, and can take it over when the first is gone."""
        file = self.copy("shared")
        first = self.start(file)
        second = self.start(file)
        second.find(self.say("This project is open in another window or program (%1). You see it live, but cannot change it here until it is "
                             "closed there."))
        second.find(self.say("Open elsewhere: only to look at"))
        self.shot("second_window")
        self.train(first)
        self.wait_for_epochs(first, file, 1)
        must(first.close() == 0, "the first window does not close cleanly")
        second.press(self.say("Change it here"))
        second.gone(self.say("Open elsewhere: only to look at"))
        self.page(second, "Train")
        second.press(self.say.any("&Go on with this training", "Go on with it"))
        second.find(self.say("The training is finished. The best epoch is kept."), seconds=120)
        must(second.close() == 0, "the second window does not close cleanly")
        self.whole(file)


def main():
    days = BadDays(sys.argv[1], sys.argv[2])
    began = time.monotonic()
    days.make_project()
    try:
        for day in (days.killed_while_training, days.screen_gone, days.deleted_underneath, days.read_only_disk, days.two_windows):
            day()
            print(f"{time.monotonic() - began:6.1f} s  {day.__name__}", flush=True)
    except BaseException:
        days.shot("failed")
        raise
    finally:
        for window in days.windows:
            window.close()
    print("Every bad day was survived.")


if __name__ == "__main__":
    main()
