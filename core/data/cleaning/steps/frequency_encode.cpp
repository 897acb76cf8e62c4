// Categories replaced by how frequent they are.
#include "core/data/cleaning/steps/category_tools.h"

namespace lamina {
namespace {

struct FrequencyEncode {
    std::vector<std::string> columns;
    std::string form = "share";
};

Result<nlohmann::json> fitFrequencyEncode(const CleanTable& input, TrainingRows training, const FrequencyEncode& settings, const StepContext& context) {
    return learnCategoryColumns(input, training, settings.columns, context, [](const std::vector<CountedWord>& words) -> nlohmann::json {
        nlohmann::json categories = nlohmann::json::array(), counts = nlohmann::json::array();
        for (const auto& word : words) {
            categories.push_back(word.word);
            counts.push_back(word.count);
        }
        return {{"categories", categories}, {"counts", counts}};
    });
}

Result<CleanTable> applyFrequencyEncode(const CleanTable& input, const FrequencyEncode& settings, const nlohmann::json& fitted, const StepContext& context, StepReport& report) {
    LAMINA_TRY(const auto learned, learnedColumns(input, fitted, context));
    auto columns = columnsOf(input.table);
    for (const auto& [column, what] : learned) {
        const TableColumn source = input.table.column(column);
        const WordColumn words = wordsOf(source);
        const auto places = placesOf(words.words, what->at("categories").get<std::vector<std::string>>());
        const auto counts = what->at("counts").get<std::vector<double>>();
        if (counts.size() != what->at("categories").size()) return fail("cleaning.recipe_damaged", {{"what", "counts"}});
        double all = 0;
        for (const double count : counts) all += count;
        ColumnDraft draft(ColumnKind::Number, input.table.rows());
        for (std::int64_t row = 0; row < input.table.rows(); ++row) {
            const std::int32_t code = words.codes[static_cast<std::size_t>(row)];
            if (code < 0) {
                draft.missing(row);
                continue;
            }
            const std::int32_t place = places[static_cast<std::size_t>(code)];
            const double count = place < 0 ? 0 : counts[static_cast<std::size_t>(place)];
            draft.number(row, settings.form == "share" ? count / all : count);
        }
        report.changedCells += rowsThere(input);
        columns[column] = draft.finish(source.info.id, source.info.name, source.info.role);
    }
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& frequency_encode_step() {
    static const CleaningStepType type = CleaningStepDescriptor<FrequencyEncode, applyFrequencyEncode>{
        .id = "frequency_encode",
        .title = "Frequency of categories",
        .category = "categories",
        .summary = "Replaces each category by how often it stands in the training rows; new ones count 0.",
        .searchWords = {"count", "encode", "share"},
        .properties = {property("columns", &FrequencyEncode::columns, "Columns", "The columns of categories; none: all that are neither target nor ignored.", {.meaning = "column"}),
                       property("form", &FrequencyEncode::form, "Form", "share: a part of 1. count: the number of rows.", {.choices = {"share", "count"}})},
        .fit = eraseFit<FrequencyEncode, fitFrequencyEncode>};
    return type;
}

}  // namespace lamina
