#include "app/jobs/labelled_dataset.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "app/jobs/annotation_jobs.h"
#include "app/jobs/derived_dataset.h"

namespace lamina {
namespace {

constexpr std::int64_t labelledItemsAtOnce = 1000;

/// What people said of rows as wholes.
struct LabelledRows {
    std::vector<std::int64_t> rows;
    std::vector<std::int64_t> numbers;  ///< of classes
    std::vector<std::pair<std::int64_t, std::int64_t>> all;  ///< row, number: of every class of the whole
    std::vector<std::int64_t> without;  ///< rows that were checked and have none
    std::vector<std::int64_t> valueRows;
    std::vector<double> values;
    bool isOfValues() const { return valueRows.size() > rows.size(); }
    bool hasSeveral() const { return all.size() > rows.size(); }
};

std::optional<double> valueOf(const AnnotationRecord& record) {
    const auto attributes = record.document.find("attributes");
    if (attributes == record.document.end() || !attributes->is_object()) return {};
    const auto said = attributes->find(labelledValue);
    if (said == attributes->end() || !said->is_string()) return {};
    const auto& text = said->get_ref<const std::string&>();
    double value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return {};
    return value;
}

/// The class of an item as a whole and its value, as a person gave or accepted them.
Result<void> addItem(Project& project, const LabelItemRecord& item, LabelledRows& labelled) {
    LAMINA_TRY(const auto records, project.annotations().ofItem(item.key));
    bool classed = false, valued = false;
    for (const auto& record : records) {
        if (!record.model.empty()) continue;
        if (const auto value = valueOf(record); value && !std::exchange(valued, true)) {
            labelled.valueRows.push_back(item.position);
            labelled.values.push_back(*value);
        }
        if (!record.document.empty() || record.classNumber == 0 || record.pass > 1) continue;
        labelled.all.emplace_back(item.position, record.classNumber);
        if (std::exchange(classed, true)) continue;
        labelled.rows.push_back(item.position);
        labelled.numbers.push_back(record.classNumber);
    }
    if (!classed && item.state == ItemState::CheckedEmpty) labelled.without.push_back(item.position);
    return {};
}

Result<LabelledRows> labelledRows(Project& project, const LabellingRecord& labelling, std::int64_t count, const ImportJob& job) {
    LabelledRows labelled;
    for (std::int64_t from = 0; from < count;) {
        if (job.cancel.cancelled()) return fail("job.cancelled");
        LAMINA_TRY(const auto items, project.labelItems().list(labelling.key, {}, from, labelledItemsAtOnce));
        if (items.empty()) break;
        for (const auto& item : items)
            if (item.state != ItemState::Unlabelled && item.state != ItemState::Skipped && item.position >= 0) LAMINA_CHECK(addItem(project, item, labelled));
        from = items.back().position + 1;
        if (job.progress) job.progress({"labels", std::min(from, count), count, "items"});
    }
    return labelled;
}

/// A column for all rows of the table: missing where a row has no value.
TableColumn valueColumn(const LabelledRows& labelled, std::int64_t rows, std::string name) {
    std::vector<double> valueOfRow(static_cast<std::size_t>(rows), std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = 0; i < labelled.valueRows.size(); ++i) valueOfRow[static_cast<std::size_t>(labelled.valueRows[i])] = labelled.values[i];
    ColumnData data(ColumnKind::Number);
    data.reserve(rows);
    for (const double value : valueOfRow) data.addNumber(value);
    return TableColumn::inMemory(std::move(data), newUuid(), std::move(name));
}

/// A column for all rows of the table: -1 where a row has no class.
TableColumn classColumn(const LabelledRows& labelled, std::int64_t rows, const std::vector<LabelClassRecord>& classes, std::string name) {
    const ClassNumbers numbers(classes);
    std::map<std::int64_t, std::int32_t> codes;
    std::vector<std::string> names;
    std::vector<std::int32_t> codeOfRow(static_cast<std::size_t>(rows), -1);
    for (std::size_t i = 0; i < labelled.rows.size(); ++i) {
        const std::int64_t number = numbers.current(labelled.numbers[i]);
        const auto [code, isNew] = codes.emplace(number, static_cast<std::int32_t>(codes.size()));
        if (isNew) {
            const auto found = std::find_if(classes.begin(), classes.end(), [&](const auto& record) { return record.number == number; });
            names.push_back(found == classes.end() ? std::to_string(number) : found->name);
        }
        codeOfRow[static_cast<std::size_t>(labelled.rows[i])] = code->second;
    }
    ColumnData data(ColumnKind::Category);
    data.reserve(rows);
    for (const std::int32_t code : codeOfRow) data.addCode(code);
    data.setDictionary(std::move(names));
    return TableColumn::inMemory(std::move(data), newUuid(), std::move(name));
}

std::string freeColumn(const Table& table, const std::string& wanted) {
    std::string name = wanted;
    for (int i = 2; table.find(name).ok(); ++i) name = wanted + " " + std::to_string(i);
    return name;
}

/// A column of yes and no for each class, the most frequent first; rows that nobody labelled are "no" and left out later.
std::vector<TableColumn> columnsOfClasses(const LabelledRows& labelled, const Table& table, const std::vector<LabelClassRecord>& classes) {
    const ClassNumbers numbers(classes);
    std::map<std::int64_t, std::vector<std::int64_t>> rowsOf;
    for (const auto& [row, number] : labelled.all) rowsOf[numbers.current(number)].push_back(row);
    std::vector<std::pair<std::int64_t, std::int64_t>> byFrequency;
    for (const auto& [number, rows] : rowsOf) byFrequency.emplace_back(-std::ssize(rows), number);
    std::sort(byFrequency.begin(), byFrequency.end());
    std::vector<TableColumn> columns;
    for (const auto& [frequency, number] : byFrequency) {
        std::vector<std::int32_t> codes(static_cast<std::size_t>(table.rows()), 0);
        for (const std::int64_t row : rowsOf[number]) codes[static_cast<std::size_t>(row)] = 1;
        ColumnData data(ColumnKind::Category);
        data.reserve(table.rows());
        for (const std::int32_t code : codes) data.addCode(code);
        data.setDictionary({"no", "yes"});
        const auto found = std::find_if(classes.begin(), classes.end(), [&, wanted = number](const auto& record) { return record.number == wanted; });
        columns.push_back(TableColumn::inMemory(std::move(data), newUuid(), freeColumn(table, found == classes.end() ? std::to_string(number) : found->name)));
    }
    return columns;
}

/// In the order of the table.
std::vector<std::int64_t> rowsOfClasses(const LabelledRows& labelled) {
    std::vector<std::int64_t> rows = labelled.rows;
    rows.insert(rows.end(), labelled.without.begin(), labelled.without.end());
    std::sort(rows.begin(), rows.end());
    return rows;
}

}  // namespace

Result<ImportOutcome> datasetOfLabels(Project& project, const DatasetRecord& dataset, const ImportJob& job) {
    LAMINA_TRY(const auto labelling, labellingOf(project, dataset));
    LAMINA_TRY(const Table table, openTable(project, dataset));
    LAMINA_TRY(const auto classes, project.labelClasses().all());
    LAMINA_TRY(const auto labelled, labelledRows(project, labelling, table.rows(), job));
    const bool values = labelled.isOfValues();
    if (labelled.rows.empty() && !values) return fail("labelling.no_classes", {{"dataset", dataset.name}});
    std::vector<TableColumn> columns;
    std::vector<std::string> roles;
    for (std::size_t c = 0; c < table.columnCount(); ++c) {
        columns.push_back(table.column(c));
        roles.push_back(dataset.columns[c].role == "target" ? "ignored" : dataset.columns[c].role);
    }
    const bool several = !values && labelled.hasSeveral();
    if (several) {
        for (TableColumn& column : columnsOfClasses(labelled, table, classes)) {
            roles.emplace_back(columns.size() == table.columnCount() ? "target" : "ignored");
            columns.push_back(std::move(column));
        }
    } else {
        columns.push_back(values ? valueColumn(labelled, table.rows(), freeColumn(table, "value")) : classColumn(labelled, table.rows(), classes, freeColumn(table, "label")));
        roles.emplace_back("target");
    }
    const auto rows = values ? labelled.valueRows : several ? rowsOfClasses(labelled) : labelled.rows;
    LAMINA_TRY(const Table whole, Table::of(std::move(columns)));
    DatasetRecord described;
    described.importer = derivedImporter;
    return addDerivedDataset(project, dataset, std::move(described), whole, rows, roles, {{"labels", true}}, job);
}

std::optional<std::size_t> labelledTextColumn(const Table& table) {
    std::optional<std::size_t> longest;
    for (std::size_t c = 0; c < table.columnCount(); ++c) {
        if (table.info(c).kind != ColumnKind::Text) continue;
        if (table.info(c).name == "text") return c;
        if (!longest || table.view(c).textBytes.size() > table.view(*longest).textBytes.size()) longest = c;
    }
    return longest;
}

}  // namespace lamina
