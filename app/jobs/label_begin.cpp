// A labelling that begins with the classes that a column of the dataset says.
#include <map>
#include <set>

#include "app/jobs/annotation_jobs.h"
#include "app/jobs/item_identity.h"
#include "app/jobs/label_queue.h"

namespace lamina {
namespace {

/// Class numbers by their names, those of the project and those that are new.
class ColumnClasses {
public:
    explicit ColumnClasses(const std::vector<LabelClassRecord>& known) : m_current(known) {
        for (const LabelClassRecord& record : known) {
            m_last = std::max(m_last, record.number);
            m_order = std::max(m_order, record.order + 1);
            if (!m_byName.count(record.name) || !record.retired) m_byName[record.name] = m_current.current(record.number);
        }
    }
    std::int64_t number(const std::string& name) {
        const auto [place, isNew] = m_byName.emplace(name, m_last + 1);
        if (!isNew) return place->second;
        LabelClassRecord record;
        record.name = name;
        record.number = ++m_last;
        record.colour = classColour(record.number);
        record.order = m_order++;
        added.push_back(std::move(record));
        return place->second;
    }
    std::vector<LabelClassRecord> added;

private:
    ClassNumbers m_current;
    std::map<std::string, std::int64_t> m_byName;
    std::int64_t m_last = 0, m_order = 0;
};

/// Whole numbers, categories, texts and booleans may name classes; not too many.
constexpr std::size_t mostClasses = 1000;

Result<std::vector<std::int64_t>> numbersOfRows(const Table& table, std::size_t column, ColumnClasses& classes) {
    const auto notClasses = [&] { return fail("labelling.not_classes", {{"column", table.info(column).name}}); };
    const ColumnKind kind = table.info(column).kind;
    if (kind == ColumnKind::Tensor || kind == ColumnKind::Image || kind == ColumnKind::Number) return notClasses();
    // In the order of the column's categories, so that numbers do not depend on which row comes first.
    for (const std::string& name : table.info(column).dictionary) (void)classes.number(name);
    std::vector<std::int64_t> numbers;
    std::set<std::int64_t> used;
    for (std::int64_t row = 0; row < table.rows(); ++row) {
        const std::string name = table.view(column).isMissing(row) ? std::string() : table.cellText(row, column);
        numbers.push_back(name.empty() ? 0 : classes.number(name));
        if (numbers.back() != 0) used.insert(numbers.back());
        if (used.size() > mostClasses) return notClasses();
    }
    return numbers;
}

LabelledItem itemWithClass(std::int64_t row, const std::string& identity, std::int64_t number, const std::string& tool) {
    LabelledItem entry;
    entry.item.position = row;
    entry.item.identity = identity;
    if (number == 0) return entry;
    entry.item.state = ItemState::Labelled;
    AnnotationRecord label;
    label.label = label.id;
    label.classNumber = number;
    label.tool = tool;
    entry.labels.push_back(std::move(label));
    return entry;
}

}  // namespace

Result<LabellingRecord> beginLabellingFrom(Project& project, const DatasetRecord& dataset, std::string column, const ImportJob& job) {
    if (column.empty()) column = targetColumn(dataset);
    LAMINA_TRY(const Table table, openTable(project, dataset));
    const auto place = table.find(column);
    if (!place) return fail("jobs.no_column", {{"column", column}, {"dataset", dataset.name}});
    LAMINA_TRY(const auto known, project.labelClasses().all());
    ColumnClasses classes(known);
    LAMINA_TRY(const auto numbers, numbersOfRows(table, *place, classes));
    LAMINA_TRY(const auto names, itemIdentities(dataset, table, job.cancel));
    auto& items = project.labelItems();
    LabellingRecord record;
    record.datasetId = dataset.id;
    LAMINA_TRY(record.key, items.begin());
    const auto write = [&]() -> Result<void> {
        constexpr std::size_t atOnce = 2000;
        for (std::size_t row = 0; row < names.size();) {
            if (job.cancel.cancelled()) return fail("job.cancelled");
            std::vector<LabelledItem> piece;
            for (; row < names.size() && piece.size() < atOnce; ++row)
                piece.push_back(itemWithClass(static_cast<std::int64_t>(row), names[row], numbers[row], "column:" + column));
            LAMINA_CHECK(items.append(record.key, piece));
            if (job.progress) job.progress({"labels", static_cast<std::int64_t>(row), std::ssize(names), "items"});
        }
        LAMINA_CHECK(items.finish(editName("edit.begin_labelling", {{"dataset", dataset.name}}), record, classes.added).get());
        return {};
    };
    if (auto written = write(); !written) {
        (void)items.abandon(record.key);
        return written.takeError();
    }
    return record;
}

}  // namespace lamina
