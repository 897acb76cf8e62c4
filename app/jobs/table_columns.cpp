#include "app/jobs/table_columns.h"

#include <algorithm>
#include <optional>

#include "core/data/type_detection.h"

namespace lamina {
namespace {

using Names = std::vector<std::string>;

constexpr std::size_t nowhere = std::string::npos;

std::size_t placeOf(const Names& names, const std::string& name) {
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? nowhere : static_cast<std::size_t>(found - names.begin());
}

std::string listed(const Names& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

Result<void> read(const CsvSource& source, CsvSettings settings, const std::string& header, CsvBeginning& beginning) {
    settings.header = header;
    return csvReadBeginning(source, settings, beginning);
}

Names featureNames(const TrainedModel& model) {
    Names names;
    for (const FeatureColumn& feature : model.inputs) names.push_back(feature.name);
    return names;
}

/// The features that the file's header does not name.
Names missingIn(const Names& header, const Names& features) {
    Names missing;
    for (const auto& name : features)
        if (placeOf(header, name) == nowhere) missing.push_back(name);
    return missing;
}

TableColumns placed(CsvLayout layout, const Names& features, bool byPosition) {
    TableColumns columns{std::move(layout), {}, byPosition};
    for (const auto& name : features) columns.ofFeature.push_back(placeOf(columns.layout.names, name));
    return columns;
}

/// What a file of so many columns without a header holds, from left to right.
std::optional<Names> orderOf(std::size_t count, const TrainedModel& model, const Names& features) {
    Names all, withoutTarget;
    for (const ColumnRecord& column : model.dataset.columns) {
        all.push_back(column.name);
        if (column.name != model.preparation.target.name) withoutTarget.push_back(column.name);
    }
    for (const Names* names : std::initializer_list<const Names*>{&all, &withoutTarget, &features})
        if (names->size() == count && missingIn(*names, features).empty()) return *names;
    return {};
}

/// Could the first row be data? Numbers stand where the model reads numbers.
bool fitsFirstRow(const CsvBeginning& beginning, const TableColumns& columns, const TrainedModel& model, const CsvSettings& settings) {
    const auto records = csvReadRecords(beginning.text.substr(columns.layout.dataAt), columns.layout.dialect, 1).records;
    if (records.empty() || records[0].size() != columns.layout.names.size()) return false;
    const MissingWords missing(settings.missing);
    std::string buffer;
    for (std::size_t f = 0; f < columns.ofFeature.size(); ++f) {
        if (model.inputs[f].kind != FeatureKind::Number) continue;
        const std::string& text = records[0][columns.ofFeature[f]];
        const auto number = columns.layout.decimal == ',' ? withoutDecimalComma(text, buffer) : std::string_view(text);
        if (!missing.contains(text) && readAnyNumber(number).is == TextValue && readBoolean(text) < 0) return false;
    }
    return true;
}

Result<TableColumns> columnsWith(const TrainedModel& model, const CsvSource& source, const CsvSettings& settings) {
    const Names features = featureNames(model);
    CsvBeginning found;
    for (const char* header : {"yes", "auto", "2", "3"})
        if (read(source, settings, header, found) && missingIn(found.layout.names, features).empty()) return placed(std::move(found.layout), features, false);

    LAMINA_CHECK(read(source, settings, "auto", found));
    const auto missing = missingIn(found.layout.names, features);
    const bool header = found.layout.head.rows > 0;
    const Error unnamed = fail("predict.missing_columns", {{"columns", listed(missing)}, {"known", listed(found.layout.names)}});
    if (header && missing.size() < features.size()) return unnamed;
    if (header) LAMINA_CHECK(read(source, settings, "no", found));
    const auto order = orderOf(found.layout.names.size(), model, features);
    const std::string count = std::to_string(found.layout.names.size());
    if (!order) return header ? unnamed : fail("predict.no_header", {{"found", count}, {"expected", listed(features)}});
    found.layout.names = *order;
    auto columns = placed(std::move(found.layout), features, true);
    if (header && !fitsFirstRow(found, columns, model, settings)) return unnamed;
    return columns;
}

}  // namespace

Result<TableColumns> findTableColumns(const TrainedModel& model, const CsvSource& source, const CsvSettings& settings) {
    // Steps may join the pictures to rows of texts.
    const auto isPicture = [](const FeatureColumn& input) { return input.kind == FeatureKind::Tensor; };
    if (model.preparation.isImage() && (!model.cleansRows() || std::any_of(model.inputs.begin(), model.inputs.end(), isPicture))) return fail("predict.needs_pictures");
    auto found = columnsWith(model, source, settings);
    if (found || settings.delimiter == "auto") return found;
    // The delimiter that was chosen for the training data need not be this file's.
    auto open = settings;
    open.delimiter = "auto";
    auto other = columnsWith(model, source, open);
    return other ? std::move(other) : std::move(found);
}

}  // namespace lamina
