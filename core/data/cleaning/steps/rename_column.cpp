// Gives a column another name.
#include "core/data/cleaning/step_tools.h"

namespace lamina {
namespace {

struct RenameColumn {
    std::string column;
    std::string name;
};

Result<CleanTable> applyRenameColumn(const CleanTable& input, const RenameColumn& settings, const nlohmann::json&, const StepContext&, StepReport&) {
    LAMINA_TRY(const std::size_t place, stepColumn(input.table, settings.column));
    LAMINA_CHECK(checkNewName(input.table, settings.name, place));
    auto columns = columnsOf(input.table);
    columns[place] = columns[place].renamed(settings.name);
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& rename_column_step() {
    static const CleaningStepType type = CleaningStepDescriptor<RenameColumn, applyRenameColumn>{
        .id = "rename_column",
        .title = "Rename column",
        .category = "columns",
        .summary = "Gives a column another name.",
        .properties = {property("column", &RenameColumn::column, "Column", "The column to rename.", {.meaning = "column"}),
                       property("name", &RenameColumn::name, "New name", "What the column is called from here on.")}};
    return type;
}

}  // namespace lamina
