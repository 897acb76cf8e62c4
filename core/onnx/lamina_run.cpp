#include "core/onnx/lamina_run.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/engine/program.h"
#include "core/onnx/export.h"
#include "core/onnx/import.h"
#include "core/onnx/network_graph.h"

namespace lamina {
namespace {

constexpr std::int64_t itemsAtOnce = 50;

Result<const OnnxTensor*> inputNamed(const OnnxRun& run, const std::string& name, std::size_t elements) {
    const auto found = run.inputs.find(name);
    const auto size = found == run.inputs.end() ? std::size_t{0} : std::visit([](const auto& data) { return data.size(); }, found->second.data);
    if (found == run.inputs.end() || size != elements) return fail("onnx.run_input", {{"input", name}});
    return &found->second;
}

/// What the raw inputs of one item are to the preparation. `bytes` keeps the stored form of a tensor.
class RawRows {
public:
    static Result<RawRows> of(const Preparation& preparation, const OnnxRun& run, std::int64_t items) {
        RawRows rows;
        rows.m_preparation = &preparation;
        rows.m_bytes.resize(preparation.features.size());
        for (const FeatureColumn& feature : preparation.features) {
            const std::string name = onnxInputName(preparation, static_cast<std::size_t>(&feature - preparation.features.data()));
            const std::int64_t perItem = feature.kind == FeatureKind::Tensor ? elementCount(feature.elementShape) : 1;
            LAMINA_TRY(const OnnxTensor* tensor, inputNamed(run, name, static_cast<std::size_t>(items * perItem)));
            const bool texts = std::holds_alternative<std::vector<std::string>>(tensor->data);
            if (texts != (feature.kind == FeatureKind::Category) || std::holds_alternative<std::vector<std::int64_t>>(tensor->data))
                return fail("onnx.run_input", {{"input", name}});
            rows.m_columns.push_back(tensor);
        }
        return rows;
    }

    std::vector<RawValue> item(std::int64_t index) {
        std::vector<RawValue> values(m_columns.size());
        for (std::size_t c = 0; c < m_columns.size(); ++c) {
            const FeatureColumn& feature = m_preparation->features[c];
            if (feature.kind == FeatureKind::Category) values[c].text = std::get<std::vector<std::string>>(m_columns[c]->data)[static_cast<std::size_t>(index)];
            else if (feature.kind == FeatureKind::Number) values[c].number = std::get<std::vector<float>>(m_columns[c]->data)[static_cast<std::size_t>(index)];
            else values[c].tensor = stored(feature, std::get<std::vector<float>>(m_columns[c]->data), index, m_bytes[c]);
        }
        return values;
    }

private:
    static std::span<const std::byte> stored(const FeatureColumn& feature, const std::vector<float>& all, std::int64_t index, std::vector<std::byte>& bytes) {
        const auto count = static_cast<std::size_t>(elementCount(feature.elementShape));
        const float* from = all.data() + static_cast<std::size_t>(index) * count;
        if (feature.elementType != DType::UInt8) return std::as_bytes(std::span(from, count));
        bytes.resize(count);
        for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::byte>(static_cast<std::uint8_t>(std::clamp(from[i], 0.0f, 255.0f)));
        return bytes;
    }

    const Preparation* m_preparation = nullptr;
    std::vector<const OnnxTensor*> m_columns;
    std::vector<std::vector<std::byte>> m_bytes;  ///< of each column
};

/// What the network itself reads, by input node, for all items.
Result<std::map<std::string, std::vector<float>>> networkInputs(const OnnxImport& model, const NetworkGraph& one, const OnnxRun& run, std::int64_t items) {
    std::map<std::string, std::vector<float>> inputs;
    if (!model.preparation) {
        for (const std::string& id : one.inputs) {
            const std::int64_t perItem = elementCount(one.graph.shape(one.values.at(id)));
            LAMINA_TRY(const OnnxTensor* tensor, inputNamed(run, model.network.node(id)->name, static_cast<std::size_t>(items * perItem)));
            const auto* numbers = std::get_if<std::vector<float>>(&tensor->data);
            if (!numbers) return fail("onnx.run_input", {{"input", model.network.node(id)->name}});
            inputs[id] = *numbers;
        }
        return inputs;
    }
    LAMINA_TRY(RawRows rows, RawRows::of(*model.preparation, run, items));
    const auto perItem = static_cast<std::size_t>(model.preparation->inputCount());
    std::vector<float> numbers(perItem);
    for (std::int64_t item = 0; item < items; ++item) {
        LAMINA_CHECK(model.preparation->apply(rows.item(item), numbers));
        for (const std::string& id : one.inputs) {
            const auto& parts = model.preparation->inputs;
            const auto part = std::find_if(parts.begin(), parts.end(), [&](const InputPart& p) { return p.layer == model.network.node(id)->name; });
            const std::int64_t offset = part == parts.end() ? 0 : part->offset, count = part == parts.end() ? std::ssize(numbers) : part->count;
            if (count != elementCount(one.graph.shape(one.values.at(id)))) return fail("onnx.run_input", {{"input", "preparation"}});
            inputs[id].insert(inputs[id].end(), numbers.begin() + offset, numbers.begin() + offset + count);
        }
    }
    return inputs;
}

/// The network's output for `count` items from `begin` on.
Result<std::vector<double>> outputsOf(const OnnxImport& model, const std::map<std::string, std::vector<float>>& inputs, std::int64_t begin, std::int64_t count,
                                      Device& device, ParameterStore& store) {
    LAMINA_TRY(NetworkGraph batch, inferenceGraph(model.network, count));
    LAMINA_TRY(const auto program, Program::create(batch.graph, device, store, {batch.values[batch.output]}, 0));
    for (const auto& [id, numbers] : inputs) {
        const auto perItem = static_cast<std::size_t>(elementCount(batch.graph.shape(batch.values[id])) / count);
        const auto from = numbers.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(begin) * perItem);
        program->write(batch.values[id], std::vector<double>(from, from + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(count) * perItem)));
    }
    program->run({});
    return program->read(batch.values[batch.output]);
}

void toProbabilities(std::span<float> scores) {
    const float largest = *std::max_element(scores.begin(), scores.end());
    double sum = 0;
    for (float& score : scores) sum += score = std::exp(score - largest);
    for (float& score : scores) score = static_cast<float>(score / sum);
}

/// From the network's output to the outputs of the file.
std::map<std::string, OnnxTensor> outcome(const OnnxImport& model, const std::string& lastType, Shape shape, std::vector<float> numbers) {
    if (!model.preparation) return {{"output", {std::move(shape), std::move(numbers)}}};
    const TargetColumn& target = model.preparation->target;
    if (!target.classes) {
        for (float& number : numbers) number = static_cast<float>(target.original(number));
        return {{"value", {std::move(shape), std::move(numbers)}}};
    }
    const std::size_t classes = target.classNames.size();
    std::vector<std::string> labels;
    for (std::size_t at = 0; at + classes <= numbers.size(); at += classes) {
        const auto scores = std::span(numbers).subspan(at, classes);
        if (lastType != "softmax") toProbabilities(scores);
        labels.push_back(target.classNames[static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin())]);
    }
    const Shape items{static_cast<std::int64_t>(labels.size())};
    return {{"probabilities", {std::move(shape), std::move(numbers)}}, {"label", {items, std::move(labels)}}};
}

}  // namespace

Result<std::map<std::string, OnnxTensor>> runInLamina(const OnnxRun& run, const CancelToken& cancel) try {
    LAMINA_TRY(const OnnxImport model, importOnnx(run.model));
    LAMINA_TRY(const NetworkGraph one, inferenceGraph(model.network, 1));
    Shape shape = one.graph.shape(one.values.at(one.output));
    if (model.preparation && shape != Shape{1, model.preparation->outputCount()}) return fail("onnx.outcome_shape", {{"expected", shapeText({1, model.preparation->outputCount()})}, {"found", shapeText(shape)}});
    if (run.inputs.empty() || run.inputs.begin()->second.shape.empty()) return fail("onnx.run_input", {{"input", ""}});
    const std::int64_t items = run.inputs.begin()->second.shape[0];
    LAMINA_TRY(const auto inputs, networkInputs(model, one, run, items));

    const auto device = makeReferenceDevice(DType::Float32);
    ParameterStore store(*device);
    for (const auto& [name, tensor] : model.parameters)
        LAMINA_CHECK(store.writeFloats(name, tensor.shape, ValueRole::Parameter, std::get<std::vector<float>>(tensor.data)));
    std::vector<float> all;
    for (std::int64_t begin = 0; begin < items; begin += itemsAtOnce) {
        if (cancel.cancelled()) return fail("job.cancelled");
        LAMINA_TRY(const auto part, outputsOf(model, inputs, begin, std::min(itemsAtOnce, items - begin), *device, store));
        all.insert(all.end(), part.begin(), part.end());
    }
    shape[0] = items;
    return outcome(model, model.network.node(one.output)->type, std::move(shape), std::move(all));
} catch (const std::exception& e) {
    return fail("onnx.runtime_failed", {{"reason", e.what()}});
}

}  // namespace lamina
