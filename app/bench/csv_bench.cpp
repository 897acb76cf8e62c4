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

constexpr std::int64_t rows = 200'000;

/// Twenty columns: numbers with and without a fraction, words from a small set.
void writeTable(const Path& path) {
    std::ofstream file(path);
    const RandomStream random(1, streamOf("csv"));
    static const char* const words[] = {"alpha", "beta", "gamma", "delta", "epsilon"};
    for (int column = 0; column < 20; ++column) file << (column ? "," : "") << "column_" << column;
    file << '\n';
    char cell[32];
    for (std::int64_t i = 0; i < rows * 20; ++i) {
        const auto column = i % 20;
        const auto bits = random.bits(static_cast<std::uint64_t>(i));
        if (column < 12) std::snprintf(cell, sizeof cell, "%.6f", static_cast<double>(bits) * 1e-5);
        else if (column < 16) std::snprintf(cell, sizeof cell, "%u", bits % 100000);
        else std::snprintf(cell, sizeof cell, "%s", words[bits % 5]);
        file << cell << (column == 19 ? '\n' : ',');
    }
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
        const auto theirs = runPeer("pandas_csv.py", {path.string()}, settings.threads);
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
