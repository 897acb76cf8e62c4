#include "core/data/split_units.h"

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>
#include <unordered_map>

#include "core/data/image_reference.h"
#include "core/data/row_hash.h"
#include "core/data/table.h"
#include "core/tensor/random.h"

namespace lamina {

namespace {

constexpr int improvingPasses = 4;

/// The folder of a path, with either kind of slash; nothing where it names none.
std::string_view folderOfPath(std::string_view path) {
    const std::size_t slash = path.find_last_of("/\\");
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash == 0 ? 1 : slash);
}

/// Numbers the keys of rows in the order they come.
class UnitNumbers {
public:
    explicit UnitNumbers(SplitUnits& units) : m_units(units) {}
    void add(std::int64_t row, std::uint64_t key) {
        const auto [at, isNew] = m_numbers.try_emplace(key, m_units.count);
        if (isNew) {
            ++m_units.count;
            ++m_units.groups;
        }
        m_units.ofRow[static_cast<std::size_t>(row)] = at->second;
    }
    void addAlone(std::int64_t row) {
        m_units.ofRow[static_cast<std::size_t>(row)] = m_units.count++;
        ++m_units.alone;
    }

private:
    SplitUnits& m_units;
    std::unordered_map<std::uint64_t, std::int32_t> m_numbers;
};

Result<void> addFolders(const ColumnView& view, std::span<const std::uint8_t> given, const std::string& column, UnitNumbers& numbers) {
    bool anyFolder = false;
    for (std::int64_t row = 0; row < view.rows; ++row) {
        if (given[static_cast<std::size_t>(row)] != partToDraw) continue;
        std::string reference;
        std::string_view path = view.text(row);
        if (isImageReference(path)) path = reference = readImageReference(path).path;
        else if (view.kind == ColumnKind::Image) path = {};
        const std::string_view folder = folderOfPath(path);
        anyFolder = anyFolder || !folder.empty();
        if (view.isMissing(row)) numbers.addAlone(row);
        else numbers.add(row, hashBytes(folder));
    }
    if (!anyFolder) return fail("split.no_folders", {{"column", column}});
    return {};
}

/// The rows of each class in each unit, one unit after the other.
struct UnitClasses {
    struct Entry {
        std::int32_t stratum = 0;
        double rows = 0;
    };
    std::vector<std::size_t> starts;
    std::vector<Entry> entries;
    std::vector<double> sizes;

    std::span<const Entry> of(std::size_t unit) const { return std::span(entries).subspan(starts[unit], starts[unit + 1] - starts[unit]); }
};

UnitClasses classesOfUnits(const SplitUnits& units, const Strata& strata) {
    std::vector<std::pair<std::int32_t, std::int32_t>> members;
    for (std::size_t row = 0; row < units.ofRow.size(); ++row)
        if (units.ofRow[row] >= 0) members.emplace_back(units.ofRow[row], std::max(0, strata.at(static_cast<std::int64_t>(row))));
    std::sort(members.begin(), members.end());
    UnitClasses classes;
    classes.sizes.assign(static_cast<std::size_t>(units.count), 0);
    classes.starts.assign(1, 0);
    for (std::size_t i = 0; i < members.size(); ++i) {
        const bool sameUnit = i > 0 && members[i].first == members[i - 1].first;
        if (!sameUnit)
            while (classes.starts.size() <= static_cast<std::size_t>(members[i].first)) classes.starts.push_back(classes.entries.size());
        if (!sameUnit || members[i].second != members[i - 1].second) classes.entries.push_back({members[i].second, 0});
        ++classes.entries.back().rows;
        ++classes.sizes[static_cast<std::size_t>(members[i].first)];
    }
    while (classes.starts.size() <= static_cast<std::size_t>(units.count)) classes.starts.push_back(classes.entries.size());
    return classes;
}

/// How far the bins are from what they should hold; units are put where that is least.
class UnitDealer {
public:
    UnitDealer(const UnitDeal& deal, const UnitClasses& classes) : m_deal(deal), m_classes(classes), m_bins(deal.bins.fractions.size()) {
        std::vector<double> strata(deal.strata.names.size(), 0);
        const double all = std::accumulate(classes.sizes.begin(), classes.sizes.end(), 0.0);
        for (const auto& entry : classes.entries) strata[static_cast<std::size_t>(entry.stratum)] += entry.rows;
        for (std::size_t bin = 0; bin < m_bins; ++bin) {
            m_wanted.push_back(all * deal.bins.fractions[bin]);
            for (const double rows : strata) m_wantedOfClass.push_back(rows * deal.bins.fractions[bin]);
        }
        m_lacking = m_wanted;
        m_lackingOfClass = m_wantedOfClass;
        m_binOf.assign(classes.sizes.size(), -1);
        m_unitsIn.assign(m_bins, 0);
    }

    void put(std::size_t unit, std::size_t bin) {
        change(unit, bin, -1);
        m_binOf[unit] = static_cast<std::int32_t>(bin);
        ++m_unitsIn[bin];
    }
    void take(std::size_t unit) {
        const auto bin = static_cast<std::size_t>(m_binOf[unit]);
        change(unit, bin, 1);
        m_binOf[unit] = -1;
        --m_unitsIn[bin];
    }
    std::size_t bestBin(std::size_t unit) const {
        std::size_t best = m_bins;
        double least = 0;
        for (std::size_t bin = 0; bin < m_bins; ++bin) {
            if (m_deal.bins.fractions[bin] <= 0) continue;
            const double cost = costOf(unit, bin);
            if (best == m_bins || cost < least - 1e-9) best = bin, least = cost;
        }
        return best;
    }
    /// Every bin with a fraction holds a unit where there are as many.
    void fillEmptyBins(std::span<const std::size_t> smallestFirst, const std::vector<std::int32_t>& fixed) {
        for (std::size_t bin = 0; bin < m_bins; ++bin) {
            if (m_deal.bins.fractions[bin] <= 0 || m_unitsIn[bin] > 0) continue;
            for (const std::size_t unit : smallestFirst) {
                if ((!fixed.empty() && fixed[unit] >= 0) || m_unitsIn[static_cast<std::size_t>(m_binOf[unit])] < 2) continue;
                take(unit);
                put(unit, bin);
                break;
            }
        }
    }
    const std::vector<std::int32_t>& binOf() const { return m_binOf; }

private:
    void change(std::size_t unit, std::size_t bin, double sign) {
        m_lacking[bin] += sign * m_classes.sizes[unit];
        for (const auto& entry : m_classes.of(unit))
            m_lackingOfClass[bin * m_deal.strata.names.size() + static_cast<std::size_t>(entry.stratum)] += sign * entry.rows;
    }
    /// By how much Σ (lacking² / wanted), over bins and over classes in bins, grows with the unit in the bin.
    double costOf(std::size_t unit, std::size_t bin) const {
        const double size = m_classes.sizes[unit];
        double cost = size * (size - 2 * m_lacking[bin]) / std::max(0.5, m_wanted[bin]);
        for (const auto& entry : m_classes.of(unit)) {
            const std::size_t at = bin * m_deal.strata.names.size() + static_cast<std::size_t>(entry.stratum);
            cost += entry.rows * (entry.rows - 2 * m_lackingOfClass[at]) / std::max(0.5, m_wantedOfClass[at]);
        }
        return cost;
    }

    const UnitDeal& m_deal;
    const UnitClasses& m_classes;
    std::size_t m_bins;
    std::vector<double> m_wanted, m_lacking;
    std::vector<double> m_wantedOfClass, m_lackingOfClass;  ///< bin after bin
    std::vector<std::int32_t> m_binOf;
    std::vector<std::int64_t> m_unitsIn;
};

/// Larger ones first, by powers of two; within these by lot, so that the seed means something.
std::vector<std::size_t> dealingOrder(const UnitClasses& classes, std::uint64_t seed) {
    std::vector<std::size_t> order;
    for (const std::int64_t unit : randomOrder(static_cast<std::int64_t>(classes.sizes.size()), RandomStream(seed, streamOf("split:units"))))
        order.push_back(static_cast<std::size_t>(unit));
    const auto magnitude = [&](std::size_t unit) { return std::bit_width(static_cast<std::uint64_t>(classes.sizes[unit])); };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return magnitude(a) > magnitude(b); });
    return order;
}

}  // namespace

Result<SplitUnits> unitsOf(const Table& table, const SplitSettings& settings, const SplitRows& rows, std::span<const std::uint8_t> given) {
    SplitUnits units;
    units.ofRow.assign(given.size(), -1);
    UnitNumbers numbers(units);
    if (settings.method == "near_duplicates") {
        for (std::size_t row = 0; row < given.size(); ++row) {
            if (given[row] != partToDraw) continue;
            const std::int32_t group = rows.groups.empty() ? -1 : rows.groups[row];
            if (group < 0) numbers.addAlone(static_cast<std::int64_t>(row));
            else numbers.add(static_cast<std::int64_t>(row), static_cast<std::uint64_t>(group));
        }
        return units;
    }
    LAMINA_TRY(const std::size_t index, findSplitColumn(table, settings.column));
    const ColumnView view = table.view(index);
    if (settings.method == "folder") {
        LAMINA_CHECK(addFolders(view, given, settings.column, numbers));
        return units;
    }
    for (std::int64_t row = 0; row < view.rows; ++row) {
        if (given[static_cast<std::size_t>(row)] != partToDraw) continue;
        if (view.isMissing(row)) numbers.addAlone(row);
        else numbers.add(row, hashCell(view, row));
    }
    return units;
}

std::vector<std::int32_t> dealUnits(const UnitDeal& deal) {
    const UnitClasses classes = classesOfUnits(deal.units, deal.strata);
    UnitDealer dealer(deal, classes);
    auto order = dealingOrder(classes, deal.seed);
    if (!deal.fixed.empty()) {
        for (std::size_t unit = 0; unit < deal.fixed.size(); ++unit)
            if (deal.fixed[unit] >= 0) dealer.put(unit, static_cast<std::size_t>(deal.fixed[unit]));
        std::erase_if(order, [&](std::size_t unit) { return deal.fixed[unit] >= 0; });
    }
    for (const std::size_t unit : order) dealer.put(unit, dealer.bestBin(unit));
    for (int pass = 0; pass < improvingPasses; ++pass) {
        bool moved = false;
        for (const std::size_t unit : order) {
            const std::int32_t before = dealer.binOf()[unit];
            dealer.take(unit);
            const std::size_t best = dealer.bestBin(unit);
            dealer.put(unit, best);
            moved = moved || static_cast<std::int32_t>(best) != before;
        }
        if (!moved) break;
    }
    std::reverse(order.begin(), order.end());
    dealer.fillEmptyBins(order, deal.fixed);
    return dealer.binOf();
}

}  // namespace lamina
