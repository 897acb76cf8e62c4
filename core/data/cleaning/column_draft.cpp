// Columns in the making (step_tools.h).
#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <numeric>

#include "core/base/parallel.h"
#include "core/data/cleaning/column_memory.h"
#include "core/data/cleaning/step_tools.h"

namespace lamina {

/// The values of a finished column; of texts the bytes of each slice until they are put together.
struct ColumnDraft::Values {
    ColumnKind kind = ColumnKind::Number;
    std::int64_t rows = 0;
    ColumnMemory<double> numbers;
    ColumnMemory<std::int64_t> integers;
    ColumnMemory<std::uint8_t> booleans;
    ColumnMemory<std::int32_t> codes;
    ColumnMemory<std::uint64_t> offsets;
    std::vector<TextBytes> sliceBytes;
    ColumnMemory<char> bytes;
    std::vector<std::uint8_t> missingBits;
    std::vector<std::int64_t> knownMissing;  ///< of slices, where all are known
    std::vector<std::string> dictionary;

    std::int64_t missing() const;
    void joinBytes(int threads, TextBytesPool* pool);
};

std::int64_t ColumnDraft::Values::missing() const {
    if (!knownMissing.empty() && std::ranges::find(knownMissing, -1) == knownMissing.end())
        return std::accumulate(knownMissing.begin(), knownMissing.end(), std::int64_t{0});
    if (kind == ColumnKind::Number) return std::ranges::count_if(numbers.all(), [](double value) { return value != value; });
    if (kind == ColumnKind::Category) return std::ranges::count_if(codes.all(), [](std::int32_t code) { return code < 0; });
    std::int64_t count = 0;
    for (const std::uint8_t eight : missingBits) count += std::popcount(eight);
    return count;
}

/// Offsets count from the beginning of their slice until here.
void ColumnDraft::Values::joinBytes(int threads, TextBytesPool* pool) {
    std::vector<std::size_t> begins{0};
    for (const auto& slice : sliceBytes) begins.push_back(begins.back() + slice.size());
    bytes = ColumnMemory<char>(begins.back());
    offsets[0] = 0;
    parallelFor(sliceBytes.size(), threads, [&](std::size_t i) {
        const std::int64_t first = static_cast<std::int64_t>(i) * rowsPerSlice;
        for (std::int64_t row = first; row < std::min(first + rowsPerSlice, rows); ++row) offsets[static_cast<std::size_t>(row) + 1] += begins[i];
        if (sliceBytes[i].size() > 0) std::memcpy(bytes.data() + begins[i], sliceBytes[i].all().data(), sliceBytes[i].size());
        TextBytes done = std::move(sliceBytes[i]);
        if (pool) pool->give(std::move(done));
    });
}

ColumnDraft::ColumnDraft(ColumnKind kind, std::int64_t rows) : m_values(std::make_shared<Values>()) {
    const auto n = static_cast<std::size_t>(rows);
    m_values->kind = kind;
    m_values->rows = rows;
    if (kind == ColumnKind::Number) m_values->numbers = ColumnMemory<double>(n);
    if (storedAsInteger(kind)) m_values->integers = ColumnMemory<std::int64_t>(n);
    if (kind == ColumnKind::Boolean) m_values->booleans = ColumnMemory<std::uint8_t>(n);
    if (kind == ColumnKind::Category) m_values->codes = ColumnMemory<std::int32_t>(n);
    if (storedAsText(kind)) m_values->offsets = ColumnMemory<std::uint64_t>(n + 1);
    if (storedAsText(kind)) m_values->sliceBytes.resize(sliceCount(rows));
    if (kind == ColumnKind::Number) m_values->knownMissing.assign(sliceCount(rows), -1);
    if (kind != ColumnKind::Number && kind != ColumnKind::Category) m_values->missingBits.resize((n + 7) / 8);
    m_numbers = m_values->numbers.data();
    m_integers = m_values->integers.data();
    m_booleans = m_values->booleans.data();
    m_codes = m_values->codes.data();
    m_offsets = m_values->offsets.data();
}

ColumnKind ColumnDraft::kind() const { return m_values->kind; }

void ColumnDraft::text(std::int64_t row, std::string_view value) {
    TextBytes& bytes = m_values->sliceBytes[static_cast<std::size_t>(row / rowsPerSlice)];
    bytes.append(value);
    m_offsets[row + 1] = bytes.size();
}

TextSliceEditor::Target ColumnDraft::textsOf(const RowSlice& slice, TextBytes bytes) {
    m_values->sliceBytes[slice.index] = std::move(bytes);
    return {m_values->sliceBytes[slice.index], m_offsets, m_values->missingBits.data()};
}

void ColumnDraft::copySlice(const RowSlice& slice, const ColumnView& from) {
    const auto copyValues = [&](const auto& values, auto* to) { std::copy(values.begin() + slice.first, values.begin() + slice.last, to + slice.first); };
    if (m_numbers) copyValues(from.numbers, m_numbers);
    if (m_integers) copyValues(from.integers, m_integers);
    if (m_booleans) copyValues(from.booleans, m_booleans);
    if (!m_numbers) copyMissing(slice, from);
}

void ColumnDraft::knowMissing(const RowSlice& slice, std::int64_t count) { m_values->knownMissing[slice.index] = count; }

void ColumnDraft::copyMissing(const RowSlice& slice, const ColumnView& from) {
    if (from.missingBits.empty()) return;
    const auto first = static_cast<std::size_t>(slice.first) / 8, last = (static_cast<std::size_t>(slice.last) + 7) / 8;
    std::copy(from.missingBits.begin() + static_cast<std::ptrdiff_t>(first), from.missingBits.begin() + static_cast<std::ptrdiff_t>(last),
              m_values->missingBits.begin() + static_cast<std::ptrdiff_t>(first));
    if (slice.last % 8 != 0) m_values->missingBits[last - 1] &= static_cast<std::uint8_t>((1u << (slice.last % 8)) - 1);
}

void ColumnDraft::markMissing(std::int64_t row) {
    m_values->missingBits[static_cast<std::size_t>(row) >> 3] |= static_cast<std::uint8_t>(1u << (row & 7));
}

void ColumnDraft::missing(std::int64_t row) {
    const auto i = static_cast<std::size_t>(row);
    if (m_numbers) m_numbers[i] = std::numeric_limits<double>::quiet_NaN();
    else if (m_codes) m_codes[i] = -1;
    else {
        if (storedAsText(m_values->kind)) text(row, {});
        if (m_integers) m_integers[i] = 0;
        if (m_booleans) m_booleans[i] = 0;
        markMissing(row);
    }
}

void ColumnDraft::copy(std::int64_t row, const ColumnView& from, std::int64_t fromRow) {
    const auto i = static_cast<std::size_t>(fromRow);
    if (m_numbers) number(row, from.numbers[i]);
    else if (m_codes) code(row, from.codes[i]);
    else if (from.isMissing(fromRow)) missing(row);
    else if (m_integers) integer(row, from.integers[i]);
    else if (m_booleans) boolean(row, from.booleans[i] != 0);
    else text(row, from.text(fromRow));
}

void ColumnDraft::setDictionary(std::vector<std::string> texts) { m_values->dictionary = std::move(texts); }

TableColumn ColumnDraft::finish(std::string id, std::string name, std::string role, int threads, TextBytesPool* pool) {
    Values& values = *m_values;
    if (storedAsText(values.kind)) values.joinBytes(threads, pool);
    TableColumn column;
    column.info.id = std::move(id);
    column.info.name = std::move(name);
    column.info.role = std::move(role);
    column.info.kind = values.kind;
    column.info.elementType = elementTypeOf(values.kind);
    column.info.rows = values.rows;
    column.info.missing = values.missing();
    column.info.dictionary = values.dictionary;
    column.view.kind = values.kind;
    column.view.rows = values.rows;
    column.view.numbers = values.numbers.all();
    column.view.integers = values.integers.all();
    column.view.booleans = values.booleans.all();
    column.view.codes = values.codes.all();
    column.view.dictionary = values.dictionary;
    column.view.offsets = values.offsets.all();
    column.view.textBytes = {values.bytes.data(), values.bytes.size()};
    column.view.elementType = elementTypeOf(values.kind);
    if (column.info.missing > 0) column.view.missingBits = values.missingBits;
    column.owner = m_values;
    return column;
}

}  // namespace lamina
