// New rows of small classes, made between rows that are alike: SMOTE, and with categories SMOTE-NC.
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "core/data/cleaning/steps/category_tools.h"
#include "core/data/cleaning/steps/row_groups.h"

namespace lamina {
namespace smote_step_parts {

constexpr std::size_t mostMadeRows = 1'000'000, mostComparedRows = 20'000;

struct Smote {
    std::string column;
    std::vector<std::string> columns;
    std::int64_t neighbours = 5;
    double share = 1;
    std::int64_t seed = 1;
};

/// What rows are compared in: numbers in one scale, categories as codes.
struct Points {
    std::size_t numbers = 0, words = 0;
    std::vector<double> values;       ///< rows × numbers
    std::vector<std::int32_t> codes;  ///< rows × words
    double unequal = 0;               ///< what two different categories count, squared

    double distance(std::size_t a, std::size_t b) const {
        double sum = 0;
        for (std::size_t i = 0; i < numbers; ++i) {
            const double difference = values[a * numbers + i] - values[b * numbers + i];
            sum += difference * difference;
        }
        for (std::size_t i = 0; i < words; ++i) sum += codes[a * words + i] != codes[b * words + i] ? unequal : 0;
        return sum;
    }
};

bool isNumberKind(ColumnKind kind) { return kind == ColumnKind::Number || kind == ColumnKind::Integer; }
bool isWordKind(ColumnKind kind) { return kind == ColumnKind::Category || kind == ColumnKind::Boolean; }

/// The columns by which rows are alike; the others are taken from the row that a new one begins at.
Result<std::vector<std::size_t>> comparedColumns(const Table& table, const Smote& settings) {
    if (!settings.columns.empty())
        return stepColumns(table, settings.columns, {ColumnKind::Number, ColumnKind::Integer, ColumnKind::Category, ColumnKind::Boolean});
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < table.columnCount(); ++i) {
        const ColumnInfo& info = table.info(i);
        const bool other = info.role == "ignore" || info.role == "target" || info.name == settings.column;
        if (!other && (isNumberKind(info.kind) || isWordKind(info.kind))) columns.push_back(i);
    }
    return columns;
}

std::vector<std::size_t> onlyNumbers(const Table& table, std::vector<std::size_t> columns) {
    std::erase_if(columns, [&](std::size_t column) { return !isNumberKind(table.info(column).kind); });
    return columns;
}

double deviationOf(const ColumnView& view, const std::vector<std::int64_t>& rows) {
    std::vector<double> values;
    for (const std::int64_t row : rows) values.push_back(view.number(row));
    return meanDeviation(values).deviation;
}

/// Different categories count as the median of the number columns' deviations in the small class (SMOTE-NC); without numbers all count alike.
double unequalCategories(const Table& table, const std::vector<std::size_t>& numbers, const std::vector<std::int64_t>& rows) {
    std::vector<double> deviations;
    for (const std::size_t column : numbers) deviations.push_back(deviationOf(table.view(column), rows));
    if (deviations.empty()) return 1;
    std::sort(deviations.begin(), deviations.end());
    const double median = quantileOfSorted(deviations, 0.5);
    return median * median;
}

Points pointsOf(const Table& table, const std::vector<std::size_t>& columns, const std::vector<std::int64_t>& rows) {
    Points points;
    const auto numbers = onlyNumbers(table, columns);
    points.numbers = numbers.size();
    points.words = columns.size() - numbers.size();
    points.unequal = unequalCategories(table, numbers, rows);
    points.values.reserve(rows.size() * points.numbers);
    for (const std::int64_t row : rows)
        for (const std::size_t column : columns) {
            const ColumnView view = table.view(column);
            if (isNumberKind(view.kind)) points.values.push_back(view.number(row));
            else points.codes.push_back(view.isMissing(row) ? -1 : static_cast<std::int32_t>(view.number(row)));
        }
    return points;
}

/// The rows most like one, nearest first; of equally near ones the earlier.
std::vector<std::int32_t> nearestOf(const Points& points, std::size_t rows, std::size_t one, std::size_t count) {
    std::vector<std::pair<double, std::int32_t>> all;
    for (std::size_t other = 0; other < rows; ++other)
        if (other != one) all.emplace_back(points.distance(one, other), static_cast<std::int32_t>(other));
    const auto kept = std::min(count, all.size());
    std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept), all.end());
    std::vector<std::int32_t> nearest;
    for (std::size_t i = 0; i < kept; ++i) nearest.push_back(all[i].second);
    return nearest;
}

/// The class's rows that teach and lack no number that is compared.
std::vector<std::int64_t> usableRows(const CleanTable& input, const std::vector<std::int64_t>& rows, const std::vector<std::size_t>& columns) {
    std::vector<std::int64_t> usable;
    for (const std::int64_t row : rows) {
        const bool gap = std::any_of(columns.begin(), columns.end(), [&](std::size_t column) {
            const ColumnView view = input.table.view(column);
            return isNumberKind(view.kind) && view.isMissing(row);
        });
        if (!gap) usable.push_back(row);
    }
    return usable;
}

double chanceOf(const Smote& settings, std::size_t made, std::uint64_t purpose) {
    return static_cast<double>(mixedHash(static_cast<std::uint64_t>(settings.seed) * 4 + purpose, made) >> 11) * 0x1p-53;
}

/// New rows of one class as four numbers each: the row it begins at, the neighbour it goes towards, how far in 2^-30, and where its neighbours begin.
struct Recipes {
    std::vector<std::int64_t> from, towards, part;
    std::vector<std::vector<std::int64_t>> neighbours;  ///< of `from`, whose categories are counted
};

Result<void> addRecipes(const CleanTable& input, const std::vector<std::size_t>& columns, const std::vector<std::int64_t>& rows, std::size_t wanted,
                        const Smote& settings, const StepContext& context, Recipes& made) {
    const Points points = pointsOf(input.table, columns, rows);
    const std::size_t k = std::min(static_cast<std::size_t>(settings.neighbours), rows.size() - 1);
    std::vector<std::vector<std::int32_t>> nearest(rows.size());
    LAMINA_CHECK(forPieces(std::min(rows.size(), wanted), context, [&](std::size_t i) {
        if (!context.cancel.cancelled()) nearest[i] = nearestOf(points, rows.size(), i, k);
    }));
    for (std::size_t i = 0; i < wanted; ++i) {
        const std::size_t one = i % rows.size(), number = made.from.size();
        const auto& near = nearest[one];
        const auto which = std::min(static_cast<std::size_t>(chanceOf(settings, number, 1) * static_cast<double>(near.size())), near.size() - 1);
        made.from.push_back(rows[one]);
        made.towards.push_back(rows[static_cast<std::size_t>(near[which])]);
        made.part.push_back(static_cast<std::int64_t>(chanceOf(settings, number, 2) * 0x1p30));
        auto& all = made.neighbours.emplace_back();
        for (const std::int32_t other : near) all.push_back(rows[static_cast<std::size_t>(other)]);
    }
    return {};
}

/// The category that most neighbours have; of equally frequent ones that of the nearest.
std::int64_t majorityRow(const ColumnView& view, const std::vector<std::int64_t>& neighbours) {
    std::map<double, std::int64_t> counts;
    const auto keyOf = [&](std::int64_t row) { return view.isMissing(row) ? -1.0 : view.number(row); };
    for (const std::int64_t row : neighbours) ++counts[keyOf(row)];
    return *std::max_element(neighbours.begin(), neighbours.end(),
                             [&](std::int64_t a, std::int64_t b) { return counts[keyOf(a)] < counts[keyOf(b)]; });
}

nlohmann::json recipesToJson(const CleanTable& input, const std::vector<std::size_t>& columns, const Recipes& made) {
    nlohmann::json words = nlohmann::json::object();
    auto numbers = nlohmann::json::array();
    for (const std::size_t column : columns) {
        const ColumnInfo& info = input.table.info(column);
        if (isNumberKind(info.kind)) {
            numbers.push_back(info.name);
            continue;
        }
        auto& rows = words[info.name] = nlohmann::json::array();
        for (const auto& neighbours : made.neighbours) rows.push_back(majorityRow(input.table.view(column), neighbours));
    }
    return {{"from", made.from}, {"towards", made.towards}, {"part", made.part}, {"numbers", std::move(numbers)}, {"words", std::move(words)}};
}

/// Evenly spread, where there are too many to compare each with each.
std::vector<std::int64_t> thinned(std::vector<std::int64_t> rows) {
    if (rows.size() <= mostComparedRows) return rows;
    std::vector<std::int64_t> some;
    for (std::size_t i = 0; i < mostComparedRows; ++i) some.push_back(rows[i * rows.size() / mostComparedRows]);
    return some;
}

/// Learned is which rows each new row is made of. Without a split there is no training part that it could belong to, and nothing is made.
Result<nlohmann::json> fitSmote(const CleanTable& input, TrainingRows training, const Smote& settings, const StepContext& context) {
    LAMINA_TRY(const std::size_t target,
               stepColumn(input.table, settings.column, {ColumnKind::Category, ColumnKind::Boolean, ColumnKind::Text, ColumnKind::Integer}));
    LAMINA_TRY(auto columns, comparedColumns(input.table, settings));
    std::erase(columns, target);
    if (columns.empty()) return fail("cleaning.no_column_chosen");
    if (!context.divided) return nlohmann::json{{"no_split", true}};
    const WordColumn words = wordsOf(input.table.column(target));
    std::map<std::int32_t, std::vector<std::int64_t>> classes;
    for (std::int64_t row = 0; row < input.table.rows(); ++row)
        if (const std::int32_t code = words.codes[static_cast<std::size_t>(row)]; code >= 0 && teaches(training, row) && !input.isRemoved(row))
            classes[code].push_back(row);
    if (classes.size() > 1000) return fail("cleaning.too_many_categories", {{"column", settings.column}, {"most", "1000"}});
    std::size_t largest = 0;
    for (const auto& [code, rows] : classes) largest = std::max(largest, rows.size());
    Recipes made;
    auto alone = nlohmann::json::array();
    for (const auto& [code, rows] : classes) {
        const auto wanted = static_cast<std::size_t>(std::llround(settings.share * static_cast<double>(largest)));
        const auto usable = thinned(usableRows(input, rows, columns));
        if (wanted <= rows.size()) continue;
        if (made.from.size() + wanted - rows.size() > mostMadeRows)
            return fail("cleaning.too_many_made_rows", {{"most", std::to_string(mostMadeRows)}});
        if (usable.size() < 2) alone.push_back(words.words[static_cast<std::size_t>(code)]);
        else LAMINA_CHECK(addRecipes(input, columns, usable, wanted - rows.size(), settings, context, made));
    }
    auto learned = recipesToJson(input, columns, made);
    learned["alone"] = std::move(alone);
    return learned;
}

/// The learned rows, and where each column's cell of a new row comes from.
struct MadeRows {
    std::vector<std::int64_t> from, towards, part;

    double between(const ColumnView& view, std::size_t i) const {
        const double a = view.number(from[i]), b = view.number(towards[i]);
        return a + (b - a) * static_cast<double>(part[i]) * 0x1p-30;
    }
};

Result<TableColumn> longerColumn(const TableColumn& source, const MadeRows& made, const std::vector<std::int64_t>& from, bool blended,
                                 const StepContext& context) {
    std::vector<std::int64_t> rows(static_cast<std::size_t>(source.view.rows));
    std::iota(rows.begin(), rows.end(), std::int64_t{0});
    rows.insert(rows.end(), from.begin(), from.end());
    if (!blended) return pickRows(source, rows, context);
    const bool whole = source.view.kind == ColumnKind::Integer;
    ColumnDraft draft(source.view.kind, std::ssize(rows));
    for (std::int64_t row = 0; row < std::ssize(rows); ++row) {
        const std::int64_t i = row - source.view.rows;
        if (i < 0 && source.view.isMissing(row)) draft.missing(row);
        else if (i < 0) draft.copy(row, source.view, row);
        else if (whole) draft.integer(row, std::llround(made.between(source.view, static_cast<std::size_t>(i))));
        else draft.number(row, made.between(source.view, static_cast<std::size_t>(i)));
    }
    return draft.finish(source.info.id, source.info.name, source.info.role);
}

/// What is known of the rows, for the new ones too.
void lengthen(const CleanTable& input, const MadeRows& made, CleanTable& output) {
    const auto extended = [&](const auto& known, auto fresh) {
        auto longer = std::make_shared<std::remove_const_t<std::remove_reference_t<decltype(*known)>>>(*known);
        for (std::size_t i = 0; i < made.from.size(); ++i) longer->push_back(fresh(i));
        return longer;
    };
    std::vector<std::int64_t> origin(static_cast<std::size_t>(input.table.rows()));
    for (std::size_t row = 0; row < origin.size(); ++row) origin[row] = sourceRow(input, static_cast<std::int64_t>(row));
    for (const std::int64_t row : made.from) origin.push_back(sourceRow(input, row));
    output.origin = std::make_shared<const std::vector<std::int64_t>>(std::move(origin));
    if (input.removedBy) output.removedBy = extended(input.removedBy, [](std::size_t) { return std::uint16_t{0}; });
    if (input.weights) output.weights = extended(input.weights, [](std::size_t) { return 1.0f; });
    output.appended = input.appended + std::ssize(made.from);
}

void remark(const nlohmann::json& fitted, StepReport& report) {
    if (fitted.value("no_split", false)) report.issues.push_back({Severity::Note, fail("cleaning.smote_needs_split")});
    for (const auto& name : fitted.value("alone", nlohmann::json::array()))
        report.issues.push_back({Severity::Warning, fail("cleaning.class_alone", {{"class", name.get<std::string>()}})});
}

Result<CleanTable> applySmote(const CleanTable& input, const Smote&, const nlohmann::json& fitted, const StepContext& context, StepReport& report) {
    remark(fitted, report);
    if (fitted.value("no_split", false)) return input;
    const MadeRows made{fitted.at("from"), fitted.at("towards"), fitted.at("part")};
    if (made.from.empty()) return input;
    for (const auto* rows : {&made.from, &made.towards})
        if (rows->size() != made.part.size() ||
            std::any_of(rows->begin(), rows->end(), [&](std::int64_t row) { return row < 0 || row >= input.table.rows(); }))
            return fail("cleaning.recipe_damaged", {{"what", "smote"}});
    const auto blended = fitted.at("numbers").get<std::vector<std::string>>();
    std::vector<TableColumn> columns;
    for (std::size_t i = 0; i < input.table.columnCount(); ++i) {
        const TableColumn& source = input.table.column(i);
        const auto word = fitted.at("words").find(source.info.name);
        auto from = word == fitted.at("words").end() ? made.from : word->get<std::vector<std::int64_t>>();
        if (from.size() != made.from.size() ||
            std::any_of(from.begin(), from.end(), [&](std::int64_t row) { return row < 0 || row >= input.table.rows(); }))
            return fail("cleaning.recipe_damaged", {{"what", "smote"}});
        const bool isBlended = std::find(blended.begin(), blended.end(), source.info.name) != blended.end() && isNumberKind(source.view.kind);
        LAMINA_TRY(auto longer, longerColumn(source, made, from, isBlended, context));
        columns.push_back(std::move(longer));
    }
    CleanTable output;
    LAMINA_TRY(output.table, Table::of(std::move(columns)));
    lengthen(input, made, output);
    report.changedCells += std::ssize(made.from);
    return output;
}

}  // namespace smote_step_parts

const CleaningStepType& smote_step() {
    using namespace smote_step_parts;
    static const CleaningStepType type = CleaningStepDescriptor<Smote, applySmote>{
        .id = "smote",
        .title = "Make rows of small classes (SMOTE)",
        .category = "rows",
        .summary =
            "Adds rows of small classes to the training part, each somewhere between a row and one of those most like it; categories are those that "
            "most of "
            "them have. Validation, test and predictions see none of them.",
        .searchWords = {"imbalanced", "oversampling", "synthetic", "SMOTE-NC", "augment"},
        .properties = {property("column", &Smote::column, "Classes", "The column of classes, mostly the target.", {.meaning = "column"}),
                       property("columns", &Smote::columns, "Compare in",
                                "The columns by which rows are alike and which are mixed; numbers should be of one scale. None: all numbers and "
                                "categories. The others are "
                                "taken from the row itself.",
                                {.meaning = "column"}),
                       property("neighbours", &Smote::neighbours, "Neighbours",
                                "A new row lies between a row and one of so many rows of its class that are most like it.",
                                {.minimum = 1, .maximum = 100}),
                       property("share", &Smote::share, "Share",
                                "How large a class becomes, measured by the largest: 1 is as large, 0.5 half as large.",
                                {.minimum = 0.01, .maximum = 1}),
                       property("seed", &Smote::seed, "Seed", "Another number makes other rows.", {.minimum = 0})},
        .rows = RowEffect::TrainingOnly,
        .fit = eraseFit<Smote, fitSmote>};
    return type;
}

}  // namespace lamina
