// Rows that are there more than once.
#include "core/data/cleaning/steps/row_groups.h"

namespace lamina {
namespace {

struct DropDuplicates {
    std::vector<std::string> columns;
    std::string keep = "first";
};

Result<CleanTable> applyDropDuplicates(const CleanTable& input, const DropDuplicates& settings, const nlohmann::json&, const StepContext& context, StepReport& report) {
    LAMINA_TRY(const auto columns, stepColumns(input.table, settings.columns));
    LAMINA_TRY(const KeyGroups groups, groupRows(input, columns, context));
    std::vector<std::int64_t> kept = groups.first;
    if (settings.keep == "last")
        for (std::size_t row = 0; row < groups.group.size(); ++row)
            if (groups.group[row] >= 0) kept[static_cast<std::size_t>(groups.group[row])] = static_cast<std::int64_t>(row);
    std::vector<std::uint8_t> remove(groups.group.size());
    for (std::size_t row = 0; row < remove.size(); ++row) {
        if (groups.group[row] < 0) continue;
        const auto group = static_cast<std::size_t>(groups.group[row]);
        remove[row] = groups.count[group] > 1 && (settings.keep == "none" || kept[group] != static_cast<std::int64_t>(row));
    }
    return withoutRows(input, remove, context, report);
}

}  // namespace

const CleaningStepType& drop_duplicates_step() {
    static const CleaningStepType type = CleaningStepDescriptor<DropDuplicates, applyDropDuplicates>{
        .id = "drop_duplicates",
        .title = "Drop duplicate rows",
        .category = "rows",
        .summary = "Keeps one of the rows that hold the same values; new rows are all answered.",
        .searchWords = {"unique", "distinct", "duplicates"},
        .properties = {property("columns", &DropDuplicates::columns, "Key columns", "Rows that agree in these columns are the same; none: in all columns.", {.meaning = "column"}),
                       property("keep", &DropDuplicates::keep, "Keep", "Which of them stays; none: all of them go.", {.choices = {"first", "last", "none"}})},
        .rows = RowEffect::TrainingOnly};
    return type;
}

}  // namespace lamina
