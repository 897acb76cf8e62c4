// Puts columns at the beginning or the end.
#include <algorithm>

#include "core/data/cleaning/step_tools.h"

namespace lamina {
namespace {

struct ReorderColumns {
    std::vector<std::string> columns;
    std::string place = "first";
};

Result<CleanTable> applyReorderColumns(const CleanTable& input, const ReorderColumns& settings, const nlohmann::json&, const StepContext& context,
                                       StepReport&) {
    if (settings.columns.empty()) return input;
    LAMINA_TRY(const auto named, stepColumns(input.table, settings.columns, context.predicting));
    std::vector<TableColumn> moved, others;
    for (const std::size_t column : named) moved.push_back(input.table.column(column));
    for (std::size_t i = 0; i < input.table.columnCount(); ++i)
        if (std::find(named.begin(), named.end(), i) == named.end()) others.push_back(input.table.column(i));
    if (settings.place == "last") moved.swap(others);
    moved.insert(moved.end(), others.begin(), others.end());
    return withColumns(input, std::move(moved));
}

}  // namespace

const CleaningStepType& reorder_columns_step() {
    static const CleaningStepType type = CleaningStepDescriptor<ReorderColumns, applyReorderColumns>{
        .id = "reorder_columns",
        .title = "Reorder columns",
        .category = "columns",
        .summary = "Puts the columns named first or last, in the order in which they are named.",
        .searchWords = {"move", "sort", "order"},
        .properties = {property("columns", &ReorderColumns::columns, "Columns", "The columns to move, in the wanted order.", {.meaning = "ordered_column"}),
                       property("place", &ReorderColumns::place, "Place", "Before all others or behind them.", {.choices = {"first", "last"}})}};
    return type;
}

}  // namespace lamina
