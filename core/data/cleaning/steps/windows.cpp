// Rows made into windows: what was known up to a row, and the value to forecast some rows later.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/data/cleaning/steps/float_column.h"
#include "core/data/cleaning/steps/number_tools.h"
#include "core/data/cleaning/steps/series_rows.h"

namespace lamina {
namespace windows_step_parts {

constexpr std::int64_t mostWindowColumns = 10'000;

struct Windows {
    std::string time;
    std::vector<std::string> series;
    std::vector<std::string> columns;
    std::string target;
    std::int64_t length = 12;
    std::int64_t horizon = 1;
    std::int64_t stride = 1;
    std::string form = "columns";
};

/// "t-2", "t"
std::string placeName(std::int64_t back) { return back == 0 ? "t" : "t-" + std::to_string(back); }

/// What makes the answer's own past the first values of each step, which is how a naive forecast finds them.
Result<std::vector<std::size_t>> windowColumns(const Table& table, const Windows& settings) {
    const bool sequence = settings.form == "sequence";
    std::vector<std::size_t> chosen;
    if (settings.columns.empty()) {
        LAMINA_TRY(chosen, numberColumns(table, {}));
        if (!settings.target.empty()) {
            LAMINA_TRY(const std::size_t target, stepColumn(table, settings.target));
            if (table.info(target).role == "target") chosen.push_back(target);
        }
    } else if (sequence) {
        LAMINA_TRY(chosen, stepColumns(table, settings.columns, {ColumnKind::Number, ColumnKind::Integer, ColumnKind::Boolean}));
    } else {
        LAMINA_TRY(chosen, stepColumns(table, settings.columns,
                                       {ColumnKind::Number, ColumnKind::Integer, ColumnKind::Boolean, ColumnKind::Category, ColumnKind::Text}));
    }
    std::vector<std::size_t> taken = chosen;
    std::erase_if(taken, [&](std::size_t column) {
        return settings.columns.empty() && (table.info(column).name == settings.time || std::find(settings.series.begin(), settings.series.end(),
                                                                                                  table.info(column).name) != settings.series.end());
    });
    if (taken.empty()) return fail("cleaning.no_column_chosen");
    std::stable_partition(taken.begin(), taken.end(), [&](std::size_t column) { return table.info(column).name == settings.target; });
    return taken;
}

/// Where a row stands in time: comparable between series.
class Clock {
public:
    Clock(const Table& table, const std::string& time) {
        if (const auto place = table.find(time)) m_view = table.view(*place);
    }
    double at(std::int64_t row) const { return m_view.rows > 0 ? m_view.number(row) : static_cast<double>(row); }

private:
    ColumnView m_view;
};

/// The rows that end a window, and those that hold its answer.
struct WindowRows {
    std::vector<std::int64_t> answer;    ///< one per row of the table: the row that the answer stands in; -1: none
    std::vector<std::uint8_t> whole;     ///< there are enough rows before it
    std::vector<std::uint8_t> atStride;  ///< counted from the first whole window of its series
};

WindowRows windowRows(const SeriesRows& series, std::int64_t rows, const Windows& settings) {
    WindowRows windows{shiftedRows(series, rows, -settings.horizon), std::vector<std::uint8_t>(static_cast<std::size_t>(rows)), {}};
    windows.atStride.resize(windows.whole.size());
    for (std::size_t i = 0; i < series.size(); ++i)
        for (std::int64_t at = settings.length - 1; at < std::ssize(series.of(i)); ++at) {
            const auto row = static_cast<std::size_t>(series.of(i)[static_cast<std::size_t>(at)]);
            windows.whole[row] = 1;
            windows.atStride[row] = (at - settings.length + 1) % settings.stride == 0;
        }
    return windows;
}

/// Does the row have an answer to learn from?
bool hasAnswer(const WindowRows& windows, const ColumnView& target, std::int64_t row) {
    const std::int64_t answer = windows.answer[static_cast<std::size_t>(row)];
    return answer >= 0 && !target.isMissing(answer);
}

/// Learned is when training ends, where all training rows are older than the others: an answer behind that belongs to another part.
Result<nlohmann::json> fitWindows(const CleanTable& input, TrainingRows training, const Windows& settings, const StepContext& context) {
    nlohmann::json learned{{"divided", false}};
    if (!context.divided || settings.target.empty()) return learned;
    LAMINA_TRY(const std::size_t target, stepColumn(input.table, settings.target));
    LAMINA_TRY(const SeriesRows series, seriesRows(input, settings.time, settings.series, context));
    const WindowRows windows = windowRows(series, input.table.rows(), settings);
    const Clock clock(input.table, settings.time);
    const ColumnView answers = input.table.view(target);
    double last = -std::numeric_limits<double>::infinity(), firstOther = std::numeric_limits<double>::infinity();
    for (const std::int64_t row : series.rows) {
        if (teaches(training, row)) last = std::max(last, clock.at(row));
        else if (windows.atStride[static_cast<std::size_t>(row)] && hasAnswer(windows, answers, row))
            firstOther = std::min(firstOther, clock.at(row));
    }
    if (!std::isfinite(last)) return learned;
    if (firstOther > last) learned = {{"divided", true}, {"until", last}};
    else learned["mixed"] = true;
    return learned;
}

Result<TableColumn> sequenceColumn(const CleanTable& input, const SeriesRows& series, const WindowRows& windows,
                                   const std::vector<std::size_t>& chosen, const Windows& settings, const StepContext& context) {
    const auto rows = static_cast<std::size_t>(input.table.rows()), features = chosen.size(), length = static_cast<std::size_t>(settings.length);
    const std::size_t each = features * length;
    if (!floatsFit(input.table.rows(), static_cast<std::int64_t>(each)))
        return fail("cleaning.floats_too_large", {{"size", std::to_string(rows * each * sizeof(float))}, {"most", std::to_string(mostFloatBytes)}});
    std::vector<float> values(rows * each);
    std::vector<std::uint8_t> missing(rows);
    std::vector<std::size_t> place(rows);  // in series.rows
    for (std::size_t i = 0; i < series.rows.size(); ++i) place[static_cast<std::size_t>(series.rows[i])] = i;
    LAMINA_CHECK(forRowSlices(input.table.rows(), context, [&](const RowSlice& slice) {
        for (auto row = static_cast<std::size_t>(slice.first); row < static_cast<std::size_t>(slice.last); ++row) {
            missing[row] = !windows.whole[row];
            float* out = values.data() + row * each;
            for (std::size_t step = 0; step < length && windows.whole[row]; ++step)
                for (const std::size_t feature : chosen)
                    *out++ = static_cast<float>(input.table.column(feature).view.number(series.rows[place[row] - (length - 1 - step)]));
        }
    }));
    const std::string& first = input.table.info(chosen[0]).name;
    const std::string name =
        (features == 1 || first == settings.target ? first : "window") + "_" + placeName(settings.length - 1) + (settings.length > 1 ? "..t" : "");
    return floatColumn(std::move(values), {settings.length, static_cast<std::int64_t>(features)}, missing, newColumnId(input, context, name), name);
}

/// A column for each place of the window, the oldest first, in the place of the column itself.
Result<std::vector<TableColumn>> spreadColumns(const CleanTable& input, const SeriesRows& series, const std::vector<std::size_t>& chosen,
                                               const Windows& settings, const StepContext& context) {
    if (std::ssize(chosen) * settings.length > mostWindowColumns)
        return fail("cleaning.too_many_window_columns",
                    {{"found", std::to_string(std::ssize(chosen) * settings.length)}, {"most", std::to_string(mostWindowColumns)}});
    std::vector<std::vector<std::int64_t>> before;
    for (std::int64_t back = settings.length - 1; back >= 0; --back) before.push_back(shiftedRows(series, input.table.rows(), back));
    std::vector<TableColumn> columns;
    for (std::size_t i = 0; i < input.table.columnCount(); ++i) {
        const TableColumn& source = input.table.column(i);
        if (std::find(chosen.begin(), chosen.end(), i) == chosen.end()) {
            LAMINA_CHECK(insertColumn(columns, columns.size(), source));
            continue;
        }
        for (std::size_t at = 0; at < before.size(); ++at) {
            LAMINA_TRY(auto made, pickRows(source, before[at], context));
            made.info.name = source.info.name + "_" + placeName(settings.length - 1 - static_cast<std::int64_t>(at));
            made.info.id = newColumnId(input, context, made.info.name);
            made.info.role.clear();
            LAMINA_CHECK(insertColumn(columns, columns.size(), std::move(made)));
        }
    }
    return columns;
}

/// The window alone is what a network can read, beside it stand the time and the series for whoever looks at the rows.
Result<std::vector<TableColumn>> sequenceColumns(const CleanTable& input, const SeriesRows& series, const WindowRows& windows,
                                                 const std::vector<std::size_t>& chosen, const Windows& settings, const StepContext& context) {
    std::vector<TableColumn> columns;
    if (const auto time = input.table.find(settings.time); time && input.table.info(*time).kind == ColumnKind::Time)
        columns.push_back(input.table.column(*time));
    LAMINA_TRY(auto sequence, sequenceColumn(input, series, windows, chosen, settings, context));
    LAMINA_CHECK(insertColumn(columns, columns.size(), std::move(sequence)));
    for (std::size_t i = 0; i < input.table.columnCount() && settings.target.empty(); ++i)
        if (input.table.info(i).role == "target") LAMINA_CHECK(insertColumn(columns, columns.size(), input.table.column(i)));
    return columns;
}

Result<void> addTarget(const CleanTable& input, const WindowRows& windows, const Windows& settings, const StepContext& context,
                       std::vector<TableColumn>& columns) {
    LAMINA_TRY(const std::size_t target, stepColumn(input.table, settings.target));
    LAMINA_TRY(auto answer, pickRows(input.table.column(target), windows.answer, context));
    answer.info.name = settings.target + "_t+" + std::to_string(settings.horizon);
    answer.info.id = newColumnId(input, context, answer.info.name);
    answer.info.role.clear();
    return insertColumn(columns, columns.size(), std::move(answer));
}

/// Which rows are no windows. New rows are answered wherever enough rows stand before them; to learn from, a row needs an answer that is no other
/// part's.
std::vector<std::uint8_t> unusedRows(const CleanTable& input, const WindowRows& windows, const Windows& settings, const nlohmann::json& fitted,
                                     const StepContext& context, StepReport& report) {
    std::vector<std::uint8_t> unused(windows.whole.size());
    const Clock clock(input.table, settings.time);
    const bool divided = fitted.value("divided", false) && !context.predicting;
    const double until = divided ? fitted.at("until").get<double>() : 0;
    std::int64_t across = 0;
    for (std::size_t row = 0; row < unused.size(); ++row) {
        unused[row] = !windows.whole[row];
        if (context.predicting || unused[row]) continue;
        unused[row] = !windows.atStride[row] || (!settings.target.empty() && windows.answer[row] < 0);
        if (unused[row] || !divided || input.isRemoved(static_cast<std::int64_t>(row))) continue;
        unused[row] = clock.at(static_cast<std::int64_t>(row)) <= until && clock.at(windows.answer[row]) > until;
        across += unused[row];
    }
    if (across > 0) report.issues.push_back({Severity::Note, fail("cleaning.windows_across"), across});
    return unused;
}

Result<CleanTable> applyWindows(const CleanTable& input, const Windows& settings, const nlohmann::json& fitted, const StepContext& context,
                                StepReport& report) {
    LAMINA_TRY(const auto chosen, windowColumns(input.table, settings));
    LAMINA_TRY(const SeriesRows series, seriesRows(input, settings.time, settings.series, context));
    noteRowsWithoutTime(series, settings.time, report);
    const WindowRows windows = windowRows(series, input.table.rows(), settings);
    std::vector<TableColumn> columns;
    if (settings.form == "sequence") {
        LAMINA_TRY(columns, sequenceColumns(input, series, windows, chosen, settings, context));
    } else {
        LAMINA_TRY(columns, spreadColumns(input, series, chosen, settings, context));
    }
    if (!settings.target.empty()) LAMINA_CHECK(addTarget(input, windows, settings, context, columns));
    if (fitted.value("mixed", false) && !context.predicting) report.issues.push_back({Severity::Warning, fail("cleaning.windows_mixed")});
    const auto unused = unusedRows(input, windows, settings, fitted, context, report);
    LAMINA_TRY(const CleanTable made, withColumns(input, std::move(columns)));
    CleanTable output = withoutRows(made, unused, context, report);
    report.changedCells += rowsThere(output);
    return output;
}

}  // namespace windows_step_parts

const CleaningStepType& windows_step() {
    using namespace windows_step_parts;
    static const CleaningStepType type = CleaningStepDescriptor<Windows, applyWindows>{
        .id = "windows",
        .title = "Windows of a series",
        .category = "dates",
        .summary =
            "Gives each row the values of the rows before it and the value to forecast; nothing in a window is newer than its row. Training rows "
            "whose "
            "answer lies behind the training time are left out; later windows may reach back into it, as a forecast does.",
        .searchWords = {"time series", "forecast", "sliding", "horizon", "lookback", "sequence", "LSTM"},
        .properties =
            {property("time", &Windows::time, "Time", "The column that says the order; none: the rows stand in order already.",
                      {.meaning = "column"}),
             property("series", &Windows::series, "Series", "Rows that agree in these columns are a series of its own; none: all rows are one.",
                      {.meaning = "column"}),
             property("columns", &Windows::columns, "Columns", "The columns whose past is known; none: all numbers.", {.meaning = "column"}),
             property("target", &Windows::target, "To forecast",
                      "The column whose later value is the answer: it becomes name_t+horizon. None: no such column.", {.meaning = "column"}),
             property("length", &Windows::length, "Length", "How many rows a window holds, its own row the last.", {.minimum = 1, .maximum = 10'000}),
             property("horizon", &Windows::horizon, "Horizon", "How many rows later the answer stands.", {.minimum = 1, .maximum = 100'000}),
             property("stride", &Windows::stride, "Stride", "Only every so many windows are learned from; new rows are answered one by one.",
                      {.minimum = 1, .maximum = 100'000}),
             property("form", &Windows::form, "Form",
                      "columns: name_t-2, name_t-1, name_t … for any network. sequence: one column of length × columns for recurrent and convolution "
                      "layers; "
                      "other columns but the time are left out, and columns of different scales should be standardised before.",
                      {.choices = {"columns", "sequence"}})},
        .rows = RowEffect::Removes,
        .fit = eraseFit<Windows, fitWindows>};
    return type;
}

}  // namespace lamina
