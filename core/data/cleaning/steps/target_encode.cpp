// Categories replaced by the mean of the target (Micci-Barreca 2001). So that no row sees its own target, rows are dealt into folds by chance, and each
// row gets what the training rows of the other folds say; new rows get what all training rows say.
#include <algorithm>
#include <cmath>

#include "core/data/cleaning/steps/category_tools.h"

namespace lamina {
namespace {

struct TargetEncode {
    std::vector<std::string> columns;
    std::string target;
    double smoothing = 10;
    std::int64_t folds = 5;
    std::int64_t seed = 1;
};

std::size_t foldOf(const CleanTable& input, const TargetEncode& settings, std::int64_t row) {
    return mixedHash(static_cast<std::uint64_t>(settings.seed), static_cast<std::uint64_t>(sourceRow(input, row))) % static_cast<std::uint64_t>(settings.folds);
}

/// What is averaged: numbers as they are, of classes one row of 0 and 1 for each class (two classes: for the second only).
struct TargetNumbers {
    std::vector<std::vector<double>> values;  ///< NaN: missing
    std::vector<std::string> names;
};

Result<TargetNumbers> targetNumbers(const CleanTable& input, TrainingRows training, const TargetEncode& settings) {
    LAMINA_TRY(const std::size_t column, stepColumn(input.table, settings.target,
                                                    {ColumnKind::Number, ColumnKind::Integer, ColumnKind::Boolean, ColumnKind::Category, ColumnKind::Text}));
    const TableColumn& target = input.table.column(column);
    const auto rows = static_cast<std::size_t>(target.view.rows);
    TargetNumbers numbers;
    if (target.view.kind != ColumnKind::Category && target.view.kind != ColumnKind::Text) {
        numbers.names = {""};
        numbers.values.assign(1, std::vector<double>(rows));
        for (std::size_t row = 0; row < rows; ++row) numbers.values[0][row] = target.view.number(static_cast<std::int64_t>(row));
        return numbers;
    }
    const WordColumn words = wordsOf(target);
    const auto classes = countedWords(words, training);
    if (classes.size() > 100) return fail("cleaning.too_many_categories", {{"column", settings.target}, {"most", "100"}});
    std::vector<std::string> known;
    for (const auto& one : classes) known.push_back(one.word);
    const auto places = placesOf(words.words, known);
    for (std::size_t i = known.size() == 2 ? 1 : 0; i < known.size(); ++i) {
        auto& values = numbers.values.emplace_back(rows);
        numbers.names.push_back(known.size() == 2 ? "" : known[i]);
        for (std::size_t row = 0; row < rows; ++row) {
            const std::int32_t code = words.codes[row];
            values[row] = code < 0 ? std::numeric_limits<double>::quiet_NaN() : places[static_cast<std::size_t>(code)] == static_cast<std::int32_t>(i);
        }
    }
    return numbers;
}

/// Sums and counts of the target per fold and category; the last category stands for missing values.
nlohmann::json targetSums(const CleanTable& input, TrainingRows training, const TargetEncode& settings, const WordColumn& words, const std::vector<std::int32_t>& places,
                          std::size_t categories, const std::vector<double>& target) {
    const auto folds = static_cast<std::size_t>(settings.folds);
    std::vector<std::vector<double>> sums(folds, std::vector<double>(categories + 1)), counts = sums;
    for (std::size_t row = 0; row < target.size(); ++row) {
        if (!teaches(training, static_cast<std::int64_t>(row)) || !std::isfinite(target[row])) continue;
        const std::int32_t code = words.codes[row];
        const std::size_t place = code < 0 ? categories : static_cast<std::size_t>(places[static_cast<std::size_t>(code)]);
        const std::size_t fold = foldOf(input, settings, static_cast<std::int64_t>(row));
        sums[fold][place] += target[row];
        counts[fold][place] += 1;
    }
    return {{"sums", sums}, {"counts", counts}};
}

Result<nlohmann::json> fitTargetEncode(const CleanTable& input, TrainingRows training, const TargetEncode& settings, const StepContext& context) {
    LAMINA_TRY(const auto columns, categoryColumns(input.table, settings.columns));
    LAMINA_TRY(const TargetNumbers target, targetNumbers(input, training, settings));
    nlohmann::json learned = nlohmann::json::object();
    for (const std::size_t column : columns) {
        if (context.cancel.cancelled()) return fail("job.cancelled");
        const std::string& name = input.table.info(column).name;
        if (name == settings.target) continue;
        const WordColumn words = wordsOf(input.table.column(column));
        std::vector<std::string> categories;
        for (const auto& word : countedWords(words, training)) categories.push_back(word.word);
        if (categories.size() > mostLearnedWords)
            return fail("cleaning.too_many_categories", {{"column", name}, {"most", std::to_string(mostLearnedWords)}});
        const auto places = placesOf(words.words, categories);
        nlohmann::json outputs = nlohmann::json::array();
        for (std::size_t i = 0; i < target.values.size(); ++i) {
            outputs.push_back(targetSums(input, training, settings, words, places, categories.size(), target.values[i]));
            outputs.back()["name"] = target.names[i];
        }
        learned[name] = {{"categories", std::move(categories)}, {"outputs", std::move(outputs)}};
    }
    return nlohmann::json{{"columns", std::move(learned)}};
}

/// Sums or counts as learned: for each fold one number per category and one for missing values.
Result<std::vector<std::vector<double>>> learnedSums(const nlohmann::json& output, const char* key, std::size_t categories, std::int64_t folds) {
    auto sums = output.at(key).get<std::vector<std::vector<double>>>();
    const bool fits = std::all_of(sums.begin(), sums.end(), [&](const auto& sum) { return sum.size() == categories + 1; });
    if (!fits || sums.size() != static_cast<std::size_t>(folds)) return fail("cleaning.recipe_damaged", {{"what", key}});
    return sums;
}

/// The encoding of every category (the last: missing values; behind it: unknown ones) for rows of each fold, and in the end for new rows.
Result<std::vector<std::vector<double>>> encodings(const nlohmann::json& output, std::size_t categories, const TargetEncode& settings) {
    LAMINA_TRY(const auto sums, learnedSums(output, "sums", categories, settings.folds));
    LAMINA_TRY(const auto counts, learnedSums(output, "counts", categories, settings.folds));
    std::vector<std::vector<double>> all;
    for (std::size_t fold = 0; fold <= sums.size(); ++fold) {
        std::vector<double> sum(categories + 1), count(categories + 1);
        double wholeSum = 0, wholeCount = 0;
        for (std::size_t other = 0; other < sums.size(); ++other)
            for (std::size_t i = 0; other != fold && i <= categories; ++i) {
                sum[i] += sums[other][i];
                count[i] += counts[other][i];
                wholeSum += sums[other][i];
                wholeCount += counts[other][i];
            }
        const double mean = wholeCount > 0 ? wholeSum / wholeCount : 0;
        auto& made = all.emplace_back(categories + 2, mean);
        for (std::size_t i = 0; i <= categories; ++i)
            if (count[i] > 0) made[i] = (sum[i] + settings.smoothing * mean) / (count[i] + settings.smoothing);
    }
    return all;
}

Result<TableColumn> encodedColumn(const CleanTable& input, const TargetEncode& settings, const StepContext& context, const WordColumn& words,
                          const std::vector<std::int32_t>& places, std::size_t categories, const nlohmann::json& output, const TableColumn& source) {
    LAMINA_TRY(const auto values, encodings(output, categories, settings));
    ColumnDraft draft(ColumnKind::Number, input.table.rows());
    for (std::int64_t row = 0; row < input.table.rows(); ++row) {
        const std::int32_t code = words.codes[static_cast<std::size_t>(row)];
        const std::int32_t place = code < 0 ? static_cast<std::int32_t>(categories) : places[static_cast<std::size_t>(code)];
        const std::size_t fold = context.predicting ? values.size() - 1 : foldOf(input, settings, row);
        draft.number(row, values[fold][place < 0 ? categories + 1 : static_cast<std::size_t>(place)]);
    }
    const std::string one = output.at("name").get<std::string>();
    const std::string name = one.empty() ? source.info.name : source.info.name + " → " + one;
    return draft.finish(one.empty() ? source.info.id : newColumnId(input, context, name), name, source.info.role);
}

Result<CleanTable> applyTargetEncode(const CleanTable& input, const TargetEncode& settings, const nlohmann::json& fitted, const StepContext& context, StepReport& report) {
    LAMINA_TRY(const auto learned, learnedColumns(input, fitted, context));
    std::map<std::size_t, std::vector<TableColumn>> made;
    for (const auto& [column, what] : learned) {
        const TableColumn& source = input.table.column(column);
        const WordColumn words = wordsOf(source);
        const auto categories = what->at("categories").get<std::vector<std::string>>();
        const auto places = placesOf(words.words, categories);
        for (const auto& output : what->at("outputs")) {
            LAMINA_TRY(auto encoded, encodedColumn(input, settings, context, words, places, categories.size(), output, source));
            made[column].push_back(std::move(encoded));
        }
        report.changedCells += rowsThere(input);
    }
    return replaceColumns(input, made, false);
}

}  // namespace

const CleaningStepType& target_encode_step() {
    static const CleaningStepType type = CleaningStepDescriptor<TargetEncode, applyTargetEncode>{
        .id = "target_encode",
        .title = "Target-encode",
        .category = "categories",
        .summary = "Replaces each category by the mean of the target in the training rows that have it, without letting a row see its own target.",
        .searchWords = {"mean encoding", "impact", "likelihood"},
        .properties = {property("columns", &TargetEncode::columns, "Columns", "The columns of categories; none: all that are neither target nor ignored.", {.meaning = "column"}),
                       property("target", &TargetEncode::target, "Target", "The column that is to be predicted.", {.meaning = "column"}),
                       property("smoothing", &TargetEncode::smoothing, "Smoothing", "Rare categories are drawn to the mean of all: with so many rows half of the way.", {.minimum = 0}),
                       property("folds", &TargetEncode::folds, "Folds", "Into how many parts rows are dealt; each is encoded by the others.", {.minimum = 2, .maximum = 100}),
                       property("seed", &TargetEncode::seed, "Seed", "Another number deals the rows in another way.", {.minimum = 0})},
        .fit = eraseFit<TargetEncode, fitTargetEncode>};
    return type;
}

}  // namespace lamina
