#include "app/jobs/label_pool.h"

#include <algorithm>
#include <map>

#include "app/jobs/annotation_jobs.h"
#include "app/jobs/split_jobs.h"

namespace lamina {
namespace {

/// Larger pictures are looked at in this size: what a quick model needs of them is there.
constexpr std::int64_t poolPictureSize = 64;

void takeLabels(LabelPool& pool, const std::vector<LabelClassRecord>& classes) {
    const ClassNumbers current(classes);
    std::map<std::int64_t, std::int32_t> indexes;
    const auto numberOf = [&](const WholeClass& item) {
        const bool counts = item.state != ItemState::Unlabelled && item.state != ItemState::Skipped;
        return counts && item.classNumber != 0 ? current.current(item.classNumber) : 0;
    };
    for (const WholeClass& item : pool.items)
        if (const std::int64_t number = numberOf(item)) indexes[number] = 0;
    for (auto& [number, index] : indexes) {
        index = static_cast<std::int32_t>(pool.numbers.size());
        pool.numbers.push_back(number);
    }
    for (const WholeClass& item : pool.items) {
        const std::int64_t number = numberOf(item);
        pool.labels.push_back(number == 0 ? -1 : indexes[number]);
    }
}

std::string freePoolColumn(const Table& table) {
    std::string name = "class";
    for (int i = 2; table.find(name).ok(); ++i) name = "class " + std::to_string(i);
    return name;
}

TableColumn columnOfLabels(const LabelPool& pool, std::int64_t rows, std::string name) {
    std::vector<std::int32_t> codes(static_cast<std::size_t>(rows), -1);
    for (std::size_t i = 0; i < pool.items.size(); ++i)
        if (pool.items[i].position < rows) codes[static_cast<std::size_t>(pool.items[i].position)] = pool.labels[i];
    ColumnData data(ColumnKind::Category);
    data.reserve(rows);
    for (const std::int32_t code : codes) data.addCode(code);
    std::vector<std::string> names;
    for (const std::int64_t number : pool.numbers) names.push_back(std::to_string(number));
    data.setDictionary(std::move(names));
    return TableColumn::inMemory(std::move(data), newUuid(), std::move(name));
}

/// Every item with a class is one to learn from.
Split everyLabel(const LabelPool& pool, std::int64_t rows) {
    Split split;
    split.parts.assign(static_cast<std::size_t>(rows), static_cast<std::uint8_t>(Part::Unused));
    for (std::size_t i = 0; i < pool.items.size(); ++i)
        if (pool.labels[i] >= 0 && pool.items[i].position < rows)
            split.parts[static_cast<std::size_t>(pool.items[i].position)] = static_cast<std::uint8_t>(Part::Training);
    for (const std::uint8_t part : split.parts) ++split.counts[part];
    return split;
}

Result<Preparation> fitPool(const LabelPool& pool, const Table& table, const std::string& target, const CancelToken& cancel) {
    PreparationSettings settings;
    settings.target = target;
    settings.task = "classification";
    for (const auto& column : pool.dataset.columns) {
        if (column.role == "ignored" || column.role == "target") settings.ignored.push_back(column.name);
        if (column.info.value("wordNumbers", false)) settings.wordNumbers.push_back(column.name);
    }
    settings.pictures = pictureForm(pool.dataset);
    settings.pictures.height = std::min(settings.pictures.height, poolPictureSize);
    settings.pictures.width = std::min(settings.pictures.width, poolPictureSize);
    settings.pictureFolders = pictureFolders(pool.dataset);
    return fitPreparation(table, everyLabel(pool, table.rows()), settings, cancel);
}

bool hasTheseClasses(const Preparation& known, const LabelPool& pool) {
    std::vector<std::string> names;
    for (const std::int64_t number : pool.numbers) names.push_back(std::to_string(number));
    return known.target.classNames == names;
}

}  // namespace

std::vector<std::size_t> LabelPool::labelled() const {
    std::vector<std::size_t> which;
    for (std::size_t i = 0; i < labels.size(); ++i)
        if (labels[i] >= 0) which.push_back(i);
    return which;
}

std::vector<std::int64_t> LabelPool::rowsOf(const std::vector<std::size_t>& which) const {
    std::vector<std::int64_t> rows;
    rows.reserve(which.size());
    for (const std::size_t item : which) rows.push_back(items[item].position);
    return rows;
}

Result<std::unique_ptr<LabelPool>> openLabelPool(Project& project, const DatasetRecord& dataset, const Preparation* known, const CancelToken& cancel) {
    auto pool = std::make_unique<LabelPool>();
    pool->dataset = dataset;
    LAMINA_TRY(pool->labelling, labellingOf(project, dataset));
    LAMINA_TRY(pool->items, project.annotations().wholeClasses(pool->labelling.key));
    LAMINA_TRY(const auto classes, project.labelClasses().all());
    takeLabels(*pool, classes);
    if (pool->numbers.empty()) return fail("labelling.no_classes", {{"dataset", dataset.name}});
    if (pool->numbers.size() < 2) return fail("labelling.one_class", {{"dataset", dataset.name}});
    LAMINA_TRY(const Table table, openTable(project, dataset));
    std::vector<TableColumn> columns;
    for (std::size_t c = 0; c < table.columnCount(); ++c) columns.push_back(table.column(c));
    const std::string target = freePoolColumn(table);
    columns.push_back(columnOfLabels(*pool, table.rows(), target));
    LAMINA_TRY(const Table whole, Table::of(std::move(columns)));
    if (known && hasTheseClasses(*known, *pool) && known->target.name == target) {
        pool->preparation = *known;
    } else {
        LAMINA_TRY(pool->preparation, fitPool(*pool, whole, target, cancel));
    }
    auto settings = preparedSettings(project, dataset.id);
    LAMINA_TRY(auto data, PreparedData::createForPrediction(whole, pool->preparation, settings, cancel));
    pool->data = std::make_unique<PreparedData>(std::move(data));
    return pool;
}

}  // namespace lamina
