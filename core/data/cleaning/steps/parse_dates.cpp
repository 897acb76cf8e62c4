// Texts as points in time.
#include "core/data/cleaning/time_columns.h"

namespace lamina {
namespace {

struct ParseDates {
    std::vector<std::string> columns;
    std::string order = "detect";
    std::string format;
};

Result<std::vector<std::size_t>> dateColumns(const CleanTable& input, const ParseDates& settings, const StepContext& context) {
    if (settings.columns.empty()) return fail("cleaning.no_column_chosen");
    if (!settings.format.empty() && !isTimeFormat(settings.format)) return fail("cleaning.bad_time_format", {{"format", settings.format}});
    return stepColumns(input.table, settings.columns, {ColumnKind::Text, ColumnKind::Category, ColumnKind::Time}, context.predicting);
}

Result<nlohmann::json> fitParseDates(const CleanTable& input, TrainingRows, const ParseDates& settings, const StepContext& context) {
    LAMINA_TRY(const auto columns, dateColumns(input, settings, context));
    return fitDateOrders(input, columns, settings.format.empty() ? settings.order : "day-first", context);
}

Result<CleanTable> applyParseDates(const CleanTable& input, const ParseDates& settings, const nlohmann::json& fitted, const StepContext& context,
                                   StepReport& report) {
    LAMINA_TRY(const auto chosen, dateColumns(input, settings, context));
    auto columns = columnsOf(input.table);
    for (const std::size_t column : chosen) {
        const TimeReader reader{settings.format, learnedDateOrder(fitted, columns[column].info.name, report)};
        LAMINA_TRY(columns[column], readTimeColumn(input, column, reader, 1, context, report));
    }
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& parse_dates_step() {
    static const CleaningStepType type = CleaningStepDescriptor<ParseDates, applyParseDates>{
        .id = "parse_dates",
        .title = "Read dates",
        .category = "dates",
        .summary = "Makes points in time of texts such as 2024-03-01, 01.03.2024 14:30 or 1 Mar 2024.",
        .searchWords = {"time", "datetime", "timestamp"},
        .properties = {property("columns", &ParseDates::columns, "Columns", "The columns that hold dates as texts.", {.meaning = "column"}),
                       property("order", &ParseDates::order, "Day and month",
                                "What comes first in dates like 03/04/2024. Detect looks at the whole column and says so where nothing decides it.",
                                {.choices = {"detect", "day-first", "month-first"}}),
                       property("format", &ParseDates::format, "Format",
                                "Empty: every usual form. Else as strptime has it, for example %d.%m.%Y %H:%M.")},
        .fit = eraseFit<ParseDates, fitParseDates>};
    return type;
}

}  // namespace lamina
