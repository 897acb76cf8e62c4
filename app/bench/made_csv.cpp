#include "app/bench/made_csv.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>

#include "core/tensor/random.h"

namespace lamina::bench {

namespace {

constexpr std::int64_t blockRows = 20'000;

/// One row of twenty mixed columns: seven of whole numbers, nine with a fraction, four of quoted words (commas and quotes in some) with a number; one cell in twenty is empty.
std::string makeRow(const RandomStream& random, std::uint64_t row) {
    static const char* const words[] = {"alpha", "beta, gamma", "say \"\"hi\"\"", "delta", "long text, with comma", "x"};
    std::string text;
    char cell[48];
    for (std::uint64_t column = 0; column < 20; ++column) {
        const std::uint64_t element = (row * 20 + column) * 2;
        const std::uint32_t bits = random.bits(element), other = random.bits(element + 1);
        if (column < 7) std::snprintf(cell, sizeof cell, "%d", column % 2 ? static_cast<int>(bits % 2'000'000'001u) - 1'000'000'000 : static_cast<int>(bits % 100'000));
        else if (column < 16 && column % 3 != 1) std::snprintf(cell, sizeof cell, "%.12g", 100.0 * static_cast<double>(random.normal(element)));
        else if (column < 16) std::snprintf(cell, sizeof cell, "%.6f", static_cast<double>(bits) * 1e4 * 0x1p-32);
        else std::snprintf(cell, sizeof cell, "\"%s %u\"", words[bits % 6], other % 100'000);
        text += column ? "," : "";
        if (other % 20 != 0) text += cell;
    }
    return text + '\n';
}

}  // namespace

void writeMixedCsv(const Path& path, std::int64_t rows) {
    std::ofstream file(path);
    const RandomStream random(1, streamOf("csv"));
    for (int column = 0; column < 20; ++column) file << (column ? "," : "") << "column_" << column;
    file << '\n';
    std::string block;
    const std::int64_t made = std::min(rows, blockRows);
    for (std::int64_t row = 0; row < made; ++row) block += makeRow(random, static_cast<std::uint64_t>(row));
    for (std::int64_t row = 0; row < rows; row += made) file << block;
}

}  // namespace lamina::bench
