"""Makes the small files beside this script and what pandas and NumPy read from them (expected.json).
Needs numpy, pandas and openpyxl: python3 make_files.py"""
import datetime
import json
import os
import zipfile

import numpy
import openpyxl
import pandas

os.chdir(os.path.dirname(os.path.abspath(__file__)))
expected = {}


def text(value):
    """A cell as Lamina shows it."""
    if pandas.isna(value):
        return ""
    if isinstance(value, (bool, numpy.bool_)):
        return "true" if value else "false"
    if isinstance(value, (datetime.datetime, numpy.datetime64, pandas.Timestamp)):
        value = pandas.Timestamp(value)
        day = value.strftime("%Y-%m-%d")
        return day if value == value.normalize() else day + value.strftime(" %H:%M:%S") + (f".{value.microsecond // 1000:03d}" if value.microsecond else "")
    if isinstance(value, (float, numpy.floating)):
        return repr(int(value)) if float(value).is_integer() else repr(float(value))
    return str(value)


def remember(name, frame):
    expected[name] = {"columns": [str(c) for c in frame.columns],
                      "rows": [[text(value) for value in row] for row in frame.itertuples(index=False)]}


def workbook(name, epoch=None):
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = epoch
    sheet = book.active
    sheet.title = "Sales"
    sheet["A1"] = "Sales of the year"
    sheet.merge_cells("A1:F1")
    sheet["A2"] = "made by hand"
    heads = ["Region", "Date", "Moment", "Units", "Price", "Open"]
    rows = [["North", datetime.datetime(2024, 3, 1), datetime.datetime(2024, 3, 1, 12, 30, 15), 3, 2.5, True],
            ["South", datetime.datetime(1999, 12, 31), datetime.datetime(1999, 12, 31, 23, 59, 59), 4, 1e-7, False],
            ["N\u00f6rd \u5317", None, datetime.datetime(2030, 1, 1, 0, 0, 1), -5, 1234567.25, True],
            ["North", datetime.datetime(1950, 2, 28), None, None, -0.1, False],
            ["South", datetime.datetime(2000, 2, 29), datetime.datetime(2000, 2, 29, 6, 0, 0), 9007199254740991, 0.1, None]]
    sheet.append([])
    sheet.append(heads)
    for row in rows:
        sheet.append(row)
    sheet.append(["Total", None, None, 2, 5])
    for row in range(5, 10):
        sheet.cell(row, 2).number_format = "dd/mm/yyyy"
        sheet.cell(row, 3).number_format = "yyyy-mm-dd hh:mm:ss"
    second = book.create_sheet("Second")
    second.append(["a", "a", None, "when"])
    second.append([1, "x", 7, datetime.time(6, 45)])
    second.append([2.5, "y", None, datetime.time(18, 0, 30)])
    book.save(name)
    remember(name, pandas.read_excel(name, header=3, skipfooter=1, dtype=object))


workbook("workbook.xlsx")
workbook("workbook_1904.xlsx", openpyxl.utils.datetime.CALENDAR_MAC_1904)

# Cells as other programs write them: inline texts, rich texts, errors, formulas with their values, cells without places.
sheet = """<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>
<row><c t="inlineStr"><is><t>name</t></is></c><c t="inlineStr"><is><t>ratio</t></is></c><c t="inlineStr"><is><t>made</t></is></c><c t="s"><v>0</v></c></row>
<row r="2"><c r="A2" t="inlineStr"><is><r><t>al</t></r><r><t xml:space="preserve">pha </t></r></is></c><c r="B2"><f>1/4</f><v>0.25</v></c><c r="C2" t="str"><f>A2</f><v>x1</v></c><c r="D2"><v>1</v></c></row>
<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C3" t="str"><v>x2</v></c><c r="D3"><v>2</v></c></row>
<row r="7"><c r="A7" t="s"><v>2</v></c><c r="B7"><v>1.5E-3</v></c><c r="C7" t="s"><v>99</v></c><c r="D7"><v>3</v></c></row>
</sheetData></worksheet>"""
# The part of the workbook has a name of its own; it is found through the relationships.
parts = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": '<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
                   'Target="/xl/workbook2.xml"/></Relationships>',
    "xl/workbook2.xml": '<workbook xmlns:r="x"><sheets><sheet name="One" sheetId="1" r:id="a1"/></sheets></workbook>',
    "xl/_rels/workbook2.xml.rels": '<Relationships><Relationship Id="a1" Type="http://x/worksheet" Target="sheets/s1.xml"/>'
                                   '<Relationship Id="a2" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/sheets/s1.xml": sheet,
    "xl/sharedStrings.xml": '<sst><si><t>n</t></si><si><r><t>be</t></r><r><t>ta</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si><si><t>&#228;&amp;</t></si></sst>',
}
with zipfile.ZipFile("written_by_others.xlsx", "w", zipfile.ZIP_DEFLATED) as out:
    for name, data in parts.items():
        out.writestr(name, data)

random = numpy.random.default_rng(1)


def array(name, values):
    numpy.save(name, values)
    flat = values.reshape(len(values), -1) if values.ndim else values
    expected[name] = {"shape": list(values.shape), "rows": [[text(v) for v in row] for row in flat[:5].tolist()] if values.dtype.kind != "M"
                      else [[text(v)] for v in values[:5]]}


array("float32.npy", random.normal(size=(6, 3)).astype("<f4"))
array("big_endian_fortran.npy", numpy.asfortranarray(random.integers(-1000, 1000, size=(7, 4))).astype(">i4", order="F"))
array("half.npy", numpy.array([0.5, -2, 65504, 6e-8, numpy.nan], dtype="<f2"))
array("flags.npy", numpy.array([True, False, True]))
array("words.npy", numpy.array(["a", "b\u00f6", "\u5317\u4eac", "a"]))
array("days.npy", numpy.array(["2024-03-01", "1969-12-31", "NaT"], dtype="M8[D]"))
array("nanoseconds.npy", numpy.array(["2024-03-01T12:30:15.250", "1969-12-31T23:59:59.999"], dtype="M8[ns]"))
array("pictures.npy", random.integers(0, 256, size=(5, 4, 6, 3)).astype("u1"))
array("fortran_cube.npy", numpy.asfortranarray(random.normal(size=(5, 2, 3))))
numpy.save("records.npy", numpy.array([(1, 2.5, b"x"), (2, 3.5, b"yy")], dtype=[("id", "<i8"), ("size", "<f8"), ("word", "S4")]))
numpy.save("objects.npy", numpy.array([{"a": 1}, None], dtype=object), allow_pickle=True)
numpy.savez_compressed("subsets.npz", x_train=random.integers(0, 256, size=(4, 3, 2)).astype("u1"), y_train=numpy.arange(4),
                       x_test=random.integers(0, 256, size=(2, 3, 2)).astype("u1"), y_test=numpy.array([7, 8]))
numpy.savez("together.npz", a=numpy.arange(3), b=numpy.arange(6).reshape(3, 2) / 4, other=numpy.arange(5))
json.dump(expected, open("expected.json", "w"), indent=1, ensure_ascii=False)
