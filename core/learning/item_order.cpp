#include "core/learning/item_order.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "core/base/parallel.h"
#include "core/tensor/random.h"

namespace lamina {
namespace {

/// Items of one piece of work; fixed, so that nothing depends on threads.
constexpr std::size_t spreadPiece = 4096;

/// Random directions keep distances nearly as they are (Johnson and Lindenstrauss).
std::vector<float> projected(std::span<const float> vectors, std::size_t items, std::size_t width, int threads) {
    std::vector<float> directions(width * mostWidth);
    const RandomStream random(1, streamOf("directions"));
    for (std::size_t i = 0; i < directions.size(); ++i) directions[i] = random.normal(i) / std::sqrt(static_cast<float>(mostWidth));
    std::vector<float> result(items * mostWidth);
    parallelFor((items + spreadPiece - 1) / spreadPiece, threads, [&](std::size_t piece) {
        for (std::size_t item = piece * spreadPiece; item < std::min(items, (piece + 1) * spreadPiece); ++item)
            for (std::size_t i = 0; i < width; ++i)
                for (std::size_t d = 0; d < mostWidth; ++d) result[item * mostWidth + d] += vectors[item * width + i] * directions[i * mostWidth + d];
    });
    return result;
}

/// In eight sums, which the compiler makes one vector of.
float squaredDistance(const float* a, const float* b, std::size_t width) {
    float sums[8] = {};
    std::size_t d = 0;
    for (; d + 8 <= width; d += 8)
        for (std::size_t k = 0; k < 8; ++k) sums[k] += (a[d + k] - b[d + k]) * (a[d + k] - b[d + k]);
    for (; d < width; ++d) sums[0] += (a[d] - b[d]) * (a[d] - b[d]);
    return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

/// The greedy search itself.
class CentreSearch {
public:
    CentreSearch(std::span<const float> vectors, std::size_t width, int threads)
        : m_vectors(vectors), m_width(width), m_items(vectors.size() / width), m_pieces((m_items + spreadPiece - 1) / spreadPiece), m_threads(threads),
          m_distances(m_items, std::numeric_limits<float>::max()), m_farthest(m_pieces) {}

    std::size_t items() const { return m_items; }
    float distance(std::size_t item) const { return m_distances[item]; }
    /// Never again the farthest.
    void leaveOut(std::size_t item) { m_distances[item] = -1; }

    void look(std::size_t centre) {
        leaveOut(centre);
        const std::vector<float> point(m_vectors.begin() + static_cast<std::ptrdiff_t>(centre * m_width),
                                       m_vectors.begin() + static_cast<std::ptrdiff_t>((centre + 1) * m_width));
        lookFrom(point);
    }
    void lookFrom(const std::vector<float>& point) {
        parallelFor(m_pieces, m_threads, [&](std::size_t piece) { lookAtPiece(piece, point.data()); });
    }
    /// -1 where none is left.
    std::ptrdiff_t farthest() const {
        std::ptrdiff_t best = -1;
        for (const std::ptrdiff_t candidate : m_farthest)
            if (candidate >= 0 && (best < 0 || m_distances[static_cast<std::size_t>(candidate)] > m_distances[static_cast<std::size_t>(best)])) best = candidate;
        return best;
    }
    void forgetDistances() {
        for (float& distance : m_distances)
            if (distance >= 0) distance = std::numeric_limits<float>::max();
    }

private:
    void lookAtPiece(std::size_t piece, const float* point) {
        std::ptrdiff_t best = -1;
        float most = -1;
        for (std::size_t item = piece * spreadPiece; item < std::min(m_items, (piece + 1) * spreadPiece); ++item) {
            float& known = m_distances[item];
            if (known < 0) continue;
            known = std::min(known, squaredDistance(m_vectors.data() + item * m_width, point, m_width));
            if (known > most) {
                most = known;
                best = static_cast<std::ptrdiff_t>(item);
            }
        }
        m_farthest[piece] = best;
    }

    std::span<const float> m_vectors;
    std::size_t m_width, m_items, m_pieces;
    int m_threads;
    std::vector<float> m_distances;  ///< squared; negative: taken or labelled
    std::vector<std::ptrdiff_t> m_farthest;
};

std::vector<float> meanOf(std::span<const float> vectors, std::size_t width) {
    std::vector<double> sums(width);
    for (std::size_t i = 0; i < vectors.size(); ++i) sums[i % width] += static_cast<double>(vectors[i]);
    std::vector<float> mean(width);
    for (std::size_t d = 0; d < width; ++d) mean[d] = static_cast<float>(sums[d] / (static_cast<double>(vectors.size()) / static_cast<double>(width)));
    return mean;
}

/// Distances from what is labelled, or, where nothing is, those from the mean, which count for the first centre alone.
void begin(CentreSearch& search, std::span<const float> vectors, std::size_t width, std::span<const std::size_t> labelled) {
    for (const std::size_t item : labelled) search.leaveOut(item);
    if (labelled.empty()) return search.lookFrom(meanOf(vectors, width));
    const std::size_t step = (labelled.size() + mostLabelled - 1) / mostLabelled;
    for (std::size_t i = 0; i < labelled.size(); i += step) search.look(labelled[i]);
}

void takeRest(const CentreSearch& search, SpreadOrder& order) {
    std::vector<std::size_t> rest;
    for (std::size_t item = 0; item < search.items(); ++item)
        if (search.distance(item) >= 0) rest.push_back(item);
    std::stable_sort(rest.begin(), rest.end(), [&](std::size_t a, std::size_t b) { return search.distance(a) > search.distance(b); });
    for (const std::size_t item : rest) {
        order.items.push_back(item);
        order.distances.push_back(std::sqrt(static_cast<double>(search.distance(item))));
    }
}

}  // namespace

std::vector<std::size_t> drawnOrder(std::size_t count, std::uint64_t seed) {
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const RandomStream random(seed, streamOf("label order"));
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const auto x = random.bits(a), y = random.bits(b);
        return x != y ? x < y : a < b;
    });
    return order;
}

double entropyOf(std::span<const float> probabilities) {
    if (probabilities.size() < 2) return 0;
    double entropy = 0;
    for (const float p : probabilities)
        if (p > 0) entropy -= static_cast<double>(p) * std::log(static_cast<double>(p));
    return std::clamp(entropy / std::log(static_cast<double>(probabilities.size())), 0.0, 1.0);
}

double marginDoubt(std::span<const float> probabilities) {
    double first = 0, second = 0;
    for (const float value : probabilities) {
        const auto p = static_cast<double>(value);
        if (p > first) second = std::exchange(first, p);
        else second = std::max(second, p);
    }
    return 1 - (first - second);
}

std::vector<std::size_t> byFallingScore(std::span<const double> scores) {
    std::vector<std::size_t> order(scores.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    return order;
}

Result<SpreadOrder> spreadOrder(std::span<const float> vectors, std::size_t width, std::span<const std::size_t> labelled, std::size_t centres, int threads,
                                const CancelToken& cancel, const ProgressFunction& progress) {
    SpreadOrder order;
    if (vectors.empty() || width == 0) return order;
    std::vector<float> narrow;
    if (width > mostWidth) {
        narrow = projected(vectors, vectors.size() / width, width, threads);
        vectors = narrow;
        width = mostWidth;
    }
    CentreSearch search(vectors, width, threads);
    begin(search, vectors, width, labelled);
    for (std::size_t taken = 0; taken < centres; ++taken) {
        if (cancel.cancelled()) return fail("job.cancelled");
        const std::ptrdiff_t next = search.farthest();
        if (next < 0) break;
        const auto centre = static_cast<std::size_t>(next);
        order.items.push_back(centre);
        order.distances.push_back(std::sqrt(static_cast<double>(search.distance(centre))));
        if (taken == 0 && labelled.empty()) search.forgetDistances();
        search.look(centre);
        if (progress) progress({"order", static_cast<std::int64_t>(taken + 1), static_cast<std::int64_t>(std::min(centres, search.items())), "items"});
    }
    takeRest(search, order);
    return order;
}

}  // namespace lamina
