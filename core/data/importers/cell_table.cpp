#include "core/data/importers/cell_table.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "core/base/uuid.h"
#include "core/data/source_file.h"
#include "core/data/time_text.h"

namespace lamina {

namespace {

constexpr std::size_t cellsSpillBytes = std::size_t{16} << 20;
constexpr std::int64_t cellsRowsPerBlock = 8192;
constexpr std::size_t cellsTextPerBlock = std::size_t{4} << 20;
constexpr std::int64_t cellExactInDouble = std::int64_t{1} << 53;

std::string_view cellWithoutBlanks(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

std::string cellNumberText(double value) {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    return {buffer, end};
}

void putCellCount(std::string& out, std::uint64_t value) {
    for (; value >= 128; value >>= 7) out += static_cast<char>(value | 128);
    out += static_cast<char>(value);
}

/// Our own bytes, so only their end is watched (a row may be cut at the end of a piece of the file).
bool takeCellCount(std::string_view bytes, std::size_t& at, std::uint64_t& value) {
    value = 0;
    for (int shift = 0; at < bytes.size() && shift < 64; shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes[at++]);
        value |= std::uint64_t{byte & 127u} << shift;
        if (byte < 128) return true;
    }
    return false;
}

}  // namespace

CellTable::CellTable(const CellSettings& settings, Path folder, const ImportJob& job)
    : m_settings(settings), m_missing(settings.missing), m_dates(dateOrderFromName(settings.dates)), m_folder(std::move(folder)), m_job(job) {}

CellTable::CellTable(const CellSettings& settings, std::int64_t rows, const CancelToken& cancel)
    : m_settings(settings), m_missing(settings.missing), m_dates(dateOrderFromName(settings.dates)), m_mostRows(rows) {
    m_job.cancel = cancel;
}

CellTable::~CellTable() {
    if (!m_spillPath.empty()) (void)files().remove(m_spillPath);
}

Result<std::size_t> CellTable::column(std::string_view name) {
    if (const auto found = m_names.find(std::string(name)); found != m_names.end()) return found->second;
    return newColumn(std::string(name));
}

Result<std::size_t> CellTable::newColumn(const std::string& name) {
    if (m_columns.size() >= importMaximumColumns) return fail("import.too_many_columns", {{"limit", std::to_string(importMaximumColumns)}});
    std::string free = name.empty() ? "column_" + std::to_string(m_columns.size() + 1) : name;
    const std::string stem = free;
    for (int n = 2; m_names.count(free); ++n) free = stem + "_" + std::to_string(n);
    if (!name.empty() && free != name) note(fail("import.column_renamed", {{"column", name}, {"name", free}}), Severity::Note);
    m_names.emplace(free, m_columns.size());
    m_columns.emplace_back();
    m_columns.back().name = free;
    m_row.emplace_back();
    return m_columns.size() - 1;
}

void CellTable::declare(std::size_t column, ColumnKind kind, std::vector<std::string> dictionary) {
    auto& target = m_columns[column];
    target.declared = true;
    target.kind = kind;
    for (const auto& word : dictionary) target.words.add(word);
}

void CellTable::setBoolean(std::size_t column, bool value) { m_row[column].tag = value ? Tag::True : Tag::False; }

void CellTable::setInteger(std::size_t column, std::int64_t value) {
    m_row[column].tag = Tag::Integer;
    m_row[column].integer = value;
}

void CellTable::setNumber(std::size_t column, double value) {
    m_row[column].tag = std::isnan(value) ? Tag::Missing : Tag::Number;
    m_row[column].number = value;
}

void CellTable::setTime(std::size_t column, std::int64_t milliseconds) {
    m_row[column].tag = Tag::Time;
    m_row[column].integer = milliseconds;
}

void CellTable::setText(std::size_t column, std::string_view text) {
    auto& cell = m_row[column];
    cell = Cell{};
    if (m_missing.contains(cellWithoutBlanks(text))) return;
    cell.tag = Tag::Text;
    cell.integer = static_cast<std::int64_t>(m_rowText.size());
    cell.size = text.size();
    m_rowText += text;
}

void CellTable::refuse(std::size_t column, const Error& why) {
    m_row[column] = Cell{};
    note(why.with("column", m_columns[column].name).with("row", std::to_string(m_rows + 1)));
}

void CellTable::note(const Error& what, Severity severity) {
    const auto [at, isNew] = m_issueAt.emplace(what.code + "/" + what.argument("column"), m_issues.size());
    if (isNew) m_issues.push_back({severity, what, 1});
    else ++m_issues[at->second].count;
}

void CellTable::dropRow() {
    std::fill(m_row.begin(), m_row.end(), Cell{});
    m_rowText.clear();
}

void CellTable::classify(Column& column, const Cell& cell) {
    if (cell.tag == Tag::Missing) return;
    ++column.present;
    switch (cell.tag) {
        case Tag::False:
        case Tag::True: column.seen.add(BooleanValue); break;
        case Tag::Integer:
            column.seen.add(IntegerValue);
            column.longIntegers |= cell.integer > cellExactInDouble || cell.integer < -cellExactInDouble;
            break;
        case Tag::Number: column.seen.add(NumberValue); break;
        case Tag::Time: column.seen.add(CertainTime); break;
        default:
            if ((column.seen.classes & TextValue) == 0) addClassOf(cellWithoutBlanks(textOf(cell)), false, m_scratch, column.seen);
    }
}

Result<bool> CellTable::endRow() {
    putCellCount(m_buffer, m_columns.size());
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        auto& cell = m_row[i];
        classify(m_columns[i], cell);
        m_buffer += static_cast<char>(cell.tag);
        if (cell.tag == Tag::Integer || cell.tag == Tag::Time) {
            m_buffer.append(reinterpret_cast<const char*>(&cell.integer), 8);
        } else if (cell.tag == Tag::Number) {
            m_buffer.append(reinterpret_cast<const char*>(&cell.number), 8);
        } else if (cell.tag == Tag::Text) {
            putCellCount(m_buffer, cell.size);
            m_buffer += textOf(cell);
        }
        cell.tag = Tag::Missing;
    }
    m_rowText.clear();
    ++m_rows;
    if ((m_rows & 255) == 0 && m_job.cancel.cancelled()) return fail("job.cancelled");
    if (m_mostRows >= 0) return m_rows < m_mostRows;
    if (m_buffer.size() >= cellsSpillBytes) LAMINA_CHECK(spill());
    return true;
}

Result<void> CellTable::progress(std::uint64_t done, std::uint64_t total) {
    if (m_job.progress) m_job.progress({"import", static_cast<std::int64_t>(done), static_cast<std::int64_t>(total), "bytes"});
    return m_job.cancel.cancelled() ? Result<void>(fail("job.cancelled")) : Result<void>();
}

Result<void> CellTable::spill() {
    if (!m_spill) {
        LAMINA_CHECK(files().makeFolder(m_folder));
        m_spillPath = m_folder / ("cells-" + newUuid() + ".tmp");
        LAMINA_TRY(m_spill, files().create(m_spillPath));
    }
    LAMINA_CHECK(checkFreeSpace(m_folder, m_buffer.size() * 2));
    LAMINA_CHECK(m_spill->write(m_buffer.data(), m_buffer.size()));
    m_spilled += m_buffer.size();
    m_buffer.clear();
    return {};
}

Result<void> CellTable::replayRows(std::string_view bytes, const std::function<Result<void>()>& each, std::size_t& used) {
    used = 0;
    for (std::size_t at = 0; at < bytes.size(); used = at) {
        m_rowText.clear();
        std::uint64_t count = 0;
        if (!takeCellCount(bytes, at, count)) return {};
        for (std::size_t i = 0; i < m_row.size(); ++i) {
            auto& cell = m_row[i] = Cell{};
            if (i >= count) continue;
            if (at >= bytes.size()) return {};
            cell.tag = static_cast<Tag>(bytes[at++]);
            if (cell.tag == Tag::Integer || cell.tag == Tag::Time || cell.tag == Tag::Number) {
                if (bytes.size() - at < 8) return {};
                std::memcpy(cell.tag == Tag::Number ? static_cast<void*>(&cell.number) : &cell.integer, bytes.data() + at, 8);
                at += 8;
            } else if (cell.tag == Tag::Text) {
                std::uint64_t size = 0;
                if (!takeCellCount(bytes, at, size) || bytes.size() - at < size) return {};
                cell.integer = static_cast<std::int64_t>(m_rowText.size());
                cell.size = static_cast<std::size_t>(size);
                m_rowText += bytes.substr(at, cell.size);
                at += cell.size;
            }
        }
        LAMINA_CHECK(each());
    }
    return {};
}

Result<void> CellTable::replay(const std::function<Result<void>()>& each) {
    std::size_t used = 0;
    if (!m_spill) return replayRows(m_buffer, each, used);
    LAMINA_TRY(const auto file, SourceFile::open(m_spillPath));
    std::string piece;
    for (std::uint64_t at = 0; at < m_spilled;) {
        if (m_job.cancel.cancelled()) return fail("job.cancelled");
        const auto kept = piece.size();
        const auto more = static_cast<std::size_t>(std::min<std::uint64_t>(m_spilled - at, cellsSpillBytes / 4));
        piece.resize(kept + more);
        LAMINA_CHECK(file.read(at, std::as_writable_bytes(std::span(piece)).subspan(kept)));
        at += more;
        LAMINA_CHECK(replayRows(piece, each, used));
        piece.erase(0, used);
    }
    return {};
}

Result<void> CellTable::askKinds() {
    std::string_view left = m_settings.types;
    while (!left.empty()) {
        const auto comma = std::min(left.find(','), left.size());
        const auto part = left.substr(0, comma);
        left.remove_prefix(std::min(comma + 1, left.size()));
        const auto equals = part.rfind('=');
        const std::string name(cellWithoutBlanks(part.substr(0, equals)));
        const std::string word(equals == std::string_view::npos ? "" : cellWithoutBlanks(part.substr(equals + 1)));
        const auto found = m_names.find(name);
        if (found == m_names.end()) return fail("import.no_such_column", {{"column", name}});
        const auto kind = columnKindFromName(word);
        if (!kind || *kind == ColumnKind::Tensor || *kind == ColumnKind::Image)
            return fail("import.unknown_kind", {{"column", name}, {"kind", word}});
        m_columns[found->second].declared = true;
        m_columns[found->second].kind = *kind;
    }
    return {};
}

Result<void> CellTable::decide() {
    if (m_columns.empty()) return fail("import.no_columns");
    if (m_rows == 0) return fail("import.no_rows");
    if (m_spill) {
        LAMINA_CHECK(spill());
        LAMINA_CHECK(m_spill->close());
    }
    LAMINA_CHECK(askKinds());
    for (auto& column : m_columns) {
        if (column.declared) continue;
        column.reading = readingFor(column.seen, m_dates);
        column.kind = column.reading.kind;
        if (column.kind == ColumnKind::Number && column.longIntegers) column.kind = ColumnKind::Text;
        if (datesInDoubt(column.seen, m_dates)) note(fail("import.dates_in_doubt", {{"column", column.name}}));
    }
    return countWords();
}

/// Which text columns are categories.
Result<void> CellTable::countWords() {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const auto& column = m_columns[i];
        if (column.declared ? column.kind == ColumnKind::Category : column.kind == ColumnKind::Text) open.push_back(i);
    }
    if (open.empty()) return {};
    LAMINA_CHECK(replay([&]() -> Result<void> {
        for (const auto i : open) {
            auto& column = m_columns[i];
            if (column.tooManyWords || m_row[i].tag == Tag::Missing) continue;
            column.data = ColumnData(ColumnKind::Text);
            convert(m_row[i], column);
            column.words.add(column.data.view().textBytes);
            column.tooManyWords = column.words.size() > (column.declared ? std::int64_t{1} << 20 : m_settings.maximumCategories);
        }
        return {};
    }));
    for (const auto i : open) {
        auto& column = m_columns[i];
        if (column.declared && column.tooManyWords)
            return fail("import.too_many_categories", {{"column", column.name}, {"limit", std::to_string(1 << 20)}});
        const bool few = !column.tooManyWords && isCategory(column.words.size(), column.present, m_settings.maximumCategories);
        if (!column.declared && few) column.kind = ColumnKind::Category;
        if (column.kind != ColumnKind::Category) column.words.clear();
    }
    return {};
}

/// The cell as a number; whole ones of columns that are declared Integer or hold only such as IntegerValue.
NumberText CellTable::numberOf(const Cell& cell, const Column& column) {
    NumberText number;
    if (cell.tag == Tag::Integer) return {IntegerValue, static_cast<double>(cell.integer), cell.integer};
    if (cell.tag == Tag::False || cell.tag == Tag::True) return {IntegerValue, double(cell.tag == Tag::True), cell.tag == Tag::True};
    if (cell.tag == Tag::Number) number = {NumberValue, cell.number, 0};
    if (cell.tag == Tag::Text) {
        const auto text = cellWithoutBlanks(textOf(cell));
        number = column.declared ? readAnyNumber(text) : readNumber(text);
        if (number.is == TextValue && (column.declared || column.reading.decorated)) {
            const auto decorated = readDecoratedNumber(text, false, m_scratch);
            const bool whole = decorated.is == GroupedInteger || decorated.is == UnitInteger;
            if (decorated.is != TextValue) number = {whole ? IntegerValue : NumberValue, decorated.value, decorated.integer};
        }
    }
    if (number.is == NumberValue && column.kind == ColumnKind::Integer && std::abs(number.value) < 9e15 && number.value == std::floor(number.value))
        number = {IntegerValue, number.value, static_cast<std::int64_t>(number.value)};
    return number;
}

/// One cell more in the column's data; what does not fit is missing and counted.
void CellTable::convert(const Cell& cell, Column& column) {
    auto& data = column.data;
    if (cell.tag == Tag::Missing) return data.addMissing();
    const auto kind = data.kind();
    const auto trimmed = cell.tag == Tag::Text ? cellWithoutBlanks(textOf(cell)) : std::string_view();
    const bool anyKind = column.declared;
    if (kind == ColumnKind::Boolean) {
        if (cell.tag == Tag::False || cell.tag == Tag::True) return data.addBoolean(cell.tag == Tag::True);
        const double number = cell.tag == Tag::Integer ? static_cast<double>(cell.integer) : cell.number;
        if ((cell.tag == Tag::Integer || cell.tag == Tag::Number) && (number == 0 || number == 1)) return data.addBoolean(number == 1);
        const int flag = cell.tag != Tag::Text ? -1 : anyKind ? readAnyBoolean(trimmed) : readBoolean(trimmed);
        if (flag >= 0) return data.addBoolean(flag == 1);
    } else if (kind == ColumnKind::Integer || kind == ColumnKind::Number) {
        const auto number = numberOf(cell, column);
        if (number.is == IntegerValue && kind == ColumnKind::Integer) return data.addInteger(number.integer);
        if (number.is != TextValue && kind == ColumnKind::Number) return data.addNumber(number.value);
    } else if (kind == ColumnKind::Time) {
        if (cell.tag == Tag::Time) return data.addInteger(cell.integer);
        const auto order = m_dates == DateOrder::Unknown ? column.reading.dates : m_dates;
        if (const auto time = cell.tag == Tag::Text ? parseTime(trimmed, order) : std::nullopt) return data.addInteger(*time);
    } else {
        std::string made;
        std::string_view text;
        switch (cell.tag) {
            case Tag::False: text = "false"; break;
            case Tag::True: text = "true"; break;
            case Tag::Integer: text = made = std::to_string(cell.integer); break;
            case Tag::Number: text = made = cellNumberText(cell.number); break;
            case Tag::Time: text = made = timeText(cell.integer); break;
            default: text = textOf(cell);
        }
        if (kind == ColumnKind::Text) return data.addText(text);
        return data.addCode(column.words.add(text));
    }
    if (column.unfit++ == 0) column.firstUnfit = data.rows() + 1;
    data.addMissing();
}

Result<void> CellTable::write(const Append& append) {
    for (auto& column : m_columns) column.data = ColumnData(column.kind);
    std::int64_t rows = 0, done = 0;
    std::size_t texts = 0;
    const auto flush = [&]() -> Result<void> {
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            LAMINA_CHECK(append(i, m_columns[i].data.view()));
            m_columns[i].data.clear();
        }
        done += rows;
        rows = 0;
        texts = 0;
        if (m_job.progress) m_job.progress({"import", done, m_rows, "rows"});
        return m_job.cancel.cancelled() ? Result<void>(fail("job.cancelled")) : Result<void>();
    };
    LAMINA_CHECK(replay([&]() -> Result<void> {
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            auto& column = m_columns[i];
            const auto before = column.unfit;
            convert(m_row[i], column);
            if (before == 0 && column.unfit == 1) column.firstUnfit = done + rows + 1;
        }
        texts += m_rowText.size();
        if (++rows >= cellsRowsPerBlock || texts >= cellsTextPerBlock) return flush();
        return {};
    }));
    return flush();
}

ColumnInfo CellTable::info(const Column& column) const {
    ColumnInfo info;
    info.id = newUuid();
    info.name = column.name;
    info.kind = column.kind;
    info.elementType = elementTypeOf(column.kind);
    return info;
}

std::vector<Issue> CellTable::issues() const {
    auto all = m_issues;
    for (const auto& column : m_columns) {
        if (column.unfit == 0) continue;
        all.push_back({Severity::Warning,
                       fail("import.values_became_missing",
                            {{"column", column.name}, {"kind", columnKindName(column.kind)}, {"row", std::to_string(column.firstUnfit)}}),
                       column.unfit});
    }
    return all;
}

Result<std::vector<std::unique_ptr<ColumnFileWriter>>> CellTable::seal() {
    LAMINA_CHECK(decide());
    std::vector<std::unique_ptr<ColumnFileWriter>> writers;
    for (const auto& column : m_columns) {
        LAMINA_TRY(auto writer, ColumnFileWriter::create(m_folder, info(column), writers.empty() ? m_spilled : 0));
        writers.push_back(std::move(writer));
    }
    LAMINA_CHECK(write([&](std::size_t i, const ColumnView& block) { return writers[i]->append(block); }));
    for (std::size_t i = 0; i < writers.size(); ++i) {
        if (m_columns[i].kind == ColumnKind::Category) writers[i]->setDictionary(m_columns[i].words.words());
        LAMINA_CHECK(writers[i]->seal());
    }
    return writers;
}

Result<ImportedTable> CellTable::import() {
    LAMINA_TRY(auto writers, seal());
    ImportedTable table;
    LAMINA_TRY(table.columns, publishAll(writers));
    table.rows = m_rows;
    table.issues = issues();
    // Where the table stands in another source is found there; what its words mean is the same.
    table.detected = {{"missing", m_settings.missing}, {"dates", m_settings.dates}};
    return table;
}

Result<ImportPreview> CellTable::preview() {
    LAMINA_CHECK(decide());
    std::vector<ColumnData> columns;
    for (const auto& column : m_columns) columns.emplace_back(column.kind);
    LAMINA_CHECK(write([&](std::size_t i, const ColumnView& block) -> Result<void> {
        columns[i].append(block);
        return {};
    }));
    ImportPreview preview;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        columns[i].setDictionary(m_columns[i].words.words());
        preview.columns.push_back(columns[i].info(newUuid(), m_columns[i].name));
    }
    for (std::int64_t row = 0; row < m_rows; ++row) {
        preview.rows.emplace_back();
        for (std::size_t i = 0; i < columns.size(); ++i) preview.rows.back().push_back(displayText(columns[i].view(), preview.columns[i], row));
    }
    preview.issues = issues();
    return preview;
}

}  // namespace lamina
