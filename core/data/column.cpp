#include "core/data/column.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>

#include "core/data/image_reference.h"
#include "core/data/time_text.h"

namespace lamina {
namespace {

constexpr std::array kindNames{"number", "integer", "boolean", "category", "text", "tensor", "time", "image"};

std::string numberText(double value) {
    if (std::isnan(value)) return {};
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    return std::string(text, end);
}

}  // namespace

const char* columnKindName(ColumnKind kind) { return kindNames[static_cast<std::size_t>(kind)]; }

std::optional<ColumnKind> columnKindFromName(std::string_view name) {
    for (std::size_t i = 0; i < kindNames.size(); ++i)
        if (name == kindNames[i]) return static_cast<ColumnKind>(i);
    return std::nullopt;
}

DType elementTypeOf(ColumnKind kind) {
    switch (kind) {
        case ColumnKind::Number: return DType::Float64;
        case ColumnKind::Integer:
        case ColumnKind::Time: return DType::Int64;
        case ColumnKind::Category: return DType::Int32;
        case ColumnKind::Tensor: return DType::Float32;
        case ColumnKind::Boolean:
        case ColumnKind::Text:
        case ColumnKind::Image: break;
    }
    return DType::UInt8;
}

std::size_t elementBytes(const ColumnInfo& info) { return static_cast<std::size_t>(elementCount(info.elementShape)) * dtypeSize(info.elementType); }

double ColumnView::number(std::int64_t row) const {
    if (isMissing(row)) return std::numeric_limits<double>::quiet_NaN();
    const auto i = static_cast<std::size_t>(row);
    switch (kind) {
        case ColumnKind::Number: return numbers[i];
        case ColumnKind::Integer:
        case ColumnKind::Time: return static_cast<double>(integers[i]);
        case ColumnKind::Boolean: return booleans[i];
        case ColumnKind::Category: return codes[i];
        case ColumnKind::Text:
        case ColumnKind::Image:
        case ColumnKind::Tensor: break;
    }
    return std::numeric_limits<double>::quiet_NaN();
}

std::string_view ColumnView::text(std::int64_t row) const {
    const auto i = static_cast<std::size_t>(row);
    if (storedAsText(kind)) return textBytes.substr(offsets[i], offsets[i + 1] - offsets[i]);
    if (kind == ColumnKind::Category && codes[i] >= 0) return dictionary[static_cast<std::size_t>(codes[i])];
    return {};
}

std::span<const std::byte> ColumnView::element(std::int64_t row) const {
    return elements.subspan(static_cast<std::size_t>(row) * elementSize, elementSize);
}

std::string displayText(const ColumnView& column, const ColumnInfo& info, std::int64_t row) {
    if (column.isMissing(row)) return {};
    const auto i = static_cast<std::size_t>(row);
    switch (column.kind) {
        case ColumnKind::Number: return numberText(column.numbers[i]);
        case ColumnKind::Integer: return std::to_string(column.integers[i]);
        case ColumnKind::Boolean: return column.booleans[i] ? "true" : "false";
        case ColumnKind::Category:
        case ColumnKind::Text: return std::string(column.text(row));
        case ColumnKind::Time: return timeText(column.integers[i]);
        case ColumnKind::Image: return imageReferenceText(column.text(row));
        case ColumnKind::Tensor: return std::string(dtypeName(info.elementType)) + " " + shapeText(info.elementShape);
    }
    return {};
}

void ColumnData::reserve(std::int64_t rows, std::size_t textBytes) {
    const auto n = static_cast<std::size_t>(rows);
    if (m_kind == ColumnKind::Number) m_numbers.reserve(n);
    if (storedAsInteger(m_kind)) m_integers.reserve(n);
    if (m_kind == ColumnKind::Boolean) m_booleans.reserve(n);
    if (m_kind == ColumnKind::Category) m_codes.reserve(n);
    if (storedAsText(m_kind)) m_offsets.reserve(n + 1);
    if (storedAsText(m_kind)) m_text.reserve(textBytes);
}

void ColumnData::clear() {
    m_rows = m_missing = 0;
    m_numbers.clear();
    m_integers.clear();
    m_booleans.clear();
    m_codes.clear();
    m_offsets.assign(1, 0);
    m_text.clear();
    m_missingBits.clear();
    m_dictionary.clear();
}

void ColumnData::markMissing() {
    m_missingBits.resize(static_cast<std::size_t>(m_rows >> 3) + 1);
    m_missingBits[static_cast<std::size_t>(m_rows >> 3)] |= static_cast<std::uint8_t>(1u << (m_rows & 7));
    ++m_rows;
    ++m_missing;
}

void ColumnData::addMissing() {
    switch (m_kind) {
        case ColumnKind::Number: return addNumber(std::numeric_limits<double>::quiet_NaN());
        case ColumnKind::Category: return addCode(-1);
        case ColumnKind::Integer:
        case ColumnKind::Time: m_integers.push_back(0); break;
        case ColumnKind::Boolean: m_booleans.push_back(0); break;
        case ColumnKind::Text:
        case ColumnKind::Image: m_offsets.push_back(m_text.size()); break;
        case ColumnKind::Tensor: return;
    }
    markMissing();
}

void ColumnData::append(const ColumnView& other) {
    m_numbers.insert(m_numbers.end(), other.numbers.begin(), other.numbers.end());
    m_integers.insert(m_integers.end(), other.integers.begin(), other.integers.end());
    m_booleans.insert(m_booleans.end(), other.booleans.begin(), other.booleans.end());
    m_codes.insert(m_codes.end(), other.codes.begin(), other.codes.end());
    if (storedAsText(other.kind) && other.rows > 0) {
        const std::uint64_t shift = m_text.size() - other.offsets[0];
        m_text.append(other.textBytes.substr(other.offsets[0], other.offsets[static_cast<std::size_t>(other.rows)] - other.offsets[0]));
        const std::size_t before = m_offsets.size();
        m_offsets.resize(before + static_cast<std::size_t>(other.rows));
        for (std::size_t i = 0; i < static_cast<std::size_t>(other.rows); ++i) m_offsets[before + i] = other.offsets[i + 1] + shift;
    }
    if (m_kind == ColumnKind::Number)
        for (const double value : other.numbers) m_missing += value != value;
    if (m_kind == ColumnKind::Category)
        for (const auto code : other.codes) m_missing += code < 0;
    m_missing += appendMissingBits(m_missingBits, m_rows, other);
    m_rows += other.rows;
}

std::int64_t appendMissingBits(std::vector<std::uint8_t>& bits, std::int64_t rows, const ColumnView& chunk) {
    if (bits.empty() && chunk.missingBits.empty()) return 0;
    bits.resize(static_cast<std::size_t>((rows + chunk.rows + 7) >> 3));
    const int shift = static_cast<int>(rows & 7);
    std::int64_t missing = 0;
    for (std::int64_t row = 0; row < std::min(chunk.rows, static_cast<std::int64_t>(chunk.missingBits.size()) * 8); row += 8) {
        const unsigned all = chunk.missingBits[static_cast<std::size_t>(row >> 3)];
        const unsigned eight = chunk.rows - row >= 8 ? all : all & ((1u << (chunk.rows - row)) - 1);
        if (eight == 0) continue;
        const auto place = static_cast<std::size_t>((rows + row) >> 3);
        bits[place] |= static_cast<std::uint8_t>(eight << shift);
        // Only rows that are there are left, so a carry has its byte.
        if (eight << shift > 0xFF) bits[place + 1] |= static_cast<std::uint8_t>((eight << shift) >> 8);
        missing += std::popcount(eight);
    }
    return missing;
}

ColumnView ColumnData::view() const {
    ColumnView view;
    view.kind = m_kind;
    view.rows = m_rows;
    view.numbers = m_numbers;
    view.integers = m_integers;
    view.booleans = m_booleans;
    view.codes = m_codes;
    view.dictionary = m_dictionary;
    if (storedAsText(m_kind)) view.offsets = m_offsets;
    view.textBytes = m_text;
    view.missingBits = m_missingBits;
    view.elementType = elementTypeOf(m_kind);
    return view;
}

ColumnInfo ColumnData::info(std::string id, std::string name) const {
    ColumnInfo info;
    info.id = std::move(id);
    info.name = std::move(name);
    info.kind = m_kind;
    info.elementType = elementTypeOf(m_kind);
    info.rows = m_rows;
    info.missing = m_missing;
    info.dictionary = m_dictionary;
    return info;
}

}  // namespace lamina
