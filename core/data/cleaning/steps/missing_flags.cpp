// Columns that say where a value was missing, before it is filled.
#include "core/data/cleaning/step_tools.h"

namespace lamina {
namespace {

struct MissingFlags {
    std::vector<std::string> columns;
    std::string suffix = " missing";
};

/// Without a choice: the columns in which training rows miss a value.
Result<nlohmann::json> fitMissingFlags(const CleanTable& input, TrainingRows training, const MissingFlags& settings, const StepContext& context) {
    LAMINA_TRY(const auto chosen, stepColumns(input.table, settings.columns));
    std::vector<std::uint8_t> wanted(chosen.size(), !settings.columns.empty());
    if (settings.columns.empty()) {
        LAMINA_CHECK(forPieces(chosen.size(), context, [&](std::size_t i) {
            const ColumnView view = input.table.view(chosen[i]);
            if (input.table.info(chosen[i]).missing == 0) return;
            for (std::int64_t row = 0; row < view.rows && !wanted[i]; ++row)
                wanted[i] = view.isMissing(row) && (training.empty() || training[static_cast<std::size_t>(row)] != 0);
        }));
    }
    nlohmann::json names = nlohmann::json::array();
    for (std::size_t i = 0; i < chosen.size(); ++i)
        if (wanted[i]) names.push_back(input.table.info(chosen[i]).name);
    return nlohmann::json{{"columns", names}};
}

Result<CleanTable> applyMissingFlags(const CleanTable& input, const MissingFlags& settings, const nlohmann::json& fitted, const StepContext& context,
                                     StepReport&) {
    std::vector<std::size_t> flagged;
    for (const auto& column : fitted.at("columns").get<std::vector<std::string>>()) {
        if (context.predicting && !input.table.find(column)) continue;
        LAMINA_TRY(const std::size_t place, stepColumn(input.table, column));
        flagged.push_back(place);
    }
    std::vector<ColumnDraft> drafts;
    for (std::size_t i = 0; i < flagged.size(); ++i) drafts.emplace_back(ColumnKind::Boolean, input.table.rows());
    LAMINA_CHECK(forColumnSlices(flagged.size(), input.table.rows(), context, [&](std::size_t i, const RowSlice& slice) {
        flagMissing(input.table.view(flagged[i]), slice, drafts[i].booleansOf(slice));
    }));
    auto columns = columnsOf(input.table);
    for (std::size_t i = 0; i < flagged.size(); ++i) {
        const std::string name = input.table.info(flagged[i]).name + settings.suffix;
        LAMINA_CHECK(insertColumn(columns, columns.size(), drafts[i].finish(newColumnId(input, context, name), name)));
    }
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& missing_flags_step() {
    static const CleaningStepType type = CleaningStepDescriptor<MissingFlags, applyMissingFlags>{
        .id = "missing_flags",
        .title = "Flag missing values",
        .category = "missing",
        .summary = "Adds yes/no columns that say where a value is missing, so that a model can use it after the gaps are filled.",
        .searchWords = {"indicator", "isna", "null"},
        .properties = {property("columns", &MissingFlags::columns, "Columns",
                                "The columns to flag; none chosen: those in which training rows miss a value.", {.meaning = "column"}),
                       property("suffix", &MissingFlags::suffix, "Behind the name", "What the new column's name has behind that of the old one.")},
        .fit = eraseFit<MissingFlags, fitMissingFlags>};
    return type;
}

}  // namespace lamina
