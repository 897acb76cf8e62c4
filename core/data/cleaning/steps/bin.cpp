// Numbers sorted into bins.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/data/cleaning/steps/number_tools.h"

namespace lamina {
namespace {

struct BinNumbers {
    std::vector<std::string> columns;
    std::string method = "width";
    std::int64_t bins = 5;
    std::vector<std::string> edges;
    std::vector<std::string> labels;
    std::string result = "category";
};

/// The borders between bins: so one less than there are bins, increasing.
std::vector<double> bordersBetween(std::vector<double> values, const BinNumbers& settings) {
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    const double low = *least, high = *most;
    std::vector<double> parts;
    for (std::int64_t i = 1; i < settings.bins; ++i) parts.push_back(static_cast<double>(i) / static_cast<double>(settings.bins));
    std::vector<double> borders = parts;
    for (double& border : borders) border = low + (high - low) * border;
    if (settings.method == "quantiles") borders = quantilesOf(values, parts);
    borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
    if (!borders.empty() && borders.front() <= low) borders.erase(borders.begin());  // nothing is below it
    return borders;
}

Result<std::vector<double>> bordersGiven(const BinNumbers& settings) {
    std::vector<double> borders;
    for (const auto& edge : settings.edges) {
        LAMINA_TRY(const double border, numberSetting(edge, "edges", 0));
        borders.push_back(border);
    }
    std::sort(borders.begin(), borders.end());
    borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
    if (borders.empty()) return fail("cleaning.no_edges");
    return borders;
}

Result<nlohmann::json> fitBinNumbers(const CleanTable& input, TrainingRows training, const BinNumbers& settings, const StepContext& context) {
    if (settings.columns.empty()) return fail("cleaning.no_column_chosen");
    if (settings.method != "edges")
        return learnNumberColumns(input, training, settings.columns, context,
                                  [&](std::vector<double> values) -> nlohmann::json { return bordersBetween(std::move(values), settings); });
    LAMINA_TRY(const auto borders, bordersGiven(settings));
    LAMINA_TRY(const auto columns, numberColumns(input.table, settings.columns));
    nlohmann::json learned = nlohmann::json::object();
    for (const std::size_t column : columns) learned[input.table.info(column).name] = borders;
    return nlohmann::json{{"columns", std::move(learned)}};
}

/// The borders as text, with as many digits as it takes to tell them apart, at least four.
std::vector<std::string> borderTexts(const std::vector<double>& borders) {
    std::vector<std::string> texts;
    for (int digits = 4; digits <= 17; ++digits) {
        texts.clear();
        for (const double border : borders) {
            char text[40];
            std::snprintf(text, sizeof text, "%.*g", digits, border);
            texts.emplace_back(text);
        }
        if (std::adjacent_find(texts.begin(), texts.end()) == texts.end()) break;
    }
    return texts;
}

Result<std::vector<std::string>> binLabels(const std::vector<double>& borders, const BinNumbers& settings) {
    if (!settings.labels.empty()) {
        auto sorted = settings.labels;
        std::sort(sorted.begin(), sorted.end());
        if (settings.labels.size() != borders.size() + 1 || std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
            return fail("cleaning.labels_do_not_fit", {{"labels", std::to_string(settings.labels.size())}, {"bins", std::to_string(borders.size() + 1)}});
        return settings.labels;
    }
    const auto texts = borderTexts(borders);
    std::vector<std::string> labels;
    for (std::size_t i = 0; i <= texts.size(); ++i) {
        if (texts.empty()) labels.push_back("…");
        else if (i == 0) labels.push_back("< " + texts[0]);
        else if (i == texts.size()) labels.push_back("≥ " + texts.back());
        else labels.push_back(texts[i - 1] + " – " + texts[i]);
    }
    return labels;
}

/// How many borders are not above the value.
std::int32_t binOf(double value, const std::vector<double>& borders) {
    constexpr std::size_t fewBorders = 24;
    if (borders.size() > fewBorders) return static_cast<std::int32_t>(std::upper_bound(borders.begin(), borders.end(), value) - borders.begin());
    // Of few all are compared: no branch has to be guessed.
    std::int32_t bin = 0;
    for (const double border : borders) bin += border <= value ? 1 : 0;
    return bin;
}

Result<TableColumn> binColumn(const CleanTable& input, const TableColumn& source, std::vector<double> borders, const BinNumbers& settings, const StepContext& context) {
    const bool category = settings.result == "category";
    ColumnDraft draft(category ? ColumnKind::Category : ColumnKind::Integer, input.table.rows());
    LAMINA_CHECK(forRowSlices(input.table.rows(), context, [&](const RowSlice& slice) {
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            const double value = source.view.number(row);
            const std::int32_t bin = binOf(value, borders);
            if (std::isnan(value)) draft.missing(row);
            else category ? draft.code(row, bin) : draft.integer(row, bin);
        }
    }));
    if (category) {
        LAMINA_TRY(auto labels, binLabels(borders, settings));
        draft.setDictionary(std::move(labels));
    }
    return draft.finish(source.info.id, source.info.name, source.info.role);
}

Result<CleanTable> applyBinNumbers(const CleanTable& input, const BinNumbers& settings, const nlohmann::json& fitted, const StepContext& context, StepReport& report) {
    LAMINA_TRY(const auto learned, learnedColumns(input, fitted, context));
    auto columns = columnsOf(input.table);
    for (const auto& [column, what] : learned) {
        LAMINA_TRY(columns[column], binColumn(input, input.table.column(column), what->get<std::vector<double>>(), settings, context));
        report.changedCells += rowsThere(input);
    }
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& bin_step() {
    static const CleaningStepType type = CleaningStepDescriptor<BinNumbers, applyBinNumbers>{
        .id = "bin",
        .title = "Sort into bins",
        .category = "numbers",
        .summary = "Replaces numbers by the bin they fall into; the lower border of a bin belongs to it, the upper one to the next.",
        .searchWords = {"cut", "discretize", "bucket", "histogram", "quantile"},
        .properties = {property("columns", &BinNumbers::columns, "Columns", "The columns of numbers.", {.meaning = "column"}),
                       property("method", &BinNumbers::method, "Bins", "width: equally wide. quantiles: with equally many training rows. edges: with the borders below.",
                                {.choices = {"width", "quantiles", "edges"}}),
                       property("bins", &BinNumbers::bins, "How many", "How many bins; not used with borders of your own.", {.minimum = 2, .maximum = 1000}),
                       property("edges", &BinNumbers::edges, "Borders", "The numbers between two bins, such as 18 and 65 for three bins."),
                       property("labels", &BinNumbers::labels, "Names", "What the bins are called, from the lowest on; none: by their borders."),
                       property("result", &BinNumbers::result, "Result", "category: names of bins. number: 0, 1, 2 …", {.choices = {"category", "number"}})},
        .fit = eraseFit<BinNumbers, fitBinNumbers>};
    return type;
}

}  // namespace lamina
