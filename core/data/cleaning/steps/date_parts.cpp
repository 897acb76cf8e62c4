// Year, month, weekday … of points in time as columns.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/data/cleaning/calendar.h"
#include "core/data/cleaning/step_tools.h"

namespace lamina {
namespace {

struct DateParts {
    std::vector<std::string> columns;
    std::vector<std::string> parts{"year", "month", "day", "weekday"};
    bool cyclic = false;
    bool keepColumns = true;
};

struct DatePart {
    const char* name;
    std::int64_t (*of)(const CalendarDay& date);
    double first, period;  ///< of a part that comes round again: its smallest value, and after how many it is the same; 0: it does not
};

constexpr std::array dateParts{
    DatePart{"year", [](const CalendarDay& d) { return d.year; }, 0, 0},
    DatePart{"quarter", [](const CalendarDay& d) -> std::int64_t { return (d.month + 2) / 3; }, 1, 4},
    DatePart{"month", [](const CalendarDay& d) -> std::int64_t { return d.month; }, 1, 12},
    DatePart{"week", [](const CalendarDay& d) -> std::int64_t { return d.week; }, 1, 52.1775},
    DatePart{"day", [](const CalendarDay& d) -> std::int64_t { return d.day; }, 1, 30.436875},
    DatePart{"day_of_year", [](const CalendarDay& d) -> std::int64_t { return d.dayOfYear; }, 1, 365.2425},
    DatePart{"weekday", [](const CalendarDay& d) -> std::int64_t { return d.weekday; }, 1, 7},
    DatePart{"weekend", [](const CalendarDay& d) -> std::int64_t { return d.weekday >= 6; }, 0, 0},
    DatePart{"hour", [](const CalendarDay& d) { return d.within / 3'600'000; }, 0, 24},
    DatePart{"minute", [](const CalendarDay& d) { return d.within / 60'000 % 60; }, 0, 60},
    DatePart{"second", [](const CalendarDay& d) { return d.within / 1000 % 60; }, 0, 60},
};

std::vector<std::string> partNames() {
    std::vector<std::string> names;
    for (const DatePart& part : dateParts) names.emplace_back(part.name);
    return names;
}

Result<const DatePart*> datePart(const std::string& name) {
    std::string known;
    for (const DatePart& part : dateParts) {
        if (part.name == name) return &part;
        known += (known.empty() ? "" : ", ") + std::string(part.name);
    }
    return fail("cleaning.unknown_part", {{"part", name}, {"known", known}});
}

/// A new column: a part of a date as it is, or its place on a circle.
struct PartColumn {
    enum class Form { Plain, Flag, Sine, Cosine };
    const DatePart* part;
    Form form;
    std::string name;

    ColumnKind kind() const { return form == Form::Plain ? ColumnKind::Integer : form == Form::Flag ? ColumnKind::Boolean : ColumnKind::Number; }
    void put(ColumnDraft& draft, std::int64_t row, const CalendarDay& date) const {
        const std::int64_t value = part->of(date);
        if (form == Form::Plain) return draft.integer(row, value);
        if (form == Form::Flag) return draft.boolean(row, value != 0);
        const double angle = 2 * std::numbers::pi * (static_cast<double>(value) - part->first) / part->period;
        draft.number(row, form == Form::Sine ? std::sin(angle) : std::cos(angle));
    }
};

Result<std::vector<PartColumn>> partColumns(const std::string& column, const DateParts& settings) {
    std::vector<PartColumn> made;
    for (const auto& name : settings.parts) {
        LAMINA_TRY(const DatePart* part, datePart(name));
        const std::string full = column + " " + part->name;
        if (settings.cyclic && part->period > 0) {
            made.push_back({part, PartColumn::Form::Sine, full + " sin"});
            made.push_back({part, PartColumn::Form::Cosine, full + " cos"});
        } else {
            made.push_back({part, name == "weekend" ? PartColumn::Form::Flag : PartColumn::Form::Plain, full});
        }
    }
    return made;
}

Result<void> addParts(const CleanTable& input, const TableColumn& source, const DateParts& settings, const StepContext& context,
                      std::vector<TableColumn>& columns) {
    LAMINA_TRY(const auto parts, partColumns(source.info.name, settings));
    std::vector<ColumnDraft> drafts;
    for (const auto& part : parts) drafts.emplace_back(part.kind(), source.view.rows);
    LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            const std::int64_t time = source.view.integers[static_cast<std::size_t>(row)];
            const bool there = !source.view.isMissing(row) && time <= calendarMost && time >= calendarLeast;
            const CalendarDay date = there ? calendarDay(time) : CalendarDay();
            for (std::size_t i = 0; i < parts.size(); ++i) there ? parts[i].put(drafts[i], row, date) : drafts[i].missing(row);
        }
    }));
    for (std::size_t i = 0; i < parts.size(); ++i)
        LAMINA_CHECK(insertColumn(columns, columns.size(), drafts[i].finish(newColumnId(input, context, parts[i].name), parts[i].name)));
    return {};
}

Result<CleanTable> applyDateParts(const CleanTable& input, const DateParts& settings, const nlohmann::json&, const StepContext& context,
                                  StepReport&) {
    LAMINA_TRY(const auto chosen, stepColumns(input.table, settings.columns, {ColumnKind::Time}, context.predicting));
    std::vector<TableColumn> columns;
    for (std::size_t i = 0; i < input.table.columnCount(); ++i)
        if (settings.keepColumns || std::find(chosen.begin(), chosen.end(), i) == chosen.end()) columns.push_back(input.table.column(i));
    for (const std::size_t column : chosen) LAMINA_CHECK(addParts(input, input.table.column(column), settings, context, columns));
    if (columns.empty()) return fail("cleaning.no_columns_left");
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& date_parts_step() {
    static const CleaningStepType type = CleaningStepDescriptor<DateParts, applyDateParts>{
        .id = "date_parts",
        .title = "Parts of dates",
        .category = "dates",
        .summary = "Adds columns with the year, month, weekday, hour … of dates.",
        .searchWords = {"year", "month", "weekday", "hour", "season", "cyclic"},
        .properties = {
            property("columns", &DateParts::columns, "Columns", "Columns of dates; none chosen: all of them.", {.meaning = "column"}),
            property("parts", &DateParts::parts, "Parts",
                     "What of a date becomes a column of its own.", {.choices = partNames()}),
            property("cyclic", &DateParts::cyclic, "As points on a circle",
                     "Parts that come round again become a sine and a cosine column, so that December lies beside January."),
            property("keep_columns", &DateParts::keepColumns, "Keep the columns", "The date columns stay.")}};
    return type;
}

}  // namespace lamina
