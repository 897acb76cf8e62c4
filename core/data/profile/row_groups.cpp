#include "core/data/profile/row_groups.h"

#include <algorithm>
#include <numeric>

#include "core/base/parallel.h"
#include "core/data/profile/row_mask.h"
#include "core/data/profile/value_counts.h"

namespace lamina {

namespace {

constexpr std::size_t keyParts = 64;  // by the highest bits, so that each part's table stays in the cache
constexpr double largeShare = 0.05;

struct KeyedRow {
    std::uint64_t key = 0;
    std::int64_t row = 0;
};

std::size_t partOfKey(std::uint64_t key) { return key >> 58; }

struct KeyedRows {
    std::vector<KeyedRow> rows;                       ///< part after part, rising within each
    std::array<std::size_t, keyParts + 1> starts{};
};

KeyedRows partition(std::span<const std::uint64_t> keys, std::span<const std::uint16_t> removedBy) {
    KeyedRows parts;
    for (std::size_t row = 0; row < keys.size(); ++row)
        if (rowIsThere(removedBy, static_cast<std::int64_t>(row))) ++parts.starts[partOfKey(keys[row]) + 1];
    std::partial_sum(parts.starts.begin(), parts.starts.end(), parts.starts.begin());
    parts.rows.resize(parts.starts.back());
    auto next = parts.starts;
    for (std::size_t row = 0; row < keys.size(); ++row)
        if (rowIsThere(removedBy, static_cast<std::int64_t>(row)))
            parts.rows[next[partOfKey(keys[row])]++] = {keys[row], static_cast<std::int64_t>(row)};
    return parts;
}

using EqualRows = std::function<bool(std::int64_t, std::int64_t)>;

/// Rows whose key is the leader's but that are not equal to it: rare, so each is compared with each.
void leadTheOdd(const std::vector<std::int64_t>& odd, const EqualRows& equal, std::span<std::int64_t> leaders) {
    for (std::size_t i = 0; i < odd.size(); ++i) {
        if (leaders[static_cast<std::size_t>(odd[i])] >= 0) continue;
        for (std::size_t j = i + 1; j < odd.size(); ++j) {
            auto& leader = leaders[static_cast<std::size_t>(odd[j])];
            if (leader < 0 && equal(odd[i], odd[j])) leader = leaders[static_cast<std::size_t>(odd[i])] = odd[i];
        }
    }
}

void leadPart(std::span<const KeyedRow> rows, const EqualRows& equal, std::span<std::int64_t> leaders) {
    KeyNumbers numbers(rows.size());
    std::vector<std::int64_t> firsts;
    std::vector<std::int64_t> odd;
    for (const KeyedRow& one : rows) {
        const std::int32_t number = numbers.add(one.key);
        if (static_cast<std::size_t>(number) == firsts.size()) {
            firsts.push_back(one.row);
            continue;
        }
        const std::int64_t first = firsts[static_cast<std::size_t>(number)];
        if (equal(first, one.row)) leaders[static_cast<std::size_t>(one.row)] = leaders[static_cast<std::size_t>(first)] = first;
        else odd.push_back(one.row);
    }
    leadTheOdd(odd, equal, leaders);
}

}  // namespace

RowGroups groupsOfLeaders(std::span<const std::int64_t> leaders, std::int64_t all) {
    RowGroups found;
    std::vector<std::int32_t> numberOf(leaders.size(), -1);
    for (std::size_t row = 0; row < leaders.size(); ++row) {
        if (leaders[row] < 0) continue;
        auto& number = numberOf[static_cast<std::size_t>(leaders[row])];
        if (number < 0) {
            number = static_cast<std::int32_t>(found.groups.size());
            found.groups.push_back({leaders[row], 0, false});
        }
        ++found.groups[static_cast<std::size_t>(number)].rows;
        ++found.rows;
    }
    if (found.groups.empty()) return found;
    std::vector<std::int32_t> order(found.groups.size()), place(found.groups.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
        const auto &x = found.groups[static_cast<std::size_t>(a)], &y = found.groups[static_cast<std::size_t>(b)];
        return x.rows != y.rows ? x.rows > y.rows : x.first < y.first;
    });
    std::vector<RowGroups::Group> sorted;
    for (std::size_t i = 0; i < order.size(); ++i) {
        place[static_cast<std::size_t>(order[i])] = static_cast<std::int32_t>(i);
        sorted.push_back(found.groups[static_cast<std::size_t>(order[i])]);
        sorted.back().large = sorted.back().rows > 2 && static_cast<double>(sorted.back().rows) > largeShare * static_cast<double>(all);
    }
    found.groups = std::move(sorted);
    found.groupOf.assign(leaders.size(), -1);
    for (std::size_t row = 0; row < leaders.size(); ++row)
        if (leaders[row] >= 0) found.groupOf[row] = place[static_cast<std::size_t>(numberOf[static_cast<std::size_t>(leaders[row])])];
    return found;
}

Result<RowGroups> groupByKey(std::span<const std::uint64_t> keys, std::span<const std::uint16_t> removedBy,
                             const std::function<bool(std::int64_t, std::int64_t)>& equal, int threads, const CancelToken& cancel) {
    const KeyedRows parts = partition(keys, removedBy);
    std::vector<std::int64_t> leaders(keys.size(), -1);
    parallelFor(keyParts, threads, [&](std::size_t part) {
        if (!cancel.cancelled())
            leadPart(std::span(parts.rows).subspan(parts.starts[part], parts.starts[part + 1] - parts.starts[part]), equal, leaders);
    });
    if (cancel.cancelled()) return fail("job.cancelled");
    return groupsOfLeaders(leaders, static_cast<std::int64_t>(parts.rows.size()));
}

std::vector<std::int32_t> withoutLargeGroups(const RowGroups& groups) {
    std::vector<std::int32_t> kept = groups.groupOf;
    for (auto& group : kept)
        if (group >= 0 && groups.groups[static_cast<std::size_t>(group)].large) group = -1;
    return kept;
}

}  // namespace lamina
