#include "core/data/cleaning/steps/number_tools.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/data/type_detection.h"

namespace lamina {

Result<std::vector<std::size_t>> numberColumns(const Table& table, const std::vector<std::string>& names, bool mayLack) {
    LAMINA_TRY(auto columns, stepColumns(table, names, {ColumnKind::Number, ColumnKind::Integer}, mayLack));
    if (names.empty())
        std::erase_if(columns, [&](std::size_t column) { return table.info(column).role == "target" || table.info(column).role == "ignore"; });
    return columns;
}

std::vector<double> teachingNumbers(const ColumnView& column, TrainingRows training) {
    std::vector<double> values;
    values.reserve(static_cast<std::size_t>(column.rows));
    std::array<double, numberChunk> buffer;
    for (std::int64_t first = 0; first < column.rows; first += numberChunk) {
        const std::int64_t count = std::min(numberChunk, column.rows - first);
        const double* const numbers = numbersOfChunk(column, {training}, first, count, buffer.data());
        // Every number is written, and kept by going on behind it: no branch on what is there.
        const std::size_t before = values.size();
        values.resize(before + static_cast<std::size_t>(count));
        double* next = values.data() + before;
        for (std::int64_t i = 0; i < count; ++i) {
            *next = numbers[i];
            next += std::abs(numbers[i]) <= std::numeric_limits<double>::max();
        }
        values.resize(static_cast<std::size_t>(next - values.data()));
    }
    return values;
}

double quantileOfSorted(const std::vector<double>& sorted, double quantile) {
    if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
    const double place = quantile * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (place - static_cast<double>(below));
}

namespace {

/// Puts the numbers of these places (increasing) where sorting would put them: the middle one first, then those on either side of it.
void selectPlaces(std::span<double> values, std::size_t before, std::span<const std::size_t> places) {
    if (places.empty() || values.empty()) return;
    const std::size_t middle = places.size() / 2, at = places[middle] - before;
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
    selectPlaces(values.first(at), before, places.first(middle));
    selectPlaces(values.subspan(at + 1), before + at + 1, places.subspan(middle + 1));
}

}  // namespace

std::vector<double> quantilesOf(std::vector<double>& values, const std::vector<double>& quantiles) {
    if (values.empty()) return std::vector<double>(quantiles.size(), std::numeric_limits<double>::quiet_NaN());
    const std::size_t last = values.size() - 1;
    std::vector<std::size_t> places;
    for (const double quantile : quantiles) {
        const auto below = static_cast<std::size_t>(quantile * static_cast<double>(last));
        places.insert(places.end(), {below, std::min(below + 1, last)});
    }
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    selectPlaces(values, 0, places);
    std::vector<double> found;
    for (const double quantile : quantiles) found.push_back(quantileOfSorted(values, quantile));
    return found;
}

MeanDeviation meanDeviation(const std::vector<double>& values) {
    const auto count = static_cast<double>(values.size());
    double sum = 0, squares = 0;
    for (const double value : values) sum += value;
    const double mean = sum / count;
    for (const double value : values) squares += (value - mean) * (value - mean);
    return {mean, std::sqrt(squares / count)};
}

Result<nlohmann::json> learnNumberColumns(const CleanTable& input, TrainingRows training, const std::vector<std::string>& names, const StepContext& context,
                                          const LearnNumbers& learn) {
    LAMINA_TRY(const auto columns, numberColumns(input.table, names));
    std::vector<nlohmann::json> learned(columns.size());
    std::vector<std::uint8_t> empty(columns.size());
    LAMINA_CHECK(forPieces(columns.size(), context, [&](std::size_t i) {
        auto values = teachingNumbers(input.table.view(columns[i]), training);
        empty[i] = values.empty();
        if (!values.empty()) learned[i] = learn(std::move(values));
    }));
    nlohmann::json all = nlohmann::json::object();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string& name = input.table.info(columns[i]).name;
        if (empty[i] && !names.empty()) return fail("cleaning.no_values_to_learn", {{"column", name}});
        if (!empty[i]) all[name] = std::move(learned[i]);
    }
    return nlohmann::json{{"columns", std::move(all)}};
}

Result<nlohmann::json> learnSumsOfColumns(const CleanTable& input, TrainingRows training, const std::vector<std::string>& names, bool squares,
                                          const StepContext& context, const LearnSums& learn) {
    LAMINA_TRY(const auto columns, numberColumns(input.table, names));
    LAMINA_TRY(const auto sums, sumColumns(input.table, columns, {training}, squares, context));
    nlohmann::json all = nlohmann::json::object();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string& name = input.table.info(columns[i]).name;
        if (sums[i].count == 0 && !names.empty()) return fail("cleaning.no_values_to_learn", {{"column", name}});
        if (sums[i].count > 0) all[name] = learn(sums[i]);
    }
    return nlohmann::json{{"columns", std::move(all)}};
}

Result<std::vector<LearnedColumn>> learnedColumns(const CleanTable& input, const nlohmann::json& fitted, const StepContext& context) {
    std::vector<LearnedColumn> columns;
    for (const auto& [name, learned] : fitted.at("columns").items()) {
        auto column = stepColumn(input.table, name);
        if (!column && context.predicting) continue;
        if (!column) return column.takeError();
        columns.push_back({*column, &learned});
    }
    std::sort(columns.begin(), columns.end(), [](const LearnedColumn& a, const LearnedColumn& b) { return a.column < b.column; });
    return columns;
}

namespace {

/// What became of numbers: those that are none any more are missing.
struct JudgedNumbers {
    std::int64_t changed = 0, missing = 0, wereMissing = 0;
};
/// Without a branch, so that the compiler makes vector code.
JudgedNumbers judgeNumbers(const double* before, double* after, std::int64_t count) {
    JudgedNumbers judged;
    for (std::int64_t i = 0; i < count; ++i) {
        const bool there = std::abs(after[i]) <= std::numeric_limits<double>::max();
        judged.changed += there && after[i] != before[i] ? 1 : 0;
        judged.missing += there ? 0 : 1;
        judged.wereMissing += before[i] != before[i] ? 1 : 0;
        after[i] = there ? after[i] : std::numeric_limits<double>::quiet_NaN();
    }
    return judged;
}

/// Changes of rows that are not removed.
std::int64_t countedChanges(const SliceNotes& notes, const double* before, const double* after, std::int64_t first, std::int64_t count) {
    std::int64_t changed = 0;
    for (std::int64_t i = 0; i < count; ++i) changed += after[i] == after[i] && after[i] != before[i] && notes.counts(first + i);
    return changed;
}

void mapSlice(const TableColumn& source, const RowSlice& slice, const NumberFunction& function, bool allCount, ColumnDraft& draft, SliceNotes& notes) {
    std::array<double, numberChunk> buffer;
    const auto numbers = draft.numbersOf(slice);
    std::int64_t changed = 0, missing = 0;
    for (std::int64_t first = slice.first; first < slice.last; first += numberChunk) {
        const std::int64_t count = std::min(numberChunk, slice.last - first);
        const double* const before = numbersOfChunk(source.view, {}, first, count, buffer.data());
        const auto after = numbers.subspan(static_cast<std::size_t>(first - slice.first), static_cast<std::size_t>(count));
        std::copy_n(before, count, after.begin());
        function(after);
        const JudgedNumbers judged = judgeNumbers(before, after.data(), count);
        changed += allCount ? judged.changed : countedChanges(notes, before, after.data(), first, count);
        missing += judged.missing;
        for (std::int64_t i = 0; judged.missing != judged.wereMissing && i < count; ++i)
            if (after[static_cast<std::size_t>(i)] != after[static_cast<std::size_t>(i)] && before[i] == before[i])
                notes.refused(slice, first + i, displayText(source.view, source.info, first + i));
    }
    notes.changedCells(slice, changed);
    draft.knowMissing(slice, missing);
}

}  // namespace

Result<CleanTable> mapColumns(const CleanTable& input, const std::vector<MappedColumn>& mapped, const StepContext& context, StepReport& report) {
    std::vector<ColumnDraft> drafts;
    std::vector<SliceNotes> notes;
    for (std::size_t i = 0; i < mapped.size(); ++i) {
        drafts.emplace_back(ColumnKind::Number, input.table.rows());
        notes.emplace_back(input);
    }
    LAMINA_CHECK(forColumnSlices(mapped.size(), input.table.rows(), context, [&](std::size_t i, const RowSlice& slice) {
        mapSlice(input.table.column(mapped[i].column), slice, mapped[i].function, !input.removedBy, drafts[i], notes[i]);
    }));
    auto columns = columnsOf(input.table);
    for (std::size_t i = 0; i < mapped.size(); ++i) {
        const ColumnInfo& info = input.table.info(mapped[i].column);
        notes[i].addTo(report, info.name);
        columns[mapped[i].column] = drafts[i].finish(info.id, info.name, info.role);
    }
    return withColumns(input, std::move(columns));
}

Result<CleanTable> mapLearnedColumns(const CleanTable& input, const nlohmann::json& fitted, const StepContext& context, StepReport& report,
                                     const std::function<NumberFunction(const nlohmann::json& learned)>& functionOf) {
    LAMINA_TRY(const auto learned, learnedColumns(input, fitted, context));
    std::vector<MappedColumn> mapped;
    for (const auto& [column, what] : learned) {
        LAMINA_CHECK(stepColumn(input.table, input.table.info(column).name, {ColumnKind::Number, ColumnKind::Integer, ColumnKind::Boolean}));
        mapped.push_back({column, functionOf(*what)});
    }
    return mapColumns(input, mapped, context, report);
}

Result<double> numberSetting(const std::string& text, const char* setting, double otherwise) {
    if (text.empty()) return otherwise;
    const NumberText number = readAnyNumber(text);
    if (number.is == TextValue || !std::isfinite(number.value)) return fail("cleaning.not_a_number", {{"setting", setting}, {"found", text}});
    return number.value;
}

std::uint64_t mixedHash(std::uint64_t a, std::uint64_t b) {
    std::uint64_t z = a * 0x9E3779B97F4A7C15ull + (b ^ 0xD1B54A32D192ED03ull);  // SplitMix64 (Steele et al. 2014), twice
    for (int round = 0; round < 2; ++round) {
        z += 0x9E3779B97F4A7C15ull;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        z ^= z >> 31;
    }
    return z;
}

}  // namespace lamina
