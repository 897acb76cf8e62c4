// A small table of points around three centres, prepared for training: enough to see a training learn.
#pragma once

#include <memory>

#include "core/data/prepared_data.h"
#include "core/data/table.h"
#include "core/network/network_template.h"
#include "core/tensor/random.h"
#include "tests/support/temporary_folder.h"

namespace lamina::test {

struct BlobData {
    TemporaryFolder folder;
    Table table;
    Split split;
    std::unique_ptr<PreparedData> data;

    std::vector<std::int64_t> rows(Part part) const { return {data->rows(part).begin(), data->rows(part).end()}; }
};

inline StoredColumn writeColumn(const Path& folder, const ColumnData& column, const std::string& name) {
    auto writer = ColumnFileWriter::create(folder, column.info(name, name));
    EXPECT_TRUE(writer.ok());
    (*writer)->setDictionary(column.dictionary());
    EXPECT_TRUE((*writer)->append(column.view()).ok());
    auto stored = (*writer)->finish();
    EXPECT_TRUE(stored.ok()) << (stored ? "" : stored.error().debugText());
    return *stored;
}

/// `regression`: the target is a number that depends on the features linearly instead of the class.
inline std::unique_ptr<BlobData> makeBlobs(std::int64_t rows = 600, bool regression = false) {
    auto blobs = std::make_unique<BlobData>();
    const RandomStream noise(5, streamOf("blobs"));
    constexpr int features = 4;
    std::vector<ColumnData> columns(features, ColumnData(ColumnKind::Number));
    ColumnData target(regression ? ColumnKind::Number : ColumnKind::Category);
    if (!regression) target.setDictionary({"red", "green", "blue"});
    for (std::int64_t row = 0; row < rows; ++row) {
        double sum = 0;
        for (int f = 0; f < features; ++f) {
            const double x = (row % 3 == f ? 3.0 : 0.0) + noise.normal(static_cast<std::uint64_t>(row * features + f));
            columns[static_cast<std::size_t>(f)].addNumber(x);
            sum += x * (f + 1);
        }
        if (regression) target.addNumber(100 + 10 * sum);
        else target.addCode(static_cast<std::int32_t>(row % 3));
    }
    std::vector<StoredColumn> stored;
    for (int f = 0; f < features; ++f) stored.push_back(writeColumn(blobs->folder.path(), columns[static_cast<std::size_t>(f)], "x" + std::to_string(f)));
    stored.push_back(writeColumn(blobs->folder.path(), target, "target"));
    blobs->table = *Table::open(stored);
    SplitSettings splitSettings;
    splitSettings.target = "target";
    blobs->split = *makeSplit(blobs->table, splitSettings);
    PreparationSettings preparation;
    preparation.target = "target";
    auto data = PreparedData::create(blobs->table, *fitPreparation(blobs->table, blobs->split, preparation), blobs->split);
    blobs->data = std::make_unique<PreparedData>(std::move(*data));
    return blobs;
}

/// A template fitted to the data.
inline Network networkFor(const PreparedData& data, const std::string& templateId) {
    const auto& target = data.preparation().target;
    return networkFromTemplate(*findTemplate(templateId), {data.inputShape(), data.preparation().outputCount(), target.classes ? "softmax" : ""});
}

}  // namespace lamina::test
