// Cleaning steps on a million rows of twenty columns, one by one, against what pandas takes for the same; and the profile of that table.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "app/bench/data_bench.h"
#include "app/bench/peers.h"
#include "app/bench/turns.h"
#include "core/base/clock.h"
#include "core/data/cleaning/step_type.h"
#include "core/data/profile/profile_table.h"
#include "core/data/time_text.h"

namespace lamina::bench {

namespace {

constexpr std::int64_t cleanedRows = 1'000'000;

/// number_0 … 6, whole_0 … 3, kind_0 … 2, text_0 … 3, day, time
struct MixedColumn {
    const char* name;
    ColumnKind kind;
};
constexpr MixedColumn mixedColumns[] = {
    {"number_0", ColumnKind::Number}, {"number_1", ColumnKind::Number}, {"number_2", ColumnKind::Number}, {"number_3", ColumnKind::Number}, {"number_4", ColumnKind::Number},
    {"number_5", ColumnKind::Number}, {"number_6", ColumnKind::Number}, {"whole_0", ColumnKind::Integer}, {"whole_1", ColumnKind::Integer}, {"whole_2", ColumnKind::Integer},
    {"whole_3", ColumnKind::Integer}, {"kind_0", ColumnKind::Category}, {"kind_1", ColumnKind::Category}, {"kind_2", ColumnKind::Category}, {"text_0", ColumnKind::Text},
    {"text_1", ColumnKind::Text}, {"text_2", ColumnKind::Text}, {"text_3", ColumnKind::Text}, {"day", ColumnKind::Text}, {"time", ColumnKind::Time}};

std::uint64_t mixedBits(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15ull;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
    return x ^ (x >> 31);
}

void addMixedValue(ColumnData& data, std::size_t column, std::uint64_t bits) {
    const std::uint64_t value = bits >> 8;
    constexpr std::int64_t minute = 60'000;
    switch (data.kind()) {
        case ColumnKind::Number: return data.addNumber((static_cast<double>(value % 2'000'000) - 200'000) / 997.0);
        case ColumnKind::Integer: return data.addInteger(static_cast<std::int64_t>(value % 100'000));
        case ColumnKind::Category: return data.addCode(static_cast<std::int32_t>(value % 8));
        case ColumnKind::Time: return data.addInteger(static_cast<std::int64_t>(value % 30'000'000) * minute);
        default: break;
    }
    if (std::string_view(mixedColumns[column].name) == "day") return data.addText(timeText(static_cast<std::int64_t>(value % 20'000) * 1440 * minute));
    data.addText((value % 3 == 0 ? " Text " : "Some words ") + std::to_string(value % 100'000));
}

ColumnData makeMixedColumn(std::size_t column, std::int64_t rows) {
    ColumnData data(mixedColumns[column].kind);
    data.reserve(rows);
    for (std::int64_t row = 0; row < rows; ++row) {
        const std::uint64_t bits = mixedBits(static_cast<std::uint64_t>(row) * std::size(mixedColumns) + column);
        if (bits % 20 == 0) data.addMissing();
        else addMixedValue(data, column, bits);
    }
    if (data.kind() == ColumnKind::Category) data.setDictionary({"red", "green", "blue", "yellow", "black", "white", "grey", "none of these"});
    return data;
}

/// For the peer, which reads it before the clock starts.
void writeForPeer(const Path& path, const Table& table) {
    std::ofstream file(path);
    for (std::size_t c = 0; c < table.columnCount(); ++c) file << (c ? "," : "") << table.info(c).name;
    file << '\n';
    std::string block;
    for (std::int64_t row = 0; row < table.rows(); ++row) {
        for (std::size_t c = 0; c < table.columnCount(); ++c) {
            block += c ? "," : "";
            block += table.cellText(row, c);
        }
        block += '\n';
        if (block.size() > (1u << 20)) {
            file << block;
            block.clear();
        }
    }
    file << block;
}

/// A step as people use it. `peer`: pandas takes part under the step's id.
struct MeasuredCleaning {
    const char *step, *settings;
    bool singlePass = true;
};
constexpr MeasuredCleaning measuredCleaning[] = {
    {"fill_missing", R"({"method": "mean"})"},
    {"missing_flags", R"({"columns": ["number_0", "number_1", "whole_0", "text_0"]})"},
    {"drop_missing_rows", "{}"},
    {"mark_missing", R"({"words": ["Some words 5", "none of these", "7"]})"},
    {"clip_values", R"({"columns": ["number_0", "number_1", "number_2", "number_3"], "low": "0", "high": "1000"})"},
    {"standardize", R"({"columns": ["number_0", "number_1", "number_2", "number_3", "number_4", "number_5", "number_6"]})"},
    {"min_max_scale", R"({"columns": ["number_0", "number_1", "number_2", "number_3", "number_4", "number_5", "number_6"]})"},
    {"log_transform", R"({"columns": ["whole_0", "whole_1", "whole_2", "whole_3"]})"},
    {"filter", R"({"condition": "number_0 > 0 and whole_0 < 50000"})"},
    {"formula", R"({"formula": "number_0 * 2 + number_1 / 3", "name": "sum"})"},
    {"trim_text", R"({"columns": ["text_0", "text_1", "text_2", "text_3"]})"},
    {"change_case", R"({"columns": ["text_0", "text_1", "text_2", "text_3"], "to": "lower"})"},
    {"replace_text", R"({"columns": ["text_0", "text_1", "text_2", "text_3"], "find": "words", "with": "terms"})"},
    {"text_length", R"({"columns": ["text_0", "text_1", "text_2", "text_3"]})"},
    {"map_values", R"({"columns": ["kind_0"], "from": ["red", "green"], "to": ["Red", "Green"]})"},
    {"one_hot", R"({"columns": ["kind_0", "kind_1"]})"},
    {"ordinal_encode", R"({"columns": ["kind_0", "kind_1", "kind_2"]})"},
    {"parse_dates", R"({"columns": ["day"]})"},
    {"date_parts", R"({"columns": ["time"], "parts": ["year", "month", "day", "weekday"]})"},
    {"drop_duplicates", "{}", false},
    {"bin", R"({"columns": ["number_0", "number_1"], "method": "quantiles", "bins": 10})", false},
};

struct TakenTime {
    double seconds = 0, processor = 0;
};

double processorSeconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto inSeconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6; };
    return inSeconds(usage.ru_utime) + inSeconds(usage.ru_stime);
}

/// Learning and applying, or why it did not run.
Result<TakenTime> timeCleaning(const MeasuredCleaning& measured, const CleanTable& input, int threads) {
    const CleaningStepType* type = findCleaningStep(measured.step);
    if (!type) return fail("cleaning.unknown_step", {{"step", measured.step}, {"known", ""}});
    std::any settings = type->defaults;
    LAMINA_CHECK(propertiesFromJson(type->properties, nlohmann::json::parse(measured.settings), settings));
    CleaningContext context;
    context.threads = threads;
    StepReport report;
    const double before = processorSeconds();
    const Stopwatch watch;
    nlohmann::json fitted;
    if (type->fit) {
        LAMINA_TRY(fitted, type->fit(input, {}, settings, context));
    }
    LAMINA_TRY(const auto done, type->apply(input, settings, fitted, context, report));
    return TakenTime{watch.seconds(), processorSeconds() - before};
}

Figure profileFigure(const Table& table, int threads, int rounds) {
    Figure figure{"profile_1m_x_20_s", {}, {}};
    std::vector<double> seconds;
    for (int round = 0; round < rounds; ++round) {
        ProfileSettings settings;
        settings.threads = threads;
        const Stopwatch watch;
        if (const auto profile = profileTable({table, {}, {}, "number_0", {}, {}}, settings)) seconds.push_back(watch.seconds());
        else figure.reason = profile.error().debugText();
    }
    if (!seconds.empty()) figure.value = median(seconds);
    return figure;
}

}  // namespace

Table makeMixedTable(std::int64_t rows) {
    std::vector<TableColumn> columns;
    for (std::size_t c = 0; c < std::size(mixedColumns); ++c) columns.push_back(TableColumn::inMemory(makeMixedColumn(c, rows), mixedColumns[c].name, mixedColumns[c].name));
    return std::move(*Table::of(std::move(columns)));
}

std::vector<Figure> measureCleaning(const Settings& settings) {
    const Table table = makeMixedTable(cleanedRows);
    const Path path = std::filesystem::temp_directory_path() / ("lamina-bench-steps-" + std::to_string(getpid()) + ".csv");
    writeForPeer(path, table);
    const auto peer = runPeer(settings.python, "pandas_steps.py", {path.string()}, settings.threads);
    std::filesystem::remove(path);
    Figure worst{"clean_step_worst_s", {}, {}}, ratio{"clean_vs_pandas", {}, {}};
    std::vector<double> ratios;
    CleanTable input;
    input.table = table;
    for (const MeasuredCleaning& measured : measuredCleaning) {
        std::vector<double> seconds, processor;
        std::string reason;
        for (int round = 0; round < std::max(settings.rounds, 3); ++round) {
            const auto once = timeCleaning(measured, input, settings.threads);
            if (!once) reason = once.error().debugText();
            if (!once) continue;
            seconds.push_back(once->seconds);
            processor.push_back(once->processor);
        }
        if (seconds.empty()) {
            worst.lines.push_back(line("%s: %s", measured.step, reason.c_str()));
            continue;
        }
        // The peer tells its best of three too.
        const double ours = *std::min_element(seconds.begin(), seconds.end()), busy = *std::min_element(processor.begin(), processor.end());
        std::string told = line("%s: %.4f s, %.4f s of processor time", measured.step, ours, busy);
        if (peer && peer->contains(measured.step)) {
            const auto& theirs = peer->at(measured.step);
            ratios.push_back(theirs.at("seconds").get<double>() / ours);
            told += line("; pandas %.4f s, %.4f s (%.2f, %.2f)", theirs.at("seconds").get<double>(), theirs.at("processor").get<double>(), ratios.back(),
                         theirs.at("processor").get<double>() / busy);
        }
        worst.lines.push_back(told);
        if (measured.singlePass) worst.value = std::max(worst.value.value_or(0), median(seconds));
    }
    if (!ratios.empty()) ratio.value = median(ratios);
    else ratio.reason = "pandas did not run in " + settings.python;
    ratio.lines.push_back("the median of the steps");
    return {worst, ratio, profileFigure(table, settings.threads, settings.rounds)};
}

}  // namespace lamina::bench
