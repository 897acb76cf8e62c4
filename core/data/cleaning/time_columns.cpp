#include "core/data/cleaning/time_columns.h"

#include <cmath>

namespace lamina {
namespace {

struct OrderVotes {
    std::int64_t dayFirst = 0, monthFirst = 0, doubtful = 0;
    std::string example;

    void add(std::string_view text, std::int64_t times) {
        const TimeReading reading = readTime(text);
        if (reading.dayFirst && !reading.monthFirst) dayFirst += times;
        if (reading.monthFirst && !reading.dayFirst) monthFirst += times;
        if (!reading.dayFirst || !reading.monthFirst || reading.asDayFirst == reading.asMonthFirst) return;
        if (doubtful == 0) example = text;
        doubtful += times;
    }
    void add(const OrderVotes& later) {
        dayFirst += later.dayFirst;
        monthFirst += later.monthFirst;
        if (doubtful == 0) example = later.example;
        doubtful += later.doubtful;
    }
};

void countVotes(const CleanTable& input, const ColumnView& view, const RowSlice& slice, OrderVotes& votes) {
    for (std::int64_t row = slice.first; row < slice.last; ++row)
        if (!view.isMissing(row) && !input.isRemoved(row)) votes.add(view.text(row), 1);
}

/// Of a category each text is read once.
Result<OrderVotes> votesOf(const CleanTable& input, const ColumnView& view, const StepContext& context) {
    OrderVotes all;
    if (view.kind == ColumnKind::Category) {
        std::vector<std::int64_t> counts(view.dictionary.size());
        for (std::int64_t row = 0; row < view.rows; ++row)
            if (!view.isMissing(row) && !input.isRemoved(row)) ++counts[static_cast<std::size_t>(view.codes[static_cast<std::size_t>(row)])];
        for (std::size_t i = 0; i < counts.size(); ++i)
            if (counts[i] > 0) all.add(view.dictionary[i], counts[i]);
        return all;
    }
    std::vector<OrderVotes> slices(sliceCount(view.rows));
    LAMINA_CHECK(forRowSlices(view.rows, context, [&](const RowSlice& slice) { countVotes(input, view, slice, slices[slice.index]); }));
    for (const OrderVotes& slice : slices) all.add(slice);
    return all;
}

Result<TableColumn> timeOfNumbers(const CleanTable& input, const TableColumn& source, double scale, const StepContext& context, StepReport& report) {
    ColumnDraft draft(ColumnKind::Time, source.view.rows);
    SliceNotes notes(input);
    LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            const double value = source.view.number(row) * scale;
            const bool good = std::abs(value) < 9e15;
            good ? draft.integer(row, static_cast<std::int64_t>(std::llround(value))) : draft.missing(row);
            if (good) notes.changed(slice, row);
            else if (!source.view.isMissing(row)) notes.refused(slice, row, displayText(source.view, source.info, row));
        }
    }));
    notes.addTo(report, source.info.name);
    return draft.finish(source.info.id, source.info.name, source.info.role);
}

}  // namespace

Result<DateOrderFinding> findDateOrder(const CleanTable& input, std::size_t column, const StepContext& context) {
    DateOrderFinding finding;
    const ColumnView view = input.table.view(column);
    if (view.kind != ColumnKind::Text && view.kind != ColumnKind::Category) return finding;
    LAMINA_TRY(const OrderVotes votes, votesOf(input, view, context));
    finding.contradictory = votes.dayFirst > 0 && votes.monthFirst > 0;
    finding.doubtful = votes.doubtful;
    finding.example = votes.example;
    if (votes.dayFirst > votes.monthFirst) finding.order = DateOrder::DayFirst;
    if (votes.monthFirst > votes.dayFirst) finding.order = DateOrder::MonthFirst;
    return finding;
}

Result<TableColumn> readTimeColumn(const CleanTable& input, std::size_t column, const TimeReader& reader, double scale, const StepContext& context,
                                   StepReport& report) {
    const TableColumn& source = input.table.column(column);
    if (source.view.kind == ColumnKind::Time) return source;
    if (source.view.kind == ColumnKind::Number || source.view.kind == ColumnKind::Integer)
        return timeOfNumbers(input, source, scale, context, report);
    const auto makeRead = [&]() -> ReadFunction {
        return [&reader](std::string_view text, CellValue& out) {
            const auto time = reader.format.empty() ? parseTime(text, reader.order) : parseTimeAs(text, reader.format);
            out.integer = time.value_or(0);
            return time.has_value();
        };
    };
    return readTexts(input, column, ColumnKind::Time, context, makeRead, report);
}

Result<nlohmann::json> fitDateOrders(const CleanTable& input, const std::vector<std::size_t>& columns, const std::string& order,
                                     const StepContext& context) {
    nlohmann::json fitted = nlohmann::json::object();
    for (const std::size_t column : columns) {
        nlohmann::json learned{{"order", order}};
        if (order == "detect") {
            LAMINA_TRY(const DateOrderFinding finding, findDateOrder(input, column, context));
            learned["order"] = finding.order == DateOrder::MonthFirst ? "month-first" : "day-first";
            if (finding.contradictory) learned["mixed"] = true;
            if (finding.order == DateOrder::Unknown && finding.doubtful > 0) learned["example"] = finding.example;
        }
        fitted[input.table.info(column).name] = std::move(learned);
    }
    return fitted;
}

DateOrder learnedDateOrder(const nlohmann::json& fitted, const std::string& column, StepReport& report) {
    const auto learned = fitted.find(column);
    if (learned == fitted.end()) return DateOrder::Unknown;
    const std::string example = learned->value("example", "");
    if (!example.empty()) {
        const TimeReading reading = readTime(example);
        report.issues.push_back(
            {Severity::Warning,
             fail("cleaning.ambiguous_dates",
                  {{"column", column}, {"example", example}, {"first", timeText(reading.asDayFirst)}, {"second", timeText(reading.asMonthFirst)}})});
    }
    if (learned->value("mixed", false)) report.issues.push_back({Severity::Warning, fail("cleaning.mixed_dates", {{"column", column}})});
    return dateOrderFromName(learned->at("order").get<std::string>());
}

}  // namespace lamina
