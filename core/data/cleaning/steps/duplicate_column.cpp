// A second column with the same values.
#include "core/data/cleaning/step_tools.h"

namespace lamina {
namespace {

struct DuplicateColumn {
    std::string column;
    std::string name;
};

Result<CleanTable> applyDuplicateColumn(const CleanTable& input, const DuplicateColumn& settings, const nlohmann::json&, const StepContext& context,
                                        StepReport&) {
    LAMINA_TRY(const std::size_t place, stepColumn(input.table, settings.column));
    auto columns = columnsOf(input.table);
    const std::string name = settings.name.empty() ? freeColumnName(columns, settings.column) : settings.name;
    LAMINA_CHECK(checkNewName(input.table, name));
    TableColumn copy = columns[place].renamed(name);
    copy.info.id = newColumnId(input, context, name);
    copy.info.role.clear();
    columns.insert(columns.begin() + static_cast<std::ptrdiff_t>(place) + 1, std::move(copy));
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& duplicate_column_step() {
    static const CleaningStepType type = CleaningStepDescriptor<DuplicateColumn, applyDuplicateColumn>{
        .id = "duplicate_column",
        .title = "Duplicate column",
        .category = "columns",
        .summary = "Adds a second column with the same values, to change one and keep the other.",
        .searchWords = {"copy"},
        .properties = {
            property("column", &DuplicateColumn::column, "Column", "The column to copy.", {.meaning = "column"}),
            property("name", &DuplicateColumn::name, "New name", "What the copy is called; empty: the same name with a number behind it.")}};
    return type;
}

}  // namespace lamina
