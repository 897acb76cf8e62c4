// Classes of different sizes made to count alike, by weights of the rows while a model is made: rows that the model is judged by stay as they are.
#include <algorithm>
#include <map>

#include "core/data/cleaning/steps/category_tools.h"

namespace lamina {
namespace {

struct Balance {
    std::string column;
    std::string method = "weights";
    std::int64_t seed = 1;
};

std::uint64_t rowChance(const CleanTable& input, const Balance& settings, std::int64_t row) {
    return mixedHash(static_cast<std::uint64_t>(settings.seed), static_cast<std::uint64_t>(sourceRow(input, row)));
}

/// Rows whose chance is at most that of the count-th smallest are drawn: exactly so many of the training rows.
std::uint64_t chanceLimit(std::vector<std::uint64_t> chances, std::size_t count) {
    if (count == 0) return 0;
    std::nth_element(chances.begin(), chances.begin() + static_cast<std::ptrdiff_t>(count - 1), chances.end());
    return chances[count - 1];
}

/// How a class counts: each row `base` times, and once more where its chance is at most `limit`.
nlohmann::json howOften(const Balance& settings, std::vector<std::uint64_t> chances, std::size_t least, std::size_t most, std::size_t rows, std::size_t classes) {
    const std::size_t count = chances.size();
    if (settings.method == "weights") return {{"base", static_cast<double>(rows) / static_cast<double>(classes * count)}, {"limit", 0}};
    if (settings.method == "under-sampling") return {{"base", 0.0}, {"limit", chanceLimit(std::move(chances), least)}};
    return {{"base", static_cast<double>(most / count)}, {"limit", chanceLimit(std::move(chances), most % count)}};
}

Result<nlohmann::json> fitBalance(const CleanTable& input, TrainingRows training, const Balance& settings, const StepContext&) {
    LAMINA_TRY(const std::size_t column, stepColumn(input.table, settings.column, {ColumnKind::Category, ColumnKind::Boolean, ColumnKind::Text, ColumnKind::Integer}));
    const WordColumn words = wordsOf(input.table.column(column));
    std::vector<std::vector<std::uint64_t>> chances(words.words.size());
    for (std::int64_t row = 0; row < input.table.rows(); ++row)
        if (const std::int32_t code = words.codes[static_cast<std::size_t>(row)]; code >= 0 && teaches(training, row) && !input.isRemoved(row))
            chances[static_cast<std::size_t>(code)].push_back(rowChance(input, settings, row));
    std::size_t least = SIZE_MAX, most = 0, rows = 0, classes = 0;
    for (const auto& of : chances) {
        if (of.empty()) continue;
        least = std::min(least, of.size());
        most = std::max(most, of.size());
        rows += of.size();
        ++classes;
    }
    if (classes == 0) return fail("cleaning.no_values_to_learn", {{"column", settings.column}});
    if (classes > 1000) return fail("cleaning.too_many_categories", {{"column", settings.column}, {"most", "1000"}});
    nlohmann::json learned = nlohmann::json::object();
    for (std::size_t i = 0; i < chances.size(); ++i)
        if (!chances[i].empty()) learned[words.words[i]] = howOften(settings, std::move(chances[i]), least, most, rows, classes);
    return nlohmann::json{{"classes", std::move(learned)}};
}

Result<CleanTable> applyBalance(const CleanTable& input, const Balance& settings, const nlohmann::json& fitted, const StepContext&, StepReport& report) {
    LAMINA_TRY(const std::size_t column, stepColumn(input.table, settings.column, {ColumnKind::Category, ColumnKind::Boolean, ColumnKind::Text, ColumnKind::Integer}));
    const WordColumn words = wordsOf(input.table.column(column));
    struct HowOften {
        double base = 1;
        std::uint64_t limit = 0;
    };
    std::vector<HowOften> often;
    for (const auto& word : words.words) {
        const auto found = fitted.at("classes").find(word);
        const bool known = found != fitted.at("classes").end();
        often.push_back(known ? HowOften{found->at("base").get<double>(), found->at("limit").get<std::uint64_t>()} : HowOften{});
    }
    const auto rows = static_cast<std::size_t>(input.table.rows());
    auto weights = std::make_shared<std::vector<float>>(input.weights ? *input.weights : std::vector<float>(rows, 1.0f));
    for (std::size_t row = 0; row < rows; ++row) {
        if (words.codes[row] < 0) continue;
        const HowOften& how = often[static_cast<std::size_t>(words.codes[row])];
        const bool oneMore = how.limit > 0 && rowChance(input, settings, static_cast<std::int64_t>(row)) <= how.limit;
        (*weights)[row] *= static_cast<float>(how.base + oneMore);
    }
    report.changedCells += rowsThere(input);
    CleanTable output = input;
    output.weights = std::move(weights);
    return output;
}

}  // namespace

const CleaningStepType& balance_step() {
    static const CleaningStepType type = CleaningStepDescriptor<Balance, applyBalance>{
        .id = "balance",
        .title = "Balance classes",
        .category = "rows",
        .summary = "Makes classes of different sizes count alike in training; the rows a model is judged by stay as they are.",
        .searchWords = {"imbalanced", "weights", "oversampling", "undersampling", "resample"},
        .properties = {property("column", &Balance::column, "Classes", "The column of classes, mostly the target.", {.meaning = "column"}),
                       property("method", &Balance::method, "Method",
                                "weights: rows of small classes count more. over-sampling: they are repeated. under-sampling: rows of large classes are left out.",
                                {.choices = {"weights", "over-sampling", "under-sampling"}}),
                       property("seed", &Balance::seed, "Seed", "Another number draws other rows.", {.minimum = 0})},
        .rows = RowEffect::TrainingOnly,
        .fit = eraseFit<Balance, fitBalance>};
    return type;
}

}  // namespace lamina
