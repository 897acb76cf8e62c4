#include "app/jobs/export_jobs.h"

#include <algorithm>
#include <deque>

#include "app/jobs/split_jobs.h"
#include "core/data/image_feature.h"
#include "core/data/input_columns.h"
#include "core/onnx/export.h"

namespace lamina {
namespace {

std::map<std::string, OnnxTensor> exportedParameters(const ParameterStore& store) {
    std::map<std::string, OnnxTensor> tensors;
    for (const auto& [name, entry] : store.entries())
        if (name.find('#') == std::string::npos) tensors[name] = {entry.shape, store.readFloats(name)};  // '#': the optimizer's own
    return tensors;
}

Path defaultFile(const Project& project, const TrainedModel& model) {
    std::string name = project.name() + "-" + model.run.name + ".onnx";
    for (char& c : name)
        if (c == '/' || c == ' ') c = '-';
    return project.file().parent_path() / name;
}

std::vector<std::int64_t> heldOutRows(const PreparedData& data, std::int64_t most) {
    for (const Part part : {Part::Test, Part::Validation, Part::Training}) {
        const auto rows = data.rows(part);
        if (!rows.empty()) return {rows.begin(), rows.begin() + std::min<std::ptrdiff_t>(most, std::ssize(rows))};
    }
    return {};
}

/// What the values show of pictures and texts must live as long as they do.
struct ProofRows {
    std::vector<std::vector<RawValue>> values;
    std::deque<Image> pictures;
};

RawValue rawValue(const FeatureColumn& feature, const ColumnView& view, std::int64_t row) {
    RawValue value;
    switch (feature.kind) {
        case FeatureKind::Number: value.number = view.number(row); break;
        case FeatureKind::Category: value.text = view.text(row); break;
        case FeatureKind::Tensor: value.tensor = view.element(row); break;
    }
    return value;
}

Result<ProofRows> rawRows(const Table& table, const Preparation& preparation, const std::vector<std::int64_t>& rows, const ImageReader& reader) {
    ProofRows raw;
    raw.values.resize(rows.size());
    for (const FeatureColumn& feature : preparation.features) {
        LAMINA_TRY(const auto column, table.find(feature.name));
        const ColumnView view = table.view(column);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            raw.values[i].push_back(feature.picture ? RawValue() : rawValue(feature, view, rows[i]));
            if (!feature.picture) continue;
            raw.pictures.emplace_back();
            LAMINA_TRY(raw.values[i].back().tensor, tensorElements(feature, view, rows[i], reader, raw.pictures.back()));
        }
    }
    return raw;
}

/// A picture that is gone proves nothing.
std::vector<std::int64_t> readableRows(const ModelData& data, const Preparation& preparation, std::vector<std::int64_t> rows, const ImageReader& reader) {
    Image kept;
    for (const FeatureColumn& feature : preparation.features) {
        const auto column = data.table.find(feature.name);
        if (!feature.picture || !column) continue;
        std::erase_if(rows, [&](std::int64_t row) { return !tensorElements(feature, data.table.view(*column), row, reader, kept); });
    }
    return rows;
}

/// Without what only other outputs of the network read.
Result<Preparation> preparationOf(const TrainedModel& model, const Network& network, bool severalOutputs) {
    Preparation used = model.preparation;
    used.features.clear();
    if (!severalOutputs) used.moreTargets.clear();
    const auto inputs = networkInputs(network);
    std::vector<InputWish> wishes;
    std::vector<int> takers;
    for (const InputPart& part : model.preparation.inputs) {
        if (std::none_of(inputs.begin(), inputs.end(), [&](const NetworkInput& input) { return input.layer == part.layer; })) continue;
        takers.insert(takers.end(), part.featureCount, static_cast<int>(wishes.size()));
        wishes.push_back({part.layer, {}, {}});
        for (std::size_t f = 0; f < part.featureCount; ++f) used.features.push_back(model.preparation.features[part.firstFeature + f]);
    }
    if (model.preparation.inputs.empty()) used.features = model.preparation.features;
    LAMINA_CHECK(arrangeInputs(used, wishes, takers));
    return used;
}

/// What the file has to say, and what counts as 1 in it.
struct Expected {
    std::map<std::string, OnnxTensor> outputs;
    std::map<std::string, double> scales;
};

void expect(Expected& expected, const OnnxOutput& output, const TargetColumn& target, const std::vector<Prediction>& predictions) {
    const auto count = static_cast<std::int64_t>(predictions.size());
    std::vector<float> numbers;
    if (!target.classes) {
        for (const auto& p : predictions) numbers.push_back(static_cast<float>(p.value));
        expected.scales[output.name("value")] = target.deviation;
        expected.outputs[output.name("value")] = {{count, 1}, std::move(numbers)};
        return;
    }
    std::vector<std::string> labels;
    for (const auto& p : predictions) {
        numbers.insert(numbers.end(), p.probabilities.begin(), p.probabilities.end());
        labels.push_back(p.className);
    }
    expected.outputs[output.name("probabilities")] = {{count, static_cast<std::int64_t>(target.classNames.size())}, std::move(numbers)};
    expected.outputs[output.name("label")] = {{count}, std::move(labels)};
}

Result<ProofReport> prove(Project& project, TrainedModel& model, const OnnxExportOptions& written, const ExportRequest& request, const Path& file) {
    const Preparation& preparation = *written.preparation;
    LAMINA_TRY(const auto data, ModelData::ofRun(project, model, request.cancel));
    LAMINA_TRY(const auto dataset, project.datasets().find(model.run.datasetId));
    const ImageReader reader(pictureFolders(dataset, project.file()));
    const auto rows = readableRows(*data, preparation, heldOutRows(*data->prepared, request.proofItems), reader);
    Expected expected;
    for (std::size_t o = 0; o < std::max<std::size_t>(1, written.outputs.size()); ++o) {
        const ModelOutput& output = model.outputs[o];
        LAMINA_TRY(const auto predictions, predictRows(output.network, *model.parameters, dataFor(*data->prepared, output), rows, request.cancel));
        expect(expected, written.outputs.empty() ? OnnxOutput() : written.outputs[o], output.target, predictions);
    }
    LAMINA_TRY(const auto raw, rawRows(data->table, preparation, rows, reader));
    OnnxRuntimeOptions options;
    options.cancel = request.cancel;
    return proveOnnx(file, onnxInputs(preparation, raw.values), expected.outputs, options, expected.scales);
}

}  // namespace

namespace {

/// The trained network as far as the outputs need it that go into the file.
Result<Network> exportedNetwork(const TrainedModel& model, bool every) {
    if (!every) return model.network;
    LAMINA_TRY(const Network trained, networkFromJson(model.run.networkDocument));
    std::vector<std::string> layers;
    for (const ModelOutput& output : model.outputs) layers.push_back(output.layer);
    return networkUpTo(trained, layers);
}

/// The file reads cleaned columns: what leads to them stands beside it.
Result<void> writeRecipeBeside(const TrainedModel& model, ExportOutcome& outcome) {
    if (!model.cleansRows()) return {};
    outcome.recipe = outcome.file;
    outcome.recipe.replace_extension(".recipe.json");
    LAMINA_CHECK(writeFileAtomically(outcome.recipe, toJson(model.recipe.recipe).dump(2) + "\n"));
    outcome.issues.push_back({Severity::Note, fail("onnx.begins_cleaned", {{"file", outcome.file.string()}, {"recipe", outcome.recipe.string()}}), 1});
    return {};
}

}  // namespace

Result<ExportOutcome> exportRun(Project& project, TrainedModel& model, const ExportRequest& request) {
    ExportOutcome outcome;
    outcome.file = request.file.empty() ? defaultFile(project, model) : request.file;
    std::error_code ignored;
    if (!request.replace && std::filesystem::exists(outcome.file, ignored)) return fail("jobs.file_exists", {{"file", outcome.file.string()}});
    OnnxExportOptions options;
    const bool every = model.outputs.size() > 1 && !request.mainOnly;
    LAMINA_TRY(const Network network, exportedNetwork(model, every));
    LAMINA_TRY(options.preparation, preparationOf(model, network, every));
    for (const ModelOutput& output : model.outputs)
        if (every) options.outputs.push_back({output.layer, output.title, static_cast<std::size_t>(model.preparation.targetPlace(output.target.name))});
    LAMINA_CHECK(exportOnnx(network, exportedParameters(*model.parameters), options, outcome.file));
    outcome.bytes = std::filesystem::file_size(outcome.file, ignored);
    if (request.proofItems <= 0) {
        LAMINA_CHECK(writeRecipeBeside(model, outcome));
        return outcome;
    }
    auto proof = prove(project, model, options, request, outcome.file);
    if (!proof) {
        (void)files().remove(outcome.file);
        return proof.takeError();
    }
    outcome.proof = std::move(*proof);
    LAMINA_CHECK(writeRecipeBeside(model, outcome));
    return outcome;
}

}  // namespace lamina
