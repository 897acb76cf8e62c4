#include "core/data/cleaning/steps/isolation_forest.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/data/cleaning/steps/number_tools.h"

namespace lamina {

/// Chance that is the same on every machine.
class ForestDice {
public:
    explicit ForestDice(std::uint64_t seed) : m_seed(seed) {}
    std::uint64_t next() { return mixedHash(m_seed, m_count++); }
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
    double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }

private:
    std::uint64_t m_seed, m_count = 0;
};

namespace {

/// The average depth of a search that finds nothing in a binary tree of n points.
double searchDepth(std::size_t n) {
    if (n <= 1) return 0;
    if (n == 2) return 1;
    const auto count = static_cast<double>(n);
    return 2 * (std::log(count - 1) + 0.5772156649015329) - 2 * (count - 1) / count;
}

/// The first `count` of `all` become a random selection.
template <class Item>
void drawFirst(std::vector<Item>& all, std::size_t count, ForestDice& dice) {
    for (std::size_t i = 0; i < count; ++i) std::swap(all[i], all[i + dice.below(all.size() - i)]);
    all.resize(count);
}

}  // namespace

PointSet drawPoints(const PointSet& points, const std::vector<std::int64_t>& rows, std::size_t most, std::uint64_t seed) {
    ForestDice dice(mixedHash(seed, 77));
    auto drawn = rows;
    drawFirst(drawn, std::min(drawn.size(), most), dice);
    PointSet pool{points.dimensions, {}};
    for (const std::int64_t row : drawn) {
        const auto point = points.point(row);
        pool.values.insert(pool.values.end(), point.begin(), point.end());
    }
    return pool;
}

struct IsolationForest::Growing {
    const PointSet& pool;
    ForestDice dice;
    std::vector<std::size_t> points;
    int deepest;

    /// A dimension in which these points differ, and its smallest and largest number; false where all are alike.
    bool choose(std::size_t begin, std::size_t end, std::size_t& dimension, double& low, double& high) {
        std::vector<std::size_t> order(pool.dimensions);
        std::iota(order.begin(), order.end(), std::size_t{0});
        for (std::size_t i = 0; i < order.size(); ++i) {
            std::swap(order[i], order[i + dice.below(order.size() - i)]);
            dimension = order[i];
            low = high = number(begin, dimension);
            for (std::size_t k = begin + 1; k < end; ++k) {
                low = std::min(low, number(k, dimension));
                high = std::max(high, number(k, dimension));
            }
            if (low < high) return true;
        }
        return false;
    }
    double number(std::size_t k, std::size_t dimension) const { return pool.values[points[k] * pool.dimensions + dimension]; }
};

IsolationForest::IsolationForest(const PointSet& pool, std::uint64_t seed) {
    const std::size_t sample = std::min(pool.size(), treeSize);
    m_usualDepth = std::max(searchDepth(sample), 1e-9);
    for (std::size_t tree = 0; tree < treeCount && sample > 0; ++tree) {
        Growing growing{pool, ForestDice(mixedHash(seed, tree)), std::vector<std::size_t>(pool.size()), static_cast<int>(std::ceil(std::log2(std::max<double>(2, sample))))};
        std::iota(growing.points.begin(), growing.points.end(), std::size_t{0});
        drawFirst(growing.points, sample, growing.dice);
        m_roots.push_back(m_nodes.size());
        m_nodes.emplace_back();
        grow(growing, m_roots.back(), 0, sample, 0);
    }
}

void IsolationForest::grow(Growing& growing, std::size_t node, std::size_t begin, std::size_t end, int depth) {
    std::size_t dimension = 0;
    double low = 0, high = 0;
    if (end - begin <= 1 || depth >= growing.deepest || !growing.choose(begin, end, dimension, low, high)) {
        m_nodes[node].depth = depth + searchDepth(end - begin);
        return;
    }
    const double threshold = std::max(std::nextafter(low, high), low + growing.dice.unit() * (high - low));
    const auto first = growing.points.begin();
    const auto middle = std::partition(first + static_cast<std::ptrdiff_t>(begin), first + static_cast<std::ptrdiff_t>(end),
                                       [&](std::size_t point) { return growing.pool.values[point * growing.pool.dimensions + dimension] < threshold; });
    const auto split = static_cast<std::size_t>(middle - first);
    const std::size_t left = m_nodes.size();
    m_nodes.resize(left + 2);
    m_nodes[node].left = static_cast<std::int32_t>(left);
    m_nodes[node].threshold = threshold;
    m_nodes[node].dimension = static_cast<std::uint32_t>(dimension);
    grow(growing, left, begin, split, depth + 1);
    grow(growing, left + 1, split, end, depth + 1);
}

void IsolationForest::score(const PointSet& points, std::int64_t first, std::span<double> scores) const {
    std::fill(scores.begin(), scores.end(), 0.0);
    for (const std::size_t root : m_roots)  // a tree fits into the cache
        for (std::size_t i = 0; i < scores.size(); ++i) {
            const auto point = points.point(first + static_cast<std::int64_t>(i));
            const Node* node = &m_nodes[root];
            while (node->left >= 0) node = &m_nodes[static_cast<std::size_t>(node->left) + (point[node->dimension] < node->threshold ? 0 : 1)];
            scores[i] += node->depth;
        }
    for (double& score : scores) score = m_roots.empty() ? 0.5 : std::pow(2.0, -score / static_cast<double>(m_roots.size()) / m_usualDepth);
}

}  // namespace lamina
