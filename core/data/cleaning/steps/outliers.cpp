// Extreme values, by bounds learned from the training rows: the row goes, the value goes, or the value is limited.
#include <algorithm>
#include <cmath>

#include "core/data/cleaning/steps/isolation_forest.h"
#include "core/data/cleaning/steps/number_tools.h"

namespace lamina {
namespace {

struct Outliers {
    std::vector<std::string> columns;
    std::string method = "iqr";
    double factor = 1.5;
    double contamination = 0.05;
    std::int64_t seed = 1;
};

Result<nlohmann::json> fitOutlierBounds(const CleanTable& input, TrainingRows training, const Outliers& settings, const StepContext& context) {
    return learnNumberColumns(input, training, settings.columns, context, [&](std::vector<double> values) -> nlohmann::json {
        double low, high;
        if (settings.method == "z-score") {
            const auto [mean, deviation] = meanDeviation(values);
            low = mean - settings.factor * deviation;
            high = mean + settings.factor * deviation;
        } else {
            const auto quartiles = quantilesOf(values, {0.25, 0.75});
            const double first = quartiles[0], third = quartiles[1];
            low = first - settings.factor * (third - first);
            high = third + settings.factor * (third - first);
        }
        return {{"low", low}, {"high", high}};
    });
}

/// The columns as numbers of a row after the other, missing ones as the column's median.
Result<PointSet> outlierPoints(const CleanTable& input, const std::vector<std::size_t>& columns, const std::vector<double>& fill, const StepContext& context) {
    PointSet points{columns.size(), std::vector<double>(columns.size() * static_cast<std::size_t>(input.table.rows()))};
    LAMINA_CHECK(forRowSlices(input.table.rows(), context, [&](const RowSlice& slice) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const ColumnView& view = input.table.column(columns[i]).view;
            for (std::int64_t row = slice.first; row < slice.last; ++row) {
                const double value = view.number(row);
                points.values[static_cast<std::size_t>(row) * columns.size() + i] = std::isfinite(value) ? value : fill[i];
            }
        }
    }));
    return points;
}

/// So many training rows tell where the limit is.
constexpr std::size_t mostJudged = 100'000;

Result<std::vector<double>> forestScores(const IsolationForest& forest, const PointSet& points, const StepContext& context) {
    std::vector<double> scores(points.size());
    constexpr std::int64_t piece = 2048;  // so that a job can be cancelled in time
    const auto count = static_cast<std::int64_t>(points.size());
    LAMINA_CHECK(forPieces(static_cast<std::size_t>((count + piece - 1) / piece), context, [&](std::size_t i) {
        const auto first = static_cast<std::int64_t>(i) * piece;
        forest.score(points, first, std::span(scores).subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(std::min(piece, count - first))));
    }));
    return scores;
}

/// What the forest was grown from is kept: the same pool and seed give the same forest. The limit is the score that so large a part of the training rows
/// is above.
Result<nlohmann::json> fitOutlierForest(const CleanTable& input, TrainingRows training, const Outliers& settings, const StepContext& context) {
    LAMINA_TRY(const auto columns, numberColumns(input.table, settings.columns));
    std::vector<double> fill;
    std::vector<std::string> names;
    for (const std::size_t column : columns) {
        auto values = teachingNumbers(input.table.view(column), training);
        if (values.empty()) return fail("cleaning.no_values_to_learn", {{"column", input.table.info(column).name}});
        fill.push_back(quantilesOf(values, {0.5})[0]);
        names.push_back(input.table.info(column).name);
    }
    if (columns.empty()) return fail("cleaning.no_column_chosen");
    LAMINA_TRY(const PointSet points, outlierPoints(input, columns, fill, context));
    std::vector<std::int64_t> rows;
    for (std::int64_t row = 0; row < input.table.rows(); ++row)
        if (teaches(training, row)) rows.push_back(row);
    const auto seed = static_cast<std::uint64_t>(settings.seed);
    const PointSet pool = drawPoints(points, rows, IsolationForest::poolSize, seed), judged = drawPoints(points, rows, mostJudged, seed + 1);
    LAMINA_TRY(auto scores, forestScores(IsolationForest(pool, seed), judged, context));
    std::sort(scores.begin(), scores.end());
    return nlohmann::json{{"names", names}, {"fill", fill}, {"pool", pool.values}, {"limit", quantileOfSorted(scores, 1 - settings.contamination)}};
}

Result<nlohmann::json> fitOutliers(const CleanTable& input, TrainingRows training, const Outliers& settings, const StepContext& context) {
    if (settings.method == "isolation-forest") return fitOutlierForest(input, training, settings, context);
    return fitOutlierBounds(input, training, settings, context);
}

Result<std::vector<std::uint8_t>> forestOutliers(const CleanTable& input, const Outliers& settings, const nlohmann::json& fitted, const StepContext& context) {
    LAMINA_TRY(const auto columns, stepColumns(input.table, fitted.at("names").get<std::vector<std::string>>()));
    const auto fill = fitted.at("fill").get<std::vector<double>>();
    const PointSet pool{columns.size(), fitted.at("pool").get<std::vector<double>>()};
    if (columns.empty() || fill.size() != columns.size() || pool.values.empty() || pool.values.size() % columns.size() != 0)
        return fail("cleaning.recipe_damaged", {{"what", "pool"}});
    LAMINA_TRY(const PointSet points, outlierPoints(input, columns, fill, context));
    LAMINA_TRY(const auto scores, forestScores(IsolationForest(pool, static_cast<std::uint64_t>(settings.seed)), points, context));
    const double limit = fitted.at("limit").get<double>();
    std::vector<std::uint8_t> remove(scores.size());
    for (std::size_t row = 0; row < remove.size(); ++row) remove[row] = scores[row] > limit;
    return remove;
}

Result<CleanTable> applyOutliersRemove(const CleanTable& input, const Outliers& settings, const nlohmann::json& fitted, const StepContext& context, StepReport& report) {
    if (settings.method == "isolation-forest") {
        LAMINA_TRY(const auto remove, forestOutliers(input, settings, fitted, context));
        return withoutRows(input, remove, context, report);
    }
    LAMINA_TRY(const auto learned, learnedColumns(input, fitted, context));
    std::vector<std::uint8_t> remove(static_cast<std::size_t>(input.table.rows()));
    LAMINA_CHECK(forRowSlices(input.table.rows(), context, [&](const RowSlice& slice) {
        for (const auto& [column, what] : learned) {
            const double low = what->at("low").get<double>(), high = what->at("high").get<double>();
            const ColumnView& view = input.table.column(column).view;
            for (std::int64_t row = slice.first; row < slice.last; ++row) {
                const double value = view.number(row);
                if (value < low || value > high) remove[static_cast<std::size_t>(row)] = 1;
            }
        }
    }));
    return withoutRows(input, remove, context, report);
}

Result<CleanTable> applyOutliersMissing(const CleanTable& input, const Outliers&, const nlohmann::json& fitted, const StepContext& context, StepReport& report) {
    LAMINA_TRY(const auto learned, learnedColumns(input, fitted, context));
    auto columns = columnsOf(input.table);
    for (const auto& [column, what] : learned) {
        const TableColumn source = input.table.column(column);
        LAMINA_CHECK(stepColumn(input.table, source.info.name, {ColumnKind::Number, ColumnKind::Integer}));
        const double low = what->at("low").get<double>(), high = what->at("high").get<double>();
        ColumnDraft draft(source.view.kind, source.view.rows);
        SliceNotes notes(input);
        LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
            for (std::int64_t row = slice.first; row < slice.last; ++row) {
                const double value = source.view.number(row);
                if (!(value < low || value > high)) {
                    draft.copy(row, source.view, row);
                    continue;
                }
                draft.missing(row);
                notes.changed(slice, row);
            }
        }));
        notes.addTo(report, source.info.name);
        columns[column] = draft.finish(source.info.id, source.info.name, source.info.role);
    }
    return withColumns(input, std::move(columns));
}

Result<CleanTable> applyOutliersClip(const CleanTable& input, const Outliers&, const nlohmann::json& fitted, const StepContext& context, StepReport& report) {
    return mapLearnedColumns(input, fitted, context, report, [](const nlohmann::json& learned) -> NumberFunction {
        const double low = learned.at("low").get<double>(), high = std::max(low, learned.at("high").get<double>());
        return eachNumber([low, high](double x) { return std::clamp(x, low, high); });
    });
}

std::vector<Property> boundProperties(std::vector<std::string> methods, const char* help) {
    return {property("columns", &Outliers::columns, "Columns", "The columns of numbers; none: all that are neither target nor ignored.", {.meaning = "column"}),
            property("method", &Outliers::method, "Method", help, {.choices = std::move(methods)}),
            property("factor", &Outliers::factor, "Factor", "So many quartile distances (often 1.5) or standard deviations (often 3) away is an outlier.", {.minimum = 0})};
}

std::vector<Property> removeProperties() {
    auto all = boundProperties({"iqr", "z-score", "isolation-forest"},
                               "iqr: far from the quartiles. z-score: far from the mean. isolation-forest: unusual in all columns together.");
    all.push_back(property("contamination", &Outliers::contamination, "Share of outliers", "How large a part of the training rows goes; isolation forest only.",
                           {.minimum = 0, .maximum = 0.5}));
    all.push_back(property("seed", &Outliers::seed, "Seed", "Another number grows another forest.", {.minimum = 0}));
    return all;
}

constexpr const char* boundsHelp = "iqr: far from the quartiles. z-score: far from the mean.";

}  // namespace

const CleaningStepType& outliers_remove_step() {
    static const CleaningStepType type = CleaningStepDescriptor<Outliers, applyOutliersRemove>{
        .id = "outliers_remove",
        .title = "Remove outliers",
        .category = "rows",
        .summary = "Leaves rows with extreme values out while a model is made; new rows are all answered.",
        .searchWords = {"extreme", "iqr", "z-score", "isolation forest", "anomaly"},
        .properties = removeProperties(),
        .rows = RowEffect::TrainingOnly,
        .fit = eraseFit<Outliers, fitOutliers>};
    return type;
}

const CleaningStepType& outliers_missing_step() {
    static const CleaningStepType type = CleaningStepDescriptor<Outliers, applyOutliersMissing>{
        .id = "outliers_missing",
        .title = "Make outliers missing",
        .category = "numbers",
        .summary = "Makes extreme values missing, by bounds learned from the training rows.",
        .searchWords = {"extreme", "iqr", "z-score"},
        .properties = boundProperties({"iqr", "z-score"}, boundsHelp),
        .fit = eraseFit<Outliers, fitOutlierBounds>};
    return type;
}

const CleaningStepType& outliers_clip_step() {
    static const CleaningStepType type = CleaningStepDescriptor<Outliers, applyOutliersClip>{
        .id = "outliers_clip",
        .title = "Limit outliers",
        .category = "numbers",
        .summary = "Draws extreme values to the nearest bound, by bounds learned from the training rows.",
        .searchWords = {"extreme", "clip", "winsorise", "iqr", "z-score"},
        .properties = boundProperties({"iqr", "z-score"}, boundsHelp),
        .fit = eraseFit<Outliers, fitOutlierBounds>};
    return type;
}

}  // namespace lamina
