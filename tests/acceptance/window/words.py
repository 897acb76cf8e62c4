"""What the program says, found by what it says in English: its own texts in resources/translations, its messages in app/messages/texts,
and what Qt says in its dialogs in Qt's own catalogue.

A text that stands in no catalogue is a Missing: somebody has changed it, and the journey has to be told.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).parents[3]
QT = [pathlib.Path("/usr/share/qt6/translations"), pathlib.Path("/usr/lib/x86_64-linux-gnu/qt6/translations")]


def without_mnemonic(text):
    """As Qt tells the accessibility bus: the first & is left out, && is one."""
    return text.replace("&", "", 1).replace("&&", "&")


def messages_of(tree):
    for message in tree.iter("message"):
        translation = message.find("translation")
        forms = [form.text for form in translation.findall("numerusform")] or [translation.text]
        yield message.find("source").text, {form for form in forms if form}


def qt_catalogue():
    """Qt's Chinese, which comes compiled; empty where the tool that opens it is not there."""
    tool = shutil.which("lconvert") or "/usr/lib/qt6/bin/lconvert"
    file = next((folder / "qtbase_zh_CN.qm" for folder in QT if (folder / "qtbase_zh_CN.qm").exists()), None)
    if not os.path.exists(tool) or file is None:
        return None
    out = subprocess.run([tool, str(file), "-of", "ts", "-o", "-"], capture_output=True, check=True).stdout
    return xml.etree.ElementTree.fromstring(out)


class Words:
    """say("Item %1 of %2", "1") is a pattern for that text in the language; what is not given may be anything."""

    def __init__(self, language):
        self.language = language
        self.texts = {}
        ending = {"en": "_en.ts", "zh": "_zh_CN.ts"}[language]
        for file in (ROOT / "resources/translations").glob("*_zh_CN.ts"):
            for source, translations in messages_of(xml.etree.ElementTree.parse(file)):
                self.texts.setdefault(source, set()).update(translations if language == "zh" else {source})
        if language == "en":
            for file in (ROOT / "resources/translations").glob("*" + ending):
                for source, forms in messages_of(xml.etree.ElementTree.parse(file)):
                    self.texts.setdefault(source, set()).update(forms)
        qt = qt_catalogue() if language == "zh" else None
        for source, translations in messages_of(qt) if qt is not None else ():
            self.texts.setdefault(source, set()).update(translations)
        self.codes = {}
        for file in (ROOT / "app/messages/texts").glob("*.json"):
            for code, text in json.loads(file.read_text(encoding="utf-8")).items():
                if isinstance(text, dict) and language in text:
                    self.codes[code] = text[language]

    def found(self, english):
        if english in self.texts:
            return self.texts[english]
        if self.language == "en":
            return {english}  # Qt's dialogs
        raise AssertionError(f"no catalogue has “{english}” in {self.language}")

    @staticmethod
    def pattern_of(text, given):
        def fill(match):
            number = match[1]
            known = number.isdigit() and int(number) <= len(given)
            return re.escape(str(given[int(number) - 1])) if known else ".+"

        return re.sub(r"%L?(\d|n)", fill, re.escape(without_mnemonic(text)).replace("\\%", "%"))

    def __call__(self, english, *given):
        return re.compile("^(" + "|".join(self.pattern_of(text, given) for text in sorted(self.found(english))) + ")$", re.DOTALL)

    def within(self, english, *given):
        """The same as a part of a longer text."""
        return re.compile("|".join(self.pattern_of(text, given) for text in sorted(self.found(english))), re.DOTALL)

    def any(self, *english):
        """One of several texts."""
        return re.compile("|".join(self(text).pattern for text in english), re.DOTALL)

    def message(self, code):
        """A text of app/messages; its arguments may be anything."""
        parts = re.split(r"\{\w+\}", self.codes[code])
        return re.compile(".*".join(re.escape(part) for part in parts), re.DOTALL)
