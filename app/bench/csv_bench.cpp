// Reading a CSV table: our importer's reader and pandas on the same generated file.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "app/bench/peers.h"
#include "app/bench/report.h"
#include "core/base/clock.h"
#include "core/data/importers/csv.h"
#include "core/tensor/random.h"

namespace lamina::bench {

namespace {

constexpr std::int64_t rows = 1'000'000, blockRows = 20'000;

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

/// A million rows, about 240 MB: a block of random rows, again and again.
void writeTable(const Path& path) {
    std::ofstream file(path);
    const RandomStream random(1, streamOf("csv"));
    for (int column = 0; column < 20; ++column) file << (column ? "," : "") << "column_" << column;
    file << '\n';
    std::string block;
    for (std::uint64_t row = 0; row < blockRows; ++row) block += makeRow(random, row);
    for (std::int64_t row = 0; row < rows; row += blockRows) file << block;
}

double medianOf(std::vector<double> values) {
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

}  // namespace

std::string readCsvReport(const std::string& path, int threads) {
    const Stopwatch watch;
    const auto table = parseCsv(path, {}, threads);
    const double seconds = watch.seconds();
    if (!table) return nlohmann::json{{"error", table.error().debugText()}}.dump();
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return nlohmann::json{{"seconds", seconds}, {"rows", table->rows}, {"megabytes", static_cast<double>(usage.ru_maxrss) / 1024}}.dump();
}

std::vector<Figure> measureCsv(const Settings& settings) {
    Figure speed{"csv_vs_pandas", {}, {}}, memory{"csv_memory_ratio", {}, {}};
    const Path path = std::filesystem::temp_directory_path() / ("lamina-bench-" + std::to_string(getpid()) + ".csv");
    writeTable(path);
    const double size = static_cast<double>(std::filesystem::file_size(path)) / 1e6;
    std::vector<double> ratios, memories;
    for (int round = 0; round < settings.rounds; ++round) {
        const auto ours = runSelf({"read-csv", path.string(), "--threads", std::to_string(settings.threads)});
        const auto theirs = runPeer(settings.python, "pandas_csv.py", {path.string()}, settings.threads);
        if (!ours || !theirs || ours->value("rows", std::int64_t{0}) != rows) {
            speed.lines.push_back(theirs ? "the table could not be read: " + (ours ? ours->dump() : "")
                                         : "pandas did not run (Debian package python3-pandas)");
            break;
        }
        const double oursSeconds = ours->at("seconds").get<double>(), oursMemory = ours->at("megabytes").get<double>();
        const double theirSeconds = theirs->at("seconds").get<double>(), theirMemory = theirs->at("megabytes").get<double>();
        ratios.push_back(theirSeconds / oursSeconds);
        memories.push_back(oursMemory / theirMemory);
        speed.lines.push_back(line("CSV, %.0f MB: %.0f MB/s and %.0f MB of memory at most; pandas %s: %.0f MB/s and %.0f MB", size,
                                   size / oursSeconds, oursMemory, theirs->at("version").get<std::string>().c_str(), size / theirSeconds,
                                   theirMemory));
    }
    std::filesystem::remove(path);
    if (ratios.size() == static_cast<std::size_t>(settings.rounds)) {
        speed.value = medianOf(ratios);
        memory.value = medianOf(memories);
    }
    return {speed, memory};
}

}  // namespace lamina::bench
