#include "app/jobs/derived_dataset.h"

#include <algorithm>
#include <numeric>

#include "app/jobs/added_files.h"
#include "app/jobs/free_name.h"
#include "app/jobs/gathered_rows.h"
#include "app/jobs/split_jobs.h"
#include "app/jobs/work_folder.h"

namespace lamina {
namespace {

constexpr std::size_t derivedRowsAtOnce = 1 << 16;

/// One row of a tensor column.
ColumnView tensorRow(const ColumnView& column, std::int64_t row, const std::uint8_t& missing) {
    ColumnView one = column;
    one.rows = 1;
    one.elements = column.element(row);
    one.missingBits = column.isMissing(row) ? std::span(&missing, 1) : std::span<const std::uint8_t>();
    return one;
}

Result<void> writeRowsOf(const ColumnView& column, std::span<const std::int64_t> rows, ColumnFileWriter& writer, const CancelToken& cancel) {
    constexpr std::uint8_t missing = 1;
    for (std::size_t at = 0; at < rows.size(); at += derivedRowsAtOnce) {
        if (cancel.cancelled()) return fail("job.cancelled");
        const auto piece = rows.subspan(at, std::min(derivedRowsAtOnce, rows.size() - at));
        if (column.kind != ColumnKind::Tensor) {
            LAMINA_CHECK(writer.append(gatheredColumn(column, piece).view()));
            continue;
        }
        for (const std::int64_t row : piece) LAMINA_CHECK(writer.append(tensorRow(column, row, missing)));
    }
    return {};
}

Result<StoredColumn> writeDerived(const TableColumn& column, std::span<const std::int64_t> rows, const Path& folder, const CancelToken& cancel) {
    ColumnInfo info = column.info;
    info.id = newUuid();
    info.rows = info.missing = 0;
    LAMINA_TRY(auto writer, ColumnFileWriter::create(folder, info));
    writer->setDictionary(column.info.dictionary);
    LAMINA_CHECK(writeRowsOf(column.view, rows, *writer, cancel));
    return writer->finish();
}

Recipe firstSteps(Recipe recipe, std::size_t count) {
    if (recipe.steps.size() > count) recipe.steps.resize(count);
    return recipe;
}

ColumnRecord derivedRecord(const StoredColumn& column, const std::string& role, const std::string& hash, const nlohmann::json& from) {
    ColumnRecord record;
    record.id = column.info.id;
    record.name = column.info.name;
    record.kind = columnKindName(column.info.kind);
    record.role = role;
    record.fileHash = hash;
    record.info = {{"missing", column.info.missing}, {"elementType", dtypeName(column.info.elementType)}, {"elementShape", column.info.elementShape}, {"derived", from}};
    return record;
}

}  // namespace

Result<ImportOutcome> addDerivedDataset(Project& project, const DatasetRecord& source, DatasetRecord described, const Table& table, std::span<const std::int64_t> rows,
                                        const std::vector<std::string>& roles, nlohmann::json from, const ImportJob& job) {
    ImportOutcome outcome;
    DatasetRecord& dataset = outcome.dataset;
    dataset = std::move(described);
    dataset.name = freeName(project.datasets().all(), dataset.name.empty() ? source.name : dataset.name);
    dataset.sourcePath = source.name;
    dataset.rows = std::ssize(rows);
    from["dataset"] = source.id;
    from["name"] = source.name;
    const WorkFolder folder(project, "derive");
    AddedFiles added(project);
    for (std::size_t c = 0; c < table.columnCount(); ++c) {
        if (roles[c].empty()) continue;
        LAMINA_TRY(const auto stored, writeDerived(table.column(c), rows, folder.path(), job.cancel));
        LAMINA_TRY(const auto hash, added.add(stored.path));
        // Where it all comes from is noted once.
        dataset.columns.push_back(derivedRecord(stored, roles[c], hash, dataset.columns.empty() ? from : nlohmann::json{{"dataset", source.id}}));
        if (job.progress) job.progress({"derive", static_cast<std::int64_t>(c + 1), static_cast<std::int64_t>(table.columnCount()), "columns"});
    }
    LAMINA_TRY(outcome.receipt, project.datasets().add(dataset).get());
    added.keep();
    return outcome;
}

Result<ImportOutcome> makeDatasetOfState(Project& project, const DatasetRecord& source, const DerivedRequest& request) {
    CleanRequest how;
    how.cancel = request.cancel;
    how.progress = request.progress;
    how.steps = request.steps;
    if (const auto split = findSplit(project, source, {})) how.split = *split;
    LAMINA_TRY(const auto cleaned, cleanTable(project, source, how));
    std::vector<std::int64_t> rows;
    for (std::int64_t row = 0; row < cleaned.clean.table.rows(); ++row)
        if (!cleaned.clean.isRemoved(row)) rows.push_back(row);

    DatasetRecord described;
    described.name = request.name;
    described.importer = derivedImporter;
    described.sourceHash = cleaned.key;
    std::vector<std::string> roles;
    for (const auto& column : cleaned.dataset.columns) roles.push_back(column.role);
    const nlohmann::json recipe = toJson(firstSteps(cleaned.recipe, request.steps));
    LAMINA_TRY(auto outcome, addDerivedDataset(project, source, std::move(described), cleaned.clean.table, rows, roles, {{"recipe", recipe}}, {request.progress, request.cancel}));
    outcome.issues = remarksOf(cleaned);
    if (cleaned.clean.weights) outcome.issues.push_back({Severity::Note, fail("recipe.weights_not_kept"), 1});
    return outcome;
}

}  // namespace lamina
