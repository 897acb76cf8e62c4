#include "app/jobs/table_export.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <set>

#include "app/jobs/csv_writer.h"
#include "app/jobs/zip_writer.h"
#include "core/base/uuid.h"
#include "core/data/type_detection.h"
#include "core/data/utf8.h"

namespace lamina {
namespace {

constexpr std::int64_t mostSheetRows = 1048576, mostSheetColumns = 16384;
constexpr std::size_t mostCellLetters = 32767;
constexpr std::uint64_t widestTexts = std::uint64_t{4} << 30;
constexpr std::int64_t rowsBetweenQuestions = 1024;

/// The rows to be written, asked for cancelling and telling how far it is.
template <class Visit>
Result<std::int64_t> eachRowLeft(const CleanTable& clean, const TableExport& request, Visit visit) {
    std::int64_t written = 0;
    for (std::int64_t row = 0; row < clean.table.rows(); ++row) {
        if (row % rowsBetweenQuestions == 0) {
            if (request.cancel.cancelled()) return fail("job.cancelled");
            if (request.progress) request.progress({"export", row, clean.table.rows(), "rows"});
        }
        if (clean.isRemoved(row)) continue;
        LAMINA_CHECK(visit(row, written));
        ++written;
    }
    return written;
}

std::int64_t rowsLeft(const CleanTable& clean) {
    if (!clean.removedBy) return clean.table.rows();
    return std::count(clean.removedBy->begin(), clean.removedBy->end(), std::uint16_t{0});
}

bool isShown(ColumnKind kind) { return kind != ColumnKind::Tensor; }

/// Columns that a sheet can show; pictures as arrays are left out with a remark.
std::vector<std::size_t> shownColumns(const Table& table, std::vector<Issue>& issues) {
    std::vector<std::size_t> columns;
    for (std::size_t c = 0; c < table.columnCount(); ++c) {
        if (isShown(table.info(c).kind)) columns.push_back(c);
        else issues.push_back({Severity::Note, fail("export.column_left_out", {{"column", table.info(c).name}})});
    }
    return columns;
}

/// Would a spreadsheet take this text for a formula?
bool looksLikeFormula(std::string_view text) {
    if (text.empty() || std::string_view("=+-@\t\r\n").find(text.front()) == std::string_view::npos) return false;
    return readAnyNumber(text).is == TextValue;
}

// CSV

Result<std::int64_t> exportCsv(const CleanTable& clean, const TableExport& request, std::vector<Issue>& issues) {
    const Table& table = clean.table;
    const auto columns = shownColumns(table, issues);
    CsvWriter::Form form;
    form.byteOrderMark = request.byteOrderMark;
    LAMINA_TRY(const auto writer, CsvWriter::create(request.file, form));
    std::int64_t marked = 0;
    const auto put = [&](const std::string& text, bool words) {
        const bool mark = words && !request.asItIs && looksLikeFormula(text);
        marked += mark;
        writer->cell(mark ? "'" + text : text);
    };
    for (const std::size_t c : columns) put(table.info(c).name, true);
    LAMINA_CHECK(writer->endRow());
    LAMINA_TRY(const std::int64_t rows, eachRowLeft(clean, request, [&](std::int64_t row, std::int64_t) {
        for (const std::size_t c : columns) {
            const ColumnKind kind = table.info(c).kind;
            put(table.cellText(row, c), storedAsText(kind) || kind == ColumnKind::Category);
        }
        return writer->endRow();
    }));
    LAMINA_CHECK(writer->finish());
    if (marked > 0) issues.push_back({Severity::Note, fail("export.formulas_marked"), marked});
    return rows;
}

// JSON Lines

std::string jsonText(std::string_view text) { return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace); }

std::string jsonCell(const Table& table, std::size_t column, std::int64_t row) {
    const ColumnView view = table.view(column);
    if (view.isMissing(row)) return "null";
    const auto at = static_cast<std::size_t>(row);
    switch (view.kind) {
        case ColumnKind::Number: return std::isfinite(view.numbers[at]) ? nlohmann::json(view.numbers[at]).dump() : jsonText(table.cellText(row, column));
        case ColumnKind::Integer: return std::to_string(view.integers[at]);
        case ColumnKind::Boolean: return view.booleans[at] ? "true" : "false";
        default: return jsonText(table.cellText(row, column));
    }
}

/// Bytes that go to a file in large pieces, there whole or not at all.
class TextOutput {
public:
    explicit TextOutput(const Path& file) : m_file(file), m_temporary(file.string() + "." + newUuid().substr(0, 8) + ".part") {}
    ~TextOutput() {
        if (m_finished || !m_output) return;
        m_output.reset();
        (void)files().remove(m_temporary);
    }
    Result<void> open() {
        LAMINA_TRY(m_output, files().create(m_temporary));
        return {};
    }
    Result<void> add(std::string_view text) {
        m_text += text;
        return m_text.size() < (1u << 20) ? Result<void>() : flush();
    }
    Result<void> finish() {
        LAMINA_CHECK(flush());
        LAMINA_CHECK(m_output->sync());
        LAMINA_CHECK(m_output->close());
        LAMINA_CHECK(files().rename(m_temporary, m_file));
        m_finished = true;
        return {};
    }

private:
    Result<void> flush() {
        LAMINA_CHECK(m_output->write(m_text.data(), m_text.size()));
        m_text.clear();
        return {};
    }
    Path m_file, m_temporary;
    std::unique_ptr<OutputFile> m_output;
    std::string m_text;
    bool m_finished = false;
};

Result<std::int64_t> exportJsonLines(const CleanTable& clean, const TableExport& request, std::vector<Issue>& issues) {
    const auto columns = shownColumns(clean.table, issues);
    std::vector<std::string> keys;
    for (const std::size_t c : columns) keys.push_back(jsonText(clean.table.info(c).name) + ":");
    TextOutput output(request.file);
    LAMINA_CHECK(output.open());
    LAMINA_TRY(const std::int64_t rows, eachRowLeft(clean, request, [&](std::int64_t row, std::int64_t) {
        std::string line = "{";
        for (std::size_t i = 0; i < columns.size(); ++i) line += (i ? "," : "") + keys[i] + jsonCell(clean.table, columns[i], row);
        return output.add(line + "}\n");
    }));
    LAMINA_CHECK(output.finish());
    return rows;
}

// XLSX

/// The workbook being written; its library works with C handles and a file of its own.
class Workbook {
public:
    explicit Workbook(const Path& file) : m_file(file), m_temporary(file.string() + "." + newUuid().substr(0, 8) + ".part") {
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        m_book = workbook_new_opt(m_temporary.c_str(), &options);
        if (!m_book) return;
        m_sheet = workbook_add_worksheet(m_book, nullptr);
        m_date = workbook_add_format(m_book);
        format_set_num_format(m_date, "yyyy-mm-dd");
        m_moment = workbook_add_format(m_book);
        format_set_num_format(m_moment, "yyyy-mm-dd hh:mm:ss");
        m_head = workbook_add_format(m_book);
        format_set_bold(m_head);
    }
    ~Workbook() {
        if (m_book) (void)workbook_close(m_book);
        if (!m_finished) (void)files().remove(m_temporary);
    }
    bool isOpen() const { return m_sheet != nullptr; }

    Error failed(lxw_error error) const { return fail("file.failed", {{"file", m_file.string()}, {"call", "xlsx"}, {"reason", lxw_strerror(error)}}); }

    lxw_error head(std::size_t column, const std::string& text) { return worksheet_write_string(m_sheet, 0, static_cast<lxw_col_t>(column), text.c_str(), m_head); }

    lxw_error cell(std::int64_t sheetRow, std::size_t sheetColumn, const Table& table, std::size_t column, std::int64_t row) {
        const auto r = static_cast<lxw_row_t>(sheetRow);
        const auto c = static_cast<lxw_col_t>(sheetColumn);
        const ColumnView view = table.view(column);
        const auto at = static_cast<std::size_t>(row);
        if (view.isMissing(row)) return LXW_NO_ERROR;
        switch (view.kind) {
            case ColumnKind::Number:
                if (std::isfinite(view.numbers[at])) return worksheet_write_number(m_sheet, r, c, view.numbers[at], nullptr);
                break;
            case ColumnKind::Integer:
                // A sheet's numbers are float64: longer ones would lose digits.
                if (std::abs(static_cast<double>(view.integers[at])) <= 9007199254740992.0)
                    return worksheet_write_number(m_sheet, r, c, static_cast<double>(view.integers[at]), nullptr);
                break;
            case ColumnKind::Boolean: return worksheet_write_boolean(m_sheet, r, c, view.booleans[at], nullptr);
            case ColumnKind::Time: return time(r, c, view.integers[at]);
            default: break;
        }
        return worksheet_write_string(m_sheet, r, c, table.cellText(row, column).c_str(), nullptr);
    }

    Result<void> finish() {
        const lxw_error error = workbook_close(std::exchange(m_book, nullptr));
        if (error != LXW_NO_ERROR) return failed(error);
        LAMINA_CHECK(files().rename(m_temporary, m_file));
        m_finished = true;
        return {};
    }

private:
    /// Days since 1899-12-30; sheets know no dates before March 1900 that programs agree upon.
    lxw_error time(lxw_row_t row, lxw_col_t column, std::int64_t milliseconds) {
        constexpr std::int64_t day = 86400000, firstSafe = -2203891200000;
        if (milliseconds < firstSafe) return worksheet_write_string(m_sheet, row, column, timeText(milliseconds).c_str(), nullptr);
        const double serial = static_cast<double>(milliseconds) / day + 25569;
        return worksheet_write_number(m_sheet, row, column, serial, milliseconds % day == 0 ? m_date : m_moment);
    }

    Path m_file, m_temporary;
    lxw_workbook* m_book = nullptr;
    lxw_worksheet* m_sheet = nullptr;
    lxw_format *m_date = nullptr, *m_moment = nullptr, *m_head = nullptr;
    bool m_finished = false;
};

Result<void> checkSheetSize(const CleanTable& clean, std::size_t columns) {
    const std::int64_t rows = rowsLeft(clean);
    if (rows > mostSheetRows - 1) return fail("export.too_many_rows", {{"rows", std::to_string(rows)}, {"most", std::to_string(mostSheetRows - 1)}});
    if (std::cmp_greater(columns, mostSheetColumns))
        return fail("export.too_many_columns", {{"columns", std::to_string(columns)}, {"most", std::to_string(mostSheetColumns)}});
    return {};
}

Result<std::int64_t> exportXlsx(const CleanTable& clean, const TableExport& request, std::vector<Issue>& issues) {
    const Table& table = clean.table;
    const auto columns = shownColumns(table, issues);
    LAMINA_CHECK(checkSheetSize(clean, columns.size()));
    Workbook book(request.file);
    if (!book.isOpen()) return book.failed(LXW_ERROR_CREATING_XLSX_FILE);
    const auto check = [&](lxw_error error, std::size_t column, std::int64_t row) -> Result<void> {
        if (error == LXW_NO_ERROR) return {};
        if (error != LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED) return book.failed(error);
        return fail("export.text_too_long", {{"column", table.info(column).name}, {"row", std::to_string(row + 1)}, {"most", std::to_string(mostCellLetters)}});
    };
    for (std::size_t i = 0; i < columns.size(); ++i) LAMINA_CHECK(check(book.head(i, table.info(columns[i]).name), columns[i], 0));
    LAMINA_TRY(const std::int64_t rows, eachRowLeft(clean, request, [&](std::int64_t row, std::int64_t written) -> Result<void> {
        for (std::size_t i = 0; i < columns.size(); ++i) LAMINA_CHECK(check(book.cell(written + 1, i, table, columns[i], row), columns[i], row));
        return {};
    }));
    LAMINA_CHECK(book.finish());
    return rows;
}

// NPZ

/// A column as an array: its type, the bytes of one row, and what writes them.
struct ArrayColumn {
    std::string type;  ///< as NumPy writes it: "<f8"
    std::size_t bytes = 8;
    std::string shape;  ///< of one row: ", 28, 28"
    std::function<void(std::int64_t row, std::byte* out)> put;
};

template <class Value>
void putValue(std::byte* out, Value value) {
    std::memcpy(out, &value, sizeof value);
}

/// The UTF-8 text as UTF-32 letters.
void appendLetters(std::string_view text, std::vector<char32_t>& letters) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t letter = length == 1 ? lead : lead & (0x7Fu >> length);
        for (std::size_t k = 1; k < length && i + k < text.size(); ++k) letter = (letter << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3F);
        letters.push_back(letter);
        i += length;
    }
}

Result<ArrayColumn> textArray(const CleanTable& clean, std::size_t column) {
    std::size_t longest = 1;
    std::vector<char32_t> letters;
    for (std::int64_t row = 0; row < clean.table.rows(); ++row) {
        if (clean.isRemoved(row)) continue;
        letters.clear();
        appendLetters(clean.table.view(column).text(row), letters);
        longest = std::max(longest, letters.size());
    }
    if (static_cast<std::uint64_t>(rowsLeft(clean)) * longest * 4 > widestTexts) return fail("export.texts_too_wide", {{"column", clean.table.info(column).name}});
    ArrayColumn array{"<U" + std::to_string(longest), longest * 4, {}, {}};
    array.put = [view = clean.table.view(column), longest](std::int64_t row, std::byte* out) {
        std::vector<char32_t> written;
        appendLetters(view.text(row), written);
        written.resize(longest);
        std::memcpy(out, written.data(), longest * 4);
    };
    return array;
}

bool anyMissing(const CleanTable& clean, std::size_t column) {
    const ColumnView view = clean.table.view(column);
    for (std::int64_t row = 0; row < view.rows; ++row)
        if (!clean.isRemoved(row) && view.isMissing(row)) return true;
    return false;
}

Result<ArrayColumn> arrayOf(const CleanTable& clean, std::size_t column) {
    const ColumnView view = clean.table.view(column);
    const ColumnInfo& info = clean.table.info(column);
    switch (view.kind) {
        case ColumnKind::Category:
        case ColumnKind::Text: return textArray(clean, column);
        case ColumnKind::Time:
            return ArrayColumn{"<M8[ms]", 8, {}, [view](std::int64_t row, std::byte* out) {
                constexpr std::int64_t notATime = std::numeric_limits<std::int64_t>::min();
                putValue(out, view.isMissing(row) ? notATime : view.integers[static_cast<std::size_t>(row)]);
            }};
        case ColumnKind::Integer:
            if (!anyMissing(clean, column))
                return ArrayColumn{"<i8", 8, {}, [view](std::int64_t row, std::byte* out) { putValue(out, view.integers[static_cast<std::size_t>(row)]); }};
            break;
        case ColumnKind::Boolean:
            if (!anyMissing(clean, column))
                return ArrayColumn{"|b1", 1, {}, [view](std::int64_t row, std::byte* out) { putValue(out, view.booleans[static_cast<std::size_t>(row)]); }};
            break;
        case ColumnKind::Tensor: {
            std::string shape;
            for (const auto length : info.elementShape) shape += ", " + std::to_string(length);
            return ArrayColumn{info.elementType == DType::UInt8 ? "|u1" : "<f4", view.elementSize, shape,
                               [view](std::int64_t row, std::byte* out) { std::memcpy(out, view.element(row).data(), view.elementSize); }};
        }
        default: break;
    }
    return ArrayColumn{"<f8", 8, {}, [view](std::int64_t row, std::byte* out) { putValue(out, view.number(row)); }};
}

/// The header of an array file, version 1.0: its length is a multiple of 64.
std::string arrayHeader(const ArrayColumn& array, std::int64_t rows) {
    const std::string shape = array.shape.empty() ? std::to_string(rows) + "," : std::to_string(rows) + array.shape;
    std::string text = "{'descr': '" + array.type + "', 'fortran_order': False, 'shape': (" + shape + "), }";
    text.append(63 - (10 + text.size()) % 64, ' ');
    text += '\n';
    const auto length = static_cast<std::uint16_t>(text.size());
    std::string header("\x93NUMPY\x01\x00", 8);
    header += static_cast<char>(length & 255);
    header += static_cast<char>(length >> 8);
    return header + text;
}

/// A name that is one inside the archive, too.
std::string arrayName(const std::string& column, std::set<std::string>& taken) {
    std::string name;
    for (const char c : column) name += c == '/' || c == '\\' || static_cast<unsigned char>(c) < ' ' ? '_' : c;
    while (!taken.insert(name).second) name += "_";
    return name + ".npy";
}

Result<std::int64_t> exportNpz(const CleanTable& clean, const TableExport& request, std::vector<Issue>& issues) {
    LAMINA_TRY(const auto zip, ZipWriter::create(request.file));
    const std::int64_t rows = rowsLeft(clean);
    std::set<std::string> taken;
    for (std::size_t c = 0; c < clean.table.columnCount(); ++c) {
        if (clean.table.info(c).kind == ColumnKind::Image) {
            issues.push_back({Severity::Note, fail("export.column_left_out", {{"column", clean.table.info(c).name}})});
            continue;
        }
        LAMINA_TRY(const auto array, arrayOf(clean, c));
        const std::string header = arrayHeader(array, rows);
        LAMINA_CHECK(zip->begin(arrayName(clean.table.info(c).name, taken), header.size() + static_cast<std::uint64_t>(rows) * array.bytes, true));
        LAMINA_CHECK(zip->write(std::as_bytes(std::span(header))));
        std::vector<std::byte> buffer;
        LAMINA_CHECK(eachRowLeft(clean, request, [&](std::int64_t row, std::int64_t) -> Result<void> {
            buffer.resize(buffer.size() + array.bytes);
            array.put(row, buffer.data() + buffer.size() - array.bytes);
            if (buffer.size() < (1u << 20)) return {};
            LAMINA_CHECK(zip->write(buffer));
            buffer.clear();
            return {};
        }));
        LAMINA_CHECK(zip->write(buffer));
    }
    LAMINA_CHECK(zip->finish());
    return rows;
}

std::string formatOf(const TableExport& request) {
    if (!request.format.empty()) return request.format;
    std::string ending = request.file.extension().string();
    for (char& c : ending) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (ending == ".ndjson") return "jsonl";
    return ending.empty() ? "csv" : ending.substr(1);
}

}  // namespace

Result<TableExportOutcome> exportTable(const CleanTable& clean, const TableExport& request) {
    TableExportOutcome outcome{request.file, formatOf(request), 0, static_cast<std::int64_t>(clean.table.columnCount()), {}};
    std::error_code ignored;
    if (!request.replace && std::filesystem::exists(request.file, ignored)) return fail("jobs.file_exists", {{"file", request.file.string()}});
    using Export = Result<std::int64_t> (*)(const CleanTable&, const TableExport&, std::vector<Issue>&);
    constexpr std::pair<const char*, Export> formats[] = {{"csv", exportCsv}, {"xlsx", exportXlsx}, {"jsonl", exportJsonLines}, {"npz", exportNpz}};
    for (const auto& [name, write] : formats) {
        if (outcome.format != name) continue;
        LAMINA_TRY(outcome.rows, write(clean, request, outcome.issues));
        return outcome;
    }
    return fail("export.unknown_format", {{"format", outcome.format}});
}

}  // namespace lamina
