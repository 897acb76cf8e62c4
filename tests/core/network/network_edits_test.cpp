// What people do to a network, on the value alone.
#include "core/network/network_edits.h"

#include <gtest/gtest.h>

#include <chrono>

namespace lamina {
namespace {

/// input → dense → relu → softmax
struct Chain {
    Network network;
    std::string input, dense, relu, softmax;

    Chain() {
        network.id = "n";
        input = network.append("input", {});
        dense = network.append("dense", {}, input);
        relu = network.append("relu", {}, dense);
        softmax = network.append("softmax", {}, relu);
        for (auto& node : network.nodes) node.settings = nlohmann::json::object();
    }
    bool linked(const std::string& from, const std::string& to, int port = 0) const {
        return std::find(network.edges.begin(), network.edges.end(), NetworkEdge{from, to, port}) != network.edges.end();
    }
};

void expectValid(const Network& network) {
    const auto back = networkFromJson(networkToJson(network));
    ASSERT_TRUE(back) << back.error().debugText();
    EXPECT_TRUE(topologicalOrder(network));
}

bool overlap(const NetworkNode& a, const NetworkNode& b) { return std::abs(a.x - b.x) < NodeRoom::width && std::abs(a.y - b.y) < NodeRoom::height; }

void expectNoOverlap(const Network& network) {
    for (std::size_t i = 0; i < network.nodes.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            EXPECT_FALSE(overlap(network.nodes[i], network.nodes[j])) << network.nodes[i].name << " lies on " << network.nodes[j].name;
}

TEST(NetworkEdits, ALinkThatWouldCloseACircleIsRefused) {
    Chain c;
    EXPECT_FALSE(connectNodes(c.network, c.softmax, c.dense, 0));
    EXPECT_FALSE(connectNodes(c.network, c.dense, c.dense, 0));
    EXPECT_TRUE(c.linked(c.input, c.dense));
    expectValid(c.network);
}

TEST(NetworkEdits, ANewLinkTakesThePlaceOfTheOldOneAtItsPort) {
    Chain c;
    EXPECT_TRUE(connectNodes(c.network, c.input, c.relu, 0));
    EXPECT_TRUE(c.linked(c.input, c.relu));
    EXPECT_FALSE(c.linked(c.dense, c.relu));
    expectValid(c.network);
}

TEST(NetworkEdits, InsertingOnALinkJoinsBothEndsAndMakesRoom) {
    Chain c;
    const std::string id = addNode(c.network, "dropout", nlohmann::json::object(), 500, 500);
    ASSERT_TRUE(insertOnEdge(c.network, id, {c.dense, c.relu, 0}));
    EXPECT_TRUE(c.linked(c.dense, id));
    EXPECT_TRUE(c.linked(id, c.relu));
    EXPECT_FALSE(c.linked(c.dense, c.relu));
    expectValid(c.network);
    expectNoOverlap(c.network);
    EXPECT_LT(c.network.node(c.dense)->y, c.network.node(id)->y);
    EXPECT_LT(c.network.node(id)->y, c.network.node(c.relu)->y);
}

TEST(NetworkEdits, ALinkedNodeIsNotInsertedElsewhere) {
    Chain c;
    const Network before = c.network;
    EXPECT_FALSE(insertOnEdge(c.network, c.softmax, {c.dense, c.relu, 0}));
    EXPECT_EQ(c.network, before);
}

TEST(NetworkEdits, ANodeBehindAnotherTakesOverWhatThatFed) {
    Chain c;
    const std::string id = addNode(c.network, "batch_norm", nlohmann::json::object(), 0, 0);
    ASSERT_TRUE(insertAfter(c.network, id, c.dense, true));
    EXPECT_TRUE(c.linked(c.dense, id));
    EXPECT_TRUE(c.linked(id, c.relu));
    expectNoOverlap(c.network);
    expectValid(c.network);
}

TEST(NetworkEdits, RemovingRejoinsTheNeighboursOfAWholeStretch) {
    Chain c;
    removeNodes(c.network, {c.dense, c.relu}, Removal::Rejoin);
    EXPECT_EQ(c.network.nodes.size(), 2u);
    EXPECT_TRUE(c.linked(c.input, c.softmax));
    expectValid(c.network);
}

TEST(NetworkEdits, RemovingWithTheLinksLeavesTheNeighboursApart) {
    Chain c;
    removeNodes(c.network, {c.relu}, Removal::Cut);
    EXPECT_TRUE(c.network.inputsOf(c.softmax).empty());
    expectValid(c.network);
}

TEST(NetworkEdits, RejoiningAroundABranchKeepsEveryPortFedOnce) {
    Chain c;
    const std::string add = addNode(c.network, "add", nlohmann::json::object(), 0, 600);
    ASSERT_TRUE(connectNodes(c.network, c.dense, add, 0));
    ASSERT_TRUE(connectNodes(c.network, c.relu, add, 1));
    removeNodes(c.network, {c.relu}, Removal::Rejoin);
    EXPECT_TRUE(c.linked(c.dense, add, 0));
    EXPECT_TRUE(c.linked(c.dense, add, 1));
    EXPECT_TRUE(c.linked(c.dense, c.softmax));
    expectValid(c.network);
}

TEST(NetworkEdits, APastedPartHasNewIdsFreeNamesAndItsOwnLinks) {
    Chain c;
    const Network part = partOf(c.network, {c.dense, c.relu});
    EXPECT_EQ(part.edges.size(), 1u);
    const NodeIds added = pastePart(c.network, part, 300, 0);
    EXPECT_EQ(added.size(), 2u);
    EXPECT_EQ(c.network.nodes[4].name, "dense_2");
    EXPECT_EQ(c.network.nodes[4].x, 300);
    EXPECT_TRUE(c.linked(c.network.nodes[4].id, c.network.nodes[5].id));
    expectValid(c.network);
}

TEST(NetworkEdits, ThePortThatIsFreeComesFirst) {
    Chain c;
    const std::string add = addNode(c.network, "add", nlohmann::json::object(), 0, 0);
    EXPECT_EQ(freePort(c.network, add), 0);
    connectNodes(c.network, c.input, add, 0);
    connectNodes(c.network, c.dense, add, 2);
    EXPECT_EQ(freePort(c.network, add), 1);
}

/// Three chains that part and come together again, and a short cut past all of them.
Network diamond() {
    Network network;
    const std::string input = network.append("input", {});
    const std::string end = network.append("add", {});
    for (int branch = 0; branch < 3; ++branch) {
        std::string last = input;
        for (int i = 0; i <= branch; ++i) last = network.append("relu", {}, last);
        network.edges.push_back({last, end, branch});
    }
    network.edges.push_back({input, end, 3});
    return network;
}

TEST(Arrange, EveryNodeStandsBelowWhatFeedsItAndNothingOverlaps) {
    Network network = diamond();
    arrangeNodes(network);
    for (const auto& edge : network.edges) EXPECT_LT(network.node(edge.from)->y, network.node(edge.to)->y);
    expectNoOverlap(network);
}

TEST(Arrange, AChainStandsStraightAndInTheSamePlaceAgain) {
    Chain c;
    c.network.nodes[2].x = 400;
    arrangeNodes(c.network);
    for (const auto& node : c.network.nodes) EXPECT_EQ(node.x, c.network.nodes[0].x) << node.name;
    const Network once = c.network;
    arrangeNodes(c.network);
    EXPECT_EQ(c.network, once);
}

TEST(Arrange, ArrangingTwiceChangesNothing) {
    Network network = diamond();
    arrangeNodes(network);
    const Network once = network;
    arrangeNodes(network);
    EXPECT_EQ(network, once);
}

TEST(Arrange, FiveHundredNodesAreArrangedInAMoment) {
    Network network;
    std::vector<std::string> ids;
    for (int i = 0; i < 500; ++i) ids.push_back(network.append("add", {}));
    for (std::size_t i = 1; i < ids.size(); ++i) {
        network.edges.push_back({ids[i - 1 - i % 7 % i], ids[i], 0});
        if (i > 20) network.edges.push_back({ids[i - 11], ids[i], 1});
    }
    const auto start = std::chrono::steady_clock::now();
    arrangeNodes(network);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
    for (const auto& edge : network.edges) ASSERT_LT(network.node(edge.from)->y, network.node(edge.to)->y);
}

}  // namespace
}  // namespace lamina
