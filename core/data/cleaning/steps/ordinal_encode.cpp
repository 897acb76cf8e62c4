// Categories as numbers 0, 1, 2 … in an order.
#include "core/data/cleaning/steps/category_tools.h"

namespace lamina {
namespace {

struct OrdinalEncode {
    std::vector<std::string> columns;
    std::vector<std::string> order;
};

Result<nlohmann::json> fitOrdinalEncode(const CleanTable& input, TrainingRows training, const OrdinalEncode& settings, const StepContext& context) {
    return learnCategoryColumns(input, training, settings.columns, context, [&](const std::vector<CountedWord>& words) -> nlohmann::json {
        if (!settings.order.empty()) return settings.order;
        nlohmann::json categories = nlohmann::json::array();
        for (const auto& word : words) categories.push_back(word.word);
        return categories;
    });
}

Result<CleanTable> applyOrdinalEncode(const CleanTable& input, const OrdinalEncode&, const nlohmann::json& fitted, const StepContext& context, StepReport& report) {
    LAMINA_TRY(const auto learned, learnedColumns(input, fitted, context));
    auto columns = columnsOf(input.table);
    for (const auto& [column, what] : learned) {
        const TableColumn source = input.table.column(column);
        const WordColumn words = wordsOf(source);
        const auto places = placesOf(words.words, what->get<std::vector<std::string>>());
        ColumnDraft draft(ColumnKind::Integer, input.table.rows());
        SliceNotes notes(input);
        LAMINA_CHECK(forRowSlices(input.table.rows(), context, [&](const RowSlice& slice) {
            for (std::int64_t row = slice.first; row < slice.last; ++row) {
                const std::int32_t code = words.codes[static_cast<std::size_t>(row)];
                const std::int32_t place = code < 0 ? -1 : places[static_cast<std::size_t>(code)];
                place < 0 ? draft.missing(row) : draft.integer(row, place);
                if (code >= 0 && place < 0) notes.refused(slice, row, words.words[static_cast<std::size_t>(code)]);
                if (place >= 0) notes.changed(slice, row);
            }
        }));
        notes.addTo(report, source.info.name);
        columns[column] = draft.finish(source.info.id, source.info.name, source.info.role);
    }
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& ordinal_encode_step() {
    static const CleaningStepType type = CleaningStepDescriptor<OrdinalEncode, applyOrdinalEncode>{
        .id = "ordinal_encode",
        .title = "Number categories",
        .category = "categories",
        .summary = "Replaces categories by 0, 1, 2 … in their order; values that training did not see become missing and are reported.",
        .searchWords = {"ordinal", "label", "rank", "level"},
        .properties = {property("columns", &OrdinalEncode::columns, "Columns", "The columns of categories; none: all that are neither target nor ignored.", {.meaning = "column"}),
                       property("order", &OrdinalEncode::order, "Order", "The categories from the lowest to the highest; none: by alphabet, numbers by size.", {.meaning = "values"})},
        .fit = eraseFit<OrdinalEncode, fitOrdinalEncode>};
    return type;
}

}  // namespace lamina
