#include "core/data/cleaning/typical_values.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <type_traits>

#include "core/data/type_detection.h"

namespace lamina {
namespace {

/// The values of training rows by group, one group after the other.
template <class Value>
struct GroupedValues {
    std::vector<Value> values;
    std::vector<std::size_t> begins;  ///< one more than groups
};

bool teachesTypical(const CleanTable& input, TrainingRows training, std::int64_t row) {
    return training.empty() ? !input.isRemoved(row) : training[static_cast<std::size_t>(row)] != 0;
}

template <class Value, class Of>
GroupedValues<Value> groupValues(const CleanTable& input, const ColumnView& view, const KeyedRows& groups, TrainingRows training, Of of) {
    GroupedValues<Value> grouped;
    grouped.begins.assign(groups.keys.size() + 1, 0);
    const auto counts = [&](std::int64_t row) { return !view.isMissing(row) && teachesTypical(input, training, row); };
    if (groups.keys.size() == 1) {
        grouped.values.reserve(static_cast<std::size_t>(view.rows));
        for (std::int64_t row = 0; row < view.rows; ++row)
            if (counts(row)) grouped.values.push_back(of(row));
        grouped.begins.back() = grouped.values.size();
        return grouped;
    }
    for (std::int64_t row = 0; row < view.rows; ++row)
        if (counts(row)) ++grouped.begins[groups.group(row) + 1];
    std::partial_sum(grouped.begins.begin(), grouped.begins.end(), grouped.begins.begin());
    grouped.values.resize(grouped.begins.back());
    auto next = grouped.begins;
    for (std::int64_t row = 0; row < view.rows; ++row)
        if (counts(row)) grouped.values[next[groups.group(row)]++] = of(row);
    return grouped;
}

double meanOf(std::span<const double> values) { return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size()); }

double medianOf(std::span<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1) return *middle;
    return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

/// Whole numbers in a small range are counted without being sorted.
std::optional<std::int64_t> mostFrequentByCounting(std::span<const std::int64_t> values) {
    const auto [least, largest] = std::minmax_element(values.begin(), values.end());
    const auto range = static_cast<std::uint64_t>(*largest) - static_cast<std::uint64_t>(*least);
    if (range > values.size() * 4 + 64) return std::nullopt;
    std::vector<std::uint32_t> counts(range + 1);
    for (const std::int64_t value : values) ++counts[static_cast<std::size_t>(value - *least)];
    return *least + (std::max_element(counts.begin(), counts.end()) - counts.begin());
}

template <class Value>
Value mostFrequentOf(std::span<Value> values) {
    if constexpr (std::is_same_v<Value, std::int64_t>)
        if (const auto counted = mostFrequentByCounting(values)) return *counted;
    std::sort(values.begin(), values.end());
    Value best = values[0];
    std::size_t most = 0;
    for (std::size_t i = 0; i < values.size();) {
        std::size_t end = i;
        while (end < values.size() && values[end] == values[i]) ++end;
        if (end - i > most) most = end - i, best = values[i];
        i = end;
    }
    return best;
}

/// of(values of a group) for each group, and for all together.
template <class Value, class Of>
std::vector<nlohmann::json> eachGroup(GroupedValues<Value> grouped, Of of) {
    std::vector<nlohmann::json> typical;
    const std::span<Value> all(grouped.values);
    for (std::size_t i = 0; i + 1 < grouped.begins.size(); ++i) {
        const auto part = all.subspan(grouped.begins[i], grouped.begins[i + 1] - grouped.begins[i]);
        typical.push_back(part.empty() ? nlohmann::json() : nlohmann::json(of(part)));
    }
    typical.push_back(all.empty() ? nlohmann::json() : nlohmann::json(of(all)));
    return typical;
}

/// The place of each row's text in the alphabet, and the texts in that order.
struct RankedTexts {
    std::vector<std::string> texts;
    std::vector<std::int64_t> ranks;  ///< one per row; -1: missing
};

RankedTexts rankTexts(const ColumnView& view) {
    RankedTexts ranked;
    ranked.ranks.assign(static_cast<std::size_t>(view.rows), -1);
    WordIndex words;
    const bool category = view.kind == ColumnKind::Category;
    for (std::int64_t row = 0; row < view.rows; ++row)
        if (!view.isMissing(row))
            ranked.ranks[static_cast<std::size_t>(row)] = category ? view.codes[static_cast<std::size_t>(row)] : words.add(view.text(row));
    const std::vector<std::string> texts = category ? std::vector<std::string>(view.dictionary.begin(), view.dictionary.end()) : words.words();
    std::vector<std::size_t> order(texts.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return texts[a] < texts[b]; });
    std::vector<std::int64_t> rankOf(texts.size());
    for (std::size_t i = 0; i < order.size(); ++i) rankOf[order[i]] = static_cast<std::int64_t>(i), ranked.texts.push_back(texts[order[i]]);
    for (auto& rank : ranked.ranks)
        if (rank >= 0) rank = rankOf[static_cast<std::size_t>(rank)];
    return ranked;
}

std::vector<nlohmann::json> mostFrequentTexts(const CleanTable& input, const ColumnView& view, const KeyedRows& groups, TrainingRows training) {
    const RankedTexts ranked = rankTexts(view);
    auto typical = eachGroup(
        groupValues<std::int64_t>(input, view, groups, training, [&](std::int64_t row) { return ranked.ranks[static_cast<std::size_t>(row)]; }),
        mostFrequentOf<std::int64_t>);
    for (auto& value : typical)
        if (!value.is_null()) value = ranked.texts[value.get<std::size_t>()];
    return typical;
}

}  // namespace

Result<KeyedRows> keyRows(const CleanTable& input, const std::vector<std::string>& columns, const StepContext& context) {
    if (columns.empty()) return KeyedRows{};
    LAMINA_TRY(const auto chosen, stepColumns(input.table, columns));
    std::vector<CellReader> cells;
    for (const std::size_t column : chosen) cells.emplace_back(input.table.column(column));
    const RowText textOf = [&](std::int64_t row, std::string& buffer) -> std::optional<std::string_view> {
        if (cells.size() == 1 && !cells[0].isMissing(row)) return cells[0].text(row, buffer);
        std::string cell;
        buffer.clear();
        for (const CellReader& reader : cells) {
            buffer += reader.isMissing(row) ? std::string_view("\x1e") : reader.text(row, cell);
            buffer += '\x1f';
        }
        return buffer;
    };
    LAMINA_TRY(const TableColumn keys, categorise(input, context, textOf, "", columns.front()));
    KeyedRows groups;
    groups.of.assign(keys.view.codes.begin(), keys.view.codes.end());
    groups.keys.assign(keys.view.dictionary.begin(), keys.view.dictionary.end());
    return groups;
}

std::vector<nlohmann::json> typicalValues(const CleanTable& input, const TableColumn& column, const KeyedRows& groups, TrainingRows training,
                                          TypicalValue what) {
    const ColumnView& view = column.view;
    if (view.kind == ColumnKind::Text || view.kind == ColumnKind::Category) return mostFrequentTexts(input, view, groups, training);
    if (what == TypicalValue::MostFrequent && view.kind != ColumnKind::Number) {
        const bool flag = view.kind == ColumnKind::Boolean;
        const auto of = [&](std::int64_t row) {
            return flag ? view.booleans[static_cast<std::size_t>(row)] : view.integers[static_cast<std::size_t>(row)];
        };
        auto typical = eachGroup(groupValues<std::int64_t>(input, view, groups, training, of), mostFrequentOf<std::int64_t>);
        for (auto& value : typical)
            if (flag && !value.is_null()) value = value.get<std::int64_t>() != 0;
        return typical;
    }
    auto grouped = groupValues<double>(input, view, groups, training, [&](std::int64_t row) { return view.number(row); });
    if (what == TypicalValue::Mean) return eachGroup(std::move(grouped), meanOf);
    return what == TypicalValue::Median ? eachGroup(std::move(grouped), medianOf) : eachGroup(std::move(grouped), mostFrequentOf<double>);
}

}  // namespace lamina
