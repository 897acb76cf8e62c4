// The point-wise, merging and preprocessing layers: what they refuse, and numbers worked out by hand.
#include <set>

#include "tests/support/layer_battery.h"

using namespace lamina;

namespace {

Graph graphOf(const LayerCase& c, bool training = false) {
    Graph graph;
    buildLayer(graph, c, training);
    return graph;
}

std::string refusal(const char* layer, const nlohmann::json& settings, std::vector<Shape> inputs) {
    const Graph graph = graphOf(layerCase(layer, settings, std::move(inputs)));
    return graph.error() ? graph.error()->code : std::string();
}

Shape shapeOf(const char* layer, const nlohmann::json& settings, std::vector<Shape> inputs) {
    Graph graph;
    const ValueId value = buildLayer(graph, layerCase(layer, settings, std::move(inputs)), false);
    return graph.error() ? Shape{} : graph.shape(value);
}

/// What the layer gives for these numbers of its one input.
std::vector<double> given(const LayerCase& c, const std::vector<double>& numbers, bool training = false) {
    Graph graph;
    const ValueId value = buildLayer(graph, c, training);
    const auto device = makeReferenceDevice(DType::Float64);
    ParameterStore store(*device);
    const auto program = Program::create(graph, *device, store, {value}, 1);
    if (!program) {
        ADD_FAILURE() << program.error().debugText();
        return {};
    }
    (*program)->write(0, numbers);
    (*program)->run({.seed = 5, .step = 1, .learningRate = 0});
    return (*program)->read(value);
}

}  // namespace

TEST(MergingLayers, SizesOfOneAreRepeated) {
    for (const char* layer : {"add", "multiply", "maximum", "average", "subtract"})
        EXPECT_EQ(shapeOf(layer, {}, {{2, 3, 1, 1}, {2, 3, 5, 4}}), (Shape{2, 3, 5, 4})) << layer;
}

TEST(MergingLayers, OtherSizesAreRefused) {
    for (const char* layer : {"multiply", "maximum", "average", "subtract"}) {
        EXPECT_EQ(refusal(layer, {}, {{2, 3}, {2, 4}}), "layer.merge_shapes") << layer;
        EXPECT_EQ(refusal(layer, {}, {{2, 3}, {2, 3, 1}}), "layer.merge_shapes") << layer;
    }
    EXPECT_EQ(refusal("multiply", {}, {{2, 1, 3}, {2, 4, 1}, {2, 4, 5}}), "layer.merge_shapes") << "the third fits neither of the others";
}

TEST(MergingLayers, AverageDividesByTheNumberOfInputs) {
    Graph graph;
    const ValueId value = buildLayer(graph, layerCase("average", {}, {{1, 1}, {1, 1}, {1, 1}}), false);
    const auto device = makeReferenceDevice(DType::Float64);
    ParameterStore store(*device);
    auto program = Program::create(graph, *device, store, {value}, 1);
    ASSERT_TRUE(program);
    for (ValueId i = 0; i < 3; ++i) (*program)->write(i, std::vector<double>{3.0 * (i + 1)});
    (*program)->run({});
    EXPECT_NEAR((*program)->read(value)[0], 6, 1e-12);
}

TEST(ActivationLayers, PreluHasAsManySlopesAsAskedFor) {
    for (const auto& [slopes, shape] : {std::pair<const char*, Shape>{"channel", {3, 1, 1}}, {"last", {4}}, {"one", {1}}, {"each", {3, 5, 4}}}) {
        const Graph graph = graphOf(layerCase("prelu", {{"slopes", slopes}}, {{2, 3, 5, 4}}));
        EXPECT_EQ(graph.values[1].name, "layer/slope");
        EXPECT_EQ(graph.values[1].shape, shape) << slopes;
        EXPECT_EQ(graph.values[1].initializer.value, 0.25);
    }
}

TEST(ActivationLayers, LogOfZeroIsThatOfTheSmallestNumber) {
    const auto found = given(layerCase("log", {{"smallest", 1e-3}}, {{1, 3}}), {0, -5, 1});
    EXPECT_NEAR(found[0], std::log(1e-3), 1e-9);
    EXPECT_NEAR(found[1], std::log(1e-3), 1e-9);
    EXPECT_NEAR(found[2], 0, 1e-12);
}

TEST(ActivationLayers, ClipWantsTheLowestBelowTheHighest) {
    EXPECT_EQ(refusal("clip", {{"lowest", 2}, {"highest", 1}}, {{2, 3}}), "layer.clip_limits");
    EXPECT_EQ(refusal("clip", {{"lowest", 1}, {"highest", 1}}, {{2, 3}}), "layer.clip_limits");
    EXPECT_EQ(given(layerCase("clip", {{"lowest", -2}, {"highest", 1}}, {{1, 3}}), {-7, 0.5, 3}), (std::vector<double>{-2, 0.5, 1}));
}

TEST(RegularizingLayers, SpatialDropoutSwitchesWholeChannels) {
    const std::vector<double> ones(2 * 8 * 3 * 3, 1);
    const auto found = given(layerCase("spatial_dropout", {{"rate", 0.5}}, {{2, 8, 3, 3}}), ones, true);
    std::set<double> seen;
    for (std::size_t channel = 0; channel < 16; ++channel)
        for (std::size_t i = 0; i < 9; ++i) {
            EXPECT_EQ(found[channel * 9 + i], found[channel * 9]);
            seen.insert(found[channel * 9 + i]);
        }
    EXPECT_EQ(seen, (std::set<double>{0, 2})) << "what stays is made larger, so that the sum stays";
}

TEST(RegularizingLayers, SpatialDropoutOfSequencesSwitchesFeatures) {
    const auto found = given(layerCase("spatial_dropout", {{"rate", 0.5}, {"layout", "channels_last"}}, {{1, 4, 16}}), std::vector<double>(64, 1), true);
    std::set<double> seen;
    for (std::size_t feature = 0; feature < 16; ++feature)
        for (std::size_t time = 0; time < 4; ++time) {
            EXPECT_EQ(found[time * 16 + feature], found[feature]);
            seen.insert(found[feature]);
        }
    EXPECT_EQ(seen.size(), 2u);
}

TEST(RegularizingLayers, SpatialDropoutIsNotForRows) { EXPECT_EQ(refusal("spatial_dropout", {}, {{2, 9}}), "layer.needs_positions"); }

TEST(RegularizingLayers, NothingHappensOutsideTraining) {
    for (const char* layer : {"spatial_dropout", "gaussian_noise"}) EXPECT_TRUE(graphOf(layerCase(layer, {}, {{2, 3, 4, 4}})).ops.empty()) << layer;
}

TEST(RegularizingLayers, NoiseHasItsDeviation) {
    const auto found = given(layerCase("gaussian_noise", {{"deviation", 0.5}}, {{1, 4000}}), std::vector<double>(4000, 3), true);
    double mean = 0, variance = 0;
    for (const double x : found) mean += x / 4000;
    for (const double x : found) variance += (x - mean) * (x - mean) / 4000;
    EXPECT_NEAR(mean, 3, 0.04);
    EXPECT_NEAR(std::sqrt(variance), 0.5, 0.03);
}

TEST(PreprocessingLayers, NormalizationTakesOneNumberOrOneForEachChannel) {
    EXPECT_EQ(given(layerCase("normalization", {{"mean", "1, 2"}, {"deviation", "0.5"}}, {{1, 2}}), {3, 3}), (std::vector<double>{4, 2}));
    EXPECT_EQ(refusal("normalization", {{"mean", "1, 2"}}, {{2, 3, 4, 4}}), "layer.numbers_per_channel");
    EXPECT_EQ(refusal("normalization", {{"deviation", "1 2 3 4"}}, {{2, 3, 4, 4}}), "layer.numbers_per_channel");
}

TEST(PreprocessingLayers, NormalizationRefusesWhatIsNoNumber) {
    for (const char* text : {"", "one", "1, 2x, 3", "0,5.5.5"}) EXPECT_EQ(refusal("normalization", {{"mean", text}}, {{2, 3, 4, 4}}), "layer.number_list") << text;
    for (const char* text : {"0", "1, -1, 1"}) EXPECT_EQ(refusal("normalization", {{"deviation", text}}, {{2, 3, 4, 4}}), "layer.deviation_positive") << text;
}

TEST(PreprocessingLayers, CategoriesBecomeColumns) {
    EXPECT_EQ(given(layerCase("category_encoding", {{"classes", 3}}, {{1, 2}}), {2, 0}), (std::vector<double>{0, 0, 1, 1, 0, 0}));
    EXPECT_EQ(given(layerCase("category_encoding", {{"classes", 2}}, {{1, 2}}), {-1, 2}), (std::vector<double>{0, 0, 0, 0})) << "numbers outside";
    EXPECT_EQ(shapeOf("category_encoding", {{"classes", 3}, {"form", "sequence"}}, {{2, 7}}), (Shape{2, 7, 3}));
    EXPECT_EQ(refusal("category_encoding", {}, {{2, 1, 4, 4}}), "layer.needs_indices");
}
