#include "core/data/row_hash.h"

#include <bit>
#include <cstring>

#include "core/base/parallel.h"
#include "core/data/image_reference.h"

namespace lamina {

namespace {

constexpr std::int64_t hashedSlice = 1 << 15;
constexpr std::uint64_t missingHash = 0x5bd1e9955bd1e995ull;

constexpr std::uint64_t scrambled(std::uint64_t x) {
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93ull;
    x ^= x >> 29;
    x *= 0xa0761d6478bd642full;
    return x ^ (x >> 32);
}

std::uint64_t folded(std::uint64_t a, std::uint64_t b) {
    const auto product = static_cast<unsigned __int128>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t eightBytes(const char* at) {
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    return word;
}

std::uint64_t lastBytes(const char* at, std::size_t count) {
    std::uint64_t word = 0;
    if (count > 0) std::memcpy(&word, at, count);  // an empty text may have no address
    return word;
}

std::uint64_t numberHash(double value) { return std::bit_cast<std::uint64_t>(value == 0.0 ? 0.0 : value); }

/// A whole number has the hash of the same value as a Number, where that can hold it.
std::uint64_t integerHash(std::int64_t value) {
    constexpr std::int64_t exact = std::int64_t{1} << 53;
    return value >= -exact && value <= exact ? numberHash(static_cast<double>(value)) : static_cast<std::uint64_t>(value);
}

/// What a column gives to the hash of a row: columns must not cancel each other out, so each has a salt of its own, made of its name.
struct ColumnSalt {
    std::uint64_t salt;
    std::uint64_t operator()(std::uint64_t cell) const { return scrambled(cell + salt); }
};

template <class Cell>
void addCells(std::uint64_t* hashes, std::int64_t first, std::int64_t last, ColumnSalt salted, std::uint64_t sign, Cell cell) {
    for (std::int64_t row = first; row < last; ++row) hashes[row] += sign * salted(cell(row));
}

void addSlice(std::uint64_t* hashes, const ColumnView& view, std::span<const std::uint64_t> words, std::int64_t first, std::int64_t last,
              ColumnSalt salted, std::uint64_t sign) {
    if (view.kind == ColumnKind::Number)
        return addCells(hashes, first, last, salted, sign, [&](std::int64_t row) {
            const double value = view.numbers[static_cast<std::size_t>(row)];
            return value != value ? missingHash : numberHash(value);
        });
    if (view.kind == ColumnKind::Category)
        return addCells(hashes, first, last, salted, sign, [&](std::int64_t row) {
            const std::int32_t code = view.codes[static_cast<std::size_t>(row)];
            return code < 0 ? missingHash : words[static_cast<std::size_t>(code)];
        });
    addCells(hashes, first, last, salted, sign, [&](std::int64_t row) { return hashCell(view, row); });
}

std::vector<std::uint64_t> hashesOfWords(const ColumnView& view) {
    std::vector<std::uint64_t> words;
    if (view.kind != ColumnKind::Category) return words;
    words.reserve(view.dictionary.size());
    for (const auto& word : view.dictionary) words.push_back(hashBytes(word));
    return words;
}

std::string_view bytesOf(std::span<const std::byte> element) { return {reinterpret_cast<const char*>(element.data()), element.size()}; }

}  // namespace

std::uint64_t hashBytes(std::string_view bytes) {
    constexpr std::uint64_t a = 0xa0761d6478bd642full, b = 0xe7037ed1a0b428dbull;
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    std::uint64_t hash = a ^ left;
    for (; left > 16; at += 16, left -= 16) hash = folded(eightBytes(at) ^ b, eightBytes(at + 8) ^ hash);
    const std::uint64_t first = left > 8 ? eightBytes(at) : lastBytes(at, left);
    const std::uint64_t second = left > 8 ? lastBytes(at + 8, left - 8) : 0;
    return scrambled(folded(first ^ b, second ^ hash) ^ hash);
}

std::uint64_t hashCell(const ColumnView& view, std::int64_t row) {
    if (view.isMissing(row)) return missingHash;
    switch (view.kind) {
        case ColumnKind::Number: return numberHash(view.numbers[static_cast<std::size_t>(row)]);
        case ColumnKind::Integer:
        case ColumnKind::Time: return integerHash(view.integers[static_cast<std::size_t>(row)]);
        case ColumnKind::Boolean: return integerHash(view.booleans[static_cast<std::size_t>(row)]);
        case ColumnKind::Category:
        case ColumnKind::Text: return hashBytes(view.text(row));
        case ColumnKind::Image: return hashBytes(imageIdentity(view.text(row)));
        case ColumnKind::Tensor: break;
    }
    return hashBytes(bytesOf(view.element(row)));
}

bool cellsAreEqual(const ColumnView& a, std::int64_t rowA, const ColumnView& b, std::int64_t rowB) {
    const bool missing = a.isMissing(rowA);
    if (missing || b.isMissing(rowB)) return missing == b.isMissing(rowB);
    switch (a.kind) {
        case ColumnKind::Number:
        case ColumnKind::Boolean: return a.number(rowA) == b.number(rowB);
        case ColumnKind::Integer:
        case ColumnKind::Time: return a.integers[static_cast<std::size_t>(rowA)] == b.integers[static_cast<std::size_t>(rowB)];
        case ColumnKind::Category:
        case ColumnKind::Text: return a.text(rowA) == b.text(rowB);
        case ColumnKind::Image: return imageIdentity(a.text(rowA)) == imageIdentity(b.text(rowB));
        case ColumnKind::Tensor: break;
    }
    return bytesOf(a.element(rowA)) == bytesOf(b.element(rowB));
}

Result<void> addToHashes(std::vector<std::uint64_t>& hashes, const Table& table, const std::vector<std::size_t>& columns, bool takeAway, int threads,
                         const CancelToken& cancel) {
    std::vector<std::vector<std::uint64_t>> words;
    for (const std::size_t column : columns) words.push_back(hashesOfWords(table.view(column)));
    const std::int64_t rows = table.rows();
    parallelFor(static_cast<std::size_t>((rows + hashedSlice - 1) / hashedSlice), threads, [&](std::size_t slice) {
        const std::int64_t first = static_cast<std::int64_t>(slice) * hashedSlice, last = std::min(rows, first + hashedSlice);
        for (std::size_t c = 0; c < columns.size() && !cancel.cancelled(); ++c) {
            const ColumnSalt salt{hashBytes(table.info(columns[c]).name)};
            addSlice(hashes.data(), table.view(columns[c]), words[c], first, last, salt, takeAway ? ~0ull : 1ull);
        }
    });
    if (cancel.cancelled()) return fail("job.cancelled");
    return {};
}

Result<std::vector<std::uint64_t>> hashRows(const Table& table, const std::vector<std::size_t>& columns, int threads, const CancelToken& cancel) {
    std::vector<std::uint64_t> hashes(static_cast<std::size_t>(table.rows()), 0);
    LAMINA_CHECK(addToHashes(hashes, table, columns, false, threads, cancel));
    return hashes;
}

bool rowsAreEqual(const Table& table, const std::vector<std::size_t>& columns, std::int64_t a, std::int64_t b) {
    for (const std::size_t column : columns) {
        const ColumnView view = table.view(column);
        if (!cellsAreEqual(view, a, view, b)) return false;
    }
    return true;
}

}  // namespace lamina
