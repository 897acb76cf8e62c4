#include "app/jobs/series_ranges.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "app/jobs/annotation_jobs.h"
#include "app/jobs/work_folder.h"
#include "core/annotation/shape_document.h"
#include "core/data/importers/importer.h"
#include "core/data/time_text.h"

namespace lamina {
namespace {

struct RangeColumns {
    std::size_t start = 0, end = 0, label = 0;
};

std::optional<RangeColumns> rangeColumns(const Table& table) {
    const auto named = [&](std::initializer_list<const char*> names) -> std::optional<std::size_t> {
        for (const char* name : names)
            for (std::size_t c = 0; c < table.columnCount(); ++c)
                if (table.info(c).name == name) return c;
        return {};
    };
    const auto start = named({"start", "begin", "from"}), end = named({"end", "stop", "to"}), label = named({"class", "label"});
    if (!start || !end || !label) return {};
    return RangeColumns{*start, *end, *label};
}

std::string quoted(const std::string& text) {
    if (text.find_first_of("\",\n\r") == std::string::npos) return text;
    std::string cell = "\"";
    for (const char c : text) cell += c == '"' ? std::string("\"\"") : std::string(1, c);
    return cell + "\"";
}

/// The first row's item holds the stretches of the whole series.
Result<LabelItemRecord> seriesItem(Project& project, const DatasetRecord& dataset) {
    LAMINA_TRY(const auto labelling, labellingOf(project, dataset));
    LAMINA_TRY(auto item, project.labelItems().at(labelling.key, 0));
    if (!item) return fail("label_item.not_found", {{"item", "1"}});
    return std::move(*item);
}

Result<std::vector<AnnotationShape>> rangesOf(Project& project, const LabelItemRecord& item, const std::vector<LabelClassRecord>& classes) {
    const ClassNumbers numbers(classes);
    std::map<std::int64_t, std::string> names;
    for (const auto& record : classes) names[record.number] = record.name;
    LAMINA_TRY(const auto records, project.annotations().ofItem(item.key));
    std::vector<AnnotationShape> ranges;
    for (const auto& record : records) {
        if (!record.model.empty() || !record.document.contains("kind")) continue;
        LAMINA_TRY(auto shape, shapeFromDocument(record.document, names[numbers.current(record.classNumber)]));
        if (shape.kind == ShapeKind::Range) ranges.push_back(std::move(shape));
    }
    std::stable_sort(ranges.begin(), ranges.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
    return ranges;
}

std::optional<double> placeIn(const Table& table, std::size_t column, std::int64_t row, const SeriesAxis& axis) {
    if (!axis.isTime()) {
        const double number = table.view(column).number(row);
        return std::isfinite(number) && number >= 1 ? std::optional(number - 1) : std::nullopt;
    }
    const auto time = parseTime(table.cellText(row, column));
    return time ? std::optional(static_cast<double>(*time)) : std::nullopt;
}

/// The file's stretches, each with its class.
Result<std::vector<AnnotationShape>> readRanges(Project& project, const Path& file, const SeriesAxis& axis, const ImportJob& job) {
    const WorkFolder folder(project, "ranges");
    LAMINA_TRY(const auto imported, importWith(*findImporter("csv"), file, {}, folder.path(), {.progress = {}, .cancel = job.cancel, .threads = job.threads}));
    LAMINA_TRY(const Table table, Table::open(imported.columns));
    const auto columns = rangeColumns(table);
    if (!columns) return fail("label_ranges.columns", {{"file", file.filename().string()}});
    std::vector<AnnotationShape> ranges;
    for (std::int64_t row = 0; row < table.rows(); ++row) {
        const auto start = placeIn(table, columns->start, row, axis), end = placeIn(table, columns->end, row, axis);
        AnnotationShape range;
        range.kind = ShapeKind::Range;
        range.label = table.cellText(row, columns->label);
        if (!start || !end || *end < *start || range.label.empty()) return fail("label_ranges.bad_row", {{"file", file.filename().string()}, {"row", std::to_string(row + 1)}});
        range.begin = *start;
        range.end = *end;
        ranges.push_back(std::move(range));
    }
    return ranges;
}

}  // namespace

SeriesAxis::SeriesAxis(const Table& table) : m_table(table) {
    for (std::size_t c = 0; c < table.columnCount() && !m_column; ++c) {
        if (table.info(c).kind != ColumnKind::Time || table.info(c).missing > 0) continue;
        const auto times = table.view(c).integers;
        if (std::is_sorted(times.begin(), times.end())) m_column = c;
    }
}

double SeriesAxis::placeOf(std::int64_t row) const { return m_column ? m_table.view(*m_column).number(row) : static_cast<double>(row); }

std::int64_t SeriesAxis::firstRow(double place) const {
    std::int64_t row = static_cast<std::int64_t>(std::ceil(std::clamp(place, 0.0, 1e15)));
    if (m_column) {
        const auto times = m_table.view(*m_column).integers;
        row = std::lower_bound(times.begin(), times.end(), place, [](std::int64_t time, double wanted) { return static_cast<double>(time) < wanted; }) - times.begin();
    }
    return std::clamp<std::int64_t>(row, 0, std::max<std::int64_t>(rows() - 1, 0));
}

std::int64_t SeriesAxis::lastRow(double place) const {
    std::int64_t row = static_cast<std::int64_t>(std::floor(std::clamp(place, 0.0, 1e15)));
    if (m_column) {
        const auto times = m_table.view(*m_column).integers;
        row = std::upper_bound(times.begin(), times.end(), place, [](double wanted, std::int64_t time) { return wanted < static_cast<double>(time); }) - times.begin() - 1;
    }
    return std::clamp<std::int64_t>(row, 0, std::max<std::int64_t>(rows() - 1, 0));
}

std::string SeriesAxis::textAt(double place) const { return m_column ? timeText(std::llround(place)) : std::to_string(std::llround(place) + 1); }

std::string SeriesAxis::textOf(std::int64_t row) const { return textAt(placeOf(row)); }

Result<RangesOutcome> exportRanges(Project& project, const DatasetRecord& dataset, const Path& file) {
    LAMINA_TRY(const auto item, seriesItem(project, dataset));
    LAMINA_TRY(const Table table, openTable(project, dataset));
    LAMINA_TRY(const auto classes, project.labelClasses().all());
    LAMINA_TRY(const auto ranges, rangesOf(project, item, classes));
    const SeriesAxis axis(table);
    std::string text = "start,end,class\n";
    for (const auto& range : ranges) text += axis.textAt(range.begin) + "," + axis.textAt(range.end) + "," + quoted(range.label) + "\n";
    LAMINA_CHECK(writeFileAtomically(file, text));
    return RangesOutcome{std::ssize(ranges), {}, {}};
}

Result<RangesOutcome> importRanges(Project& project, const DatasetRecord& dataset, const Path& file, const ImportJob& job) {
    LAMINA_TRY(const auto item, seriesItem(project, dataset));
    LAMINA_TRY(const Table table, openTable(project, dataset));
    LAMINA_TRY(const auto classes, project.labelClasses().all());
    LAMINA_TRY(auto known, rangesOf(project, item, classes));
    LAMINA_TRY(const auto ranges, readRanges(project, file, SeriesAxis(table), job));
    RangesOutcome outcome;
    const ClassNumbers current(classes);
    std::map<std::string, std::int64_t> numbers;
    std::int64_t highest = 0, order = 0;
    for (const auto& record : classes) {
        numbers.emplace(record.name, current.current(record.number));
        highest = std::max(highest, record.number);
        order = std::max(order, record.order + 1);
    }
    LabelEdit edit;
    LabelGesture gesture;
    gesture.item = item.key;
    for (const auto& range : ranges) {
        const bool there = std::any_of(known.begin(), known.end(), [&](const auto& each) { return each.begin == range.begin && each.end == range.end && each.label == range.label; });
        if (there) continue;
        known.push_back(range);
        if (numbers.emplace(range.label, highest + 1).second) {
            LabelClassRecord record;
            record.name = range.label;
            record.number = ++highest;
            record.order = order++;
            record.colour = classColour(record.number);
            edit.classes.push_back(std::move(record));
            outcome.newClasses.push_back(range.label);
        }
        AnnotationRecord record;
        record.label = record.id;
        record.classNumber = numbers[range.label];
        record.document = shapeToDocument(range);
        record.tool = "import:ranges";
        gesture.revisions.push_back(std::move(record));
    }
    outcome.ranges = std::ssize(gesture.revisions);
    if (gesture.revisions.empty()) return outcome;
    edit.gestures.push_back(std::move(gesture));
    LAMINA_TRY(auto receipt, project.annotations()
                                 .apply(editName("edit.import_labels", {{"labels", std::to_string(outcome.ranges)}, {"source", file.filename().string()}}), std::move(edit))
                                 .get());
    outcome.receipts.push_back(std::move(receipt));
    return outcome;
}

}  // namespace lamina
