#include "core/onnx/export.h"

#include <cmath>

#include "core/onnx/import.h"
#include "core/onnx/onnxruntime.h"
#include "tests/core/onnx/example_models.h"
#include "tests/support/temporary_folder.h"

using namespace lamina;

namespace {

/// The dense layer of the table network on one prepared row, by hand.
std::vector<double> denseByHand(const std::map<std::string, OnnxTensor>& parameters, const std::vector<double>& row) {
    const auto& weight = std::get<std::vector<float>>(parameters.at("dense_1/weight").data);
    const auto& bias = std::get<std::vector<float>>(parameters.at("dense_1/bias").data);
    std::vector<double> result(bias.begin(), bias.end());
    for (std::size_t i = 0; i < row.size(); ++i)
        for (std::size_t o = 0; o < bias.size(); ++o) result[o] += row[i] * weight[i * bias.size() + o];
    return result;
}

std::map<std::string, OnnxTensor> runInRuntime(const Path& file, const std::map<std::string, OnnxTensor>& inputs, std::vector<std::string> outputs, std::string& missing) {
    auto results = runInOnnxRuntime({{file, inputs, std::move(outputs)}});
    if (results) return results->outputs.at(0);
    if (results.error().code == "onnx.no_runtime") missing = results.error().debugText();
    else ADD_FAILURE() << results.error().debugText();
    return {};
}

}  // namespace

TEST(OnnxExport, RegressionOnRawColumnsGivesValuesInTheTargetsUnits) {
    const TemporaryFolder folder;
    const Network network = tableNetwork(1);
    const auto parameters = someParameters(network);
    const Preparation preparation = tablePreparation(false);
    const auto exported = exportOnnx(network, parameters, {preparation, ""}, folder / "m.onnx");
    ASSERT_TRUE(exported) << exported.error().debugText();
    std::string missing;
    const auto outputs = runInRuntime(folder / "m.onnx", onnxInputs(preparation, tableRows()), {"value"}, missing);
    if (!missing.empty()) GTEST_SKIP() << missing;
    ASSERT_EQ(outputs.at("value").shape, (Shape{4, 1}));
    const auto& values = std::get<std::vector<float>>(outputs.at("value").data);
    for (std::size_t row = 0; row < 4; ++row)
        EXPECT_NEAR(values[row], denseByHand(parameters, preparedTableRows()[row])[0] * 30 + 120, 1e-4) << "row " << row;
}

TEST(OnnxExport, ClassificationOnRawColumnsGivesProbabilitiesAndClassNames) {
    const TemporaryFolder folder;
    const Network network = tableNetwork(2);
    const auto parameters = someParameters(network);
    const Preparation preparation = tablePreparation(true);
    ASSERT_TRUE(exportOnnx(network, parameters, {preparation, ""}, folder / "m.onnx"));
    std::string missing;
    const auto outputs = runInRuntime(folder / "m.onnx", onnxInputs(preparation, tableRows()), {"probabilities", "label"}, missing);
    if (!missing.empty()) GTEST_SKIP() << missing;
    const auto& found = std::get<std::vector<float>>(outputs.at("probabilities").data);
    const auto& labels = std::get<std::vector<std::string>>(outputs.at("label").data);
    ASSERT_EQ(labels.size(), 4u);
    for (std::size_t row = 0; row < 4; ++row) {
        const auto scores = denseByHand(parameters, preparedTableRows()[row]);
        const double second = 1 / (1 + std::exp(scores[0] - scores[1]));
        EXPECT_NEAR(found[row * 2 + 1], second, 1e-5) << "row " << row;
        EXPECT_EQ(labels[row], second > 0.5 ? "dear" : "cheap") << "row " << row;
    }
}

TEST(OnnxExport, NetworkThatEndsInSoftmaxIsNotSquashedTwice) {
    const TemporaryFolder folder;
    Network network = tableNetwork(2);
    network.append("softmax", nlohmann::json::object(), network.nodes.back().id);
    const auto parameters = someParameters(network);
    const Preparation preparation = tablePreparation(true);
    ASSERT_TRUE(exportOnnx(network, parameters, {preparation, ""}, folder / "m.onnx"));
    std::string missing;
    const auto outputs = runInRuntime(folder / "m.onnx", onnxInputs(preparation, tableRows()), {"probabilities"}, missing);
    if (!missing.empty()) GTEST_SKIP() << missing;
    const auto scores = denseByHand(parameters, preparedTableRows()[0]);
    EXPECT_NEAR(std::get<std::vector<float>>(outputs.at("probabilities").data)[1], 1 / (1 + std::exp(scores[0] - scores[1])), 1e-5);
}

TEST(OnnxExport, FloatTensorsThatAreNotFiniteCountAsTheMean) {
    const TemporaryFolder folder;
    Preparation preparation = tablePreparation(false);
    FeatureColumn curve;
    curve.name = "curve";
    curve.kind = FeatureKind::Tensor;
    curve.elementShape = {6};
    curve.outputCount = 6;
    curve.channelMean = {2};
    curve.channelDeviation = {4};
    preparation.features = {curve};
    const Network network = tableNetwork(1);
    const auto parameters = someParameters(network);
    ASSERT_TRUE(exportOnnx(network, parameters, {preparation, ""}, folder / "m.onnx"));
    const std::vector<float> item{1, std::nanf(""), 2, std::numeric_limits<float>::infinity(), 4, 6};
    std::string missing;
    const auto outputs = runInRuntime(folder / "m.onnx", onnxInputs(preparation, {{{0, {}, std::as_bytes(std::span(item))}}}), {"value"}, missing);
    if (!missing.empty()) GTEST_SKIP() << missing;
    EXPECT_NEAR(std::get<std::vector<float>>(outputs.at("value").data)[0], denseByHand(parameters, {-0.25, 0, 0, 0, 0.5, 1})[0] * 30 + 120, 1e-4);
}

TEST(OnnxExport, MissingOrWrongParametersAreNamedAndNothingIsWritten) {
    const TemporaryFolder folder;
    const Network network = tableNetwork(1);
    auto parameters = someParameters(network);
    parameters["dense_1/weight"].shape = {1, 6};
    const auto shape = exportOnnx(network, parameters, {}, folder / "m.onnx");
    ASSERT_FALSE(shape);
    EXPECT_EQ(shape.error().code, "onnx.parameter_shape");
    parameters.erase("dense_1/weight");
    const auto absent = exportOnnx(network, parameters, {}, folder / "m.onnx");
    ASSERT_FALSE(absent);
    EXPECT_EQ(absent.error().code, "onnx.parameter_missing");
    EXPECT_EQ(absent.error().argument("parameter"), "dense_1/weight");
    EXPECT_TRUE(folder.names().empty());
}

TEST(OnnxExport, NetworkAndPreparationMustFit) {
    const TemporaryFolder folder;
    const Network network = pictureNetwork();
    const auto input = exportOnnx(network, someParameters(network), {tablePreparation(true), ""}, folder / "m.onnx");
    ASSERT_FALSE(input);
    EXPECT_EQ(input.error().code, "onnx.preparation_shape");
    const auto output = exportOnnx(tableNetwork(3), someParameters(tableNetwork(3)), {tablePreparation(true), ""}, folder / "m.onnx");
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().code, "onnx.outcome_shape");
}

TEST(OnnxExport, NetworkWithTwoEndsIsRefused) {
    Network network = tableNetwork(1);
    network.append("relu", nlohmann::json::object(), network.nodes[0].id);
    const TemporaryFolder folder;
    const auto exported = exportOnnx(network, {}, {}, folder / "m.onnx");
    ASSERT_FALSE(exported);
    EXPECT_EQ(exported.error().code, "onnx.one_output");
}

TEST(OnnxExport, ColumnNamedLikeAnOutputGetsAnotherInputName) {
    const Preparation preparation = tablePreparation(false);
    EXPECT_EQ(onnxInputName(preparation.features[0]), "year");
    EXPECT_EQ(onnxInputName(preparation.features[2]), "input:value");
    EXPECT_EQ(onnxInputName(picturePreparation().features[0]), "image");
}
