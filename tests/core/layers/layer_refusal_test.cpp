// What a layer says where it cannot stand, and the shapes it gives where it can: worked out by hand.
#include <gtest/gtest.h>

#include "core/tensor/random.h"
#include "tests/support/layer_battery.h"

using namespace lamina;

namespace {

struct Outcome {
    Shape shape;
    Error error;
};

Outcome outcome(const char* layer, const nlohmann::json& settings, std::vector<Shape> inputs, bool training = false) {
    Graph graph;
    const ValueId value = buildLayer(graph, layerCase(layer, settings, std::move(inputs)), training);
    if (graph.error()) return {{}, *graph.error()};
    return {graph.shape(value), {}};
}

void expectRefusal(const Outcome& found, const std::string& code) {
    EXPECT_EQ(found.error.code, code) << found.error.debugText();
    EXPECT_EQ(found.error.argument("layer"), "layer");
}

}  // namespace

TEST(LayerRefusal, DenseOnAPictureAsksForFlatten) {
    expectRefusal(outcome("dense", {{"units", 3}}, {{2, 1, 28, 28}}), "layer.needs_flat_input");
    EXPECT_EQ(outcome("dense", {{"units", 3}}, {{2, 1, 28, 28}}).error.argument("shape"), "2×1×28×28");
}

TEST(LayerRefusal, ConvolutionOnARowIsRefused) { expectRefusal(outcome("conv2d", {}, {{2, 10}}), "layer.needs_image"); }

TEST(LayerRefusal, KernelLargerThanThePictureIsRefused) {
    const auto found = outcome("conv2d", {{"kernel", {5, 5}}, {"padding", "valid"}}, {{1, 1, 4, 9}});
    expectRefusal(found, "layer.window_too_large");
    EXPECT_EQ(found.error.argument("window"), "5×5");
    EXPECT_EQ(found.error.argument("image"), "4×9");
}

TEST(LayerRefusal, DilationCountsInTheKernelsReach) {
    expectRefusal(outcome("conv2d", {{"kernel", {3, 3}}, {"dilation", {3, 1}}, {"padding", "valid"}}, {{1, 1, 6, 6}}), "layer.window_too_large");
}

TEST(LayerRefusal, GroupsMustDivideChannelsAndFilters) {
    expectRefusal(outcome("conv2d", {{"filters", 4}, {"groups", 2}}, {{1, 3, 5, 5}}), "layer.groups");
    expectRefusal(outcome("conv2d", {{"filters", 3}, {"groups", 2}}, {{1, 4, 5, 5}}), "layer.groups");
}

TEST(LayerRefusal, MarginsAsLargeAsTheWindowAreRefused) {
    expectRefusal(outcome("max_pool2d", {{"padding", "custom"}, {"margins", {2, 0, 0, 0}}}, {{1, 1, 6, 6}}), "layer.margin_too_large");
}

TEST(LayerRefusal, AddNeedsEqualShapes) { expectRefusal(outcome("add", {}, {{2, 3}, {2, 4}}), "layer.add_shapes"); }

TEST(LayerRefusal, ConcatNeedsEqualSizesElsewhere) {
    expectRefusal(outcome("concat", {}, {{2, 3, 4, 4}, {2, 3, 4, 5}}), "layer.concat_shapes");
    expectRefusal(outcome("concat", {{"axis", 2}}, {{2, 3}, {2, 3}}), "layer.concat_axis");
}

TEST(LayerRefusal, SoftmaxNeverRunsOverTheBatch) {
    expectRefusal(outcome("softmax", {{"axis", 0}}, {{2, 3}}), "layer.softmax_axis");
    expectRefusal(outcome("softmax", {{"axis", -2}}, {{2, 3}}), "layer.softmax_axis");
}

TEST(LayerRefusal, InputNamesBothShapes) {
    const auto found = outcome("input", {{"shape", {1, 28, 28}}}, {{4, 3, 32, 32}});
    expectRefusal(found, "layer.input_shape");
    EXPECT_EQ(found.error.argument("expected"), "1×28×28");
    EXPECT_EQ(found.error.argument("found"), "3×32×32");
}

TEST(LayerRefusal, BatchNormNeedsMoreThanOneNumberPerChannelInTraining) {
    expectRefusal(outcome("batch_norm", {}, {{1, 5}}, true), "layer.needs_larger_batch");
    EXPECT_EQ(outcome("batch_norm", {}, {{1, 5}}, false).shape, (Shape{1, 5}));
    expectRefusal(outcome("batch_norm", {}, {{2, 3, 5, 4, 4}}), "layer.needs_channels");
    EXPECT_EQ(outcome("batch_norm", {}, {{2, 3, 5}}, true).shape, (Shape{2, 3, 5}));
}

TEST(LayerShape, SamePaddingGivesCeilOfSizeByStride) {
    EXPECT_EQ(outcome("conv2d", {{"filters", 2}}, {{1, 3, 7, 8}}).shape, (Shape{1, 2, 7, 8}));
    EXPECT_EQ(outcome("conv2d", {{"filters", 2}, {"stride", {2, 2}}}, {{1, 3, 7, 8}}).shape, (Shape{1, 2, 4, 4}));
    EXPECT_EQ(outcome("max_pool2d", {{"kernel", {3, 3}}, {"stride", {3, 3}}, {"padding", "same"}}, {{1, 3, 7, 9}}).shape, (Shape{1, 3, 3, 3}));
}

TEST(LayerShape, ValidPaddingLeavesTheRestOut) {
    EXPECT_EQ(outcome("conv2d", {{"filters", 2}, {"padding", "valid"}}, {{1, 3, 7, 8}}).shape, (Shape{1, 2, 5, 6}));
    EXPECT_EQ(outcome("max_pool2d", {}, {{1, 3, 7, 8}}).shape, (Shape{1, 3, 3, 4}));
}

TEST(LayerShape, FlattenKeepsTheBatch) { EXPECT_EQ(outcome("flatten", {}, {{5, 3, 7, 8}}).shape, (Shape{5, 168})); }

TEST(LayerShape, ConcatAddsUpTheAxis) { EXPECT_EQ(outcome("concat", {}, {{2, 3, 4, 4}, {2, 5, 4, 4}}).shape, (Shape{2, 8, 4, 4})); }

TEST(LayerParameters, DenseStartsWithTheChosenSpread) {
    for (const auto& [initializer, kind] : {std::pair{"glorot_uniform", Initializer::Kind::GlorotUniform}, {"he_uniform", Initializer::Kind::HeUniform}}) {
        Graph graph;
        buildLayer(graph, layerCase("dense", {{"units", 5}, {"initializer", initializer}}, {{2, 7}}), true);
        const Value& weight = graph.values[1];
        EXPECT_EQ(weight.name, "layer/weight");
        EXPECT_EQ(weight.shape, (Shape{7, 5}));
        EXPECT_EQ(weight.initializer.kind, kind);
        EXPECT_EQ(weight.initializer.fanIn, 7);
        EXPECT_EQ(weight.initializer.fanOut, 5);
    }
}

TEST(LayerDropout, DoesNothingOutsideTraining) {
    Graph graph;
    buildLayer(graph, layerCase("dropout", {{"rate", 0.5}}, {{2, 7}}), false);
    EXPECT_TRUE(graph.ops.empty());
}
