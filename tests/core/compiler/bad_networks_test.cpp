// Networks that cannot be: each is refused in words, at the layer where it goes wrong.
#include <gtest/gtest.h>

#include <functional>
#include <iterator>

#include "core/compiler/compiler.h"

namespace lamina {
namespace {

const nlohmann::json none = nlohmann::json::object();

struct Bad {
    const char* name;
    const char* code;
    const char* layer;
    std::function<void(Network&)> draw;
};

/// A link by names.
void link(Network& n, const std::string& from, const std::string& to, int port = 0) {
    const auto idOf = [&](const std::string& name) { return std::find_if(n.nodes.begin(), n.nodes.end(), [&](const auto& node) { return node.name == name; })->id; };
    n.edges.push_back({idOf(from), idOf(to), port});
}

const Bad bad[] = {
    {"KernelLargerThanThePicture", "layer.window_too_large", "conv2d_1",
     [](Network& n) { n.append("conv2d", {{"kernel", {9, 9}}, {"padding", "valid"}}, n.append("input", {{"shape", {1, 8, 8}}})); }},
    {"PoolingUntilNothingIsLeft", "layer.window_too_large", "max_pool2d_3",
     [](Network& n) {
         auto last = n.append("input", {{"shape", {1, 4, 4}}});
         for (int i = 0; i < 3; ++i) last = n.append("max_pool2d", {{"padding", "valid"}}, last);
     }},
    {"DenseOnAPicture", "layer.needs_flat_input", "dense_1", [](Network& n) { n.append("dense", none, n.append("input", {{"shape", {1, 8, 8}}})); }},
    {"SizesThatDoNotAddUp", "layer.add_shapes", "add_1",
     [](Network& n) {
         const auto input = n.append("input", {{"shape", {4}}});
         n.append("add", none, n.append("dense", {{"units", 3}}, input));
         link(n, "input_1", "add_1", 1);
     }},
    {"ANumberOutOfRange", "property.out_of_range", "dense_1", [](Network& n) { n.append("dense", {{"units", 0}}, n.append("input", {{"shape", {4}}})); }},
    {"MoreThanAnyMemory", "op.too_large", "upsample_6",
     [](Network& n) {
         auto last = n.append("input", {{"shape", {1, 8, 8}}});
         for (int i = 0; i < 8; ++i) last = n.append("upsample", {{"factor", {8, 8}}}, last);
     }},
    {"ACircle", "network.cycle", "relu_1",
     [](Network& n) {
         const auto input = n.append("input", {{"shape", {4}}});
         n.append("tanh", none, n.append("relu", none, input));
         link(n, "tanh_1", "relu_1", 1);
     }},
    {"ALayerThatNobodyFeeds", "network.missing_input", "relu_1",
     [](Network& n) {
         n.append("input", {{"shape", {4}}});
         n.append("relu", none);
     }},
    {"AnAdditionOfOne", "network.missing_input", "add_1", [](Network& n) { n.append("add", none, n.append("input", {{"shape", {4}}})); }},
    {"TwoLinksIntoALayerOfOneInput", "network.too_many_inputs", "relu_1",
     [](Network& n) {
         const auto input = n.append("input", {{"shape", {4}}});
         n.append("relu", none, input);
         n.append("tanh", none, input);
         link(n, "tanh_1", "relu_1", 1);
     }},
    {"AnInputThatIsFed", "network.input_is_fed", "input_2",
     [](Network& n) {
         n.append("input", {{"shape", {4}}});
         n.append("input", {{"shape", {4}}});
         link(n, "input_1", "input_2");
     }},
    {"AnInputWithoutSize", "property.out_of_range", "input_1", [](Network& n) { n.append("relu", none, n.append("input", {{"shape", {0, 3}}})); }},
    {"ALayerFromTheFuture", "network.unknown_layer", "time_travel_1", [](Network& n) { n.append("time_travel", none, n.append("input", {{"shape", {4}}})); }},
};

class BadNetwork : public testing::TestWithParam<Bad> {};

TEST_P(BadNetwork, IsRefusedAtItsLayer) {
    Network network;
    GetParam().draw(network);
    const auto report = describeNetwork(network);
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.firstProblem().code, GetParam().code) << report.firstProblem().debugText();
    EXPECT_EQ(report.firstProblem().argument("layer"), GetParam().layer) << report.firstProblem().debugText();
    EXPECT_FALSE(compileForInference(network, 1).ok());
}

INSTANTIATE_TEST_SUITE_P(All, BadNetwork, testing::ValuesIn(bad), [](const auto& tested) { return std::string(tested.param.name); });

TEST(BadNetworks, TheCircleIsToldFromWhatOnlyHangsOnIt) {
    Network network;
    const auto input = network.append("input", {{"shape", {4}}});
    const auto relu = network.append("relu", none, input);
    network.append("sigmoid", none, relu);
    network.append("tanh", none, relu);
    link(network, "tanh_1", "relu_1", 1);
    const auto order = topologicalOrder(network);
    ASSERT_FALSE(order.ok());
    EXPECT_EQ(order.error().argument("circle"), "relu_1 → tanh_1 → relu_1");
    std::swap(network.nodes[1], network.nodes[2]);  // what hangs on it stands first
    EXPECT_EQ(topologicalOrder(network).error().argument("circle"), "relu_1 → tanh_1 → relu_1");
}

}  // namespace
}  // namespace lamina
