// Dates moved by days that nobody knows: by the same for all dates of a person, so that times between them stay.
#include "core/data/cleaning/calendar.h"
#include "core/data/cleaning/kept_key.h"
#include "core/data/cleaning/steps/privacy.h"

namespace lamina {
namespace {

struct AnonymizeDates {
    std::vector<std::string> columns;
    std::string person;
    std::string key;
    std::int64_t days = 180;
};

/// -days … days, by the first 60 bits of the hash.
std::int64_t shiftOfPerson(const AnonymizeDates& settings, std::string_view person) {
    const auto chance = std::stoull(hmacSha256(settings.key, person).substr(0, 15), nullptr, 16);
    return static_cast<std::int64_t>(chance % static_cast<std::uint64_t>(2 * settings.days + 1)) - settings.days;
}

Result<TableColumn> movedDates(const CleanTable& input, const TableColumn& source, const TableColumn* person, const AnonymizeDates& settings, const StepContext& context,
                               StepReport& report) {
    ColumnDraft draft(ColumnKind::Time, source.view.rows);
    SliceNotes notes(input);
    LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
        std::string buffer;
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            if (source.view.isMissing(row)) {
                draft.missing(row);
                continue;
            }
            const std::int64_t time = source.view.integers[static_cast<std::size_t>(row)];
            const bool unknown = person && person->view.isMissing(row);
            if (unknown || time < calendarLeast || time > calendarMost) {
                draft.missing(row);  // unshifted it would give itself away
                notes.refused(slice, row, displayText(source.view, source.info, row));
                continue;
            }
            draft.integer(row, time + shiftOfPerson(settings, person ? CellReader(*person).text(row, buffer) : std::string_view()) * calendarDayMilliseconds);
            notes.changed(slice, row);
        }
    }));
    notes.addTo(report, source.info.name);
    return draft.finish(source.info.id, source.info.name, source.info.role);
}

Result<CleanTable> applyAnonymizeDates(const CleanTable& input, const AnonymizeDates& settings, const nlohmann::json&, const StepContext& context, StepReport& report) {
    if (settings.columns.empty()) return fail("cleaning.no_column_chosen");
    if (settings.key.empty()) return fail("cleaning.no_key");
    if (isKeptKey(settings.key)) return fail("cleaning.key_missing");
    LAMINA_TRY(const auto chosen, stepColumns(input.table, settings.columns, {ColumnKind::Time}, context.predicting));
    std::optional<TableColumn> person;
    if (!settings.person.empty()) {
        LAMINA_TRY(const std::size_t column, stepColumn(input.table, settings.person));
        person = input.table.column(column);
    }
    auto columns = columnsOf(input.table);
    for (const std::size_t column : chosen) {
        LAMINA_TRY(columns[column], movedDates(input, input.table.column(column), person ? &*person : nullptr, settings, context, report));
    }
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& anonymize_dates_step() {
    static const CleaningStepType type = CleaningStepDescriptor<AnonymizeDates, applyAnonymizeDates>{
        .id = "anonymize_dates",
        .title = "Shift dates per person",
        .category = "privacy",
        .summary = "Moves all dates of a person by the same secret number of days, so that the time between them stays true.",
        .searchWords = {"anonymise", "privacy", "date shift", "gdpr"},
        .properties = {property("columns", &AnonymizeDates::columns, "Columns", "The columns of dates.", {.meaning = "column"}),
                       property("person", &AnonymizeDates::person, "Person", "The column that says whose row it is; none: all rows are moved alike.", {.meaning = "column"}),
                       property("key", &AnonymizeDates::key, "Key", "A long secret of your own that decides the shifts. It is kept in this project alone, in no recipe that is handed on and in no report.", {.meaning = "secret"}),
                       property("days", &AnonymizeDates::days, "At most", "By how many days at most, forwards or backwards.", {.minimum = 1, .maximum = 100000})}};
    return type;
}

}  // namespace lamina
