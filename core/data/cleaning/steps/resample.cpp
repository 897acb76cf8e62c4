// Rows at any times made into one row per interval.
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

#include "core/data/cleaning/calendar.h"
#include "core/data/cleaning/steps/aggregate.h"
#include "core/data/cleaning/steps/series_rows.h"

namespace lamina {
namespace resample_step_parts {

constexpr std::int64_t mostIntervals = 50'000'000;

struct Resample {
    std::string time;
    std::vector<std::string> series;
    std::int64_t every = 1;
    std::string unit = "days";
    std::vector<std::string> columns;
    std::vector<std::string> functions = {"mean"};
    std::string gaps = "missing";
};

std::int64_t floorQuotient(std::int64_t a, std::int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }

/// The intervals of one series: calendar months, or a fixed length counted from the midnight (of weeks: the Monday) before its first time.
class Intervals {
public:
    Intervals(const Resample& settings, std::int64_t firstTime) {
        if (settings.unit == "months" || settings.unit == "years") {
            m_months = settings.every * (settings.unit == "years" ? 12 : 1);
            const CalendarDay day = calendarDay(firstTime);
            const int behind = settings.unit == "years" ? day.month - 1 : 0;
            m_anchor = monthsLater(firstTime - day.within - (day.day - 1) * calendarDayMilliseconds, -behind);
            return;
        }
        const bool weeks = settings.unit == "weeks";
        m_length = settings.every * unitLength(settings.unit);
        m_anchor = floorQuotient(firstTime, calendarDayMilliseconds) * calendarDayMilliseconds;
        if (weeks) m_anchor -= (calendarDay(firstTime).weekday - 1) * calendarDayMilliseconds;
        m_first = floorQuotient(firstTime - m_anchor, m_length);
    }
    std::int64_t at(std::int64_t time) const {
        if (m_months == 0) return floorQuotient(time - m_anchor, m_length) - m_first;
        const CalendarDay day = calendarDay(time), first = calendarDay(m_anchor);
        return floorQuotient((day.year - first.year) * 12 + day.month - first.month, m_months);
    }
    std::int64_t begin(std::int64_t index) const {
        return m_months == 0 ? m_anchor + (m_first + index) * m_length : monthsLater(m_anchor, index * m_months);
    }

private:
    static std::int64_t unitLength(const std::string& unit) {
        if (unit == "seconds") return 1000;
        if (unit == "minutes") return 60'000;
        if (unit == "hours") return 3'600'000;
        return unit == "weeks" ? 7 * calendarDayMilliseconds : calendarDayMilliseconds;
    }
    std::int64_t m_months = 0, m_length = 1, m_anchor = 0, m_first = 0;
};

/// The new rows: which old ones (by place in `order`) each is made of, where it begins, and which series it belongs to.
struct Grid {
    KeyGroups groups;
    std::vector<std::int64_t> begin;
    std::vector<std::size_t> seriesBegin{0};  ///< places in `begin`; one more than there are series

    std::size_t size() const { return begin.size(); }
};

Result<void> checkInside(const ColumnView& times, std::span<const std::int64_t> rows, const std::string& column) {
    if (rows.empty()) return {};
    const std::int64_t first = times.integers[static_cast<std::size_t>(rows.front())], last = times.integers[static_cast<std::size_t>(rows.back())];
    if (first < calendarLeast || last > calendarMost) return fail("cleaning.time_too_far", {{"column", column}});
    return {};
}

Result<Grid> gridOf(const ColumnView& times, const SeriesRows& series, const Resample& settings) {
    Grid grid;
    grid.groups.group.assign(series.rows.size(), -1);
    for (std::size_t i = 0; i < series.size(); ++i) {
        const auto rows = series.of(i);
        LAMINA_CHECK(checkInside(times, rows, settings.time));
        if (!rows.empty()) {
            const auto timeOf = [&](std::int64_t row) { return times.integers[static_cast<std::size_t>(row)]; };
            const Intervals intervals(settings, timeOf(rows.front()));
            const std::int64_t count = intervals.at(timeOf(rows.back())) + 1, base = std::ssize(grid.begin);
            if (base + count > mostIntervals)
                return fail("cleaning.too_many_intervals", {{"column", settings.time}, {"most", std::to_string(mostIntervals)}});
            for (std::int64_t k = 0; k < count; ++k) grid.begin.push_back(intervals.begin(k));
            grid.groups.count.resize(grid.begin.size());
            for (std::size_t j = 0; j < rows.size(); ++j) {
                const std::int64_t place = base + intervals.at(timeOf(rows[j]));
                grid.groups.group[series.begin[i] + j] = static_cast<std::int32_t>(place);
                ++grid.groups.count[static_cast<std::size_t>(place)];
            }
        }
        grid.seriesBegin.push_back(grid.begin.size());
    }
    grid.groups.first.resize(grid.begin.size());
    return grid;
}

/// Without the intervals in which nothing lies.
void leaveOutEmpty(Grid& grid) {
    std::vector<std::int32_t> places(grid.size(), -1);
    Grid left;
    for (std::size_t i = 0, series = 1; i < grid.size(); ++i) {
        for (; series < grid.seriesBegin.size() && grid.seriesBegin[series] <= i; ++series) left.seriesBegin.push_back(left.begin.size());
        if (grid.groups.count[i] == 0) continue;
        places[i] = static_cast<std::int32_t>(left.begin.size());
        left.begin.push_back(grid.begin[i]);
        left.groups.count.push_back(grid.groups.count[i]);
    }
    while (left.seriesBegin.size() < grid.seriesBegin.size()) left.seriesBegin.push_back(left.begin.size());
    left.groups.group = std::move(grid.groups.group);
    for (auto& group : left.groups.group) group = places[static_cast<std::size_t>(group)];
    left.groups.first.resize(left.begin.size());
    grid = std::move(left);
}

/// What becomes of one column: "sum" of no value at all is missing here, as the other figures are.
struct Figure {
    std::size_t column;
    std::string function;
    std::string name;
};

bool isNumbers(ColumnKind kind) { return kind == ColumnKind::Number || kind == ColumnKind::Integer || kind == ColumnKind::Boolean; }

bool needsNumbers(const std::string& function) { return function != "first" && function != "last" && function != "count"; }

std::vector<std::string> figureNames() { return {"mean", "sum", "min", "max", "first", "last", "count", "median"}; }

Result<void> checkFunctions(const Resample& settings) {
    std::string known;
    for (const auto& name : figureNames()) known += (known.empty() ? "" : ", ") + name;
    for (const auto& function : settings.functions) {
        const auto all = figureNames();
        if (std::find(all.begin(), all.end(), function) == all.end())
            return fail("cleaning.no_such_function", {{"function", function}, {"known", known}});
    }
    const std::size_t columns = std::max<std::size_t>(settings.columns.size(), 1), functions = settings.functions.size();
    if (functions != 1 && functions != columns)
        return fail("cleaning.functions_of_columns", {{"found", std::to_string(functions)}, {"expected", std::to_string(columns)}});
    return {};
}

/// All columns where none is named: those that are no numbers keep their last value.
std::vector<Figure> figuresOfAll(const Table& table, const std::vector<std::size_t>& taken, const std::string& function) {
    std::vector<Figure> figures;
    for (std::size_t i = 0; i < table.columnCount(); ++i) {
        const ColumnKind kind = table.info(i).kind;
        if (kind == ColumnKind::Tensor || std::find(taken.begin(), taken.end(), i) != taken.end()) continue;
        figures.push_back({i, needsNumbers(function) && !isNumbers(kind) ? "last" : function, table.info(i).name});
    }
    return figures;
}

Result<std::vector<Figure>> figuresOf(const Table& table, const std::vector<std::size_t>& taken, const Resample& settings) {
    LAMINA_CHECK(checkFunctions(settings));
    if (settings.columns.empty()) return figuresOfAll(table, taken, settings.functions[0]);
    std::vector<Figure> figures;
    for (std::size_t i = 0; i < settings.columns.size(); ++i) {
        LAMINA_TRY(const std::size_t column, stepColumn(table, settings.columns[i]));
        const std::string& name = settings.columns[i];
        const auto times = std::count(settings.columns.begin(), settings.columns.end(), name);
        const std::string function = settings.functions[settings.functions.size() == 1 ? 0 : i];
        figures.push_back({column, function, times > 1 ? name + " " + function : name});
    }
    return figures;
}

/// The new column with its gaps filled from the same series.
class GapWork {
public:
    GapWork(const Grid& grid, const std::string& how, const StepContext& context) : m_grid(grid), m_how(how), m_context(context) {}

    Result<TableColumn> filled(TableColumn column) const {
        if (column.info.missing == 0) return column;
        if (m_how == "previous") return pickRows(column, previous(column.view), m_context);
        if (m_how == "linear" && (column.view.kind == ColumnKind::Number || column.view.kind == ColumnKind::Integer)) return between(column);
        return column;
    }

private:
    template <class Each>
    void eachSeries(Each each) const {
        for (std::size_t i = 0; i + 1 < m_grid.seriesBegin.size(); ++i)
            each(static_cast<std::int64_t>(m_grid.seriesBegin[i]), static_cast<std::int64_t>(m_grid.seriesBegin[i + 1]));
    }

    std::vector<std::int64_t> previous(const ColumnView& view) const {
        std::vector<std::int64_t> from(m_grid.size(), -1);
        eachSeries([&](std::int64_t first, std::int64_t last) {
            for (std::int64_t row = first, known = -1; row < last; ++row) {
                if (!view.isMissing(row)) known = row;
                from[static_cast<std::size_t>(row)] = known;
            }
        });
        return from;
    }

    Result<TableColumn> between(const TableColumn& column) const {
        std::vector<double> values;
        for (std::int64_t row = 0; row < column.view.rows; ++row) values.push_back(column.view.number(row));
        eachSeries([&](std::int64_t first, std::int64_t last) {
            for (std::int64_t row = first, known = -1; row < last; ++row) {
                if (std::isnan(values[static_cast<std::size_t>(row)])) continue;
                if (known >= 0) bridge(values, known, row);
                known = row;
            }
        });
        ColumnDraft draft(ColumnKind::Number, column.view.rows);
        for (std::size_t row = 0; row < values.size(); ++row) draft.number(static_cast<std::int64_t>(row), values[row]);
        return draft.finish(column.info.id, column.info.name, column.info.role);
    }

    static void bridge(std::vector<double>& values, std::int64_t from, std::int64_t to) {
        const double a = values[static_cast<std::size_t>(from)], b = values[static_cast<std::size_t>(to)];
        for (std::int64_t row = from + 1; row < to; ++row)
            values[static_cast<std::size_t>(row)] = a + (b - a) * static_cast<double>(row - from) / static_cast<double>(to - from);
    }

    const Grid& m_grid;
    const std::string& m_how;
    const StepContext& m_context;
};

Result<TableColumn> withoutSumsOfNothing(TableColumn column, const TableColumn& source, const GroupedRows& grouped) {
    ColumnDraft draft(ColumnKind::Number, column.view.rows);
    for (std::int64_t i = 0; i < column.view.rows; ++i) {
        const auto rows = grouped.of(static_cast<std::size_t>(i));
        const bool any = std::any_of(rows.begin(), rows.end(), [&](std::int64_t row) { return !source.view.isMissing(row); });
        any ? draft.number(i, column.view.number(i)) : draft.missing(i);
    }
    return draft.finish(column.info.id, column.info.name, column.info.role);
}

Result<TableColumn> figureColumn(const CleanTable& input, const SeriesRows& series, const GroupedRows& grouped, const Figure& figure,
                                 const StepContext& context) {
    const TableColumn& original = input.table.column(figure.column);
    LAMINA_TRY(const TableColumn source, pickRows(original, series.rows, context));
    const bool sameName = figure.name == original.info.name;
    LAMINA_TRY(auto made, aggregate(source, grouped, figure.function, context, sameName ? original.info.id : newColumnId(input, context, figure.name),
                                    figure.name));
    if (figure.function == "sum") {
        LAMINA_TRY(made, withoutSumsOfNothing(std::move(made), source, grouped));
    }
    made.info.role = sameName ? original.info.role : std::string();
    return made;
}

Result<TableColumn> timeColumn(const TableColumn& source, const Grid& grid) {
    ColumnDraft draft(ColumnKind::Time, static_cast<std::int64_t>(grid.size()));
    for (std::size_t i = 0; i < grid.size(); ++i) draft.integer(static_cast<std::int64_t>(i), grid.begin[i]);
    return draft.finish(source.info.id, source.info.name, source.info.role);
}

/// The first row of each new row's series: where its series columns stand.
std::vector<std::int64_t> seriesSources(const SeriesRows& series, const Grid& grid) {
    std::vector<std::int64_t> from(grid.size(), -1);
    for (std::size_t i = 0; i < series.size(); ++i)
        for (std::size_t row = grid.seriesBegin[i]; row < grid.seriesBegin[i + 1]; ++row) from[row] = series.of(i).front();
    return from;
}

Result<CleanTable> applyResample(const CleanTable& input, const Resample& settings, const nlohmann::json&, const StepContext& context,
                                 StepReport& report) {
    LAMINA_TRY(const std::size_t time, stepColumn(input.table, settings.time, {ColumnKind::Time}));
    LAMINA_TRY(const SeriesRows series, seriesRows(input, settings.time, settings.series, context));
    noteRowsWithoutTime(series, settings.time, report);
    LAMINA_TRY(Grid grid, gridOf(input.table.view(time), series, settings));
    if (settings.gaps == "leave_out") leaveOutEmpty(grid);
    std::vector<std::size_t> keys;
    if (!settings.series.empty()) {
        LAMINA_TRY(keys, stepColumns(input.table, settings.series));
    }
    std::vector<TableColumn> columns;
    const auto sources = seriesSources(series, grid);
    for (const std::size_t key : keys) {
        LAMINA_TRY(auto made, pickRows(input.table.column(key), sources, context));
        columns.push_back(std::move(made));
    }
    LAMINA_TRY(auto times, timeColumn(input.table.column(time), grid));
    columns.push_back(std::move(times));
    keys.push_back(time);
    LAMINA_TRY(const auto figures, figuresOf(input.table, keys, settings));
    const GroupedRows grouped(grid.groups);
    for (const Figure& figure : figures) {
        LAMINA_TRY(auto made, figureColumn(input, series, grouped, figure, context));
        LAMINA_TRY(made, GapWork(grid, settings.gaps, context).filled(std::move(made)));
        LAMINA_CHECK(insertColumn(columns, columns.size(), std::move(made)));
    }
    report.changedCells += static_cast<std::int64_t>(grid.size());
    return reshaped(std::move(columns), std::vector<std::int64_t>(grid.size(), -1));
}

}  // namespace resample_step_parts

const CleaningStepType& resample_step() {
    using namespace resample_step_parts;
    static const CleaningStepType type = CleaningStepDescriptor<Resample, applyResample>{
        .id = "resample",
        .title = "Resample times",
        .category = "dates",
        .summary = "Makes one row per interval of time (15 minutes, a day, a month …), for each series by itself, with a figure of the rows in it.",
        .searchWords = {"time series", "interval", "downsample", "upsample", "daily", "hourly", "monthly"},
        .properties = {property("time", &Resample::time, "Time", "The column of times.", {.meaning = "column"}),
                       property("series", &Resample::series, "Series",
                                "Rows that agree in these columns are a series of its own; none: all rows are one.", {.meaning = "column"}),
                       property("every", &Resample::every, "Every", "How many units an interval lasts.", {.minimum = 1, .maximum = 100'000}),
                       property("unit", &Resample::unit, "Unit", "Days begin at midnight, weeks on Monday, months on the 1st, years on January 1st.",
                                {.choices = {"seconds", "minutes", "hours", "days", "weeks", "months", "years"}}),
                       property("columns", &Resample::columns, "Columns", "The columns that figures are made of; none: all. Others are left out.",
                                {.meaning = "column"}),
                       property("functions", &Resample::functions, "Figures",
                                "One for all columns, or one for each: mean, sum, min, max, first, last, count, median."),
                       property("gaps", &Resample::gaps, "Empty intervals",
                                "missing: their values are. previous: those of the interval before. linear: numbers on a line between their "
                                "neighbours. leave_out: no row.",
                                {.choices = {"missing", "previous", "linear", "leave_out"}})},
        .rows = RowEffect::Reshapes};
    return type;
}

}  // namespace lamina
