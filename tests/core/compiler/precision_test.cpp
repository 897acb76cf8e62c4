// Which ops of a training step multiply in bfloat16: those that gain, in all three passes, and nothing of a network in use.
#include "core/compiler/precision.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "core/compiler/compiler.h"
#include "core/engine/ops.h"

namespace lamina {
namespace {

bool isRounding(const Op& op) {
    if (const auto* product = std::get_if<GemmAttributes>(&op.attributes)) return product->precision == Precision::Bfloat16;
    const auto* window = std::get_if<WindowAttributes>(&op.attributes);
    return window && window->precision == Precision::Bfloat16;
}

std::size_t countRounding(const Graph& g) { return static_cast<std::size_t>(std::count_if(g.ops.begin(), g.ops.end(), isRounding)); }

Network convolutionalNetwork() {
    Network network;
    auto node = network.append("input", {{"shape", {1, 20, 20}}});
    for (int filters : {32, 64}) node = network.append("relu", nlohmann::json::object(), network.append("conv2d", {{"filters", filters}}, node));
    node = network.append("dense", {{"units", 48}}, network.append("flatten", nlohmann::json::object(), node));
    network.append("softmax", nlohmann::json::object(), network.append("dense", {{"units", 10}}, node));
    return network;
}

CompiledNetwork compiled(Precision precision, std::int64_t batch = 32) {
    const LossType& loss = *findLoss("cross_entropy");
    const OptimizerType& adam = *findOptimizer("adam");
    TrainingPhase phase{{{&loss, loss.defaults}}, &adam, adam.defaults};
    phase.precision = precision;
    auto result = compileForTraining(convolutionalNetwork(), batch, phase);
    EXPECT_TRUE(result.ok()) << (result ? "" : result.error().debugText());
    return std::move(*result);
}

TEST(Precision, MarksWhatGainsForwardAndBackwardAndLeavesAllValuesFloat32) {
    const CompiledNetwork exact = compiled(Precision::Float32), rounds = compiled(Precision::Bfloat16);
    EXPECT_EQ(countRounding(exact.graph), 0u);
    ASSERT_EQ(exact.graph.ops.size(), rounds.graph.ops.size());
    std::map<std::string, int> marked;
    for (const Op& op : rounds.graph.ops)
        if (isRounding(op)) ++marked[opName(op.kind)];
    EXPECT_EQ(marked, (std::map<std::string, int>{{"conv2d", 1}, {"conv2d_backward_data", 1}, {"conv2d_backward_weights", 1}, {"gemm", 3}}))
        << "the second convolution and the first dense layer; one channel and ten classes gain nothing";
    for (std::size_t i = 0; i < rounds.graph.values.size(); ++i) EXPECT_EQ(rounds.graph.values[i].type, exact.graph.values[i].type);
}

TEST(Precision, SmallBatchesGainNothing) { EXPECT_EQ(countRounding(compiled(Precision::Bfloat16, 8).graph), 3u) << "the convolutions alone"; }

TEST(Precision, ANetworkInUseIsFloat32) {
    const auto use = compileForInference(convolutionalNetwork(), 32);
    ASSERT_TRUE(use.ok());
    EXPECT_EQ(countRounding(use->graph), 0u);
}

TEST(Precision, IsDecidedByShapes) {
    Graph g;
    const auto pays = [&](Shape x, Shape w, WindowAttributes window) {
        window.kernel = {w[2], w[3]};
        ops::conv2d(g, g.input("x" + std::to_string(g.values.size()), std::move(x)), g.parameter("w" + std::to_string(g.values.size()), std::move(w), {}), window);
        EXPECT_FALSE(g.error());
        return paysInBfloat16(g, g.ops.back());
    };
    WindowAttributes padded, strided;
    padded.padding = strided.padding = {1, 1, 1, 1};
    strided.stride = {2, 2};
    EXPECT_FALSE(pays({8, 64, 32, 32}, {64, 64, 3, 3}, padded)) << "Winograd's form is as quick";
    EXPECT_TRUE(pays({8, 512, 4, 4}, {512, 512, 3, 3}, padded)) << "but not on small pictures";
    EXPECT_TRUE(pays({8, 64, 32, 32}, {128, 64, 3, 3}, strided));
    EXPECT_TRUE(pays({8, 64, 32, 32}, {128, 64, 1, 1}, {}));
    EXPECT_FALSE(pays({8, 3, 32, 32}, {64, 3, 3, 3}, strided)) << "three channels";
    WindowAttributes grouped = padded;
    grouped.groups = 32;
    EXPECT_FALSE(pays({8, 32, 32, 32}, {32, 1, 3, 3}, grouped));
    ops::matMul(g, g.input("a", {4, 64, 32}), g.input("b", {4, 32, 64}));
    EXPECT_TRUE(paysInBfloat16(g, g.ops.back()));
    ops::gemm(g, g.input("c", {64, 512}), g.input("d", {512, 10}));
    EXPECT_FALSE(paysInBfloat16(g, g.ops.back()));
    ops::softmax(g, g.input("e", {64, 64}));
    EXPECT_FALSE(paysInBfloat16(g, g.ops.back()));
}

}  // namespace
}  // namespace lamina
