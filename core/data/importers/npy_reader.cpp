#include "core/data/importers/npy_reader.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>

#include "core/data/utf8.h"

namespace lamina {
namespace {

constexpr std::uint64_t npyLongestHeader = std::uint64_t{1} << 20;
constexpr std::size_t npyMostAxes = 32;
constexpr std::uint64_t npyLargestRow = std::uint64_t{256} << 20;

/// The header is a Python literal: {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }.
class NpyLiteral {
public:
    explicit NpyLiteral(std::string_view text) : m_left(text) {}

    bool take(char c) {
        blanks();
        if (m_left.empty() || m_left.front() != c) return false;
        m_left.remove_prefix(1);
        return true;
    }
    bool peek(char c) {
        blanks();
        return !m_left.empty() && m_left.front() == c;
    }
    std::optional<std::string> string() {
        blanks();
        if (m_left.empty() || (m_left.front() != '\'' && m_left.front() != '"')) return std::nullopt;
        const auto end = m_left.find(m_left.front(), 1);
        if (end == std::string_view::npos) return std::nullopt;
        std::string text(m_left.substr(1, end - 1));
        m_left.remove_prefix(end + 1);
        return text;
    }
    std::optional<bool> boolean() {
        blanks();
        for (const bool value : {true, false}) {
            const std::string_view word = value ? "True" : "False";
            if (!m_left.starts_with(word)) continue;
            m_left.remove_prefix(word.size());
            return value;
        }
        return std::nullopt;
    }
    /// Not negative, below 2^62.
    std::optional<std::int64_t> integer() {
        blanks();
        std::int64_t value = 0;
        std::size_t digits = 0;
        for (; digits < m_left.size() && m_left[digits] >= '0' && m_left[digits] <= '9'; ++digits) {
            if (value > (std::int64_t{1} << 62) / 10 - 1) return std::nullopt;
            value = value * 10 + (m_left[digits] - '0');
        }
        if (digits == 0) return std::nullopt;
        m_left.remove_prefix(digits);
        take('L');
        return value;
    }
    std::optional<std::vector<std::int64_t>> tuple() {
        if (!take('(')) return std::nullopt;
        std::vector<std::int64_t> values;
        while (!take(')')) {
            const auto value = integer();
            if (!value || values.size() >= npyMostAxes) return std::nullopt;
            values.push_back(*value);
            if (!take(',') && !peek(')')) return std::nullopt;
        }
        return values;
    }

private:
    void blanks() {
        while (!m_left.empty() && (m_left.front() == ' ' || m_left.front() == '\n' || m_left.front() == '\t')) m_left.remove_prefix(1);
    }
    std::string_view m_left;
};

/// "<M8[ns]": how long a step is.
bool readDateUnit(std::string_view unit, NpyType& type) {
    if (unit.size() < 3 || unit.front() != '[' || unit.back() != ']') return false;
    unit = unit.substr(1, unit.size() - 2);
    std::int64_t factor = 0;
    while (!unit.empty() && unit.front() >= '0' && unit.front() <= '9' && factor < 100000) {
        factor = factor * 10 + (unit.front() - '0');
        unit.remove_prefix(1);
    }
    factor = std::max<std::int64_t>(factor, 1);
    struct Unit {
        std::string_view name;
        std::int64_t numerator, denominator;
    };
    for (const Unit& known : {Unit{"W", 604'800'000, 1}, Unit{"D", 86'400'000, 1}, Unit{"h", 3'600'000, 1}, Unit{"m", 60'000, 1}, Unit{"s", 1000, 1}, Unit{"ms", 1, 1},
                              Unit{"us", 1, 1000}, Unit{"ns", 1, 1'000'000}}) {
        if (known.name != unit) continue;
        type.dateNumerator = known.numerator * factor;
        type.dateDenominator = known.denominator;
        return true;
    }
    return false;
}

Result<NpyType> npyTypeFrom(const std::string& text) {
    const auto unknown = [&] { return fail("npy.type", {{"type", text}}); };
    if (text.size() < 2) return unknown();
    if (text.find('O') != std::string::npos) return fail("npy.object");
    NpyType type;
    std::string_view left = text;
    if (left.front() == '<' || left.front() == '>' || left.front() == '|' || left.front() == '=') {
        type.swapped = left.front() == '>';
        left.remove_prefix(1);
    }
    if (left.empty()) return unknown();
    const char letter = left.front();
    left.remove_prefix(1);
    std::size_t digits = 0, size = 0;
    while (digits < left.size() && left[digits] >= '0' && left[digits] <= '9' && size < 100'000'000) size = size * 10 + static_cast<std::size_t>(left[digits++] - '0');
    left.remove_prefix(digits);
    type.size = letter == 'U' ? size * 4 : size;
    const bool integral = size == 1 || size == 2 || size == 4 || size == 8;
    if (letter == 'b' && size == 1) type.kind = NpyKind::Boolean;
    else if (letter == 'i' && integral) type.kind = NpyKind::Signed;
    else if (letter == 'u' && integral) type.kind = NpyKind::Unsigned;
    else if (letter == 'f' && integral && size > 1) type.kind = NpyKind::Float;
    else if ((letter == 'S' || letter == 'a') && digits > 0) type.kind = NpyKind::Bytes;
    else if (letter == 'U' && digits > 0) type.kind = NpyKind::Unicode;
    else if (letter == 'M' && size == 8 && readDateUnit(left, type)) type.kind = NpyKind::Date;
    else return unknown();
    if (type.kind != NpyKind::Date && !left.empty()) return unknown();
    return type;
}

template <class T> T npyRaw(const std::byte* at, bool swapped) {
    std::byte bytes[sizeof(T)];
    std::memcpy(bytes, at, sizeof(T));
    if (swapped) std::reverse(bytes, bytes + sizeof(T));
    T value;
    std::memcpy(&value, bytes, sizeof(T));
    return value;
}

double npyHalf(std::uint16_t bits) {
    const int exponent = (bits >> 10) & 31, fraction = bits & 1023;
    const double sign = (bits & 0x8000) != 0 ? -1 : 1;
    if (exponent == 31) return fraction != 0 ? std::numeric_limits<double>::quiet_NaN() : sign * std::numeric_limits<double>::infinity();
    return sign * (exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25));
}

void putNpyCharacter(std::string& out, std::uint32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 63));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 63));
        out += static_cast<char>(0x80 | (c & 63));
    } else {
        out += static_cast<char>(0xF0 | (c >> 18));
        out += static_cast<char>(0x80 | ((c >> 12) & 63));
        out += static_cast<char>(0x80 | ((c >> 6) & 63));
        out += static_cast<char>(0x80 | (c & 63));
    }
}

std::string npyShapeText(const std::vector<std::int64_t>& shape) {
    std::string text;
    for (const auto size : shape) text += (text.empty() ? "" : "×") + std::to_string(size);
    return text.empty() ? "1" : text;
}

}  // namespace

Result<NpyReader> NpyReader::open(const Path& path, bool beginning) {
    LAMINA_TRY(auto file, SourceFile::open(path));
    NpyReader reader(std::move(file));
    auto read = reader.readHeader();
    if (read) read = reader.checkSize(beginning);
    if (!read) return read.takeError().with("file", path.string());
    return reader;
}

Result<void> NpyReader::readHeader() {
    std::byte start[12];
    if (m_file.size() < 10) return fail("npy.magic");
    const std::size_t startBytes = std::min<std::size_t>(12, static_cast<std::size_t>(m_file.size()));
    LAMINA_CHECK(m_file.read(0, std::span(start).first(startBytes)));
    if (std::memcmp(start, "\x93NUMPY", 6) != 0) return fail("npy.magic");
    const int version = std::to_integer<int>(start[6]);
    if (version < 1 || version > 3 || (version > 1 && startBytes < 12)) return fail("npy.header", {{"reason", "version " + std::to_string(version)}});
    const std::uint64_t length = version == 1 ? npyRaw<std::uint16_t>(start + 8, false) : npyRaw<std::uint32_t>(start + 8, false);
    const std::uint64_t headerAt = version == 1 ? 10 : 12;
    if (length > npyLongestHeader || length > m_file.size() - headerAt) return fail("npy.header", {{"reason", std::to_string(length) + " bytes"}});
    m_dataAt = headerAt + length;
    std::string header(static_cast<std::size_t>(length), '\0');
    LAMINA_CHECK(m_file.read(headerAt, std::as_writable_bytes(std::span(header))));

    NpyLiteral literal(header);
    const auto broken = [](const char* what) { return fail("npy.header", {{"reason", what}}); };
    if (!literal.take('{')) return broken("{");
    bool hasShape = false;
    while (!literal.take('}')) {
        const auto key = literal.string();
        if (!key || !literal.take(':')) return broken("key");
        if (*key == "fortran_order") {
            const auto order = literal.boolean();
            if (!order) return broken("fortran_order");
            m_fortran = *order;
        } else if (*key == "shape") {
            const auto shape = literal.tuple();
            if (!shape) return broken("shape");
            m_shape = *shape;
            hasShape = true;
        } else if (*key == "descr" && literal.take('[')) {
            m_structured = true;
            while (!literal.take(']')) {
                if (!literal.take('(')) return broken("descr");
                const auto name = literal.string();
                if (!name || !literal.take(',')) return broken("descr");
                const auto type = literal.string();
                if (!type) return fail("npy.type", {{"type", "nested fields"}});
                LAMINA_TRY(const auto parsed, npyTypeFrom(*type));
                if (!literal.take(')')) return fail("npy.type", {{"type", *name + ": " + *type + " with a shape"}});
                // Padding between fields has no name.
                if (!name->empty()) m_fields.push_back({*name, parsed, m_valueBytes});
                m_valueBytes += parsed.size;
                if (m_fields.size() > 4096) return broken("descr");
                if (!literal.take(',') && !literal.peek(']')) return broken("descr");
            }
        } else if (*key == "descr") {
            const auto type = literal.string();
            if (!type) return broken("descr");
            m_typeText = *type;
            LAMINA_TRY(const auto parsed, npyTypeFrom(*type));
            m_fields.assign(1, {"", parsed, 0});
            m_valueBytes = parsed.size;
        } else {
            return broken(key->c_str());
        }
        if (!literal.take(',') && !literal.peek('}')) return broken(",");
    }
    if (!hasShape || m_fields.empty()) return broken("shape, descr");
    return {};
}

Result<void> NpyReader::checkSize(bool beginning) {
    std::uint64_t bytes = m_valueBytes;
    const std::uint64_t there = m_file.size() - m_dataAt;
    bool tooLarge = false, empty = m_valueBytes == 0;
    for (const auto size : m_shape) {
        empty |= size == 0;
        tooLarge |= size != 0 && bytes > std::numeric_limits<std::uint64_t>::max() / static_cast<std::uint64_t>(size);
        bytes *= static_cast<std::uint64_t>(size);
    }
    if (tooLarge || (!empty && bytes > there && (!beginning || m_shape.empty()))) return fail("npy.size", {{"shape", npyShapeText(m_shape)}, {"bytes", std::to_string(there)}});
    if (empty) return fail("npy.empty", {{"shape", npyShapeText(m_shape)}});
    for (std::size_t i = 1; i < m_shape.size(); ++i) m_rowValues *= m_shape[i];
    m_claimedRows = rows();
    const auto rowBytes = static_cast<std::uint64_t>(m_rowValues) * m_valueBytes;
    if (rowBytes > npyLargestRow) return fail("npy.row_too_large", {{"shape", npyShapeText(m_shape)}, {"limit", std::to_string(npyLargestRow)}});
    if (bytes > there) m_shape[0] = m_fortran ? 0 : static_cast<std::int64_t>(there / rowBytes);
    return {};
}

Result<void> NpyReader::readRows(std::int64_t first, std::int64_t count, std::vector<std::byte>& out) const {
    const auto rowBytes = static_cast<std::size_t>(m_rowValues) * m_valueBytes;
    out.resize(static_cast<std::size_t>(count) * rowBytes);
    if (!m_fortran || m_shape.size() < 2) return m_file.read(m_dataAt + static_cast<std::uint64_t>(first) * rowBytes, out);
    // The first axis runs fastest in the file: all rows of one place within the row lie together.
    std::vector<std::byte> run(static_cast<std::size_t>(count) * m_valueBytes);
    std::vector<std::int64_t> place(m_shape.size(), 0);
    for (std::int64_t j = 0; j < m_rowValues; ++j) {
        LAMINA_CHECK(m_file.read(m_dataAt + (static_cast<std::uint64_t>(j) * static_cast<std::uint64_t>(rows()) + static_cast<std::uint64_t>(first)) * m_valueBytes, run));
        std::int64_t inC = 0;
        for (std::size_t axis = 1; axis < m_shape.size(); ++axis) inC = inC * m_shape[axis] + place[axis];
        for (std::int64_t row = 0; row < count; ++row)
            std::memcpy(out.data() + static_cast<std::size_t>(row) * rowBytes + static_cast<std::size_t>(inC) * m_valueBytes,
                        run.data() + static_cast<std::size_t>(row) * m_valueBytes, m_valueBytes);
        for (std::size_t axis = 1; axis < m_shape.size() && ++place[axis] == m_shape[axis]; ++axis) place[axis] = 0;
    }
    return {};
}

std::int64_t npyInteger(const NpyType& type, const std::byte* at) {
    const bool isSigned = type.kind == NpyKind::Signed;
    switch (type.size) {
        case 1: return isSigned ? std::int64_t{npyRaw<std::int8_t>(at, false)} : std::int64_t{npyRaw<std::uint8_t>(at, false)};
        case 2: return isSigned ? std::int64_t{npyRaw<std::int16_t>(at, type.swapped)} : std::int64_t{npyRaw<std::uint16_t>(at, type.swapped)};
        case 4: return isSigned ? std::int64_t{npyRaw<std::int32_t>(at, type.swapped)} : std::int64_t{npyRaw<std::uint32_t>(at, type.swapped)};
        default: return npyRaw<std::int64_t>(at, type.swapped);
    }
}

double npyNumber(const NpyType& type, const std::byte* at) {
    if (type.kind != NpyKind::Float) {
        if (type.kind == NpyKind::Unsigned && type.size == 8) return static_cast<double>(npyRaw<std::uint64_t>(at, type.swapped));
        return static_cast<double>(npyInteger(type, at));
    }
    if (type.size == 2) return npyHalf(npyRaw<std::uint16_t>(at, type.swapped));
    if (type.size == 4) return static_cast<double>(npyRaw<float>(at, type.swapped));
    return npyRaw<double>(at, type.swapped);
}

std::string npyText(const NpyType& type, const std::byte* at, bool& valid) {
    std::string text;
    valid = true;
    if (type.kind == NpyKind::Bytes) {
        text.assign(reinterpret_cast<const char*>(at), type.size);
    } else {
        for (std::size_t i = 0; i < type.size; i += 4) {
            const auto c = npyRaw<std::uint32_t>(at + i, type.swapped);
            valid &= c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
            putNpyCharacter(text, valid ? c : 0);
        }
    }
    text.erase(text.find_last_not_of('\0') + 1);
    valid &= invalidUtf8At(text) == std::string_view::npos;
    return valid ? text : std::string();
}

std::int64_t npyTime(const NpyType& type, const std::byte* at, bool& missing) {
    const auto steps = npyRaw<std::int64_t>(at, type.swapped);
    const auto most = std::numeric_limits<std::int64_t>::max() / type.dateNumerator;
    missing = steps == std::numeric_limits<std::int64_t>::min() || steps > most || steps < -most;
    if (missing) return 0;
    const auto scaled = steps * type.dateNumerator;
    return scaled / type.dateDenominator - (scaled % type.dateDenominator < 0);
}

}  // namespace lamina
