// One yes-or-no column per category.
#include <algorithm>

#include "core/data/cleaning/steps/category_tools.h"

namespace lamina {
namespace {

struct OneHot {
    std::vector<std::string> columns;
    std::int64_t most = 50;
    bool dropFirst = false;
    bool keepOriginal = false;
};

Result<nlohmann::json> fitOneHot(const CleanTable& input, TrainingRows training, const OneHot& settings, const StepContext& context) {
    return learnCategoryColumns(input, training, settings.columns, context, [&](std::vector<CountedWord> words) -> nlohmann::json {
        std::vector<std::int64_t> counts;
        for (const auto& word : words) counts.push_back(word.count);
        std::sort(counts.rbegin(), counts.rend());
        const auto most = static_cast<std::size_t>(settings.most);
        const std::int64_t least = counts.size() > most ? counts[most - 1] : 0;
        nlohmann::json categories = nlohmann::json::array();
        for (const auto& word : words)
            if (word.count >= least && categories.size() < most) categories.push_back(word.word);
        return categories;
    });
}

/// No row has it; a missing one has -1.
constexpr std::int32_t noCode = -2;

TableColumn oneHotColumn(const CleanTable& input, const StepContext& context, const WordColumn& words, const std::vector<std::int32_t>& places, std::int32_t place,
                         const std::string& name) {
    ColumnDraft draft(ColumnKind::Boolean, input.table.rows());
    // Words are all different, so one code at most has this place; a category that the column does not hold has none.
    const auto found = std::find(places.begin(), places.end(), place);
    const std::int32_t wanted = found == places.end() ? noCode : static_cast<std::int32_t>(found - places.begin());
    const auto flags = draft.booleansOf({0, 0, input.table.rows()});
    for (std::size_t row = 0; row < flags.size(); ++row) flags[row] = words.codes[row] == wanted;
    return draft.finish(newColumnId(input, context, name), name, "");
}

Result<CleanTable> applyOneHot(const CleanTable& input, const OneHot& settings, const nlohmann::json& fitted, const StepContext& context, StepReport& report) {
    LAMINA_TRY(const auto learned, learnedColumns(input, fitted, context));
    std::map<std::size_t, std::vector<TableColumn>> made;
    for (const auto& [column, what] : learned) {
        const TableColumn& source = input.table.column(column);
        const WordColumn words = wordsOf(source);
        const auto categories = what->get<std::vector<std::string>>();
        const auto places = placesOf(words.words, categories);
        const std::size_t first = settings.dropFirst ? 1 : 0;
        std::vector<TableColumn>& columns = made[column];
        columns.resize(categories.size() > first ? categories.size() - first : 0);
        LAMINA_CHECK(forPieces(columns.size(), context, [&](std::size_t i) {
            columns[i] = oneHotColumn(input, context, words, places, static_cast<std::int32_t>(i + first), source.info.name + " = " + categories[i + first]);
        }));
        report.changedCells += rowsThere(input);
    }
    return replaceColumns(input, made, settings.keepOriginal);
}

}  // namespace

const CleaningStepType& one_hot_step() {
    static const CleaningStepType type = CleaningStepDescriptor<OneHot, applyOneHot>{
        .id = "one_hot",
        .title = "One-hot encode",
        .category = "categories",
        .summary = "Makes a yes-or-no column of every category seen in training; values that are missing or new have no in all of them.",
        .searchWords = {"dummy", "dummies", "indicator"},
        .properties = {property("columns", &OneHot::columns, "Columns", "The columns of categories; none: all that are neither target nor ignored.", {.meaning = "column"}),
                       property("most", &OneHot::most, "Most columns", "At most so many categories of a column, the most frequent ones.", {.minimum = 1, .maximum = 1000}),
                       property("drop_first", &OneHot::dropFirst, "Leave out the first", "No column for the first category, since the others tell of it."),
                       property("keep_original", &OneHot::keepOriginal, "Keep the column", "The column itself stays too.")},
        .fit = eraseFit<OneHot, fitOneHot>};
    return type;
}

}  // namespace lamina
