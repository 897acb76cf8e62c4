#include "app/jobs/labelled_dataset.h"

#include <algorithm>
#include <map>

#include "app/jobs/annotation_jobs.h"
#include "app/jobs/derived_dataset.h"

namespace lamina {
namespace {

constexpr std::int64_t labelledItemsAtOnce = 1000;

/// Which rows have which class.
struct LabelledRows {
    std::vector<std::int64_t> rows;
    std::vector<std::int64_t> numbers;  ///< of classes
};

/// The class of an item as a whole that a person gave or accepted; 0: none.
Result<std::int64_t> classOfItem(Project& project, std::int64_t item) {
    LAMINA_TRY(const auto records, project.annotations().ofItem(item));
    for (const auto& record : records)
        if (record.document.empty() && record.model.empty()) return record.classNumber;
    return std::int64_t{0};
}

Result<LabelledRows> labelledRows(Project& project, const LabellingRecord& labelling, std::int64_t count, const ImportJob& job) {
    LabelledRows labelled;
    for (std::int64_t from = 0; from < count;) {
        if (job.cancel.cancelled()) return fail("job.cancelled");
        LAMINA_TRY(const auto items, project.labelItems().list(labelling.key, {}, from, labelledItemsAtOnce));
        if (items.empty()) break;
        for (const auto& item : items) {
            if (item.state == ItemState::Unlabelled || item.state == ItemState::Skipped || item.position < 0) continue;
            LAMINA_TRY(const std::int64_t number, classOfItem(project, item.key));
            if (number == 0) continue;
            labelled.rows.push_back(item.position);
            labelled.numbers.push_back(number);
        }
        from = items.back().position + 1;
        if (job.progress) job.progress({"labels", std::min(from, count), count, "items"});
    }
    return labelled;
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

std::string freeColumn(const Table& table) {
    std::string name = "label";
    for (int i = 2; table.find(name).ok(); ++i) name = "label " + std::to_string(i);
    return name;
}

}  // namespace

Result<ImportOutcome> datasetOfLabels(Project& project, const DatasetRecord& dataset, const ImportJob& job) {
    LAMINA_TRY(const auto labelling, labellingOf(project, dataset));
    LAMINA_TRY(const Table table, openTable(project, dataset));
    LAMINA_TRY(const auto classes, project.labelClasses().all());
    LAMINA_TRY(const auto labelled, labelledRows(project, labelling, table.rows(), job));
    if (labelled.rows.empty()) return fail("labelling.no_classes", {{"dataset", dataset.name}});
    std::vector<TableColumn> columns;
    std::vector<std::string> roles;
    for (std::size_t c = 0; c < table.columnCount(); ++c) {
        columns.push_back(table.column(c));
        roles.push_back(dataset.columns[c].role == "target" ? "ignored" : dataset.columns[c].role);
    }
    columns.push_back(classColumn(labelled, table.rows(), classes, freeColumn(table)));
    roles.emplace_back("target");
    LAMINA_TRY(const Table whole, Table::of(std::move(columns)));
    DatasetRecord described;
    described.importer = derivedImporter;
    return addDerivedDataset(project, dataset, std::move(described), whole, labelled.rows, roles, {{"labels", true}}, job);
}

}  // namespace lamina
