// Reading a CSV table: our importer's reader and pandas on the same generated file.
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>

#include "app/bench/made_csv.h"
#include "app/bench/peers.h"
#include "app/bench/report.h"
#include "app/bench/turns.h"
#include "core/base/clock.h"
#include "core/data/importers/csv.h"

namespace lamina::bench {

namespace {

constexpr std::int64_t roadCsvRows = 1'000'000;

}  // namespace

std::string readCsvReport(const std::string& path, int threads) {
    const Stopwatch watch;
    const auto table = parseCsv(path, {}, threads);
    const double seconds = watch.seconds();
    if (!table) return nlohmann::json{{"error", table.error().debugText()}}.dump();
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto inSeconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6; };
    return nlohmann::json{{"seconds", seconds}, {"processor", inSeconds(usage.ru_utime) + inSeconds(usage.ru_stime)}, {"rows", table->rows}, {"megabytes", static_cast<double>(usage.ru_maxrss) / 1024}}.dump();
}

std::vector<Figure> measureCsv(const Settings& settings) {
    Figure speed{"csv_vs_pandas", {}, {}}, memory{"csv_memory_ratio", {}, {}};
    const Path path = std::filesystem::temp_directory_path() / ("lamina-bench-" + std::to_string(getpid()) + ".csv");
    writeMixedCsv(path, roadCsvRows);
    const double size = static_cast<double>(std::filesystem::file_size(path)) / 1e6;
    std::vector<double> ratios, memories;
    for (int round = 0; round < settings.rounds; ++round) {
        const auto ours = runSelf({"read-csv", path.string(), "--threads", std::to_string(settings.threads)});
        const auto theirs = runPeer(settings.python, "pandas_csv.py", {path.string()}, settings.threads);
        if (!ours || !theirs || ours->value("rows", std::int64_t{0}) != roadCsvRows) {
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
        speed.value = median(ratios);
        memory.value = median(memories);
    }
    return {speed, memory};
}

}  // namespace lamina::bench
