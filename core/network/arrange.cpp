// Layers from top to bottom (Sugiyama's method): rank by the longest way, order within a rank by the neighbours' middle, then
// places so that chains stand straight where they can.
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "core/network/network_edits.h"

namespace lamina {
namespace {

using Index = std::size_t;
/// A point of an edge that passes a rank where it has no node: it keeps room free and lets the order be improved.
constexpr Index noNode = static_cast<Index>(-1);

struct Spot {
    Index node = noNode;
    int rank = 0;
    double x = 0;
    std::vector<Index> above, below;
};

struct Layout {
    std::vector<Spot> spots;                ///< the network's nodes first, in their order, then points of long edges
    std::vector<std::vector<Index>> ranks;  ///< spots from left to right
};

std::vector<int> longestWays(const Network& network, const std::vector<Index>& order, const std::map<std::string, Index>& indexOf) {
    std::vector<std::vector<Index>> feeds(network.nodes.size());
    for (const auto& edge : network.edges) feeds[indexOf.at(edge.from)].push_back(indexOf.at(edge.to));
    std::vector<int> rank(network.nodes.size(), 0);
    for (const Index node : order)
        for (const Index fed : feeds[node]) rank[fed] = std::max(rank[fed], rank[node] + 1);
    // A source stands just above what it feeds, not at the very top.
    for (const Index node : order) {
        const bool fed = std::any_of(network.edges.begin(), network.edges.end(), [&](const auto& edge) { return edge.to == network.nodes[node].id; });
        if (fed || feeds[node].empty()) continue;
        int lowest = rank[feeds[node].front()];
        for (const Index next : feeds[node]) lowest = std::min(lowest, rank[next]);
        rank[node] = lowest - 1;
    }
    return rank;
}

void link(Layout& layout, Index from, Index to) {
    layout.spots[from].below.push_back(to);
    layout.spots[to].above.push_back(from);
}

void addEdge(Layout& layout, Index from, Index to) {
    Index last = from;
    for (int rank = layout.spots[from].rank + 1; rank < layout.spots[to].rank; ++rank) {
        layout.spots.push_back({noNode, rank, 0, {}, {}});
        link(layout, last, layout.spots.size() - 1);
        last = layout.spots.size() - 1;
    }
    link(layout, last, to);
}

Layout makeLayout(const Network& network, const std::vector<Index>& order) {
    std::map<std::string, Index> indexOf;
    for (Index i = 0; i < network.nodes.size(); ++i) indexOf[network.nodes[i].id] = i;
    const auto rank = longestWays(network, order, indexOf);
    Layout layout;
    for (Index i = 0; i < network.nodes.size(); ++i) layout.spots.push_back({i, rank[i], 0, {}, {}});
    for (const auto& edge : network.edges) addEdge(layout, indexOf[edge.from], indexOf[edge.to]);
    int last = 0;
    for (const auto& spot : layout.spots) last = std::max(last, spot.rank);
    layout.ranks.resize(static_cast<Index>(last) + 1);
    for (const Index node : order) layout.ranks[static_cast<Index>(rank[node])].push_back(node);
    for (Index i = network.nodes.size(); i < layout.spots.size(); ++i) layout.ranks[static_cast<Index>(layout.spots[i].rank)].push_back(i);
    return layout;
}

double widthOf(const Spot& spot) { return spot.node == noNode ? 40 : NodeRoom::column; }

void setPositions(Layout& layout, std::vector<Index>& rank) {
    double x = 0;
    for (const Index i : rank) {
        layout.spots[i].x = x + widthOf(layout.spots[i]) / 2;
        x += widthOf(layout.spots[i]);
    }
}

double middleOf(const Layout& layout, const std::vector<Index>& neighbours, double otherwise) {
    if (neighbours.empty()) return otherwise;
    std::vector<double> places;
    for (const Index i : neighbours) places.push_back(layout.spots[i].x);
    std::sort(places.begin(), places.end());
    return (places[(places.size() - 1) / 2] + places[places.size() / 2]) / 2;
}

void orderRank(Layout& layout, std::vector<Index>& rank, bool byAbove) {
    std::map<Index, double> wanted;
    for (const Index i : rank) wanted[i] = middleOf(layout, byAbove ? layout.spots[i].above : layout.spots[i].below, layout.spots[i].x);
    std::stable_sort(rank.begin(), rank.end(), [&](Index a, Index b) { return wanted[a] < wanted[b]; });
    setPositions(layout, rank);
}

void reduceCrossings(Layout& layout) {
    for (auto& rank : layout.ranks) setPositions(layout, rank);
    for (int round = 0; round < 6; ++round) {
        for (Index r = 1; r < layout.ranks.size(); ++r) orderRank(layout, layout.ranks[r], true);
        for (Index r = layout.ranks.size() - 1; r-- > 0;) orderRank(layout, layout.ranks[r], false);
    }
}

/// Moves every spot towards its neighbours' middle as far as order and room in its rank allow: the mean of pushing from the left and from the right.
void straighten(Layout& layout, std::vector<Index>& rank, bool byAbove) {
    std::vector<double> wanted, fromLeft(rank.size()), fromRight(rank.size());
    for (const Index i : rank) wanted.push_back(middleOf(layout, byAbove ? layout.spots[i].above : layout.spots[i].below, layout.spots[i].x));
    const auto gap = [&](Index i) { return (widthOf(layout.spots[rank[i]]) + widthOf(layout.spots[rank[i + 1]])) / 2; };
    for (Index i = 0; i < rank.size(); ++i) fromLeft[i] = i == 0 ? wanted[0] : std::max(wanted[i], fromLeft[i - 1] + gap(i - 1));
    for (Index i = rank.size(); i-- > 0;) fromRight[i] = i + 1 == rank.size() ? wanted[i] : std::min(wanted[i], fromRight[i + 1] - gap(i));
    for (Index i = 0; i < rank.size(); ++i) layout.spots[rank[i]].x = (fromLeft[i] + fromRight[i]) / 2;
}

void placeSpots(Layout& layout) {
    for (int round = 0; round < 4; ++round) {
        for (Index r = 1; r < layout.ranks.size(); ++r) straighten(layout, layout.ranks[r], true);
        for (Index r = layout.ranks.size() - 1; r-- > 0;) straighten(layout, layout.ranks[r], false);
    }
    for (Index r = 1; r < layout.ranks.size(); ++r) straighten(layout, layout.ranks[r], true);
}

}  // namespace

void arrangeNodes(Network& network) {
    const auto order = topologicalOrder(network);
    if (!order || network.nodes.empty()) return;
    Layout layout = makeLayout(network, *order);
    reduceCrossings(layout);
    placeSpots(layout);
    double left = network.nodes.front().x, top = network.nodes.front().y, newLeft = layout.spots.front().x;
    for (Index i = 0; i < network.nodes.size(); ++i) {
        left = std::min(left, network.nodes[i].x);
        top = std::min(top, network.nodes[i].y);
        newLeft = std::min(newLeft, layout.spots[i].x);
    }
    for (Index i = 0; i < network.nodes.size(); ++i) {
        network.nodes[i].x = left + std::round(layout.spots[i].x - newLeft);
        network.nodes[i].y = top + layout.spots[i].rank * NodeRoom::row;
    }
}

}  // namespace lamina
