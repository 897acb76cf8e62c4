// What the layers of convolution, pooling and shape say where they cannot stand, and the shapes they give where they can: worked out by hand.
#include <algorithm>
#include <numeric>

#include "core/layers/initializers.h"
#include "core/layers/interpolation.h"
#include "tests/support/layer_battery.h"

using namespace lamina;

namespace {

using RefusalJson = nlohmann::json;

struct Stand {
    const char* layer;
    RefusalJson settings;
    Shape input;
    Shape shape;       ///< what comes out, or nothing
    const char* code;  ///< of the refusal
};

Stand stands(const char* layer, RefusalJson settings, Shape input, Shape shape) { return {layer, std::move(settings), std::move(input), std::move(shape), ""}; }
Stand refuses(const char* layer, RefusalJson settings, Shape input, const char* code) { return {layer, std::move(settings), std::move(input), {}, code}; }

std::vector<Stand> stands() {
    const RefusalJson none = RefusalJson::object();
    return {
        stands("conv1d", {{"filters", 4}, {"stride", 2}}, {2, 3, 7}, {2, 4, 4}),
        stands("conv1d", {{"filters", 4}, {"padding", "causal"}, {"dilation", 4}}, {2, 3, 7}, {2, 4, 7}),
        stands("conv1d", {{"filters", 4}, {"padding", "valid"}}, {2, 3, 7}, {2, 4, 5}),
        refuses("conv1d", none, {2, 3, 7, 7}, "layer.needs_series"),
        refuses("conv1d", none, {2, 3}, "layer.needs_series"),
        refuses("conv1d", {{"kernel", 5}, {"padding", "valid"}}, {1, 1, 4}, "layer.window_too_long"),
        refuses("conv1d", {{"filters", 4}, {"groups", 2}}, {1, 3, 5}, "layer.groups"),
        stands("conv1d", {{"filters", 4}, {"padding", "custom"}, {"margins", {3, 0}}}, {1, 3, 5}, {1, 4, 6}),
        refuses("max_pool1d", {{"padding", "custom"}, {"margins", {2, 0}}}, {1, 3, 5}, "layer.margin_too_large"),
        stands("depthwise_conv2d", {{"multiplier", 3}, {"stride", {2, 2}}}, {2, 5, 7, 8}, {2, 15, 4, 4}),
        refuses("depthwise_conv2d", none, {2, 5, 7}, "layer.needs_image"),
        refuses("depthwise_conv2d", {{"kernel", {9, 1}}, {"padding", "valid"}}, {2, 5, 7, 8}, "layer.window_too_large"),
        stands("conv_transpose2d", {{"filters", 4}}, {2, 3, 5, 7}, {2, 4, 10, 14}),
        stands("conv_transpose2d", {{"filters", 4}, {"kernel", {3, 3}}}, {2, 3, 5, 7}, {2, 4, 10, 14}),
        stands("conv_transpose2d", {{"filters", 4}, {"kernel", {1, 4}}, {"stride", {3, 1}}}, {2, 3, 5, 7}, {2, 4, 15, 7}),
        stands("conv_transpose2d", {{"filters", 4}, {"kernel", {3, 3}}, {"padding", "valid"}, {"output_padding", {1, 0}}}, {2, 3, 5, 7}, {2, 4, 12, 15}),
        refuses("conv_transpose2d", {{"padding", "valid"}, {"output_padding", {2, 0}}}, {2, 3, 5, 7}, "layer.output_padding"),
        refuses("conv_transpose2d", {{"stride", {1, 1}}, {"padding", "custom"}, {"margins", {1, 1, 1, 1}}}, {2, 3, 1, 7}, "layer.output_empty"),
        refuses("conv_transpose2d", {{"padding", "custom"}, {"margins", {0, 2, 0, 0}}}, {2, 3, 5, 7}, "layer.margin_too_large"),
        refuses("conv_transpose2d", {{"filters", 4}, {"groups", 2}}, {2, 3, 5, 7}, "layer.groups"),
        refuses("conv_transpose2d", none, {2, 3, 5}, "layer.needs_image"),
        stands("conv_transpose1d", {{"filters", 4}, {"kernel", 5}, {"stride", 3}}, {2, 3, 5}, {2, 4, 15}),
        refuses("conv_transpose1d", none, {2, 3, 5, 7}, "layer.needs_series"),
        stands("max_pool1d", none, {2, 3, 7}, {2, 3, 3}),
        stands("average_pool1d", {{"padding", "same"}}, {2, 3, 7}, {2, 3, 4}),
        refuses("max_pool1d", {{"kernel", 8}}, {2, 3, 7}, "layer.window_too_long"),
        refuses("average_pool1d", none, {2, 3, 7, 7}, "layer.needs_series"),
        stands("global_average_pool", none, {2, 3, 7}, {2, 3}),
        stands("global_max_pool", none, {2, 3, 7, 5}, {2, 3}),
        stands("global_average_pool", {{"keep", true}}, {2, 3, 7}, {2, 3, 1}),
        stands("global_max_pool", {{"keep", true}}, {2, 3, 7, 5}, {2, 3, 1, 1}),
        refuses("global_average_pool", none, {2, 3}, "layer.needs_picture_or_series"),
        refuses("global_max_pool", none, {2, 3, 4, 5, 6}, "layer.needs_picture_or_series"),
        stands("upsample", {{"factor", {2, 3}}}, {2, 3, 4, 5}, {2, 3, 8, 15}),
        stands("upsample", {{"factor", {2, 3}}, {"method", "bilinear"}}, {2, 3, 5}, {2, 3, 15}),
        refuses("upsample", none, {2, 3}, "layer.needs_picture_or_series"),
        stands("resize", {{"size", {7, 0}}}, {2, 3, 4, 5}, {2, 3, 7, 5}),
        refuses("resize", none, {2, 3}, "layer.needs_picture_or_series"),
        stands("zero_pad", {{"margins", {1, 2, 3, 4}}}, {2, 3, 4, 5}, {2, 3, 8, 11}),
        stands("zero_pad", {{"margins", {1, 2, 3, 4}}}, {2, 3, 5}, {2, 3, 11}),
        refuses("zero_pad", none, {2, 3}, "layer.needs_picture_or_series"),
        stands("crop", {{"margins", {1, 0, 2, 3}}}, {2, 3, 4, 5}, {2, 3, 1, 2}),
        refuses("crop", {{"margins", {1, 0, 3, 3}}}, {2, 3, 4, 5}, "layer.crop_all"),
        refuses("crop", none, {2, 3}, "layer.needs_picture_or_series"),
        stands("reshape", {{"shape", {4, -1}}}, {2, 3, 4, 5}, {2, 4, 15}),
        stands("reshape", {{"shape", {0, -1, 2}}}, {2, 3, 4, 5}, {2, 3, 10, 2}),
        refuses("reshape", {{"shape", {7, -1}}}, {2, 3, 4, 5}, "layer.reshape_count"),
        refuses("reshape", {{"shape", {-1, -1}}}, {2, 3, 4, 5}, "layer.reshape_count"),
        refuses("reshape", {{"shape", {5, 11}}}, {2, 3, 4, 5}, "layer.reshape_count"),
        refuses("reshape", {{"shape", {1, 1, 1, 0}}}, {2, 3, 4}, "layer.reshape_count"),
        refuses("reshape", {{"shape", {1 << 30, 1 << 30, 1 << 30, -1}}}, {2, 3, 4}, "layer.reshape_count"),
        stands("max_pool2d", {{"kernel", {3, 3}}, {"partial", true}}, {1, 3, 8, 7}, {1, 3, 4, 3}),
        // The third window would begin behind the last pixel.
        stands("max_pool2d", {{"kernel", {1, 1}}, {"stride", {2, 2}}, {"partial", true}}, {1, 3, 4, 4}, {1, 3, 2, 2}),
        stands("average_pool1d", {{"kernel", 3}, {"stride", 3}, {"partial", true}}, {1, 3, 8}, {1, 3, 3}),
        stands("max_pool2d", {{"padding", "custom"}, {"margins", {1, 1, 1, 1}}, {"partial", true}}, {1, 3, 5, 4}, {1, 3, 3, 3}),
        stands("separable_conv2d", {{"filters", 4}, {"stride", {2, 1}}}, {2, 5, 7, 8}, {2, 4, 4, 8}),
        refuses("separable_conv2d", none, {2, 5, 7}, "layer.needs_image"),
        stands("pixel_shuffle", {{"factor", 3}}, {2, 18, 4, 5}, {2, 2, 12, 15}),
        refuses("pixel_shuffle", none, {2, 6, 4, 4}, "layer.shuffle_channels"),
        refuses("pixel_shuffle", none, {2, 8, 4}, "layer.needs_image"),
        stands("pixel_unshuffle", {{"factor", 2}}, {2, 3, 4, 6}, {2, 12, 2, 3}),
        refuses("pixel_unshuffle", none, {2, 3, 4, 5}, "layer.unshuffle_size"),
        refuses("pixel_unshuffle", none, {2, 8}, "layer.needs_image"),
        stands("permute", {{"order", {3, 1, 2}}}, {2, 3, 4, 5}, {2, 5, 3, 4}),
        refuses("permute", {{"order", {1, 1}}}, {2, 3, 4}, "layer.permute_order"),
        refuses("permute", none, {2, 3, 4, 5}, "layer.permute_order"),
        stands("slice", {{"begin", 1}, {"end", -1}}, {2, 5, 4}, {2, 3, 4}),
        stands("slice", {{"axis", -1}, {"begin", -3}, {"end", 100}}, {2, 5, 4}, {2, 5, 3}),
        refuses("slice", {{"axis", 0}}, {2, 5}, "layer.slice_axis"),
        refuses("slice", {{"axis", -2}}, {2, 5}, "layer.slice_axis"),
        refuses("slice", {{"axis", 2}}, {2, 5}, "layer.slice_axis"),
        refuses("slice", {{"begin", 3}, {"end", 2}}, {2, 5}, "layer.slice_empty"),
        refuses("slice", {{"begin", 5}}, {2, 5}, "layer.slice_empty"),
    };
}

/// The initializer of the layer's first parameter.
Initializer startOf(const char* layer, const RefusalJson& settings, const Shape& input) {
    Graph graph;
    buildLayer(graph, layerCase(layer, settings, {input}), true);
    for (const Value& value : graph.values)
        if (value.name == "layer/weight") return value.initializer;
    ADD_FAILURE() << layer << " has no weight";
    return {};
}

}  // namespace

TEST(ConvolutionPoolingShape, GiveTheirShapeOrSayWhyNot) {
    for (const auto& [layer, settings, input, shape, code] : stands()) {
        Graph graph;
        const ValueId value = buildLayer(graph, layerCase(layer, settings, {input}), true);
        const std::string what = std::string(layer) + " " + settings.dump() + " on " + shapeText(input);
        if (std::string(code).empty()) {
            ASSERT_FALSE(graph.error()) << what << ": " << graph.error()->debugText();
            EXPECT_EQ(graph.shape(value), shape) << what;
        } else {
            ASSERT_TRUE(graph.error()) << what;
            EXPECT_EQ(graph.error()->code, code) << what;
            EXPECT_EQ(graph.error()->argument("layer"), "layer") << what;
        }
    }
}

TEST(Initializers, EveryChoiceIsOneOfTheEnginesKinds) {
    std::vector<Initializer::Kind> kinds;
    for (const auto& choice : initializerChoices()) {
        const Initializer start = initializerOf(choice, 12, 7);
        EXPECT_EQ(start.fanIn, 12);
        EXPECT_EQ(start.fanOut, 7);
        EXPECT_EQ(std::count(kinds.begin(), kinds.end(), start.kind), 0) << choice;
        kinds.push_back(start.kind);
    }
    EXPECT_EQ(kinds.size(), 9u);
    EXPECT_EQ(initializerOf("lecun_normal", 1, 1).kind, Initializer::Kind::LecunNormal);
    EXPECT_GT(initializerOf("normal", 1, 1).value, 0);
}

TEST(Initializers, FanInIsWhatOneOutputSumsUp) {
    EXPECT_EQ(startOf("conv1d", {{"filters", 6}, {"kernel", 5}, {"groups", 2}}, {1, 4, 9}).fanIn, 10);
    EXPECT_EQ(startOf("conv2d", {{"filters", 6}, {"initializer", "orthogonal"}}, {1, 4, 9, 9}).fanIn, 36);
    EXPECT_EQ(startOf("depthwise_conv2d", {{"multiplier", 3}}, {1, 4, 9, 9}).fanIn, 9);
    EXPECT_EQ(startOf("depthwise_conv2d", {{"multiplier", 3}}, {1, 4, 9, 9}).fanOut, 27);
    // Windows of 4×4 every 2 pixels: four of them lie over each pixel.
    EXPECT_EQ(startOf("conv_transpose2d", {{"filters", 6}, {"kernel", {4, 4}}}, {1, 4, 9, 9}).fanIn, 16);
    EXPECT_EQ(startOf("conv_transpose1d", {{"filters", 6}, {"kernel", 1}, {"stride", 3}}, {1, 1, 9}).fanIn, 1);
}

TEST(Interpolation, EveryRowOfWeightsAddsUpToOne) {
    for (const auto& method : interpolationMethods())
        for (const bool antialias : {false, true})
            for (const auto& [from, to] : {std::pair<std::int64_t, std::int64_t>{7, 3}, {3, 7}, {1, 4}, {5, 1}, {224, 7}}) {
                const auto weights = interpolationWeights(method, antialias, from, to);
                for (std::int64_t i = 0; i < to; ++i)
                    EXPECT_NEAR(std::accumulate(weights.begin() + i * from, weights.begin() + (i + 1) * from, 0.0), 1, 1e-12) << method << antialias << from << to;
            }
}

TEST(Interpolation, IsKnownAgainByItsWeights) {
    const auto weights = interpolationWeights("bicubic", true, 9, 4);
    OnnxTensor matrix{{4, 9}, std::vector<float>(weights.begin(), weights.end())};
    const auto kind = interpolationOf(matrix, false);
    ASSERT_TRUE(kind);
    EXPECT_EQ(kind->method, "bicubic");
    EXPECT_TRUE(kind->antialias);
    EXPECT_FALSE(interpolationOf(matrix, true));
    std::get<std::vector<float>>(matrix.data)[3] += 0.01f;
    EXPECT_FALSE(interpolationOf(matrix, false));
}
