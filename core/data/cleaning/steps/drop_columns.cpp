// Leaves columns out.
#include <algorithm>

#include "core/data/cleaning/step_tools.h"

namespace lamina {
namespace {

struct DropColumns {
    std::vector<std::string> columns;
    bool keep = false;
};

Result<CleanTable> applyDropColumns(const CleanTable& input, const DropColumns& settings, const nlohmann::json&, const StepContext& context,
                                    StepReport&) {
    if (settings.columns.empty()) return input;
    LAMINA_TRY(const auto named, stepColumns(input.table, settings.columns, context.predicting));
    std::vector<TableColumn> left;
    for (std::size_t i = 0; i < input.table.columnCount(); ++i)
        if ((std::find(named.begin(), named.end(), i) != named.end()) == settings.keep) left.push_back(input.table.column(i));
    if (left.empty()) return fail("cleaning.no_columns_left");
    return withColumns(input, std::move(left));
}

}  // namespace

const CleaningStepType& drop_columns_step() {
    static const CleaningStepType type = CleaningStepDescriptor<DropColumns, applyDropColumns>{
        .id = "drop_columns",
        .title = "Drop columns",
        .category = "columns",
        .summary = "Leaves columns out of everything that follows.",
        .searchWords = {"delete", "remove", "select", "keep"},
        .properties = {property("columns", &DropColumns::columns, "Columns", "The columns to leave out.", {.meaning = "column"}),
                       property("keep", &DropColumns::keep, "Keep these instead", "Keeps the columns named and leaves all others out.")}};
    return type;
}

}  // namespace lamina
