// One row per group, with figures of its rows.
#include <algorithm>

#include "core/data/cleaning/steps/aggregate.h"

namespace lamina {
namespace {

struct GroupAggregate {
    std::vector<std::string> by;
    std::vector<std::string> columns;
    std::vector<std::string> functions = {"mean"};
    bool count = true;
};

TableColumn groupSizes(const CleanTable& input, const KeyGroups& groups, const StepContext& context, const std::string& name) {
    ColumnDraft draft(ColumnKind::Integer, static_cast<std::int64_t>(groups.size()));
    for (std::size_t group = 0; group < groups.size(); ++group) draft.integer(static_cast<std::int64_t>(group), groups.count[group]);
    return draft.finish(newColumnId(input, context, name), name);
}

Result<void> checkAggregates(const std::vector<std::string>& functions) {
    std::string known;
    for (const auto& name : aggregateNames()) known += (known.empty() ? "" : ", ") + name;
    for (const auto& function : functions)
        if (std::find(aggregateNames().begin(), aggregateNames().end(), function) == aggregateNames().end())
            return fail("cleaning.no_such_function", {{"function", function}, {"known", known}});
    return {};
}

Result<CleanTable> applyGroupAggregate(const CleanTable& input, const GroupAggregate& settings, const nlohmann::json&, const StepContext& context, StepReport& report) {
    if (settings.by.empty()) return fail("cleaning.no_column_chosen");
    LAMINA_CHECK(checkAggregates(settings.functions));
    LAMINA_TRY(const auto by, stepColumns(input.table, settings.by));
    std::vector<std::size_t> values;
    if (!settings.columns.empty()) {
        LAMINA_TRY(values, stepColumns(input.table, settings.columns));
    }
    LAMINA_TRY(const KeyGroups groups, groupRows(input, by, context));
    const GroupedRows grouped(groups);
    std::vector<TableColumn> columns;
    for (const std::size_t column : by) {
        LAMINA_TRY(auto picked, pickRows(input.table.column(column), groups.first, context));
        columns.push_back(std::move(picked));
    }
    if (settings.count) columns.push_back(groupSizes(input, groups, context, freeColumnName(columns, "rows")));
    for (const std::size_t column : values)
        for (const auto& function : settings.functions) {
            const std::string name = freeColumnName(columns, input.table.info(column).name + " " + function);
            LAMINA_TRY(auto made, aggregate(input.table.column(column), grouped, function, context, newColumnId(input, context, name), name));
            columns.push_back(std::move(made));
        }
    report.changedCells += static_cast<std::int64_t>(groups.size());
    return reshaped(std::move(columns), std::vector<std::int64_t>(groups.size(), -1));
}

}  // namespace

const CleaningStepType& group_step() {
    static const CleaningStepType type = CleaningStepDescriptor<GroupAggregate, applyGroupAggregate>{
        .id = "group",
        .title = "Group rows",
        .category = "tables",
        .summary = "Sums up: all rows that agree in some columns (all orders of a customer) become one row, with figures such as their number, sum or mean.",
        .searchWords = {"aggregate", "group by", "summarise", "mean", "count"},
        .properties = {property("by", &GroupAggregate::by, "Group by", "The columns in which the rows of a group agree.", {.meaning = "column"}),
                       property("columns", &GroupAggregate::columns, "Columns", "The columns that figures are made of.", {.meaning = "column"}),
                       property("functions", &GroupAggregate::functions, "Figures", "What is said of each group: one new column for each of them.", {.choices = aggregateNames()}),
                       property("count", &GroupAggregate::count, "Count rows", "A column with the number of rows of each group.")},
        .rows = RowEffect::Reshapes};
    return type;
}

}  // namespace lamina
