// Columns that tell of a row's past: earlier values, changes since then, figures of the rows before.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/data/cleaning/steps/series_rows.h"

namespace lamina {
namespace lag_features_step_parts {

struct LagFeatures {
    std::string time;
    std::vector<std::string> series;
    std::vector<std::string> columns;
    std::vector<std::int64_t> lags = {1};
    std::vector<std::int64_t> changes;
    std::vector<std::int64_t> rolling;
    std::string figure = "mean";
    bool current = false;
};

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

double figureOf(std::span<const double> values, const std::string& figure) {
    if (figure == "min") return *std::min_element(values.begin(), values.end());
    if (figure == "max") return *std::max_element(values.begin(), values.end());
    double sum = 0, squares = 0;
    for (const double value : values) sum += value;
    if (figure == "sum") return sum;
    const double mean = sum / static_cast<double>(values.size());
    if (figure == "mean") return mean;
    for (const double value : values) squares += (value - mean) * (value - mean);
    return values.size() < 2 ? nothing : std::sqrt(squares / static_cast<double>(values.size() - 1));
}

/// A figure of the `width` values that end at each place (before it, unless `current`); nothing where one is missing.
void rollOver(std::span<const double> values, std::int64_t width, const LagFeatures& settings, std::span<double> out) {
    std::int64_t good = 0;  // values in a row that are there
    for (std::int64_t at = 0; at < std::ssize(values); ++at) {
        const std::int64_t last = settings.current ? at : at - 1;
        good = last < 0 || std::isnan(values[static_cast<std::size_t>(last)]) ? 0 : good + 1;
        if (good >= width)
            out[static_cast<std::size_t>(at)] =
                figureOf(values.subspan(static_cast<std::size_t>(last - width + 1), static_cast<std::size_t>(width)), settings.figure);
    }
}

/// The lag step's work on one column.
class ColumnPast {
public:
    ColumnPast(const CleanTable& input, const SeriesRows& series, const LagFeatures& settings, const StepContext& context)
        : m_input(input), m_series(series), m_settings(settings), m_context(context) {}

    Result<void> add(const TableColumn& source, std::vector<TableColumn>& columns) const {
        for (const std::int64_t lag : m_settings.lags) {
            LAMINA_TRY(auto made, pickRows(source, shiftedRows(m_series, source.view.rows, lag), m_context));
            LAMINA_CHECK(keep(std::move(made), source, " lag " + std::to_string(lag), columns));
        }
        for (const std::int64_t lag : m_settings.changes) {
            LAMINA_TRY(auto made, change(source.view, lag));
            LAMINA_CHECK(keep(std::move(made), source, " change " + std::to_string(lag), columns));
        }
        for (const std::int64_t width : m_settings.rolling) {
            LAMINA_TRY(auto made, rolled(source.view, width));
            LAMINA_CHECK(keep(std::move(made), source, " " + m_settings.figure + " " + std::to_string(width), columns));
        }
        return {};
    }

private:
    Result<void> keep(TableColumn made, const TableColumn& source, const std::string& suffix, std::vector<TableColumn>& columns) const {
        made.info.name = source.info.name + suffix;
        made.info.id = newColumnId(m_input, m_context, made.info.name);
        made.info.role.clear();
        return insertColumn(columns, columns.size(), std::move(made));
    }

    Result<TableColumn> change(const ColumnView& view, std::int64_t lag) const {
        const auto before = shiftedRows(m_series, view.rows, lag);
        return numbers(view.rows, [&](std::int64_t row) {
            const std::int64_t from = before[static_cast<std::size_t>(row)];
            return from < 0 ? nothing : view.number(row) - view.number(from);
        });
    }

    Result<TableColumn> rolled(const ColumnView& view, std::int64_t width) const {
        std::vector<double> ordered, figures(m_series.rows.size(), nothing), byRow(static_cast<std::size_t>(view.rows), nothing);
        for (const std::int64_t row : m_series.rows) ordered.push_back(view.number(row));
        LAMINA_CHECK(forPieces(m_series.size(), m_context, [&](std::size_t i) {
            const std::size_t first = m_series.begin[i], count = m_series.begin[i + 1] - first;
            rollOver(std::span(ordered).subspan(first, count), width, m_settings, std::span(figures).subspan(first, count));
        }));
        for (std::size_t i = 0; i < figures.size(); ++i) byRow[static_cast<std::size_t>(m_series.rows[i])] = figures[i];
        return numbers(view.rows, [&](std::int64_t row) { return byRow[static_cast<std::size_t>(row)]; });
    }

    template <class Value>
    Result<TableColumn> numbers(std::int64_t rows, Value value) const {
        ColumnDraft draft(ColumnKind::Number, rows);
        LAMINA_CHECK(forRowSlices(rows, m_context, [&](const RowSlice& slice) {
            for (std::int64_t row = slice.first; row < slice.last; ++row) draft.number(row, value(row));
        }));
        return draft.finish("", "");
    }

    const CleanTable& m_input;
    const SeriesRows& m_series;
    const LagFeatures& m_settings;
    const StepContext& m_context;
};

Result<void> checkSteps(const std::vector<std::int64_t>& steps, const char* setting) {
    for (const std::int64_t step : steps)
        if (step < 1 || step > 1'000'000) return fail("cleaning.steps_back", {{"setting", setting}, {"found", std::to_string(step)}});
    return {};
}

Result<CleanTable> applyLagFeatures(const CleanTable& input, const LagFeatures& settings, const nlohmann::json&, const StepContext& context,
                                    StepReport& report) {
    if (settings.columns.empty()) return fail("cleaning.no_column_chosen");
    LAMINA_CHECK(checkSteps(settings.lags, "lags"));
    LAMINA_CHECK(checkSteps(settings.changes, "changes"));
    LAMINA_CHECK(checkSteps(settings.rolling, "rolling"));
    LAMINA_TRY(const auto chosen, stepColumns(input.table, settings.columns));
    if (!settings.changes.empty() || !settings.rolling.empty()) {
        LAMINA_CHECK(stepColumns(input.table, settings.columns, {ColumnKind::Number, ColumnKind::Integer, ColumnKind::Boolean}));
    }
    LAMINA_TRY(const SeriesRows series, seriesRows(input, settings.time, settings.series, context));
    noteRowsWithoutTime(series, settings.time, report);
    auto columns = columnsOf(input.table);
    for (const std::size_t column : chosen) LAMINA_CHECK(ColumnPast(input, series, settings, context).add(input.table.column(column), columns));
    report.changedCells += std::ssize(series.rows) * static_cast<std::int64_t>(columns.size() - input.table.columnCount());
    return withColumns(input, std::move(columns));
}

}  // namespace lag_features_step_parts

const CleaningStepType& lag_features_step() {
    using namespace lag_features_step_parts;
    static const CleaningStepType type = CleaningStepDescriptor<LagFeatures, applyLagFeatures>{
        .id = "lag_features",
        .title = "Earlier values",
        .category = "dates",
        .summary = "Adds columns with the values of earlier rows, the changes since then and figures of the rows before, in the order of time.",
        .searchWords = {"lag", "shift", "difference", "rolling", "moving average", "time series"},
        .properties = {property("time", &LagFeatures::time, "Time", "The column that says the order; none: the rows stand in order already.",
                                {.meaning = "column"}),
                       property("series", &LagFeatures::series, "Series",
                                "Rows that agree in these columns are a series of its own; none: all rows are one.", {.meaning = "column"}),
                       property("columns", &LagFeatures::columns, "Columns", "The columns whose past is looked at.", {.meaning = "column"}),
                       property("lags", &LagFeatures::lags, "Rows back", "For each number a column with the value of so many rows before."),
                       property("changes", &LagFeatures::changes, "Changes",
                                "For each number a column with the difference to the value of so many rows before."),
                       property("rolling", &LagFeatures::rolling, "Rolling",
                                "For each number a column with a figure of so many rows before; missing where one of them is."),
                       property("figure", &LagFeatures::figure, "Figure", "What is told of the rows before.",
                                {.choices = {"mean", "sum", "min", "max", "deviation"}}),
                       property("current", &LagFeatures::current, "With the row itself",
                                "The figure's last row is the row itself. Not for the target: it would give itself away.")}};
    return type;
}

}  // namespace lamina
