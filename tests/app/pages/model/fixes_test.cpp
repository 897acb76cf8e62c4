// Each fix makes its problem go, and is offered only where it does.
#include "app/pages/model/fixes.h"

#include <gtest/gtest.h>

#include "app/messages/messages.h"
#include "app/pages/model/model_check.h"
#include "core/network/network_edits.h"

namespace lamina {
namespace {

const NetworkNeeds pictures{"data", "classification", "softmax", {1, 28, 28}, 10, "cnn"};

Network good() { return *networkFor("cnn", &pictures); }

const NetworkNode& named(const Network& network, const std::string& name) {
    for (const auto& node : network.nodes)
        if (node.name == name) return node;
    throw std::out_of_range(name);
}

NetworkNode& edit(Network& network, const std::string& name) { return const_cast<NetworkNode&>(named(network, name)); }

/// The problem with this code, mended with its first fix.
Network mend(const Network& network, const std::string& code, const std::string& label, const NetworkNeeds* needs = &pictures) {
    for (const auto& problem : problemsOf(network, describeNetwork(network), needs)) {
        if (problem.code != code) continue;
        const auto fixes = fixesFor(problem, network, needs);
        if (fixes.empty()) break;
        EXPECT_EQ(fixes.front().label.code, label);
        EXPECT_TRUE(hasText(fixes.front().label.code)) << fixes.front().label.code;
        EXPECT_TRUE(hasText(fixes.front().edit.code)) << fixes.front().edit.code;
        EXPECT_TRUE(networkFromJson(networkToJson(fixes.front().network)));
        return fixes.front().network;
    }
    ADD_FAILURE() << "no fix for " << code;
    return network;
}

std::size_t problemCount(const Network& network, const NetworkNeeds* needs = &pictures) {
    return problemsOf(network, describeNetwork(network), needs).size();
}

TEST(Fixes, AGoodNetworkHasNoProblem) { EXPECT_EQ(problemCount(good()), 0u); }

TEST(Fixes, FlattenIsInsertedBeforeDense) {
    Network network = good();
    removeNodes(network, {named(network, "flatten_1").id}, Removal::Rejoin);
    const Network mended = mend(network, "layer.needs_flat_input", "fix.insert_flatten");
    EXPECT_EQ(problemCount(mended), 0u);
    EXPECT_EQ(mended.nodes.size(), good().nodes.size());
}

TEST(Fixes, TheLastDenseLayerGetsAsManyUnitsAsThereAreClasses) {
    Network network = good();
    edit(network, "dense_2").settings["units"] = 7;
    const Network mended = mend(network, "training.output_shape", "fix.set_units");
    EXPECT_EQ(named(mended, "dense_2").settings["units"], 10);
    EXPECT_EQ(named(mended, "dense_1").settings["units"], 128);
    EXPECT_EQ(problemCount(mended), 0u);
}

TEST(Fixes, WithoutAnyDenseLayerOneIsAdded) {
    Network network;
    const std::string input = network.append("input", {{"shape", {1, 28, 28}}});
    network.append("flatten", nlohmann::json::object(), input);
    EXPECT_EQ(problemCount(mend(network, "training.output_shape", "fix.add_dense")), 0u);
}

TEST(Fixes, TheInputTakesTheShapeOfTheData) {
    Network network = good();
    edit(network, "input_1").settings["shape"] = {3, 32, 32};
    EXPECT_EQ(problemCount(mend(network, "training.input_shape", "fix.set_input_shape")), 0u);
}

TEST(Fixes, ALooseInputIsLinkedToTheEndAboveIt) {
    Network network = good();
    std::erase_if(network.edges, [&](const auto& edge) { return edge.to == named(network, "dense_1").id; });
    const Network mended = mend(network, "network.missing_input", "fix.connect");
    EXPECT_EQ(mended.inputsOf(named(mended, "dense_1").id), std::vector<std::string>{named(mended, "flatten_1").id});
    EXPECT_EQ(problemCount(mended), 0u);
}

TEST(Fixes, WhatLeadsNowhereIsRemoved) {
    Network network = good();
    const std::string relu = network.append("relu", nlohmann::json::object(), named(network, "conv2d_1").id);
    network.append("tanh", nlohmann::json::object(), relu);
    const Network mended = mend(network, "network.several_outputs", "fix.remove_unused");
    EXPECT_EQ(problemCount(mended), 0u);
    EXPECT_EQ(mended.nodes.size(), good().nodes.size());
}

TEST(Fixes, ANodeOnItsOwnCanBeRemovedToo) {
    Network network = good();
    network.append("dropout", nlohmann::json::object());
    const auto problem = problemsOf(network, describeNetwork(network), &pictures).front();
    ASSERT_EQ(problem.code, "network.missing_input");
    const auto fixes = fixesFor(problem, network, &pictures);
    ASSERT_EQ(fixes.size(), 2u);
    EXPECT_EQ(fixes[1].label.code, "fix.remove_unreachable");
    EXPECT_EQ(problemCount(fixes[1].network), 0u);
}

TEST(Fixes, AnInputLayerIsAddedWithTheShapeOfTheData) {
    EXPECT_EQ(named(mend(Network{}, "network.empty", "fix.add_input"), "input_1").settings["shape"], (nlohmann::json{1, 28, 28}));
}

TEST(Fixes, AWindowThatIsTooLargeIsPadded) {
    Network network;
    const std::string input = network.append("input", {{"shape", {1, 4, 4}}});
    network.append("conv2d", {{"filters", 2}, {"kernel", {7, 7}}, {"padding", "valid"}}, input);
    EXPECT_EQ(problemCount(mend(network, "layer.window_too_large", "fix.set_padding", nullptr), nullptr), 0u);
}

TEST(Fixes, ExtraLinksIntoALayerAreRemoved) {
    Network network = good();
    network.edges.push_back({named(network, "relu_1").id, named(network, "dense_1").id, 1});
    EXPECT_EQ(problemCount(mend(network, "network.too_many_inputs", "fix.remove_links")), 0u);
}

TEST(Fixes, NothingIsOfferedThatWouldNotHelp) {
    Network network;
    const std::string input = network.append("input", {{"shape", {5}}});
    network.append("conv2d", nlohmann::json::object(), input);
    const auto problems = problemsOf(network, describeNetwork(network), nullptr);
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_TRUE(fixesFor(problems[0], network, nullptr).empty());
}

TEST(ModelCheck, SaysShapesAndCostOfEveryNode) {
    const Network network = good();
    const ModelCheck check = checkModel(network, pictures);
    EXPECT_TRUE(check.ok());
    EXPECT_EQ(check.nodes.size(), network.nodes.size());
    EXPECT_EQ(check.nodes.at(named(network, "conv2d_1").id).shape, (Shape{32, 28, 28}));
    EXPECT_EQ(check.nodes.at(named(network, "conv2d_1").id).parameters, 32 * 9 + 32);
    EXPECT_EQ(check.layers, network.nodes.size());
}

TEST(ModelCheck, NamesTheNodeOfAProblem) {
    Network network = good();
    edit(network, "dense_2").settings["units"] = 7;
    const ModelCheck check = checkModel(network, pictures);
    ASSERT_EQ(check.problems.size(), 1u);
    EXPECT_EQ(check.problems[0].node, named(network, "softmax_1").id);
    EXPECT_EQ(check.problems[0].fixes.size(), 1u + 1u) << "set the units, or add a layer";
}

TEST(NetworkFor, WithoutDataATemplateStillHoldsTogether) {
    for (const char* id : {"cnn", "mlp", "table", "linear"}) {
        const auto network = networkFor(id, nullptr);
        ASSERT_TRUE(network) << id;
        EXPECT_EQ(problemCount(*network, nullptr), 0u) << id;
    }
}

}  // namespace
}  // namespace lamina
