#include "core/data/profile/target_relation.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/data/class_column.h"
#include "core/data/profile/contingency.h"
#include "core/data/profile/row_mask.h"

namespace lamina {

namespace {

constexpr std::size_t mostRelationBins = 20;
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
/// A relation bent like a U is only named where it says this much more than a straight one.
constexpr double bentMargin = 0.05;

bool hasNumbers(ColumnKind kind) { return kind == ColumnKind::Number || storedAsInteger(kind) || kind == ColumnKind::Boolean; }

/// The first of rising edges that a number does not lie above; the last one takes all that is left. Compared with all of them: a search would
/// guess wrong at every turn.
class Bins {
public:
    explicit Bins(const std::vector<double>& edges) {
        m_edges.fill(std::numeric_limits<double>::infinity());
        std::copy(edges.begin(), edges.end() - 1, m_edges.begin());
    }
    std::int32_t of(double x) const {
        std::int32_t above = 0;
        for (const double edge : m_edges) above += edge < x;
        return above;
    }

private:
    std::array<double, mostRelationBins> m_edges;
};

/// Codes of a column of numbers: its bins; -1 where it has no finite value.
std::vector<std::int32_t> binCodes(std::span<const double> values, const SortedNumbers& sorted) {
    std::vector<std::int32_t> codes(values.size(), -1);
    if (sorted.count() == 0) return codes;
    const Bins bins(equalRowEdges(sorted));
    for (std::size_t row = 0; row < values.size(); ++row)
        if (std::isfinite(values[row])) codes[row] = bins.of(values[row]);
    return codes;
}

/// Numbers around 0 and about 1 in size, so that squares neither overflow nor cancel.
struct Standard {
    double center = 0, scale = 1;
    static Standard of(const SortedNumbers& sorted) {
        if (sorted.count() == 0) return {};
        const double low = sorted.quantile(0.05), high = sorted.quantile(0.95),
                     most = std::max(std::abs(sorted.values().front()), std::abs(sorted.values().back()));
        const double spread = high - low > 0 && std::isfinite(high - low) ? high - low : most;
        return {sorted.quantile(0.5), spread > 0 && std::isfinite(1 / spread) ? 1 / spread : 1};
    }
};

/// Sums of numbers by group, in two halves.
struct GroupSums {
    struct Sums {
        double count = 0, sum = 0, squares = 0;
        void add(double x) {
            ++count;
            sum += x;
            squares += x * x;
        }
        void add(const Sums& other) {
            count += other.count;
            sum += other.sum;
            squares += other.squares;
        }
    };
    std::vector<std::array<Sums, 2>> groups;

    Sums half(std::size_t h) const {
        Sums all;
        for (const auto& group : groups) all.add(group[h]);
        return all;
    }
};

/// The first group: rows without a code.
GroupSums sumByGroup(std::span<const std::int32_t> codes, std::int32_t count, Standard standard, std::span<const double> values) {
    GroupSums sums{std::vector<std::array<GroupSums::Sums, 2>>(static_cast<std::size_t>(count) + 1)};
    for (std::size_t row = 0; row < codes.size(); ++row) {
        if (!std::isfinite(values[row])) continue;
        const auto half = static_cast<std::size_t>(halfOfRow(static_cast<std::int64_t>(row)));
        sums.groups[static_cast<std::size_t>(codes[row] + 1)][half].add((values[row] - standard.center) * standard.scale);
    }
    return sums;
}

/// η: the square root of the share of the spread that lies between the groups, corrected as ε² (Kelley 1935) for what chance alone would give.
double correlationRatio(const GroupSums& sums) {
    GroupSums::Sums all;
    double between = 0, used = 0;
    for (std::size_t g = 1; g < sums.groups.size(); ++g) {
        GroupSums::Sums group = sums.groups[g][0];
        group.add(sums.groups[g][1]);
        if (group.count == 0) continue;
        all.add(group);
        between += group.sum * group.sum / group.count;
        ++used;
    }
    const double whole = all.squares - all.sum * all.sum / all.count;
    if (used < 2 || !(whole > 0) || all.count - used <= 0) return 0;
    const double share = (between - all.sum * all.sum / all.count) / whole;
    return std::sqrt(std::clamp(1 - (1 - share) * (all.count - 1) / (all.count - used), 0.0, 1.0));
}

/// How much better than always the mean: each half answered by the means of the groups in the other half.
double numbersAlone(const GroupSums& sums) {
    double error = 0, guessError = 0;
    for (std::size_t half = 0; half < 2; ++half) {
        const auto other = sums.half(1 - half);
        const double usual = other.count > 0 ? other.sum / other.count : 0;
        for (const auto& group : sums.groups) {
            const auto &asked = group[half], &known = group[1 - half];
            const double answer = known.count > 0 ? known.sum / known.count : usual;
            error += asked.squares - 2 * answer * asked.sum + answer * answer * asked.count;
            guessError += asked.squares - 2 * usual * asked.sum + usual * usual * asked.count;
        }
    }
    return guessError > 0 ? 1 - error / guessError : 0;
}

struct PairSums {
    double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    void add(double a, double b) {
        ++n;
        x += a;
        y += b;
        xx += a * a;
        yy += b * b;
        xy += a * b;
    }
    double correlation() const {
        const double sx = xx - x * x / n, sy = yy - y * y / n;
        if (n < 2 || !(sx > 0) || !(sy > 0)) return nothing;
        return std::clamp((xy - x * y / n) / std::sqrt(sx * sy), -1.0, 1.0);
    }
};

double pearson(std::span<const double> values, const SortedNumbers& sorted, const ProfileTarget& target, std::int64_t& rows) {
    const Standard x = Standard::of(sorted), y = Standard::of(target.sorted);
    PairSums total;
    for (std::size_t row = 0; row < target.values.size(); ++row) {
        const double a = values[row], b = target.values[row];
        if (std::isfinite(a) && std::isfinite(b)) total.add((a - x.center) * x.scale, (b - y.center) * y.scale);
    }
    rows = static_cast<std::int64_t>(total.n);
    return total.correlation();
}

/// A bit for each row, so that rows in any order are looked up in a near cache.
std::vector<std::uint64_t> finiteRows(std::span<const double> values) {
    std::vector<std::uint64_t> bits((values.size() + 63) / 64);
    for (std::size_t row = 0; row < values.size(); ++row) bits[row / 64] |= static_cast<std::uint64_t>(std::isfinite(values[row])) << (row % 64);
    return bits;
}

/// Ranks (ties share the mean of theirs) of the values whose rows have a finite one of `others`, too; 0 elsewhere.
std::vector<double> ranksOf(const SortedNumbers& sorted, std::span<const double> others) {
    std::vector<double> ranks(others.size(), 0);
    const auto finite = finiteRows(others);
    const auto counts = [&](std::uint32_t row) { return (finite[row / 64] >> (row % 64) & 1) != 0; };
    const auto values = sorted.values();
    const auto order = sorted.rows();
    double before = 0;
    for (std::size_t first = 0; first < values.size();) {
        std::size_t last = first;
        double here = 0;
        for (; last < values.size() && values[last] == values[first]; ++last) here += counts(order[last]) ? 1 : 0;
        for (std::size_t i = first; i < last; ++i)
            if (counts(order[i])) ranks[order[i]] = before + (here + 1) / 2;
        before += here;
        first = last;
    }
    return ranks;
}

double spearman(std::span<const double> values, const SortedNumbers& sorted, const ProfileTarget& target, std::int64_t rows) {
    const std::size_t all = target.values.size();
    const auto x = ranksOf(sorted, target.values), y = ranksOf(target.sorted, values);
    const double middle = (static_cast<double>(rows) + 1) / 2, scale = 1 / std::max(1.0, static_cast<double>(rows));
    PairSums total;
    for (std::size_t row = 0; row < all; ++row)
        if (x[row] > 0 && y[row] > 0) total.add((x[row] - middle) * scale, (y[row] - middle) * scale);
    return total.correlation();
}

void keepStronger(TargetRelation& relation, const char* measure, double value) {
    if (std::isnan(value) || (!std::isnan(relation.strength) && std::abs(value) <= relation.strength)) return;
    relation.strength = std::abs(value);
    relation.signedValue = value;
    relation.measure = measure;
}

void fillInformation(std::span<const PairCount> pairs, TargetRelation& relation) {
    relation.mutualInformation = mutualInformation(pairs);
    const double entropy = entropyOfY(pairs);
    relation.explained = entropy > 0 ? std::min(1.0, relation.mutualInformation / entropy) : 0;
}

std::int64_t rowsOfPairs(std::span<const PairCount> pairs) {
    std::int64_t rows = 0;
    for (const PairCount& pair : pairs) rows += pair.x < 0 ? 0 : pair.rows();
    return rows;
}

ProfileTarget numberTarget(const ColumnView& view, SortedNumbers sorted, std::span<const std::uint16_t> removedBy) {
    ProfileTarget target;
    target.numbers = true;
    target.values = numbersThere(view, removedBy);
    for (double& value : target.values)
        if (!std::isfinite(value)) value = nothing;
    target.codes = binCodes(target.values, sorted);
    target.codeCount = mostRelationBins;
    target.sorted = std::move(sorted);
    return target;
}

ProfileTarget classTarget(const ClassColumn& classes, std::int64_t rows, std::span<const std::uint16_t> removedBy) {
    ProfileTarget target;
    target.classes = true;
    target.names = classes.names();
    target.codeCount = classes.count();
    target.codes.resize(static_cast<std::size_t>(rows));
    for (std::int64_t row = 0; row < rows; ++row) target.codes[static_cast<std::size_t>(row)] = rowIsThere(removedBy, row) ? classes.at(row) : -1;
    return target;
}

}  // namespace

std::vector<double> equalRowEdges(const SortedNumbers& sorted) {
    const auto values = sorted.values();
    std::vector<double> edges;
    for (std::size_t bin = 1; bin <= mostRelationBins; ++bin) {
        const double edge = values[std::max<std::size_t>(1, values.size() * bin / mostRelationBins) - 1];
        if (edges.empty() || edge > edges.back()) edges.push_back(edge);
    }
    return edges;
}

Result<ProfileTarget> makeProfileTarget(const Table& table, const std::string& name, std::span<const std::uint16_t> removedBy,
                                        const CancelToken& cancel) {
    ProfileTarget target;
    if (name.empty()) return target;
    auto found = table.find(name);
    if (!found) return fail("profile.no_column", {{"column", name}});
    const ColumnView view = table.view(*found);
    const bool numbers = hasNumbers(view.kind) && view.kind != ColumnKind::Boolean,
               pictures = view.kind == ColumnKind::Image || view.kind == ColumnKind::Tensor;
    target.column = *found;
    if (pictures) return target;
    if (!numbers || looksLikeClassCodes(table, *found)) {
        auto classes = ClassColumn::create(table, *found);
        if (classes) target = classTarget(*classes, table.rows(), removedBy);
    } else {
        LAMINA_TRY(auto sorted, SortedNumbers::of(view, removedBy, true, cancel));
        if (sorted.count() > 0) target = numberTarget(view, std::move(sorted), removedBy);
    }
    target.column = *found;
    return target;
}

Result<TargetRelation> relateNumbers(std::span<const double> values, const SortedNumbers& sorted, const ProfileTarget& target,
                                     const CancelToken& cancel) {
    TargetRelation relation;
    const auto codes = binCodes(values, sorted);
    LAMINA_TRY(const auto pairs, countPairs(codes, mostRelationBins, target.codes, target.codeCount, cancel));
    fillInformation(pairs, relation);
    relation.rows = rowsOfPairs(pairs);
    if (target.classes) {
        keepStronger(relation, "correlation_ratio", correlationRatio(sumByGroup(target.codes, target.codeCount, Standard::of(sorted), values)));
        relation.aloneScore = classesAlone(pairs);
        return relation;
    }
    keepStronger(relation, "pearson", pearson(values, sorted, target, relation.rows));
    if (cancel.cancelled()) return fail("job.cancelled");
    keepStronger(relation, "spearman", spearman(values, sorted, target, relation.rows));
    const auto sums = sumByGroup(codes, mostRelationBins, Standard::of(target.sorted), target.values);
    relation.aloneScore = numbersAlone(sums);
    const double bent = correlationRatio(sums);
    if (std::isnan(relation.strength) || bent > relation.strength + bentMargin) keepStronger(relation, "correlation_ratio", bent);
    return relation;
}

Result<TargetRelation> relateClasses(std::span<const std::int32_t> codes, std::int32_t count, const ProfileTarget& target,
                                     const CancelToken& cancel) {
    TargetRelation relation;
    LAMINA_TRY(const auto pairs, countPairs(codes, count, target.codes, target.codeCount, cancel));
    fillInformation(pairs, relation);
    relation.rows = rowsOfPairs(pairs);
    if (target.classes) {
        keepStronger(relation, "cramers_v", cramersV(pairs));
        relation.aloneScore = classesAlone(pairs);
        return relation;
    }
    const auto sums = sumByGroup(codes, count, Standard::of(target.sorted), target.values);
    keepStronger(relation, "correlation_ratio", correlationRatio(sums));
    relation.aloneScore = numbersAlone(sums);
    return relation;
}

}  // namespace lamina
