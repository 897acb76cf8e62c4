#include "app/pages/data/column_profile.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <unordered_map>

namespace lamina {
namespace {

constexpr std::size_t mostBins = 24, mostFrequent = 6, mostCounted = 20'000;
constexpr std::int64_t stride = 1 << 14;

template <class Visit>
Result<void> eachValue(const ColumnView& view, const CancelToken& cancel, Visit visit) {
    for (std::int64_t row = 0; row < view.rows; ++row) {
        if (row % stride == 0 && cancel.cancelled()) return fail("job.cancelled");
        if (!view.isMissing(row) && !visit(row)) return {};
    }
    return {};
}

Result<void> countBins(const ColumnView& view, const CancelToken& cancel, ColumnProfile& profile) {
    const ColumnSummary& summary = profile.summary;
    const double range = summary.maximum - summary.minimum;
    if (!summary.hasMoments || !std::isfinite(range)) return {};
    // Whole numbers of a small range get a step each.
    const bool whole = view.kind == ColumnKind::Integer && range < static_cast<double>(mostBins);
    const std::size_t bins = range <= 0 ? 1 : whole ? static_cast<std::size_t>(range) + 1 : mostBins;
    const double scale = range <= 0 ? 0 : whole ? 1.0 : static_cast<double>(bins) / range;
    profile.bins.assign(bins, 0);
    return eachValue(view, cancel, [&](std::int64_t row) {
        const double value = view.number(row);
        if (std::isfinite(value)) ++profile.bins[std::min(bins - 1, static_cast<std::size_t>((value - summary.minimum) * scale))];
        return true;
    });
}

void keepFrequent(std::vector<std::pair<std::string, std::int64_t>> counts, ColumnProfile& profile) {
    std::stable_sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    while (!counts.empty() && counts.back().second == 0) counts.pop_back();
    if (counts.size() > mostFrequent) counts.resize(mostFrequent);
    if (!counts.empty() && counts.front().second > 1) profile.frequent = std::move(counts);
}

Result<void> countTexts(const ColumnView& view, const CancelToken& cancel, ColumnProfile& profile) {
    std::unordered_map<std::string_view, std::int64_t> counts;
    LAMINA_CHECK(eachValue(view, cancel, [&](std::int64_t row) {
        ++counts[view.text(row)];
        return counts.size() <= mostCounted;
    }));
    if (counts.size() > mostCounted) return {};
    std::map<std::string, std::int64_t> sorted;  // equal counts in the order of their texts
    for (const auto& [text, count] : counts) sorted[std::string(text)] = count;
    keepFrequent({sorted.begin(), sorted.end()}, profile);
    return {};
}

Result<void> countIntegers(const ColumnView& view, const CancelToken& cancel, ColumnProfile& profile) {
    std::map<std::int64_t, std::int64_t> counts;
    LAMINA_CHECK(eachValue(view, cancel, [&](std::int64_t row) {
        ++counts[view.integers[static_cast<std::size_t>(row)]];
        return counts.size() <= 1000;
    }));
    if (counts.size() > 1000) return {};
    std::vector<std::pair<std::string, std::int64_t>> list;
    for (const auto& [value, count] : counts) list.emplace_back(std::to_string(value), count);
    keepFrequent(std::move(list), profile);
    return {};
}

}  // namespace

Result<ColumnProfile> profileColumn(const Table& table, std::size_t column, const CancelToken& cancel) {
    ColumnProfile profile;
    LAMINA_TRY(profile.summary, describeColumn(table, column, cancel));
    const ColumnView view = table.view(column);
    switch (view.kind) {
        case ColumnKind::Number:
        case ColumnKind::Time: LAMINA_CHECK(countBins(view, cancel, profile)); break;
        case ColumnKind::Integer:
            LAMINA_CHECK(countBins(view, cancel, profile));
            LAMINA_CHECK(countIntegers(view, cancel, profile));
            break;
        case ColumnKind::Boolean:
        case ColumnKind::Category: keepFrequent(profile.summary.values, profile); break;
        case ColumnKind::Text: LAMINA_CHECK(countTexts(view, cancel, profile)); break;
        case ColumnKind::Image:
        case ColumnKind::Tensor: break;
    }
    return profile;
}

}  // namespace lamina
