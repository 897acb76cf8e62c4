#include "core/compiler/compiler.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/network/network_template.h"

namespace lamina {
namespace {

TrainingObjective crossEntropy() { return {findLoss("cross_entropy"), findLoss("cross_entropy")->defaults}; }

Network lenet() { return networkFromTemplate(*findTemplate("cnn"), {{1, 28, 28}, 10, "softmax"}); }

TEST(Compiler, TellsShapesAndParametersOfEveryNode) {
    const auto report = describeNetwork(lenet());
    ASSERT_TRUE(report.ok()) << report.firstProblem().debugText();
    ASSERT_EQ(report.nodes.size(), 13u);
    EXPECT_EQ(report.nodes[1].shape, (Shape{32, 28, 28}));
    EXPECT_EQ(report.nodes[1].parameters, 32 * 9 + 32);
    EXPECT_EQ(report.nodes[6].shape, (Shape{64, 7, 7}));
    EXPECT_EQ(report.nodes[7].shape, (Shape{3136}));
    EXPECT_EQ(report.nodes[8].parameters, 3136 * 128 + 128);
    EXPECT_EQ(report.parameters, 320 + 64 * 32 * 9 + 64 + 3136 * 128 + 128 + 1290);
    EXPECT_GE(report.nodes[4].flops, 2.0 * 14 * 14 * 64 * 288);
}

TEST(Compiler, CollectsEveryProblemWithItsLayer) {
    Network network;
    const auto input = network.append("input", {{"shape", {3, 2, 2}}});
    const auto dense = network.append("dense", {{"units", 4}}, input);  // not flat
    network.append("relu", nlohmann::json::object(), dense);
    network.append("no_such_layer", nlohmann::json::object(), input);
    const auto report = describeNetwork(network);
    EXPECT_FALSE(report.ok());
    ASSERT_EQ(report.nodes.size(), 4u);
    ASSERT_EQ(report.nodes[1].problems.size(), 1u);
    EXPECT_EQ(report.nodes[1].problems[0].argument("layer"), "dense_1");
    EXPECT_TRUE(report.nodes[2].problems.empty());
    ASSERT_EQ(report.nodes[3].problems.size(), 1u);
    EXPECT_EQ(report.nodes[3].problems[0].code, "network.unknown_layer");
}

TEST(Compiler, SaysWhatIsWrongWithTheWholeNetwork) {
    EXPECT_EQ(describeNetwork(Network{}).firstProblem().code, "network.empty");
    Network two;
    const auto input = two.append("input", {{"shape", {4}}});
    two.append("relu", nlohmann::json::object(), input);
    two.append("tanh", nlohmann::json::object(), input);
    EXPECT_EQ(describeNetwork(two).firstProblem().code, "network.several_outputs");
    Network unfed;
    unfed.append("relu", nlohmann::json::object());
    EXPECT_EQ(describeNetwork(unfed).firstProblem().code, "network.missing_input");
    Network impossible;
    impossible.append("input", {{"shape", {0}}});
    EXPECT_FALSE(describeNetwork(impossible).ok());
}

TEST(Compiler, LossWithoutSoftmaxIsRefusedWithAHint) {
    Network network;
    network.append("dense", {{"units", 3}}, network.append("input", {{"shape", {4}}}));
    const auto objective = crossEntropy();
    const auto compiled = compileForTraining(network, 2, objective, *findOptimizer("adam"), findOptimizer("adam")->defaults);
    ASSERT_FALSE(compiled.ok());
    EXPECT_EQ(compiled.error().code, "loss.needs_softmax");
}

TEST(Compiler, NothingToTrainIsSaid) {
    Network network;
    network.append("softmax", nlohmann::json::object(), network.append("input", {{"shape", {4}}}));
    const auto compiled = compileForTraining(network, 2, crossEntropy(), *findOptimizer("adam"), findOptimizer("adam")->defaults);
    ASSERT_FALSE(compiled.ok());
    EXPECT_EQ(compiled.error().code, "network.nothing_to_train");
}

TEST(Compiler, FrozenNodesGetNoUpdate) {
    Network network = lenet();
    const auto updates = [](const Graph& graph) {
        int count = 0;
        for (const auto& op : graph.ops) count += op.kind == OpKind::OptimizerUpdate;
        return count;
    };
    const auto all = compileForTraining(network, 2, crossEntropy(), *findOptimizer("adam"), findOptimizer("adam")->defaults);
    ASSERT_TRUE(all.ok());
    EXPECT_EQ(updates(all->graph), 8);
    network.nodes[1].frozen = true;
    const auto some = compileForTraining(network, 2, crossEntropy(), *findOptimizer("adam"), findOptimizer("adam")->defaults);
    ASSERT_TRUE(some.ok());
    EXPECT_EQ(updates(some->graph), 6);
}

/// The compiled step lowers the loss on the batch it sees, on every device.
void lowersTheLoss(Device& device) {
    const Network network = lenet();
    const auto objective = crossEntropy();
    auto compiled = compileForTraining(network, 4, objective, *findOptimizer("adam"), findOptimizer("adam")->defaults);
    ASSERT_TRUE(compiled.ok()) << compiled.error().debugText();
    ParameterStore store(device);
    auto program = Program::create(compiled->graph, device, store, compiled->kept(), 7);
    ASSERT_TRUE(program.ok()) << program.error().debugText();
    std::vector<double> pictures(4 * 28 * 28);
    for (std::size_t i = 0; i < pictures.size(); ++i) pictures[i] = 0.3 * std::sin(0.37 * static_cast<double>(i));
    (*program)->write(compiled->input, pictures);
    (*program)->write(compiled->target, std::vector<double>{1, 5, 7, 9});
    double first = 0, last = 0;
    for (std::uint64_t step = 0; step < 12; ++step) {
        (*program)->run({1, step, 0.003});
        last = (*program)->read(compiled->loss)[0];
        if (step == 0) first = last;
    }
    EXPECT_NEAR(first, std::log(10.0), 1.0);
    EXPECT_LT(last, 0.6 * first);
}

TEST(Compiler, TrainingStepLowersTheLossOnTheReferenceDevice) { lowersTheLoss(*makeReferenceDevice(DType::Float32)); }
TEST(Compiler, TrainingStepLowersTheLossOnTheCpu) { lowersTheLoss(*makeCpuDevice()); }

}  // namespace
}  // namespace lamina
