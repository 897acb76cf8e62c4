// How much time lies between two dates.
#include "core/data/cleaning/calendar.h"
#include "core/data/cleaning/step_tools.h"
#include "core/data/time_text.h"

namespace lamina {
namespace {

struct DateDifference {
    std::string from;
    std::string to;
    std::string date;
    std::string unit = "days";
    std::string name;
};

double millisecondsIn(const std::string& unit) {
    if (unit == "seconds") return 1000;
    if (unit == "minutes") return 60'000;
    if (unit == "hours") return 3'600'000;
    if (unit == "weeks") return 7.0 * calendarDayMilliseconds;
    if (unit == "months") return 365.2425 / 12 * calendarDayMilliseconds;
    if (unit == "years") return 365.2425 * calendarDayMilliseconds;
    return calendarDayMilliseconds;
}

Result<CleanTable> applyDateDifference(const CleanTable& input, const DateDifference& settings, const nlohmann::json&, const StepContext& context,
                                       StepReport&) {
    LAMINA_TRY(const std::size_t from, stepColumn(input.table, settings.from, {ColumnKind::Time}));
    std::optional<std::size_t> to;
    std::int64_t fixed = 0;
    if (!settings.to.empty()) {
        LAMINA_TRY(to, stepColumn(input.table, settings.to, {ColumnKind::Time}));
    } else {
        const auto read = parseTime(settings.date);
        if (!read) return fail("cleaning.bad_date", {{"text", settings.date}});
        fixed = *read;
    }
    const std::string end = settings.to.empty() ? settings.date : settings.to;
    const std::string name = settings.name.empty() ? settings.from + " – " + end : settings.name;
    LAMINA_CHECK(checkNewName(input.table, name));
    const CellReader begins(input.table.column(from)), ends(input.table.column(to.value_or(from)));
    const double unit = millisecondsIn(settings.unit);
    ColumnDraft draft(ColumnKind::Number, input.table.rows());
    LAMINA_CHECK(forRowSlices(input.table.rows(), context, [&](const RowSlice& slice) {
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            const auto begin = begins.time(row), last = to ? ends.time(row) : std::optional(fixed);
            begin&& last ? draft.number(row, (static_cast<double>(*last) - static_cast<double>(*begin)) / unit) : draft.missing(row);
        }
    }));
    auto columns = columnsOf(input.table);
    LAMINA_CHECK(insertColumn(columns, columns.size(), draft.finish(newColumnId(input, context, name), name)));
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& date_difference_step() {
    static const CleaningStepType type = CleaningStepDescriptor<DateDifference, applyDateDifference>{
        .id = "date_difference",
        .title = "Time between dates",
        .category = "dates",
        .summary = "Adds a column with the time from one date to another, or to a fixed date.",
        .searchWords = {"duration", "age", "elapsed", "days between"},
        .properties = {property("from", &DateDifference::from, "From", "The column of the earlier dates.", {.meaning = "column"}),
                       property("to", &DateDifference::to, "To", "The column of the later dates; empty: the fixed date.", {.meaning = "column"}),
                       property("date", &DateDifference::date, "Fixed date", "As 2024-03-01, where no second column is chosen."),
                       property("unit", &DateDifference::unit, "Counted in", "Months and years are average ones: 30.44 and 365.24 days.",
                                {.choices = {"seconds", "minutes", "hours", "days", "weeks", "months", "years"}}),
                       property("name", &DateDifference::name, "New name", "What the new column is called; empty: the two names.")}};
    return type;
}

}  // namespace lamina
