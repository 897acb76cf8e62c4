#include "core/data/cleaning/steps/number_tools.h"

#include <algorithm>
#include <cmath>
#include <iterator>

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
    if (column.kind == ColumnKind::Number && training.empty()) {
        std::copy_if(column.numbers.begin(), column.numbers.end(), std::back_inserter(values), [](double value) { return std::isfinite(value); });
        return values;
    }
    for (std::int64_t row = 0; row < column.rows; ++row) {
        if (!teaches(training, row)) continue;
        const double value = column.number(row);
        if (std::isfinite(value)) values.push_back(value);
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

std::vector<double> quantilesOf(std::vector<double>& values, const std::vector<double>& quantiles) {
    std::vector<double> found;
    auto from = values.begin();  // all before it are in their place
    for (const double quantile : quantiles) {
        if (values.empty()) return std::vector<double>(quantiles.size(), std::numeric_limits<double>::quiet_NaN());
        const double place = quantile * static_cast<double>(values.size() - 1);
        const auto at = values.begin() + static_cast<std::ptrdiff_t>(place);
        if (at >= from) std::nth_element(from, at, values.end());
        from = std::max(from, at);
        const double above = at + 1 == values.end() ? *at : *std::min_element(at + 1, values.end());
        found.push_back(*at + (above - *at) * (place - std::floor(place)));
    }
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

/// What became of the numbers of a slice: those that are none any more are refused.
template <class Before>
void judgeSlice(const TableColumn& source, const RowSlice& slice, std::span<double> after, SliceNotes& notes, Before before) {
    std::int64_t changed = 0;
    for (std::size_t i = 0; i < after.size(); ++i) {
        const std::int64_t row = slice.first + static_cast<std::int64_t>(i);
        const double was = before(i);
        if (std::abs(after[i]) <= std::numeric_limits<double>::max()) {
            changed += after[i] != was && notes.counts(row);
            continue;
        }
        after[i] = std::numeric_limits<double>::quiet_NaN();
        if (!std::isnan(was)) notes.refused(slice, row, displayText(source.view, source.info, row));
    }
    notes.changedCells(slice, changed);
}

/// before(i): the number of the slice's row i, NaN where missing.
template <class Before>
void mapSlice(const TableColumn& source, const RowSlice& slice, const NumberFunction& function, std::span<double> numbers, SliceNotes& notes, Before before) {
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = before(i);
    function(numbers);
    judgeSlice(source, slice, numbers, notes, before);
}

}  // namespace

Result<TableColumn> mapNumbers(const CleanTable& input, std::size_t column, const StepContext& context, StepReport& report, const NumberFunction& function) {
    const TableColumn& source = input.table.column(column);
    ColumnDraft draft(ColumnKind::Number, source.view.rows);
    SliceNotes notes(input);
    const ColumnView& view = source.view;
    LAMINA_CHECK(forRowSlices(view.rows, context, [&](const RowSlice& slice) {
        const auto first = static_cast<std::size_t>(slice.first);
        const auto numbers = draft.numbersOf(slice);
        if (view.kind == ColumnKind::Number) {
            mapSlice(source, slice, function, numbers, notes, [from = view.numbers.data() + first](std::size_t i) { return from[i]; });
        } else if (storedAsInteger(view.kind)) {
            mapSlice(source, slice, function, numbers, notes, [from = view.integers.data() + first, bits = view.missingBits, first](std::size_t i) {
                return bitAt(bits, static_cast<std::int64_t>(first + i)) ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(from[i]);
            });
        } else {
            mapSlice(source, slice, function, numbers, notes, [&view, first](std::size_t i) { return view.number(static_cast<std::int64_t>(first + i)); });
        }
    }));
    notes.addTo(report, source.info.name);
    return draft.finish(source.info.id, source.info.name, source.info.role);
}

Result<CleanTable> mapLearnedColumns(const CleanTable& input, const nlohmann::json& fitted, const StepContext& context, StepReport& report,
                                     const std::function<NumberFunction(const nlohmann::json& learned)>& functionOf) {
    LAMINA_TRY(const auto learned, learnedColumns(input, fitted, context));
    auto columns = columnsOf(input.table);
    for (const auto& [column, what] : learned) {
        LAMINA_CHECK(stepColumn(input.table, input.table.info(column).name, {ColumnKind::Number, ColumnKind::Integer, ColumnKind::Boolean}));
        LAMINA_TRY(columns[column], mapNumbers(input, column, context, report, functionOf(*what)));
    }
    return withColumns(input, std::move(columns));
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
