// Written numbers with signs, units and thousands separators as numbers.
#include <algorithm>
#include <map>

#include "core/data/cleaning/measured_text.h"
#include "core/data/cleaning/step_tools.h"
#include "core/data/type_detection.h"

namespace lamina {
namespace {

struct ParseNumbers {
    std::vector<std::string> columns;
    std::string decimal = "detect";
    std::string unit;
    std::string percent = "as_written";
};

/// What the texts of a column show, counted.
struct WrittenVotes {
    std::int64_t point = 0, comma = 0, either = 0;
    std::string example;  ///< of those that could be either
    std::map<const MeasureUnit*, std::int64_t> units;

    void add(std::string_view text, std::int64_t times) {
        for (const auto& number : readWritten(text)) {
            const DecimalHint hint = decimalHint(number.digits);
            point += hint == DecimalHint::Point ? times : 0;
            comma += hint == DecimalHint::Comma ? times : 0;
            if (hint == DecimalHint::Either && either == 0) example = number.digits;
            either += hint == DecimalHint::Either ? times : 0;
            if (number.unit) units[number.unit] += times;
        }
    }
    void add(const WrittenVotes& later) {
        if (either == 0) example = later.example;
        point += later.point;
        comma += later.comma;
        either += later.either;
        for (const auto& [unit, times] : later.units) units[unit] += times;
    }
    std::string usualUnit() const {
        std::map<std::string, std::int64_t> byName;
        for (const auto& [unit, times] : units) byName[unit->name] += times;
        const auto most = std::max_element(byName.begin(), byName.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
        return most == byName.end() ? std::string() : most->first;
    }
};

Result<WrittenVotes> writtenVotes(const CleanTable& input, std::size_t column, TrainingRows training, const StepContext& context) {
    const ColumnView view = input.table.view(column);
    const auto counts = [&](std::int64_t row) {
        return !view.isMissing(row) && (training.empty() ? !input.isRemoved(row) : training[static_cast<std::size_t>(row)] != 0);
    };
    WrittenVotes all;
    if (view.kind == ColumnKind::Category) {
        std::vector<std::int64_t> times(view.dictionary.size());
        for (std::int64_t row = 0; row < view.rows; ++row)
            if (counts(row)) ++times[static_cast<std::size_t>(view.codes[static_cast<std::size_t>(row)])];
        for (std::size_t i = 0; i < times.size(); ++i)
            if (times[i] > 0) all.add(view.dictionary[i], times[i]);
        return all;
    }
    std::vector<WrittenVotes> slices(sliceCount(view.rows));
    LAMINA_CHECK(forRowSlices(view.rows, context, [&](const RowSlice& slice) {
        for (std::int64_t row = slice.first; row < slice.last; ++row)
            if (counts(row)) slices[slice.index].add(view.text(row), 1);
    }));
    for (const auto& slice : slices) all.add(slice);
    return all;
}

Result<std::vector<std::size_t>> writtenColumns(const CleanTable& input, const ParseNumbers& settings, const StepContext& context) {
    if (settings.columns.empty()) return fail("cleaning.no_column_chosen");
    if (!settings.unit.empty() && !findUnit(settings.unit)) return fail("cleaning.unknown_unit", {{"unit", settings.unit}});
    return stepColumns(input.table, settings.columns, {ColumnKind::Text, ColumnKind::Category, ColumnKind::Number, ColumnKind::Integer},
                       context.predicting);
}

Result<nlohmann::json> fitParseNumbers(const CleanTable& input, TrainingRows training, const ParseNumbers& settings, const StepContext& context) {
    LAMINA_TRY(const auto columns, writtenColumns(input, settings, context));
    nlohmann::json fitted = nlohmann::json::object();
    for (const std::size_t column : columns) {
        const ColumnKind kind = input.table.info(column).kind;
        if (kind == ColumnKind::Number || kind == ColumnKind::Integer) continue;
        LAMINA_TRY(const WrittenVotes votes, writtenVotes(input, column, training, context));
        // Where nothing decides, "1,234" is a thousand and "1.234" a fraction: the reading of most of the world's files.
        nlohmann::json learned{{"decimal", votes.comma > votes.point ? "comma" : "point"}, {"unit", votes.usualUnit()}};
        if (votes.comma == votes.point && votes.either > 0) learned["example"] = votes.example;
        fitted[input.table.info(column).name] = std::move(learned);
    }
    return fitted;
}

/// How the texts of one column are read.
struct WrittenReader {
    char decimal = '.';
    const MeasureUnit* unit = nullptr;  ///< what all are converted to; numbers without a unit are taken as being in it
    bool percentAsFraction = false;

    bool read(std::string_view text, CellValue& out) const {
        const bool mayBePlain = decimal == '.' && !text.empty() && text.back() >= '0' && text.back() <= '9';
        if (const NumberText plain = mayBePlain ? readAnyNumber(text) : NumberText(); plain.is != TextValue) return out.number = plain.value, true;
        const auto numbers = readWritten(text);
        if (numbers.empty()) return false;
        double sum = 0;
        for (const auto& number : numbers) {
            auto value = writtenValue(number.digits, decimal);
            if (!value) return false;
            *value *= number.multiplier * (numbers[0].negative ? -1 : 1);
            if (number.unit && unit) {
                if (std::string_view(number.unit->dimension) != unit->dimension) return false;
                *value = convertUnit(*value, *number.unit, *unit);
            }
            if (number.unit && percentAsFraction && std::string_view(number.unit->dimension) == "percent") *value /= 100;
            sum += *value;
        }
        out.number = sum;
        return true;
    }
};

WrittenReader readerFor(const ParseNumbers& settings, const nlohmann::json& fitted, const std::string& column, StepReport& report) {
    const nlohmann::json learned = fitted.value(column, nlohmann::json::object());
    const std::string decimal = settings.decimal == "detect" ? learned.value("decimal", "point") : settings.decimal;
    const std::string unit = settings.unit.empty() ? learned.value("unit", "") : settings.unit;
    const std::string example = learned.value("example", "");
    WrittenReader reader{decimal == "comma" ? ',' : '.', unit.empty() ? nullptr : findUnit(unit), settings.percent == "fraction"};
    if (settings.decimal == "detect" && !example.empty()) {
        const auto say = [&](char sign) { return nlohmann::json(writtenValue(example, sign).value_or(0)).dump(); };
        report.issues.push_back({Severity::Warning, fail("cleaning.ambiguous_decimal",
                                                         {{"column", column}, {"example", example}, {"first", say('.')}, {"second", say(',')}})});
    }
    if (reader.unit) report.issues.push_back({Severity::Note, fail("cleaning.unit_read", {{"column", column}, {"unit", reader.unit->name}})});
    return reader;
}

Result<CleanTable> applyParseNumbers(const CleanTable& input, const ParseNumbers& settings, const nlohmann::json& fitted, const StepContext& context,
                                     StepReport& report) {
    LAMINA_TRY(const auto chosen, writtenColumns(input, settings, context));
    auto columns = columnsOf(input.table);
    for (const std::size_t column : chosen) {
        const ColumnKind kind = columns[column].view.kind;
        if (kind == ColumnKind::Number || kind == ColumnKind::Integer) continue;
        const WrittenReader reader = readerFor(settings, fitted, columns[column].info.name, report);
        const auto makeRead = [&]() -> ReadFunction { return [&reader](std::string_view text, CellValue& out) { return reader.read(text, out); }; };
        LAMINA_TRY(columns[column], readTexts(input, column, ColumnKind::Number, context, makeRead, report));
    }
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& parse_numbers_step() {
    static const CleaningStepType type = CleaningStepDescriptor<ParseNumbers, applyParseNumbers>{
        .id = "parse_numbers",
        .title = "Read numbers with units",
        .category = "numbers",
        .summary = "Makes numbers of texts such as 12 kg, 1,234.5 €, 12 % or 5 ft 11 in, and converts units of one kind.",
        .searchWords = {"currency", "percent", "thousands", "decimal comma", "unit"},
        .properties = {property("columns", &ParseNumbers::columns, "Columns", "The text columns that hold written numbers.", {.meaning = "column"}),
                       property("decimal", &ParseNumbers::decimal, "Decimal sign",
                                "Detect looks at the whole column and says so where nothing decides it.", {.choices = {"detect", "point", "comma"}}),
                       property("unit", &ParseNumbers::unit, "Unit",
                                "What everything is converted to, such as kg; empty: the column's most frequent unit. Numbers without a unit are "
                                "taken as being in it; other kinds of units are refused."),
                       property("percent", &ParseNumbers::percent, "Percent", "12 % as the number 12 or as 0.12.",
                                {.choices = {"as_written", "fraction"}})},
        .fit = eraseFit<ParseNumbers, fitParseNumbers>};
    return type;
}

}  // namespace lamina
