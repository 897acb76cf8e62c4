#include "core/data/describe.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "core/data/moments.h"
#include "core/data/table.h"

namespace lamina {

namespace {

constexpr std::size_t mostDistinct = 100000;
constexpr std::size_t mostValues = 1000;

/// Counts distinct keys up to a limit.
class DistinctCounter {
public:
    void add(std::uint64_t key) {
        if (m_keys.size() < mostDistinct || m_keys.contains(key)) m_keys.insert(key);
        else m_full = true;
    }
    void report(ColumnSummary& summary) const {
        summary.distinct = static_cast<std::int64_t>(m_keys.size());
        summary.distinctIsAtLeast = m_full;
    }

private:
    std::unordered_set<std::uint64_t> m_keys;
    bool m_full = false;
};

void reportMoments(const Moments& total, ColumnSummary& summary) {
    if (total.count == 0) return;
    summary.hasMoments = true;
    summary.mean = total.mean;
    summary.deviation = total.deviation();
    summary.minimum = total.minimum;
    summary.maximum = total.maximum;
}

template <class Visit>
Result<void> eachPresentRow(const ColumnView& view, const CancelToken& cancel, Visit visit) {
    for (std::int64_t row = 0; row < view.rows; ++row) {
        if ((row & 255) == 0 && cancel.cancelled()) return fail("job.cancelled");
        if (!view.isMissing(row)) visit(row);
    }
    return {};
}

Result<void> describeNumbers(const ColumnView& view, const CancelToken& cancel, ColumnSummary& summary) {
    SlicedMoments moments;
    DistinctCounter distinct;
    LAMINA_CHECK(eachPresentRow(view, cancel, [&](std::int64_t row) {
        const double x = view.number(row);
        if (std::isfinite(x)) moments.add(x);
        else ++summary.notFinite;
        // 0.0 and -0.0 are one value.
        distinct.add(storedAsInteger(view.kind) ? static_cast<std::uint64_t>(view.integers[static_cast<std::size_t>(row)])
                                                      : std::bit_cast<std::uint64_t>(x == 0.0 ? 0.0 : x));
    }));
    distinct.report(summary);
    reportMoments(moments.total(), summary);
    return {};
}

Result<void> describeCodes(const ColumnView& view, const CancelToken& cancel, std::vector<std::string> names, ColumnSummary& summary) {
    std::vector<std::int64_t> counts(names.size());
    LAMINA_CHECK(eachPresentRow(view, cancel, [&](std::int64_t row) { ++counts[static_cast<std::size_t>(view.number(row))]; }));
    for (std::size_t code = 0; code < names.size(); ++code) {
        if (counts[code] > 0) ++summary.distinct;
        if (code < mostValues) summary.values.emplace_back(std::move(names[code]), counts[code]);
    }
    return {};
}

Result<void> describeTexts(const ColumnView& view, const CancelToken& cancel, ColumnSummary& summary) {
    DistinctCounter distinct;
    LAMINA_CHECK(eachPresentRow(view, cancel, [&](std::int64_t row) { distinct.add(std::hash<std::string_view>{}(view.text(row))); }));
    distinct.report(summary);
    return {};
}

double elementAt(const ColumnView& view, const std::byte* row, std::size_t i) {
    if (view.elementType == DType::UInt8) return std::to_integer<int>(row[i]);
    float value;
    std::memcpy(&value, row + i * sizeof value, sizeof value);
    return value;
}

/// Bytes have 256 values: counting them is exact and quick.
Result<void> describeBytes(const ColumnView& view, const CancelToken& cancel, ColumnSummary& summary) {
    std::array<std::int64_t, 256> counts{};
    LAMINA_CHECK(eachPresentRow(view, cancel, [&](std::int64_t row) {
        for (const std::byte byte : view.element(row)) ++counts[std::to_integer<std::size_t>(byte)];
    }));
    Moments total;
    for (std::size_t x = 0; x < counts.size(); ++x) {
        const double value = static_cast<double>(x);
        if (counts[x] > 0) total.merge({counts[x], value, 0.0, value, value});
    }
    reportMoments(total, summary);
    return {};
}

Result<void> describeFloats(const ColumnView& view, const CancelToken& cancel, ColumnSummary& summary) {
    SlicedMoments moments;
    LAMINA_CHECK(eachPresentRow(view, cancel, [&](std::int64_t row) {
        const auto element = view.element(row);
        for (std::size_t i = 0; i < element.size() / sizeof(float); ++i) {
            const double x = elementAt(view, element.data(), i);
            if (std::isfinite(x)) moments.add(x);
            else ++summary.notFinite;
        }
    }));
    reportMoments(moments.total(), summary);
    return {};
}

Result<void> describeValues(const ColumnView& view, const CancelToken& cancel, ColumnSummary& summary) {
    switch (view.kind) {
        case ColumnKind::Number:
        case ColumnKind::Integer:
        case ColumnKind::Time: return describeNumbers(view, cancel, summary);
        case ColumnKind::Boolean:
            LAMINA_CHECK(describeNumbers(view, cancel, summary));
            summary.distinct = 0;
            return describeCodes(view, cancel, {"false", "true"}, summary);
        case ColumnKind::Category: return describeCodes(view, cancel, {view.dictionary.begin(), view.dictionary.end()}, summary);
        case ColumnKind::Text:
        case ColumnKind::Image: return describeTexts(view, cancel, summary);
        case ColumnKind::Tensor: break;
    }
    return view.elementType == DType::UInt8 ? describeBytes(view, cancel, summary) : describeFloats(view, cancel, summary);
}

nlohmann::json partsToJson(const PartCounts& counts) {
    nlohmann::json json;
    for (int part = 0; part < partCount; ++part) json[partName(static_cast<Part>(part))] = counts[static_cast<std::size_t>(part)];
    return json;
}

}  // namespace

Result<ColumnSummary> describeColumn(const Table& table, std::size_t column, const CancelToken& cancel) {
    const ColumnInfo& info = table.info(column);
    ColumnSummary summary;
    summary.name = info.name;
    summary.kind = info.kind;
    summary.rows = table.rows();
    summary.missing = info.missing;
    if (info.kind == ColumnKind::Tensor) {
        summary.shape = std::string(dtypeName(info.elementType)) + " " + shapeText(info.elementShape);
        summary.elementShape = info.elementShape;
    }
    LAMINA_CHECK(describeValues(table.view(column), cancel, summary));
    return summary;
}

Result<std::vector<ColumnSummary>> describeTable(const Table& table, const CancelToken& cancel) {
    std::vector<ColumnSummary> summaries;
    for (std::size_t column = 0; column < table.columnCount(); ++column) {
        LAMINA_TRY(auto summary, describeColumn(table, column, cancel));
        summaries.push_back(std::move(summary));
    }
    return summaries;
}

nlohmann::json toJson(const ColumnSummary& s) {
    nlohmann::json json{{"name", s.name}, {"kind", columnKindName(s.kind)}, {"rows", s.rows}, {"missing", s.missing}, {"not_finite", s.notFinite}};
    if (s.kind == ColumnKind::Tensor) json["shape"] = s.shape;
    else json.update({{"distinct", s.distinct}, {"distinct_is_at_least", s.distinctIsAtLeast}});
    if (s.hasMoments) json.update({{"mean", s.mean}, {"deviation", s.deviation}, {"minimum", s.minimum}, {"maximum", s.maximum}});
    for (const auto& [value, rows] : s.values) json["values"].push_back({{"value", value}, {"rows", rows}});
    return json;
}

nlohmann::json countsToJson(const Split& split) {
    nlohmann::json json = partsToJson(split.counts);
    for (const auto& one : split.classes) {
        nlohmann::json entry = partsToJson(one.rows);
        entry["name"] = one.name;
        json["classes"].push_back(std::move(entry));
    }
    return json;
}

ClassBalance classBalance(const Split& split, Part part) {
    ClassBalance balance;
    bool first = true;
    for (const auto& one : split.classes) {
        if (one.rows[0] + one.rows[1] + one.rows[2] == 0) continue;
        const std::int64_t rows = one.rows[static_cast<std::size_t>(part)];
        if (first || rows < balance.smallestRows) {
            balance.smallest = one.name;
            balance.smallestRows = rows;
        }
        if (first || rows > balance.largestRows) {
            balance.largest = one.name;
            balance.largestRows = rows;
        }
        first = false;
    }
    if (balance.smallestRows > 0) balance.ratio = static_cast<double>(balance.largestRows) / static_cast<double>(balance.smallestRows);
    return balance;
}

}  // namespace lamina
