// Dates moved by a fixed time.
#include "core/data/cleaning/calendar.h"
#include "core/data/cleaning/step_tools.h"

namespace lamina {
namespace {

struct ShiftDates {
    std::vector<std::string> columns;
    std::int64_t amount = 0;
    std::string unit = "days";
};

std::int64_t shiftedTime(std::int64_t time, const ShiftDates& settings) {
    const std::string& unit = settings.unit;
    if (unit == "months") return monthsLater(time, settings.amount);
    if (unit == "years") return monthsLater(time, settings.amount * 12);
    const std::int64_t each = unit == "seconds"   ? 1000
                              : unit == "minutes" ? 60'000
                              : unit == "hours"   ? 3'600'000
                              : unit == "weeks"   ? 7 * calendarDayMilliseconds
                                                  : calendarDayMilliseconds;
    return time + settings.amount * each;
}

Result<TableColumn> shiftColumn(const CleanTable& input, const TableColumn& source, const ShiftDates& settings, const StepContext& context,
                                StepReport& report) {
    ColumnDraft draft(ColumnKind::Time, source.view.rows);
    SliceNotes notes(input);
    LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            const std::int64_t time = source.view.integers[static_cast<std::size_t>(row)];
            if (source.view.isMissing(row)) {
                draft.missing(row);
                continue;
            }
            const bool inside = time <= calendarMost && time >= calendarLeast;
            const std::int64_t shifted = inside ? shiftedTime(time, settings) : 0;
            if (!inside || shifted > calendarMost || shifted < calendarLeast) {
                draft.missing(row);
                notes.refused(slice, row, displayText(source.view, source.info, row));
            } else {
                draft.integer(row, shifted);
                notes.changed(slice, row);
            }
        }
    }));
    notes.addTo(report, source.info.name);
    return draft.finish(source.info.id, source.info.name, source.info.role);
}

Result<CleanTable> applyShiftDates(const CleanTable& input, const ShiftDates& settings, const nlohmann::json&, const StepContext& context,
                                   StepReport& report) {
    if (settings.columns.empty()) return fail("cleaning.no_column_chosen");
    LAMINA_TRY(const auto chosen, stepColumns(input.table, settings.columns, {ColumnKind::Time}, context.predicting));
    if (settings.amount == 0) return input;
    auto columns = columnsOf(input.table);
    for (const std::size_t column : chosen) {
        LAMINA_TRY(columns[column], shiftColumn(input, input.table.column(column), settings, context, report));
    }
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& shift_dates_step() {
    static const CleaningStepType type = CleaningStepDescriptor<ShiftDates, applyShiftDates>{
        .id = "shift_dates",
        .title = "Shift dates",
        .category = "dates",
        .summary = "Moves dates by a fixed time, for example from one time zone to another.",
        .searchWords = {"time zone", "offset", "add days"},
        .properties = {property("columns", &ShiftDates::columns, "Columns", "The date columns to move.", {.meaning = "column"}),
                       property("amount", &ShiftDates::amount, "By", "How far; below 0: back.", {.minimum = -100'000'000, .maximum = 100'000'000}),
                       property("unit", &ShiftDates::unit, "Counted in", "The 31st moved by months becomes the last day of a shorter month.",
                                {.choices = {"seconds", "minutes", "hours", "days", "weeks", "months", "years"}})}};
    return type;
}

}  // namespace lamina
