#include "core/data/picture_likeness.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "core/base/parallel.h"
#include "core/data/picture_tone.h"
#include "core/tensor/random.h"

namespace lamina {

namespace {

constexpr std::int64_t gridSide = 16;
constexpr std::size_t gridFields = gridSide * gridSide;
constexpr std::size_t coefficients = 8;
constexpr std::int64_t comparedPairs = 20000;
constexpr double thresholdShare = 0.1, largestThreshold = 5;
constexpr double unitsOfLevel = 256;

struct PixelPlanes {
    const std::uint8_t* pixels;
    std::int64_t channels, height, width;

    double brightness(std::int64_t at) const {
        if (channels != 3) return pixels[at];
        const std::int64_t plane = height * width;
        return (299 * pixels[at] + 587 * pixels[plane + at] + 114 * pixels[2 * plane + at]) / 1000.0;
    }
    /// Mean brightness of field (i, j) of a grid laid over the picture.
    double field(std::int64_t i, std::int64_t j, std::int64_t rows, std::int64_t columns) const {
        const std::int64_t top = i * height / rows, bottom = std::max(top + 1, (i + 1) * height / rows);
        const std::int64_t left = j * width / columns, right = std::max(left + 1, (j + 1) * width / columns);
        double sum = 0;
        for (std::int64_t y = top; y < bottom; ++y)
            for (std::int64_t x = left; x < right; ++x) sum += brightness(y * width + x);
        return sum / static_cast<double>((bottom - top) * (right - left));
    }
};

/// The first coefficients of an orthonormal cosine transform of the grid: most of what tells two pictures apart, in a few numbers.
class GridWaves {
public:
    GridWaves() {
        constexpr std::array<std::pair<int, int>, coefficients> orders{{{0, 0}, {0, 1}, {1, 0}, {1, 1}, {0, 2}, {2, 0}, {1, 2}, {2, 1}}};
        for (std::size_t c = 0; c < coefficients; ++c)
            for (std::int64_t i = 0; i < gridSide; ++i)
                for (std::int64_t j = 0; j < gridSide; ++j)
                    m_waves[c][static_cast<std::size_t>(i * gridSide + j)] = wave(orders[c].first, i) * wave(orders[c].second, j);
    }
    std::array<float, coefficients> of(const PictureSignature& picture) const {
        std::array<float, coefficients> found{};
        for (std::size_t c = 0; c < coefficients; ++c) {
            double sum = 0;
            for (std::size_t f = 0; f < gridFields; ++f) sum += m_waves[c][f] * picture.grey[f];
            found[c] = static_cast<float>(sum);
        }
        return found;
    }

private:
    static double wave(int order, std::int64_t place) {
        return std::sqrt((order == 0 ? 1.0 : 2.0) / gridSide) *
               std::cos(3.14159265358979323846 * (static_cast<double>(place) + 0.5) * order / gridSide);
    }
    std::array<std::array<double, gridFields>, coefficients> m_waves{};
};

std::int64_t squaredDistance(const PictureSignature& a, const PictureSignature& b) {
    std::int64_t sum = 0;
    for (std::size_t f = 0; f < gridFields; ++f) {
        const std::int64_t difference = static_cast<std::int64_t>(a.grey[f]) - b.grey[f];
        sum += difference * difference;
    }
    return sum;
}

/// squaredDistance() ≤ limit, as soon as that is known.
bool areNear(const PictureSignature& a, const PictureSignature& b, std::int64_t limit) {
    std::int64_t sum = 0;
    for (std::size_t first = 0; first < gridFields && sum <= limit; first += gridSide)
        for (std::size_t f = first; f < first + gridSide; ++f) {
            const std::int32_t difference = static_cast<std::int32_t>(a.grey[f]) - b.grey[f];
            sum += static_cast<std::int64_t>(difference) * difference;
        }
    return sum <= limit;
}

/// Between the pictures: all, or a sample of them; ascending.
std::vector<double> someDistances(std::span<const PictureSignature> pictures, const std::vector<std::int64_t>& readable) {
    const auto n = static_cast<std::int64_t>(readable.size());
    const auto& distance = [&](std::int64_t a, std::int64_t b) {
        return pictureDistance(pictures[static_cast<std::size_t>(readable[static_cast<std::size_t>(a)])],
                               pictures[static_cast<std::size_t>(readable[static_cast<std::size_t>(b)])]);
    };
    std::vector<double> distances;
    if (n * (n - 1) / 2 <= comparedPairs) {
        for (std::int64_t a = 1; a < n; ++a)
            for (std::int64_t b = 0; b < a; ++b) distances.push_back(distance(a, b));
    } else {
        const RandomStream random(1, streamOf("alike_pictures"));
        for (std::int64_t i = 0; i < comparedPairs; ++i) {
            const auto a = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(2 * i), static_cast<std::uint64_t>(n)));
            const auto step = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(2 * i + 1), static_cast<std::uint64_t>(n - 1)));
            distances.push_back(distance(a, (a + 1 + step) % n));
        }
    }
    std::sort(distances.begin(), distances.end());
    return distances;
}

double medianOf(const std::vector<double>& sorted) { return sorted.empty() ? 0 : sorted[sorted.size() / 2]; }

std::vector<std::int64_t> readableOnes(std::span<const PictureSignature> pictures) {
    std::vector<std::int64_t> readable;
    for (std::size_t i = 0; i < pictures.size(); ++i)
        if (pictures[i].readable) readable.push_back(static_cast<std::int64_t>(i));
    return readable;
}

/// Sets of numbers that are joined; the smallest number leads each.
class JoinedSets {
public:
    explicit JoinedSets(std::size_t count) : m_parents(count) { std::iota(m_parents.begin(), m_parents.end(), 0); }
    std::uint32_t leader(std::uint32_t i) const {
        while (m_parents[i] != i) i = m_parents[i];
        return i;
    }
    /// False where they were together already.
    bool join(std::uint32_t a, std::uint32_t b) {
        a = shortened(a);
        b = shortened(b);
        if (a == b) return false;
        m_parents[std::max(a, b)] = std::min(a, b);
        return true;
    }

private:
    std::uint32_t shortened(std::uint32_t i) {
        while (m_parents[i] != i) i = m_parents[i] = m_parents[m_parents[i]];
        return i;
    }
    std::vector<std::uint32_t> m_parents;
};

/// Signatures without tone and how near two of them must be.
struct Toneless {
    std::vector<PictureSignature> pictures;
    double threshold = 0;
};

/// Compares each picture with those in the neighbouring cells of a grid over the three coefficients that spread them best.
class LikenessSearch {
public:
    /// `besides`: those that have a tone must be near without it, too; may be null.
    LikenessSearch(std::span<const PictureSignature> pictures, const std::vector<std::int64_t>& readable, double threshold, const Toneless* besides = nullptr)
        : m_pictures(pictures), m_besides(besides), m_order(readable), m_reach(reachOf(threshold)), m_sets(readable.size()) {
        const GridWaves grid;
        for (const std::int64_t picture : readable) m_waves.push_back(grid.of(pictures[static_cast<std::size_t>(picture)]));
        const auto widest = widestFirst(m_waves);
        for (auto& waves : m_waves) {
            const auto unsorted = waves;
            for (std::size_t c = 0; c < coefficients; ++c) waves[c] = unsorted[widest[c]];
        }
        sortByCell();
    }

    Result<void> run(int threads, const CancelToken& cancel) {
        const std::size_t block = std::max<std::size_t>(256, m_order.size() / 256), blocks = (m_order.size() + block - 1) / block;
        constexpr std::size_t together = 16;
        for (std::size_t first = 0; first < blocks; first += together) {
            const std::size_t count = std::min(together, blocks - first);
            std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> joins(count);
            parallelFor(count, threads, [&](std::size_t i) {
                if (!cancel.cancelled()) searchBlock((first + i) * block, std::min(m_order.size(), (first + i + 1) * block), joins[i], cancel);
            });
            if (cancel.cancelled()) return fail("job.cancelled");
            for (const auto& list : joins)
                for (const auto& [a, b] : list) m_sets.join(a, b);
        }
        return {};
    }

    /// What was found, among all pictures.
    void joinInto(JoinedSets& sets) const {
        for (std::uint32_t i = 0; i < m_order.size(); ++i)
            sets.join(static_cast<std::uint32_t>(m_order[i]), static_cast<std::uint32_t>(m_order[m_sets.leader(i)]));
    }

private:
    /// One cell after the other, so that a cell's pictures are read one behind the other.
    void sortByCell() {
        std::vector<std::pair<std::uint64_t, std::uint32_t>> places;
        for (std::size_t i = 0; i < m_waves.size(); ++i) places.emplace_back(keyOf(cellOf(m_waves[i])), static_cast<std::uint32_t>(i));
        std::sort(places.begin(), places.end());
        const auto order = m_order;
        const auto waves = m_waves;
        for (std::uint32_t i = 0; i < places.size(); ++i) {
            m_order[i] = order[places[i].second];
            m_waves[i] = waves[places[i].second];
            m_cells.try_emplace(places[i].first, i, i).first->second.second = i + 1;
        }
    }

    /// The coefficients, those in which the pictures differ most first.
    static std::array<std::size_t, coefficients> widestFirst(const std::vector<std::array<float, coefficients>>& waves) {
        std::array<double, coefficients> spread{};
        std::array<std::size_t, coefficients> order{};
        for (std::size_t c = 0; c < coefficients; ++c) {
            double sum = 0, squares = 0;
            for (const auto& one : waves) {
                sum += one[c];
                squares += static_cast<double>(one[c]) * one[c];
            }
            spread[c] = squares - sum * sum / std::max<double>(1, static_cast<double>(waves.size()));
            order[c] = c;
        }
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return spread[a] > spread[b]; });
        return order;
    }

    void searchBlock(std::size_t begin, std::size_t end, std::vector<std::pair<std::uint32_t, std::uint32_t>>& joins,
                     const CancelToken& cancel) const {
        JoinedSets known = m_sets;
        const auto limit = static_cast<std::int64_t>(m_reach * m_reach);
        const auto squaredReach = static_cast<float>(cellSide() * cellSide());
        for (std::size_t i = begin; i < end && !cancel.cancelled(); ++i) {
            const auto a = static_cast<std::uint32_t>(i);
            eachNeighbour(a, [&](std::uint32_t b) {
                if (areFarApart(m_waves[a], m_waves[b], squaredReach)) return;
                if (known.leader(a) == known.leader(b) || !areNear(picture(a), picture(b), limit) || !areNearBesides(m_order[a], m_order[b])) return;
                known.join(a, b);
                joins.emplace_back(a, b);
            });
        }
    }

    using Cell = std::array<std::int64_t, 3>;
    /// A little more than the reach: the coefficients are rounded to float.
    double cellSide() const { return m_reach * (1 + 1e-4) + 1; }
    Cell cellOf(const std::array<float, coefficients>& waves) const {
        Cell cell;
        for (std::size_t c = 0; c < cell.size(); ++c) cell[c] = static_cast<std::int64_t>(std::floor(waves[c] / cellSide()));
        return cell;
    }
    /// Two cells with one key are only looked at more often than needed.
    static std::uint64_t keyOf(const Cell& cell) {
        return static_cast<std::uint64_t>(cell[0]) * 0x9e3779b97f4a7c15ull + static_cast<std::uint64_t>(cell[1]) * 0xd6e8feb86659fd93ull +
               static_cast<std::uint64_t>(cell[2]);
    }
    /// Those behind `i` only: each pair is seen once.
    template <class Visit>
    void eachNeighbour(std::uint32_t i, Visit visit) const {
        const Cell middle = cellOf(m_waves[i]);
        for (int n = 0; n < 27; ++n) {
            const auto found = m_cells.find(keyOf({middle[0] + n / 9 - 1, middle[1] + n / 3 % 3 - 1, middle[2] + n % 3 - 1}));
            if (found == m_cells.end()) continue;
            for (std::uint32_t j = std::max(i + 1, found->second.first); j < found->second.second; ++j) visit(j);
        }
    }

    /// The coefficients alone are further from each other than pictures may be.
    static bool areFarApart(const std::array<float, coefficients>& a, const std::array<float, coefficients>& b, float squaredReach) {
        float sum = 0;
        for (std::size_t c = 0; c < coefficients; ++c) {
            const float difference = a[c] - b[c];
            sum += difference * difference;
            if (sum > squaredReach) return true;
        }
        return false;
    }
    static double reachOf(double threshold) { return threshold * unitsOfLevel * gridSide; }
    bool areNearBesides(std::int64_t a, std::int64_t b) const {
        if (!m_besides) return true;
        const PictureSignature &first = m_besides->pictures[static_cast<std::size_t>(a)], &second = m_besides->pictures[static_cast<std::size_t>(b)];
        const double reach = reachOf(m_besides->threshold);
        return !first.readable || !second.readable || areNear(first, second, static_cast<std::int64_t>(reach * reach));
    }
    const PictureSignature& picture(std::size_t place) const { return m_pictures[static_cast<std::size_t>(m_order[place])]; }

    std::span<const PictureSignature> m_pictures;
    const Toneless* m_besides;
    std::vector<std::int64_t> m_order;
    double m_reach;  ///< in 256ths of a level, over all fields together
    std::vector<std::array<float, coefficients>> m_waves;
    std::unordered_map<std::uint64_t, std::pair<std::uint32_t, std::uint32_t>> m_cells;  ///< from … to
    JoinedSets m_sets;
};

}  // namespace

PictureSignature signatureOf(const std::uint8_t* pixels, std::int64_t channels, std::int64_t height, std::int64_t width) {
    const PixelPlanes planes{pixels, channels, height, width};
    PictureSignature signature;
    signature.readable = true;
    for (std::int64_t i = 0; i < gridSide; ++i)
        for (std::int64_t j = 0; j < gridSide; ++j)
            signature.grey[static_cast<std::size_t>(i * gridSide + j)] =
                static_cast<std::uint16_t>(std::lround(planes.field(i, j, gridSide, gridSide) * unitsOfLevel));
    for (std::int64_t i = 0; i < 8; ++i) {
        double left = planes.field(i, 0, 8, 9);
        for (std::int64_t j = 1; j < 9; ++j) {
            const double right = planes.field(i, j, 8, 9);
            signature.hash = (signature.hash << 1) | (right > left ? 1u : 0u);
            left = right;
        }
    }
    return signature;
}

PictureSignature signatureOf(const Image& image) { return signatureOf(image.pixels.data(), image.channels, image.height, image.width); }

int hashDistance(std::uint64_t a, std::uint64_t b) { return std::popcount(a ^ b); }

double pictureDistance(const PictureSignature& a, const PictureSignature& b) {
    return std::sqrt(static_cast<double>(squaredDistance(a, b)) / static_cast<double>(gridFields)) / unitsOfLevel;
}

namespace {

/// They have less left to differ in: what is alike must be much nearer than the nearest pictures that are not. Those are looked for above the pairs that
/// copies may make up: one of a hundred, and in small sets three for each picture.
Toneless tonelessOf(std::span<const PictureSignature> pictures, ToneRule rule) {
    constexpr double copiesAtMost = 0.01, copiesOfPicture = 3, nearness = 6, leastShare = 0.07;
    Toneless toneless;
    toneless.pictures.resize(pictures.size());
    for (std::size_t i = 0; i < pictures.size(); ++i)
        if (auto made = withoutTone(pictures[i], rule)) toneless.pictures[i] = *made;
    const auto readable = readableOnes(toneless.pictures);
    const auto distances = someDistances(toneless.pictures, readable);
    if (distances.empty()) return toneless;
    const double share = std::min(0.5, std::max(copiesAtMost, copiesOfPicture / static_cast<double>(readable.size())));
    const double near = distances[static_cast<std::size_t>(share * static_cast<double>(distances.size() - 1))] / nearness;
    // Where everything is there many times over, the nearest are copies, too.
    const double least = rule == ToneRule::Even ? leastShare * medianOf(distances) : 0;
    toneless.threshold = std::min(largestThreshold, std::max(near, least));
    return toneless;
}

std::vector<std::int64_t> leadersOf(const JoinedSets& sets, std::size_t count) {
    std::vector<std::int64_t> leaders(count, -1), members(count, 0);
    for (std::uint32_t i = 0; i < count; ++i) ++members[sets.leader(i)];
    for (std::uint32_t i = 0; i < count; ++i)
        if (members[sets.leader(i)] > 1) leaders[i] = sets.leader(i);
    return leaders;
}

}  // namespace

Result<PictureLikeness> findAlikePictures(std::span<const PictureSignature> pictures, int threads, const CancelToken& cancel) {
    const auto readable = readableOnes(pictures);
    PictureLikeness likeness;
    likeness.typicalDistance = medianOf(someDistances(pictures, readable));
    likeness.threshold = std::min(largestThreshold, thresholdShare * likeness.typicalDistance);
    JoinedSets sets(pictures.size());
    const auto join = [&](LikenessSearch search) -> Result<void> {
        LAMINA_CHECK(search.run(threads, cancel));
        search.joinInto(sets);
        return {};
    };
    for (const ToneRule rule : {ToneRule::Even, ToneRule::Ranked}) {
        const Toneless toneless = tonelessOf(pictures, rule);
        // Brightness alone says little where a fixed camera's exposure drifts.
        if (rule == ToneRule::Even) LAMINA_CHECK(join(LikenessSearch(pictures, readable, likeness.threshold, &toneless)));
        LAMINA_CHECK(join(LikenessSearch(toneless.pictures, readableOnes(toneless.pictures), toneless.threshold)));
    }
    likeness.leaders = leadersOf(sets, pictures.size());
    return likeness;
}

}  // namespace lamina
