// The battery's tools: any layer under any of its samples as a graph, as a network and with numbers, without knowing which layer it is.
#pragma once

#include <gtest/gtest.h>

#include <any>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/layers/layer_type.h"
#include "core/network/network.h"
#include "tests/support/gradient_check.h"

namespace lamina {

struct LayerCase {
    const LayerType* type = nullptr;
    LayerSample sample;
    std::size_t number = 0;  ///< of the sample

    std::string name() const { return type->id + "_" + std::to_string(number); }
};

inline void PrintTo(const LayerCase& c, std::ostream* out) { *out << c.name(); }
inline void PrintTo(const LayerType* type, std::ostream* out) { *out << type->id; }

/// Every layer of the catalogue under each of its samples.
inline std::vector<LayerCase> layerCases() {
    std::vector<LayerCase> cases;
    for (const LayerType* type : layerCatalogue()) {
        const auto samples = type->samples ? type->samples() : std::vector<LayerSample>();
        for (std::size_t i = 0; i < samples.size(); ++i) cases.push_back({type, samples[i], i});
    }
    return cases;
}

inline nlohmann::json settingsJson(const LayerCase& c) { return propertiesToJson(c.type->properties, c.sample.settings); }

/// A case with settings as people write them, over the defaults.
inline LayerCase layerCase(const char* layer, const nlohmann::json& settings, std::vector<Shape> inputs) {
    const LayerType* type = findLayer(layer);
    LayerCase c{type, {type->defaults, std::move(inputs)}, 0};
    if (const auto filled = propertiesFromJson(type->properties, settings, c.sample.settings); !filled) ADD_FAILURE() << filled.error().debugText();
    return c;
}

/// Declares the inputs ("input_1", …) and lets the layer, called "layer", say its forward pass.
inline ValueId buildLayer(Graph& graph, const LayerCase& c, bool training) {
    std::vector<ValueId> inputs;
    for (std::size_t i = 0; i < c.sample.inputs.size(); ++i) inputs.push_back(graph.input("input_" + std::to_string(i + 1), c.sample.inputs[i]));
    LayerContext context(graph, "layer", inputs, training);
    return c.type->forward(c.sample.settings, context);
}

/// How many whole numbers the input "input_<i>" may be, 0 where it is real.
inline std::int64_t wholeNumbersOf(const std::string& input, const LayerSample& sample) {
    for (std::size_t i = 0; i < sample.wholeNumbers.size(); ++i)
        if (input == "input_" + std::to_string(i + 1)) return sample.wholeNumbers[i];
    return 0;
}

/// Numbers for a graph's inputs, parameters and states: spread in [-1, 1]; variances are positive; inputs as the sample wants them.
inline std::vector<double> layerNumbers(const Value& value, const LayerSample& sample) {
    if (value.name.find("variance") != std::string::npos) return spreadNumbers(elementCount(value.shape), 0.3, 2, value.name);
    auto numbers = spreadNumbers(elementCount(value.shape), -1, 1, value.name);
    if (value.role == ValueRole::Input)
        for (double& x : numbers) {
            if (std::abs(x) < sample.kinkMargin) x += std::copysign(sample.kinkMargin, x);
            x += sample.lift;
            if (const auto whole = wholeNumbersOf(value.name, sample)) x = std::floor((x + 1) / 2.001 * static_cast<double>(whole));
        }
    // Every device gets the same numbers: those that a float holds.
    for (double& x : numbers) x = static_cast<float>(x);
    return numbers;
}

inline std::map<std::string, std::vector<double>> layerNumbers(const Graph& graph, const LayerSample& sample) {
    std::map<std::string, std::vector<double>> numbers;
    for (const Value& value : graph.values)
        if (value.role == ValueRole::Input || value.role == ValueRole::Parameter || value.role == ValueRole::State)
            numbers[value.name] = layerNumbers(value, sample);
    return numbers;
}

/// What the layer gives on a device and, in training, the gradients of all inputs and parameters (of the output's sum with spread weights).
inline Result<std::vector<std::vector<double>>> runLayer(const LayerCase& c, Device& device, bool training) {
    Graph graph;
    std::vector<ValueId> kept{buildLayer(graph, c, training)};
    if (graph.error()) return *graph.error();
    if (training) {
        std::vector<ValueId> wanted;
        for (std::size_t i = 0; i < graph.values.size(); ++i)
            if (graph.values[i].role == ValueRole::Input || graph.values[i].role == ValueRole::Parameter) wanted.push_back(static_cast<ValueId>(i));
        const ValueId weights = graph.input("weights", graph.shape(kept[0]));
        const ValueId loss = ops::reduce(graph, ReduceKind::Sum, ops::multiply(graph, kept[0], weights), {});
        for (const ValueId gradient : appendGradients(graph, loss, wanted))
            if (gradient != noValue) kept.push_back(gradient);
    }
    if (graph.error()) return *graph.error();
    ParameterStore store(device);
    LAMINA_TRY(const auto program, Program::create(graph, device, store, kept, 1));
    const auto numbers = layerNumbers(program->graph(), c.sample);
    for (std::size_t i = 0; i < program->graph().values.size(); ++i)
        if (const auto found = numbers.find(program->graph().values[i].name); found != numbers.end() && program->graph().values[i].role != ValueRole::Computed)
            program->write(static_cast<ValueId>(i), found->second);
    program->run({.seed = 7, .step = 3, .learningRate = 0});
    std::vector<std::vector<double>> results;
    for (const ValueId value : kept) results.push_back(program->read(value));
    return results;
}

/// |a - b| / |b|, Euclidean; infinite where the counts differ.
inline double normRelative(const std::vector<double>& a, const std::vector<double>& b) {
    if (a.size() != b.size()) return std::numeric_limits<double>::infinity();
    double difference = 0, norm = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        difference += (a[i] - b[i]) * (a[i] - b[i]);
        norm += b[i] * b[i];
    }
    return std::sqrt(difference) / std::max(std::sqrt(norm), 1e-3);
}

/// The layer as a network: one input layer per input, then "layer".
inline Network layerNetwork(const LayerCase& c) {
    Network network;
    std::vector<std::string> inputs;
    for (const Shape& shape : c.sample.inputs) inputs.push_back(network.append("input", {{"shape", Shape(shape.begin() + 1, shape.end())}}));
    if (c.type->id == "input") return network;
    const std::string layer = network.append(c.type->id, settingsJson(c));
    network.nodes.back().name = "layer";
    for (std::size_t i = 0; i < inputs.size(); ++i) network.edges.push_back({inputs[i], layer, static_cast<int>(i)});
    return network;
}

inline OnnxTensor floatTensor(const Shape& shape, const std::vector<double>& numbers) {
    return {shape, std::vector<float>(numbers.begin(), numbers.end())};
}

/// The numbers of layerNumbers() for what a network of this layer has: parameters and states by name, inputs by name.
struct LayerTensors {
    std::map<std::string, OnnxTensor> parameters, inputs;
};
inline LayerTensors layerTensors(const LayerCase& c) {
    Graph graph;
    buildLayer(graph, c, false);
    LayerTensors tensors;
    for (const Value& value : graph.values) {
        if (value.role == ValueRole::Computed || value.role == ValueRole::Constant) continue;
        auto& map = value.role == ValueRole::Input ? tensors.inputs : tensors.parameters;
        map[value.name] = floatTensor(value.shape, layerNumbers(value, c.sample));
    }
    return tensors;
}

}  // namespace lamina
