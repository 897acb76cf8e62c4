// Data: reading tables against pandas and pyarrow, importing large ones, cleaning, profile, sorting and filtering.
#include "app/bench/data_bench.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "app/bench/made_csv.h"
#include "app/bench/peers.h"
#include "app/bench/turns.h"
#include "core/base/clock.h"
#include "core/data/importers/csv.h"

namespace lamina::bench {

namespace {

constexpr std::int64_t comparedCsvRows = 1'000'000, manyCsvRows = 10'000'000, fewCsvRows = 10'000;
constexpr std::uintmax_t spaceForMany = 8ull << 30;

class BenchFolder {
public:
    BenchFolder() : m_path(std::filesystem::temp_directory_path() / ("lamina-bench-data-" + std::to_string(getpid()))) {
        std::filesystem::create_directories(m_path);
    }
    ~BenchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    BenchFolder(const BenchFolder&) = delete;
    BenchFolder& operator=(const BenchFolder&) = delete;
    Path operator/(const char* name) const { return m_path / name; }

private:
    Path m_path;
};

Figure unmeasured(const char* name, std::string reason) { return {name, {}, {}, std::move(reason)}; }

std::optional<nlohmann::json> readBySelf(const Path& path, int threads) {
    auto report = runSelf({"read-csv", path.string(), "--threads", std::to_string(threads)});
    if (!report || !report->contains("seconds")) return std::nullopt;
    return report;
}

/// Ours, pandas and pyarrow in turn; their ratios round by round.
std::vector<Figure> compareReaders(const Path& path, const Settings& settings) {
    struct Reader {
        const char *figure, *program, *name;
    };
    std::vector<Figure> figures;
    std::map<std::string, std::vector<double>> ratios;
    std::vector<double> speeds;
    Figure speed{"csv_mb_per_s", {}, {}};
    const double megabytes = static_cast<double>(std::filesystem::file_size(path)) / 1e6;
    const Reader readers[] = {{"csv_vs_pandas", "pandas_csv.py", "pandas"}, {"csv_vs_pyarrow", "pyarrow_csv.py", "pyarrow"}};
    for (int round = 0; round < settings.rounds; ++round) {
        const auto ours = readBySelf(path, settings.threads);
        if (!ours) continue;
        const double seconds = ours->at("seconds").get<double>();
        speeds.push_back(megabytes / seconds);
        const double busy = ours->value("processor", 0.0);
        std::string told = line("CSV, %.0f MB: %.0f MB/s, %.2f s of processor time", megabytes, speeds.back(), busy);
        for (const Reader& reader : readers) {
            const auto theirs = runPeer(settings.python, reader.program, {path.string()}, settings.threads);
            if (!theirs || !theirs->contains("seconds")) continue;
            ratios[reader.figure].push_back(theirs->at("seconds").get<double>() / seconds);
            told += line("; %s %s: %.0f MB/s, %.2f s", reader.name, theirs->at("version").get<std::string>().c_str(), megabytes / theirs->at("seconds").get<double>(),
                         theirs->value("processor", 0.0));
        }
        speed.lines.push_back(told);
    }
    for (const Reader& reader : readers) {
        if (ratios[reader.figure].empty()) figures.push_back(unmeasured(reader.figure, std::string(reader.name) + " did not run in " + settings.python));
        else figures.push_back({reader.figure, median(ratios[reader.figure]), {}});
    }
    if (!speeds.empty()) speed.value = median(speeds);
    else speed.reason = "the table could not be read";
    figures.push_back(speed);
    return figures;
}

double secondsPerRow(const Path& path, std::int64_t rows, int threads, int tries) {
    double best = 1e9;
    for (int i = 0; i < tries; ++i)
        if (const auto report = readBySelf(path, threads)) best = std::min(best, report->at("seconds").get<double>());
    return best / static_cast<double>(rows);
}

/// Ten million rows: read to memory, and imported into column files.
std::vector<Figure> measureMany(const BenchFolder& folder, const Settings& settings) {
    if (std::filesystem::space(folder / "").available < spaceForMany) {
        const char* const names[] = {"csv_growth_10k_to_10m", "rows_10m_peak_gb", "import_peak_mb", "import_mb_per_s", "csv_commit_s"};
        std::vector<Figure> none;
        for (const char* name : names) none.push_back(unmeasured(name, "less than 8 GB of disk space are free"));
        return none;
    }
    const Path few = folder / "few.csv", many = folder / "many.csv";
    writeMixedCsv(few, fewCsvRows);
    const double perFew = secondsPerRow(few, fewCsvRows, settings.threads, 7);
    writeMixedCsv(many, manyCsvRows);
    const double megabytes = static_cast<double>(std::filesystem::file_size(many)) / 1e6;
    Figure growth{"csv_growth_10k_to_10m", {}, {}}, memory{"rows_10m_peak_gb", {}, {}}, peak{"import_peak_mb", {}, {}}, import{"import_mb_per_s", {}, {}},
        commit{"csv_commit_s", {}, {}};
    double readSeconds = 0;
    if (const auto report = readBySelf(many, settings.threads)) {
        readSeconds = report->at("seconds").get<double>();
        growth.value = readSeconds / static_cast<double>(manyCsvRows) / perFew;
        memory.value = report->at("megabytes").get<double>() / 1024;
        memory.lines.push_back(line("%.0f MB read to memory in %.2f s", megabytes, readSeconds));
    }
    const auto report = runSelf({"import-csv", many.string(), (folder / "columns").string(), "--threads", std::to_string(settings.threads)});
    std::filesystem::remove(many);
    if (!report || !report->contains("seconds")) return {growth, memory, peak, import, commit};
    const double seconds = report->at("seconds").get<double>();
    peak.value = report->at("megabytes").get<double>();
    import.value = megabytes / seconds;
    commit.value = (seconds - readSeconds) * static_cast<double>(comparedCsvRows) / static_cast<double>(manyCsvRows);
    commit.lines.push_back(line("column files of %.0f MB of text, hashed and synced: %.1f s; commit: what that takes longer than reading, per million rows", megabytes, seconds));
    return {growth, memory, peak, import, commit};
}

void addAll(std::vector<Figure>& figures, std::vector<Figure> more) {
    figures.insert(figures.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

bool partIsWanted(const Settings& settings, const std::string& part) {
    return settings.only.empty() || std::any_of(settings.only.begin(), settings.only.end(), [&](const std::string& only) { return part.find(only) != std::string::npos; });
}

}  // namespace

std::string importCsvReport(const std::string& path, const std::string& folder, int threads) {
    ImportJob job;
    job.threads = threads;
    const Stopwatch watch;
    const auto table = importWith(csv_importer(), path, {}, folder, job);
    const double seconds = watch.seconds();
    if (!table) return nlohmann::json{{"error", table.error().debugText()}}.dump();
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return nlohmann::json{{"seconds", seconds}, {"rows", table->rows}, {"megabytes", static_cast<double>(usage.ru_maxrss) / 1024}}.dump();
}

std::vector<Figure> measureData(const Settings& settings) {
    std::vector<Figure> figures;
    const BenchFolder folder;
    if (partIsWanted(settings, "csv")) {
        const Path path = folder / "table.csv";
        writeMixedCsv(path, comparedCsvRows);
        addAll(figures, compareReaders(path, settings));
        std::filesystem::remove(path);
    }
    if (partIsWanted(settings, "import")) addAll(figures, measureMany(folder, settings));
    if (partIsWanted(settings, "clean")) addAll(figures, measureCleaning(settings));
    if (partIsWanted(settings, "rows")) addAll(figures, measureRowQueries());
    return figures;
}

}  // namespace lamina::bench
