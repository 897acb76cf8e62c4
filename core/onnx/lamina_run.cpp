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

/// One output of the network, and what it becomes in the file.
struct WantedOutput {
    std::string node;  ///< id
    OnnxOutput as;
    Shape shape;
    std::vector<float> numbers;
};

Result<std::vector<WantedOutput>> wantedOutputs(const OnnxImport& model, const NetworkGraph& one) {
    std::vector<WantedOutput> wanted;
    if (model.outputs.empty()) wanted.push_back({one.output, {}, {}, {}});
    for (const OnnxOutput& output : model.outputs)
        for (const NetworkNode& node : model.network.nodes)
            if (node.name == output.layer) wanted.push_back({node.id, output, {}, {}});
    for (WantedOutput& output : wanted) {
        output.shape = one.graph.shape(one.values.at(output.node));
        if (!model.preparation) continue;
        const Shape expected{1, model.preparation->outputCountOf(output.as.target)};
        if (output.shape != expected) return fail("onnx.outcome_shape", {{"expected", shapeText(expected)}, {"found", shapeText(output.shape)}});
    }
    return wanted;
}

/// Adds what the network says of `count` items from `begin` on.
Result<void> addOutputs(const OnnxImport& model, const std::map<std::string, std::vector<float>>& inputs, std::int64_t begin, std::int64_t count, Device& device,
                        ParameterStore& store, std::vector<WantedOutput>& wanted) {
    LAMINA_TRY(NetworkGraph batch, inferenceGraph(model.network, count, model.outputs.empty() ? GraphEnds::One : GraphEnds::Any));
    std::vector<ValueId> values;
    for (const WantedOutput& output : wanted) values.push_back(batch.values[output.node]);
    LAMINA_TRY(const auto program, Program::create(batch.graph, device, store, values, 0));
    for (const auto& [id, numbers] : inputs) {
        const auto perItem = static_cast<std::size_t>(elementCount(batch.graph.shape(batch.values[id])) / count);
        const auto from = numbers.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(begin) * perItem);
        program->write(batch.values[id], std::vector<double>(from, from + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(count) * perItem)));
    }
    program->run({});
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto part = program->read(values[i]);
        wanted[i].numbers.insert(wanted[i].numbers.end(), part.begin(), part.end());
    }
    return {};
}

void toProbabilities(std::span<float> scores) {
    const float largest = *std::max_element(scores.begin(), scores.end());
    double sum = 0;
    for (float& score : scores) sum += score = std::exp(score - largest);
    for (float& score : scores) score = static_cast<float>(score / sum);
}

/// From the network's output to those of the file.
void addOutcome(const OnnxImport& model, WantedOutput output, std::map<std::string, OnnxTensor>& outcome) {
    std::vector<float>& numbers = output.numbers;
    if (!model.preparation) return void(outcome["output"] = {std::move(output.shape), std::move(numbers)});
    const TargetColumn& target = model.preparation->targetAt(output.as.target);
    if (!target.classes) {
        for (float& number : numbers) number = static_cast<float>(target.original(number));
        return void(outcome[output.as.name("value")] = {std::move(output.shape), std::move(numbers)});
    }
    const std::size_t classes = target.classNames.size();
    std::vector<std::string> labels;
    for (std::size_t at = 0; at + classes <= numbers.size(); at += classes) {
        const auto scores = std::span(numbers).subspan(at, classes);
        if (model.network.node(output.node)->type != "softmax") toProbabilities(scores);
        labels.push_back(target.classNames[static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin())]);
    }
    const Shape items{static_cast<std::int64_t>(labels.size())};
    outcome[output.as.name("probabilities")] = {std::move(output.shape), std::move(numbers)};
    outcome[output.as.name("label")] = {items, std::move(labels)};
}

}  // namespace

Result<std::map<std::string, OnnxTensor>> runInLamina(const OnnxRun& run, const CancelToken& cancel) try {
    LAMINA_TRY(const OnnxImport model, importOnnx(run.model));
    LAMINA_TRY(const NetworkGraph one, inferenceGraph(model.network, 1, model.outputs.empty() ? GraphEnds::One : GraphEnds::Any));
    LAMINA_TRY(auto wanted, wantedOutputs(model, one));
    if (run.inputs.empty() || run.inputs.begin()->second.shape.empty()) return fail("onnx.run_input", {{"input", ""}});
    const std::int64_t items = run.inputs.begin()->second.shape[0];
    LAMINA_TRY(const auto inputs, networkInputs(model, one, run, items));

    const auto device = makeReferenceDevice(DType::Float32);
    ParameterStore store(*device);
    for (const auto& [name, tensor] : model.parameters)
        LAMINA_CHECK(store.writeFloats(name, tensor.shape, ValueRole::Parameter, std::get<std::vector<float>>(tensor.data)));
    for (std::int64_t begin = 0; begin < items; begin += itemsAtOnce) {
        if (cancel.cancelled()) return fail("job.cancelled");
        LAMINA_CHECK(addOutputs(model, inputs, begin, std::min(itemsAtOnce, items - begin), *device, store, wanted));
    }
    std::map<std::string, OnnxTensor> outcome;
    for (WantedOutput& output : wanted) {
        output.shape[0] = items;
        addOutcome(model, std::move(output), outcome);
    }
    return outcome;
} catch (const std::exception& e) {
    return fail("onnx.runtime_failed", {{"reason", e.what()}});
}

}  // namespace lamina
