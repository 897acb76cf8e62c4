#include "core/network/network.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/network/network_template.h"

namespace lamina {
namespace {

Network chain() {
    Network network;
    network.name = "chain";
    const auto input = network.append("input", {{"shape", {4}}});
    const auto dense = network.append("dense", {{"units", 3}}, input);
    network.append("softmax", nlohmann::json::object(), dense);
    return network;
}

TEST(Network, NewNodesGetFreeNames) {
    Network network = chain();
    network.append("dense", {});
    EXPECT_EQ(network.nodes.back().name, "dense_2");
}

TEST(Network, SurvivesTheRoundTripThroughJson) {
    const Network network = chain();
    const auto read = networkFromJson(networkToJson(network));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(*read, network);
}

TEST(Network, RunsEveryNodeAfterWhatFeedsIt) {
    Network network = chain();
    std::swap(network.nodes[0], network.nodes[2]);
    const auto order = topologicalOrder(network);
    ASSERT_TRUE(order.ok());
    EXPECT_EQ(*order, (std::vector<std::size_t>{2, 1, 0}));
}

TEST(Network, NamesANodeOfACircle) {
    Network network = chain();
    network.edges.push_back({network.nodes[2].id, network.nodes[1].id, 1});
    const auto order = topologicalOrder(network);
    ASSERT_FALSE(order.ok());
    EXPECT_EQ(order.error().code, "network.cycle");
    EXPECT_EQ(order.error().argument("node"), "dense_1");
}

TEST(Network, RefusesTwoNodesOfOneName) {
    Network network = chain();
    network.nodes[1].name = network.nodes[0].name;
    const auto read = networkFromJson(networkToJson(network));
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code, "network.name_taken");
}

TEST(Network, RefusesLinksToNowhereAndDoubleLinks) {
    Network lost = chain();
    lost.edges.push_back({"nobody", lost.nodes[1].id, 1});
    EXPECT_EQ(networkFromJson(networkToJson(lost)).error().code, "network.edge_without_node");
    Network twice = chain();
    twice.edges.push_back({twice.nodes[0].id, twice.nodes[2].id, 0});
    EXPECT_EQ(networkFromJson(networkToJson(twice)).error().code, "network.port_taken");
}

TEST(Network, RefusesJsonOfTheWrongForm) {
    EXPECT_EQ(networkFromJson(nlohmann::json::array()).error().code, "network.not_a_network");
    EXPECT_EQ(networkFromJson({{"format", "lamina-network"}, {"version", 99}}).error().code, "network.newer_version");
    EXPECT_EQ(networkFromJson({{"format", "lamina-network"}, {"version", 1}, {"nodes", 7}}).error().code, "network.bad_json");
}

TEST(NetworkTemplate, FillsItsBlanks) {
    const auto* mlp = findTemplate("mlp");
    ASSERT_NE(mlp, nullptr);
    const Network images = networkFromTemplate(*mlp, {{1, 28, 28}, 10, "softmax"});
    ASSERT_EQ(images.nodes.size(), 6u);
    EXPECT_EQ(images.nodes[1].type, "flatten");
    EXPECT_EQ(images.nodes[4].settings.at("units"), 10);
    EXPECT_EQ(images.nodes[5].type, "softmax");
    const Network table = networkFromTemplate(*mlp, {{7}, 1, ""});
    ASSERT_EQ(table.nodes.size(), 4u);
    EXPECT_EQ(table.nodes[0].settings.at("shape"), nlohmann::json({7}));
    EXPECT_EQ(table.nodes[3].type, "dense");
}

TEST(NetworkTemplate, EveryTemplateLeadsFromOneInputToOneOutput) {
    EXPECT_GE(templateCatalogue().size(), 4u);
    for (const auto& entry : templateCatalogue()) {
        const Network network = networkFromTemplate(entry, {{1, 28, 28}, 10, "softmax"});
        EXPECT_TRUE(topologicalOrder(network).ok()) << entry.id;
        std::size_t inputs = 0, outputs = 0;
        for (const auto& node : network.nodes) {
            const auto& edges = network.edges;
            inputs += network.inputsOf(node.id).empty() ? 1 : 0;
            outputs += std::none_of(edges.begin(), edges.end(), [&](const auto& edge) { return edge.from == node.id; }) ? 1 : 0;
        }
        EXPECT_EQ(inputs, 1u) << entry.id;
        EXPECT_EQ(outputs, 1u) << entry.id;
    }
}

TEST(NetworkTemplate, ShortcutsOfAResNetMeetInAdditions) {
    const Network network = networkFromTemplate(*findTemplate("resnet"), {{3, 32, 32}, 10, "softmax"});
    std::size_t additions = 0;
    for (const auto& node : network.nodes) {
        if (node.type != "add") continue;
        ++additions;
        EXPECT_EQ(network.inputsOf(node.id).size(), 2u);
    }
    EXPECT_EQ(additions, 3u);
}

TEST(NetworkTemplate, RowsBecomeSeriesAndSeriesStay) {
    const auto* series = findTemplate("series");
    ASSERT_NE(series, nullptr);
    EXPECT_EQ(networkFromTemplate(*series, {{40}, 3, "softmax"}).nodes[1].type, "reshape");
    EXPECT_EQ(networkFromTemplate(*series, {{6, 40}, 3, "softmax"}).nodes[1].type, "conv1d");
}

}  // namespace
}  // namespace lamina
