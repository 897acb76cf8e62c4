// Columns as another kind; what does not convert becomes missing and is listed.
#include <cmath>

#include "core/data/cleaning/time_columns.h"
#include "core/data/cleaning/typed_text.h"
#include "core/data/type_detection.h"

namespace lamina {
namespace {

struct ChangeType {
    std::vector<std::string> columns;
    std::string to = "number";
    std::string decimal = "point";
    std::string fractions = "refuse";
    std::string order = "detect";
    std::string format;
    std::string since1970 = "seconds";
};

Result<std::vector<std::size_t>> columnsToConvert(const CleanTable& input, const ChangeType& settings, const StepContext& context) {
    if (settings.columns.empty()) return fail("cleaning.no_column_chosen");
    if (!settings.format.empty() && !isTimeFormat(settings.format)) return fail("cleaning.bad_time_format", {{"format", settings.format}});
    return stepColumns(input.table, settings.columns,
                       {ColumnKind::Number, ColumnKind::Integer, ColumnKind::Boolean, ColumnKind::Category, ColumnKind::Text, ColumnKind::Time},
                       context.predicting);
}

/// A number as whole number, or nothing.
bool wholeNumber(double value, const std::string& fractions, std::int64_t& out) {
    const double whole = fractions == "round" ? std::nearbyint(value) : std::trunc(value);
    if ((fractions == "refuse" && whole != value) || !(std::abs(whole) < 9.2e18)) return false;
    out = static_cast<std::int64_t>(whole);
    return true;
}

ReadFunction typedReader(const ChangeType& settings, ColumnKind to) {
    return [&settings, to, buffer = std::string()](std::string_view text, CellValue& out) mutable {
        text = withoutOuterBlanks(text);
        if (to == ColumnKind::Boolean) return readCell(text, to, out);
        if (settings.decimal == "comma") text = withoutDecimalComma(text, buffer);
        const NumberText number = readAnyNumber(text);
        out.number = number.value;
        out.integer = number.integer;
        if (number.is == TextValue) return false;
        return to == ColumnKind::Number || number.is == IntegerValue || wholeNumber(number.value, settings.fractions, out.integer);
    };
}

/// A numeric cell (Number, Integer, Boolean, Time) as Number, Integer or Boolean.
bool convertNumber(const ColumnView& view, std::int64_t row, const ChangeType& settings, ColumnKind to, CellValue& out) {
    const double unit = view.kind == ColumnKind::Time ? (settings.since1970 == "seconds" ? 0.001
                                                         : settings.since1970 == "days"  ? 1.0 / 86'400'000
                                                                                         : 1)
                                                      : 1;
    out.number = view.number(row) * unit;
    if (to == ColumnKind::Number) return true;
    if (to == ColumnKind::Boolean) {
        out.integer = out.number != 0;
        return out.number == 0 || out.number == 1;
    }
    if (unit == 1 && storedAsInteger(view.kind)) return out.integer = view.integers[static_cast<std::size_t>(row)], true;
    return wholeNumber(out.number, settings.fractions, out.integer);
}

Result<TableColumn> convertNumbers(const CleanTable& input, const TableColumn& source, const ChangeType& settings, ColumnKind to,
                                   const StepContext& context, StepReport& report) {
    ColumnDraft draft(to, source.view.rows);
    SliceNotes notes(input);
    LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            CellValue value;
            if (source.view.isMissing(row)) draft.missing(row);
            else if (convertNumber(source.view, row, settings, to, value)) putCell(draft, row, value), notes.changed(slice, row);
            else draft.missing(row), notes.refused(slice, row, displayText(source.view, source.info, row));
        }
    }));
    notes.addTo(report, source.info.name);
    return draft.finish(source.info.id, source.info.name, source.info.role);
}

/// All that is not missing changes its kind.
void countAllPresent(const CleanTable& input, const TableColumn& source, StepReport& report) {
    for (std::int64_t row = 0; row < source.view.rows; ++row) report.changedCells += !input.isRemoved(row) && !source.view.isMissing(row);
}

Result<TableColumn> convertToText(const TableColumn& source, const StepContext& context) {
    ColumnDraft draft(ColumnKind::Text, source.view.rows);
    const CellReader cells(source);
    LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
        std::string buffer;
        for (std::int64_t row = slice.first; row < slice.last; ++row)
            source.view.isMissing(row) ? draft.missing(row) : draft.text(row, cells.text(row, buffer));
    }));
    return draft.finish(source.info.id, source.info.name, source.info.role);
}

Result<TableColumn> convertToCategory(const CleanTable& input, const TableColumn& source, const StepContext& context) {
    const CellReader cells(source);
    const RowText textOf = [&](std::int64_t row, std::string& buffer) -> std::optional<std::string_view> {
        if (source.view.isMissing(row)) return std::nullopt;
        return cells.text(row, buffer);
    };
    LAMINA_TRY(TableColumn column, categorise(input, context, textOf, source.info.id, source.info.name));
    column.info.role = source.info.role;
    return column;
}

double millisecondsOf(const std::string& unit) { return unit == "seconds" ? 1000 : unit == "days" ? 86'400'000 : 1; }

Result<TableColumn> convertColumn(const CleanTable& input, std::size_t column, const ChangeType& settings, const nlohmann::json& fitted,
                                  const StepContext& context, StepReport& report) {
    const TableColumn& source = input.table.column(column);
    const ColumnKind to = *columnKindFromName(settings.to), from = source.view.kind;
    if (to == from) return source;
    if (to == ColumnKind::Time) {
        if (from == ColumnKind::Boolean)
            return fail("cleaning.column_kind", {{"column", source.info.name}, {"kind", "boolean"}, {"needed", "text, category, integer, number"}});
        const TimeReader reader{settings.format, learnedDateOrder(fitted, source.info.name, report)};
        return readTimeColumn(input, column, reader, millisecondsOf(settings.since1970), context, report);
    }
    if (to == ColumnKind::Text || to == ColumnKind::Category) {
        countAllPresent(input, source, report);
        return to == ColumnKind::Text ? convertToText(source, context) : convertToCategory(input, source, context);
    }
    if (from == ColumnKind::Text || from == ColumnKind::Category)
        return readTexts(
            input, column, to, context, [&] { return typedReader(settings, to); }, report);
    return convertNumbers(input, source, settings, to, context, report);
}

Result<nlohmann::json> fitChangeType(const CleanTable& input, TrainingRows, const ChangeType& settings, const StepContext& context) {
    LAMINA_TRY(const auto columns, columnsToConvert(input, settings, context));
    if (settings.to != "time") return nlohmann::json::object();
    return fitDateOrders(input, columns, settings.format.empty() ? settings.order : "day-first", context);
}

Result<CleanTable> applyChangeType(const CleanTable& input, const ChangeType& settings, const nlohmann::json& fitted, const StepContext& context,
                                   StepReport& report) {
    LAMINA_TRY(const auto chosen, columnsToConvert(input, settings, context));
    auto columns = columnsOf(input.table);
    for (const std::size_t column : chosen) {
        LAMINA_TRY(columns[column], convertColumn(input, column, settings, fitted, context, report));
    }
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& change_type_step() {
    static const CleaningStepType type = CleaningStepDescriptor<ChangeType, applyChangeType>{
        .id = "change_type",
        .title = "Change type",
        .category = "columns",
        .summary = "Makes columns numbers, whole numbers, yes/no, categories, texts or dates; what does not convert becomes missing and is listed.",
        .searchWords = {"convert", "cast", "dtype", "kind"},
        .properties = {property("columns", &ChangeType::columns, "Columns", "The columns to convert.", {.meaning = "column"}),
                       property("to", &ChangeType::to, "New type", "What the columns become.",
                                {.choices = {"number", "integer", "boolean", "category", "text", "time"}}),
                       property("decimal", &ChangeType::decimal, "Decimal sign", "How texts write fractions: 1.5 or 1,5.",
                                {.choices = {"point", "comma"}}),
                       property("fractions", &ChangeType::fractions, "Fractions",
                                "What becomes of 1.5 as a whole number: refused, rounded or cut off.", {.choices = {"refuse", "round", "cut"}}),
                       property("order", &ChangeType::order, "Day and month",
                                "What comes first in dates like 03/04/2024. Detect looks at the whole column and says so where nothing decides it.",
                                {.choices = {"detect", "day-first", "month-first"}}),
                       property("format", &ChangeType::format, "Date format",
                                "Empty: every usual form. Else as strptime has it, for example %d.%m.%Y %H:%M."),
                       property("since_1970", &ChangeType::since1970, "Dates as numbers",
                                "What numbers count from 1970-01-01 on where dates become numbers or numbers dates.",
                                {.choices = {"seconds", "milliseconds", "days"}})},
        .fit = eraseFit<ChangeType, fitChangeType>};
    return type;
}

}  // namespace lamina
