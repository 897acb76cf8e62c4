// Isolation forest (Liu, Ting and Zhou 2008): random trees split points until each is alone; what is alone after few splits is unusual.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace lamina {

/// Points of so many numbers each, one after the other.
struct PointSet {
    std::size_t dimensions = 0;
    std::vector<double> values;
    std::size_t size() const { return dimensions == 0 ? 0 : values.size() / dimensions; }
    std::span<const double> point(std::int64_t i) const { return std::span(values).subspan(static_cast<std::size_t>(i) * dimensions, dimensions); }
};

/// At most so many of these rows, by chance.
PointSet drawPoints(const PointSet& points, const std::vector<std::int64_t>& rows, std::size_t most, std::uint64_t seed);

class IsolationForest {
public:
    static constexpr std::size_t poolSize = 1024, treeCount = 100, treeSize = 256;

    /// Grown from the pool, each tree from treeSize points of it: the same pool and seed give the same forest.
    IsolationForest(const PointSet& pool, std::uint64_t seed);
    /// Of the points first … first + scores.size() - 1; 0 … 1: near 0.5 and below is usual, towards 1 unusual.
    void score(const PointSet& points, std::int64_t first, std::span<double> scores) const;

private:
    struct Node {
        double threshold = 0;   ///< inner node: below it to the left
        double depth = 0;       ///< leaf: how deep points here would lie on average
        std::int32_t left = -1; ///< -1: a leaf; the right child stands behind the left one
        std::uint32_t dimension = 0;
    };
    struct Growing;
    void grow(Growing& growing, std::size_t node, std::size_t begin, std::size_t end, int depth);

    std::vector<Node> m_nodes;
    std::vector<std::size_t> m_roots;
    double m_usualDepth = 1;
};

}  // namespace lamina
