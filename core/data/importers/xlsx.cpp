// Sheets of workbooks.
#include <algorithm>

#include "core/data/importers/archive_file.h"
#include "core/data/importers/xlsx_reader.h"

namespace lamina {
namespace {

std::string joinedSheets(const std::vector<XlsxSheet>& sheets) {
    std::string joined;
    for (std::size_t i = 0; i < sheets.size() && i < 20; ++i) joined += (joined.empty() ? "" : ", ") + sheets[i].name;
    return sheets.size() > 20 ? joined + ", …" : joined;
}

/// The sheets to try, in this order: the one that is asked for, or all that can be seen.
Result<std::vector<XlsxSheet>> sheetsToTry(const XlsxWorkbook& workbook, const XlsxSettings& settings) {
    const auto& all = workbook.sheets();
    if (!settings.sheet.empty()) {
        for (const auto& sheet : all)
            if (sheet.name == settings.sheet) return std::vector{sheet};
        const auto number = readNumber(settings.sheet);
        if (number.is == IntegerValue && number.integer >= 1 && number.integer <= static_cast<std::int64_t>(all.size()))
            return std::vector{all[static_cast<std::size_t>(number.integer - 1)]};
        return fail("xlsx.no_such_sheet", {{"sheet", settings.sheet}, {"known", joinedSheets(all)}});
    }
    std::vector<XlsxSheet> visible;
    std::copy_if(all.begin(), all.end(), std::back_inserter(visible), [](const XlsxSheet& sheet) { return !sheet.hidden; });
    return visible.empty() ? all : visible;
}

Result<nlohmann::json> readXlsx(const Path& path, const XlsxSettings& settings, const CancelToken& cancel, CellTable& cells) {
    LAMINA_TRY(const auto workbook, XlsxWorkbook::open(path, cancel));
    LAMINA_TRY(const auto sheets, sheetsToTry(workbook, settings));
    for (const auto& sheet : sheets) {
        LAMINA_TRY(auto detected, workbook.read(sheet, settings, cells));
        if (cells.rows() == 0) continue;
        detected["sheet"] = sheet.name;
        if (settings.sheet.empty() && workbook.sheets().size() > 1)
            cells.note(fail("xlsx.other_sheets", {{"sheet", sheet.name}, {"known", joinedSheets(workbook.sheets())}}), Severity::Note);
        return detected;
    }
    return fail("xlsx.no_table", {{"known", joinedSheets(workbook.sheets())}});
}

Result<ImportPreview> previewXlsxFile(const Path& path, const XlsxSettings& settings, std::int64_t rows, const CancelToken& cancel) {
    CellTable cells(settings, rows, cancel);
    LAMINA_TRY(const auto detected, readXlsx(path, settings, cancel, cells));
    LAMINA_TRY(auto preview, cells.preview());
    preview.detected = detected;
    return preview;
}

Result<ImportedTable> importXlsxFile(const Path& path, const XlsxSettings& settings, const Path& folder, const ImportJob& job) {
    LAMINA_TRY(const auto source, SourceFile::open(path));
    CellTable cells(settings, folder, job);
    LAMINA_CHECK(readXlsx(path, settings, job.cancel, cells));
    LAMINA_CHECK(source.checkUnchanged());
    return cells.import();
}

Result<ImportPreview> previewXlsx(const Path& path, const XlsxSettings& settings, std::int64_t rows, const CancelToken& cancel) {
    return namingFile(previewXlsxFile(path, settings, rows, cancel), path);
}

Result<ImportedTable> importXlsx(const Path& path, const XlsxSettings& settings, const Path& folder, const ImportJob& job) {
    return namingFile(importXlsxFile(path, settings, folder, job), path);
}

double probeXlsx(const Path& path) {
    const auto file = SourceFile::open(path);
    std::byte start[4];
    if (!file || file->size() < 100 || !file->read(0, start) || start[0] != std::byte{'P'} || start[1] != std::byte{'K'}) return 0;
    if (fitsPatterns(path, xlsx_importer().patterns)) return 0.97;
    auto archive = ArchiveFile::open(path);
    for (int i = 0; archive && i < 30; ++i) {
        const auto entry = archive->next();
        if (!entry || !*entry) return 0;
        if ((*entry)->name == "xl/workbook.xml") return 0.95;
    }
    return 0;
}

}  // namespace

const ImporterType& xlsx_importer() {
    static const ImporterType type = ImporterDescriptor<XlsxSettings, probeXlsx, previewXlsx, importXlsx>{
        .id = "xlsx",
        .title = "Workbook (XLSX)",
        .summary = "A sheet of an Excel or LibreOffice workbook; titles above the table and totals below it are left out.",
        .patterns = {"*.xlsx", "*.xlsm", "*.xltx"},
        .properties = withCellProperties<XlsxSettings>({
            property("sheet", &XlsxSettings::sheet, "Sheet", "Its name, or its number from 1. Empty: the first that holds a table."),
            property("header", &XlsxSettings::header, "Header rows",
                     "Do rows hold the column names? Two or three: groups stand above the names, or units below them.", {.choices = {"auto", "yes", "no", "2", "3"}}),
            property("header_row", &XlsxSettings::headerRow, "Row of the names", "The row of the sheet that holds the column names, or the first of several, counted from 1. 0: found by itself.",
                     {.minimum = 0, .maximum = 1048576}),
            property("skip_rows", &XlsxSettings::skipRows, "Rows to skip", "How many rows of the sheet to leave out at its beginning.", {.minimum = 0, .maximum = 1048576}),
            property("skip_last", &XlsxSettings::skipLast, "Last rows to skip", "How many rows with values to leave out at the end.", {.minimum = 0, .maximum = 10000}),
            property("totals", &XlsxSettings::totals, "Keep totals and notes", "Keep rows at the end that look like totals or footnotes."),
        })};
    return type;
}

}  // namespace lamina
