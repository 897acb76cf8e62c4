// NPY: one array of NumPy's in a file. Only what is written as plain values is read; objects (pickles) are refused unread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/data/source_file.h"

namespace lamina {

enum class NpyKind : std::uint8_t { Boolean, Signed, Unsigned, Float, Bytes, Unicode, Date };

/// What the values of an array are.
struct NpyType {
    NpyKind kind = NpyKind::Float;
    std::size_t size = 0;             ///< bytes of one value
    bool swapped = false;             ///< big-endian
    std::int64_t dateNumerator = 1;   ///< Date: one step is so many …
    std::int64_t dateDenominator = 1; ///< … of so many milliseconds (microseconds: 1 of 1000)
};

/// A named part of every row: the array itself, or a field of a structured array.
struct NpyField {
    std::string name;
    NpyType type;
    std::size_t offset = 0;  ///< within the row
};

class NpyReader {
public:
    /// Reads the header and compares what it claims with the bytes that are there: "npy.magic", "npy.header" {reason}, "npy.type" {type},
    /// "npy.object", "npy.size" {shape, bytes}, each with {file}.
    /// `beginning`: the file may be the first part of one; rows() are those that are there whole.
    static Result<NpyReader> open(const Path& path, bool beginning = false);

    const std::vector<std::int64_t>& shape() const { return m_shape; }
    std::int64_t rows() const { return m_shape.empty() ? 1 : m_shape[0]; }
    /// As many as the header says.
    std::int64_t claimedRows() const { return m_claimedRows; }
    /// Values of one row.
    std::int64_t rowValues() const { return m_rowValues; }
    std::size_t valueBytes() const { return m_valueBytes; }
    const std::vector<NpyField>& fields() const { return m_fields; }
    bool structured() const { return m_structured; }
    /// "<f4" as the header has it.
    const std::string& typeText() const { return m_typeText; }

    /// The bytes of rows first … first + count - 1, each row in C order, values as they are in the file.
    Result<void> readRows(std::int64_t first, std::int64_t count, std::vector<std::byte>& out) const;
    Result<void> checkUnchanged() const { return m_file.checkUnchanged(); }

private:
    explicit NpyReader(SourceFile file) : m_file(std::move(file)) {}
    Result<void> readHeader();
    Result<void> checkSize(bool beginning);

    SourceFile m_file;
    std::vector<std::int64_t> m_shape;
    std::vector<NpyField> m_fields;
    std::string m_typeText;
    bool m_structured = false, m_fortran = false;
    std::int64_t m_rowValues = 1, m_claimedRows = 0;
    std::size_t m_valueBytes = 0;
    std::uint64_t m_dataAt = 0;
};

/// One value.
std::int64_t npyInteger(const NpyType& type, const std::byte* at);
double npyNumber(const NpyType& type, const std::byte* at);
/// Bytes and Unicode: UTF-8 without the zeros behind it; "" and `valid` false where it is none.
std::string npyText(const NpyType& type, const std::byte* at, bool& valid);
/// Date: milliseconds since 1970; `missing` where it is NaT or too far away.
std::int64_t npyTime(const NpyType& type, const std::byte* at, bool& missing);

}  // namespace lamina
