// Small models for the tests of export, import and proof; their numbers are spread, not trained.
#pragma once

#include <gtest/gtest.h>

#include "core/onnx/export.h"
#include "core/onnx/network_graph.h"
#include "core/tensor/random.h"

namespace lamina {

inline std::vector<float> someNumbers(std::int64_t count, const std::string& name, double low = -1, double high = 1) {
    const RandomStream stream(5, streamOf(name));
    std::vector<float> numbers;
    for (std::int64_t i = 0; i < count; ++i) numbers.push_back(static_cast<float>(low + (high - low) * stream.uniform(static_cast<std::uint64_t>(i))));
    return numbers;
}

/// Numbers for all that the network needs.
inline std::map<std::string, OnnxTensor> someParameters(const Network& network) {
    std::map<std::string, OnnxTensor> parameters;
    const auto shapes = inferenceGraph(network, 1);
    if (!shapes) ADD_FAILURE() << shapes.error().debugText();
    for (const Value& value : shapes->graph.values)
        if (value.role == ValueRole::Parameter || value.role == ValueRole::State) {
            const bool variance = value.name.find("variance") != std::string::npos;
            parameters[value.name] = {value.shape, someNumbers(elementCount(value.shape), value.name, variance ? 0.4 : -1, variance ? 2 : 1)};
        }
    return parameters;
}

/// A picture through convolution, normalisation, a shortcut, two branches and a head.
inline Network pictureNetwork() {
    Network n;
    n.name = "pictures";
    const auto input = n.append("input", {{"shape", {2, 9, 8}}});
    const auto conv = n.append("conv2d", {{"filters", 4}, {"stride", {2, 2}}}, input);
    const auto norm = n.append("batch_norm", nlohmann::json::object(), conv);
    const auto relu = n.append("relu", nlohmann::json::object(), norm);
    const auto second = n.append("conv2d", {{"filters", 4}, {"bias", false}}, relu);
    const auto sum = n.append("add", nlohmann::json::object(), relu);
    n.edges.push_back({second, sum, 1});
    const auto average = n.append("average_pool2d", {{"padding", "same"}, {"kernel", {3, 3}}, {"stride", {1, 1}}}, sum);
    const auto join = n.append("concat", nlohmann::json::object(), average);
    n.edges.push_back({sum, join, 1});
    const auto pool = n.append("max_pool2d", nlohmann::json::object(), join);
    const auto flat = n.append("flatten", nlohmann::json::object(), pool);
    const auto drop = n.append("dropout", {{"rate", 0.25}}, flat);
    const auto dense = n.append("dense", {{"units", 3}}, drop);
    n.append("softmax", nlohmann::json::object(), dense);
    return n;
}

inline Preparation picturePreparation() {
    Preparation p;
    p.task = "classification";
    FeatureColumn image;
    image.name = "pixels";
    image.kind = FeatureKind::Tensor;
    image.elementShape = {2, 9, 8};
    image.outputCount = 144;
    image.elementType = DType::UInt8;
    image.divisor = 255;
    image.channelMean = {0.3, 0.5};
    image.channelDeviation = {0.25, 0.4};
    p.features = {image};
    p.target.name = "kind";
    p.target.classNames = {"shoe", "帽子", "bag"};
    return p;
}

inline FeatureColumn numberFeature(const std::string& name, std::int64_t offset, double mean, double deviation, bool flag) {
    FeatureColumn f;
    f.name = name;
    f.outputOffset = offset;
    f.outputCount = flag ? 2 : 1;
    f.mean = f.fill = mean;
    f.deviation = deviation;
    f.hasMissingFlag = flag;
    return f;
}

/// "year" (with a flag where missing), "colour" of three, "value" (the name of an output, too): six inputs of the network.
inline Preparation tablePreparation(bool classes) {
    Preparation p;
    p.task = classes ? "classification" : "regression";
    FeatureColumn colour;
    colour.name = "colour";
    colour.kind = FeatureKind::Category;
    colour.outputOffset = 2;
    colour.outputCount = 3;
    colour.categories = {"red", "蓝", "light green"};
    p.features = {numberFeature("year", 0, 2013.25, 3.5, true), colour, numberFeature("value", 5, -4, 0.01, false)};
    p.target.name = "price";
    p.target.classes = classes;
    if (classes) p.target.classNames = {"cheap", "dear"};
    else p.target.mean = 120, p.target.deviation = 30;
    return p;
}

inline Network tableNetwork(std::int64_t outputs) {
    Network n;
    n.name = "table";
    n.append("dense", {{"units", outputs}}, n.append("input", {{"shape", {6}}}));
    return n;
}

/// Four rows: plain; year missing; an unknown colour and a value too large for a float; everything missing.
inline std::vector<std::vector<RawValue>> tableRows() {
    const double missing = std::numeric_limits<double>::quiet_NaN();
    return {{{2015, {}, {}}, {0, "蓝", {}}, {-4.015, {}, {}}},
            {{missing, {}, {}}, {0, "red", {}}, {-3.99, {}, {}}},
            {{2001, {}, {}}, {0, "purple", {}}, {std::numeric_limits<double>::infinity(), {}, {}}},
            {{missing, {}, {}}, {0, "", {}}, {missing, {}, {}}}};
}
/// The same rows as the network reads them, by hand.
inline std::vector<std::vector<double>> preparedTableRows() {
    return {{(2015 - 2013.25) / 3.5, 0, 0, 1, 0, (static_cast<double>(-4.015f) + 4) / 0.01},
            {0, 1, 1, 0, 0, (static_cast<double>(-3.99f) + 4) / 0.01},
            {(2001 - 2013.25) / 3.5, 0, 0, 0, 0, 0},
            {0, 1, 0, 0, 0, 0}};
}

}  // namespace lamina
