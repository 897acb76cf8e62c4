// Columns: what a table is made of. A column has one kind; ColumnInfo describes it, ColumnView reads it (from memory or from a
// mapped file alike), ColumnData owns one in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/tensor/shape.h"

namespace lamina {

/// Number: float64, missing = NaN. Integer: int64. Boolean: uint8 0/1. Category: int32 codes into the dictionary, missing = -1.
/// Text: UTF-8 bytes between offsets. Tensor: one uint8 or float32 array of a fixed shape per row (images: C, H, W).
/// Time: a point in time, int64 milliseconds since 1970-01-01 00:00 UTC (of dates without a zone: as if they were UTC), stored like Integer.
/// Image: a picture file as it is (encoded bytes) or where it lies (see image_reference.h), stored like Text.
/// All but Number and Category mark missing values in a bitmap. Persisted as these numbers: never renumber.
enum class ColumnKind : std::uint8_t { Number = 0, Integer = 1, Boolean = 2, Category = 3, Text = 4, Tensor = 5, Time = 6, Image = 7 };

/// Stored as int64: Integer and Time.
inline bool storedAsInteger(ColumnKind kind) { return kind == ColumnKind::Integer || kind == ColumnKind::Time; }
/// Stored as bytes between offsets: Text and Image.
inline bool storedAsText(ColumnKind kind) { return kind == ColumnKind::Text || kind == ColumnKind::Image; }

/// "number", "integer", "boolean", "category", "text", "tensor", "time", "image"
const char* columnKindName(ColumnKind kind);
std::optional<ColumnKind> columnKindFromName(std::string_view name);

/// What is known about a column without reading its values.
struct ColumnInfo {
    std::string id;    ///< UUID; stays when the column is renamed
    std::string name;  ///< as the user sees it
    ColumnKind kind = ColumnKind::Number;
    DType elementType = DType::Float64;  ///< of one value: Float64, Int64, UInt8, Int32; Text, Image: UInt8; Tensor: UInt8 or Float32
    Shape elementShape;                  ///< Tensor only: the shape of one row, without the row axis
    std::int64_t rows = 0;
    std::int64_t missing = 0;             ///< how many rows have no value
    std::vector<std::string> dictionary;  ///< Category only: the texts of the codes 0, 1, …; no two alike
    std::string role;                     ///< "" until the user gives one: "feature", "target", "ignore", …

    bool operator==(const ColumnInfo&) const = default;
};

/// The type of one value of this kind (Tensor: what the caller chose, so Float32 here).
DType elementTypeOf(ColumnKind kind);

/// Bytes of one row's element of a Tensor column.
std::size_t elementBytes(const ColumnInfo& info);

/// Bits, one per row, least significant bit first; 1 = missing.
inline bool bitAt(std::span<const std::uint8_t> bits, std::int64_t row) {
    return !bits.empty() && ((bits[static_cast<std::size_t>(row) >> 3] >> (row & 7)) & 1) != 0;
}

/// A column's values for reading. Only the member of the column's kind is filled. Does not own: valid as long as the
/// ColumnData or ColumnFile it comes from. Any number of threads may read. Row numbers must be within 0 … rows-1.
struct ColumnView {
    ColumnKind kind = ColumnKind::Number;
    std::int64_t rows = 0;
    std::span<const double> numbers;          ///< Number
    std::span<const std::int64_t> integers;   ///< Integer, Time (0 where missing)
    std::span<const std::uint8_t> booleans;   ///< Boolean: 0 or 1 (0 where missing)
    std::span<const std::int32_t> codes;      ///< Category: -1 or an index of `dictionary`
    std::span<const std::string> dictionary;  ///< Category
    std::span<const std::uint64_t> offsets;   ///< Text, Image: rows + 1 non-decreasing offsets, the last at most the size of textBytes
    std::string_view textBytes;               ///< Text: all values, one after the other, UTF-8; Image: their bytes
    std::span<const std::byte> elements;      ///< Tensor: rows × elementSize bytes (0 where missing)
    std::size_t elementSize = 0;              ///< Tensor: bytes of one row
    DType elementType = DType::Float64;
    std::span<const std::uint8_t> missingBits;  ///< all but Number and Category: empty where nothing is missing

    bool isMissing(std::int64_t row) const {
        const auto i = static_cast<std::size_t>(row);
        if (kind == ColumnKind::Number) return numbers[i] != numbers[i];
        if (kind == ColumnKind::Category) return codes[i] < 0;
        return bitAt(missingBits, row);
    }
    /// Number, Integer, Boolean as they are, Category its code, Time its milliseconds; NaN where missing and for Text, Tensor and Image.
    double number(std::int64_t row) const;
    /// Text and Category: the value, Image: its bytes; empty where missing. Other kinds: empty.
    std::string_view text(std::int64_t row) const;
    /// Tensor: the bytes of one row.
    std::span<const std::byte> element(std::int64_t row) const;
};

/// What a person reads in a cell: shortest number text that gives the same value, "true", the text itself, "uint8 1×28×28", "2024-03-01",
/// "2024-03-01 12:30:00", of a picture where it lies or its format and size in bytes; empty where missing.
std::string displayText(const ColumnView& column, const ColumnInfo& info, std::int64_t row);

/// Appends the chunk's missing bits behind `rows` rows (an empty bitmap stays empty while nothing is missing); gives how many are missing.
std::int64_t appendMissingBits(std::vector<std::uint8_t>& bits, std::int64_t rows, const ColumnView& chunk);

/// One column in memory (any kind but Tensor). Only the vectors of its kind are used.
class ColumnData {
public:
    explicit ColumnData(ColumnKind kind = ColumnKind::Number) : m_kind(kind) {}

    ColumnKind kind() const { return m_kind; }
    std::int64_t rows() const { return m_rows; }
    std::int64_t missing() const { return m_missing; }
    /// Room for so many rows and, for Text, so many bytes.
    void reserve(std::int64_t rows, std::size_t textBytes = 0);
    /// No rows any more; the memory is kept for the next ones.
    void clear();

    /// One more row. Each may only be called for its own kind.
    void addNumber(double value) {
        m_numbers.push_back(value);
        m_missing += value != value;
        ++m_rows;
    }
    void addInteger(std::int64_t value) {
        m_integers.push_back(value);
        markPresent();
    }
    void addBoolean(bool value) {
        m_booleans.push_back(value);
        markPresent();
    }
    void addText(std::string_view utf8) {
        m_text.append(utf8);
        m_offsets.push_back(m_text.size());
        markPresent();
    }
    void addCode(std::int32_t code) {  ///< -1: missing
        m_codes.push_back(code);
        m_missing += code < 0;
        ++m_rows;
    }
    void addMissing();
    /// All rows of another column of the same kind, behind the ones here (Category: codes are taken as they are).
    void append(const ColumnView& other);
    /// Category: every code c ≥ 0 becomes newCodes[c].
    void mapCodes(std::span<const std::int32_t> newCodes) {
        for (auto& code : m_codes)
            if (code >= 0) code = newCodes[static_cast<std::size_t>(code)];
    }
    /// Category: the texts of the codes.
    void setDictionary(std::vector<std::string> texts) { m_dictionary = std::move(texts); }
    const std::vector<std::string>& dictionary() const { return m_dictionary; }

    ColumnView view() const;
    /// Kind, rows, missing and dictionary filled; id and name as given.
    ColumnInfo info(std::string id, std::string name) const;

private:
    void markPresent() {
        ++m_rows;
        if (!m_missingBits.empty() && (m_rows & 7) == 1) m_missingBits.push_back(0);
    }
    void markMissing();

    ColumnKind m_kind;
    std::int64_t m_rows = 0;
    std::int64_t m_missing = 0;
    std::vector<double> m_numbers;
    std::vector<std::int64_t> m_integers;
    std::vector<std::uint8_t> m_booleans;
    std::vector<std::int32_t> m_codes;
    std::vector<std::uint64_t> m_offsets{0};
    std::string m_text;
    std::vector<std::uint8_t> m_missingBits;  ///< grows only from the first missing row on
    std::vector<std::string> m_dictionary;
};

}  // namespace lamina
