#include "app/jobs/column_summary.h"

#include <cmath>

#include "core/data/moments.h"

namespace lamina {
namespace {

void summarizeNumbers(const ColumnView& view, ColumnSummary& summary) {
    SlicedMoments moments;
    for (std::int64_t row = 0; row < view.rows; ++row)
        if (const double x = view.number(row); std::isfinite(x)) moments.add(x);
    const Moments total = moments.total();
    const double none = std::nan("");
    const bool any = total.count > 0;
    summary.minimum = any ? total.minimum : none;
    summary.maximum = any ? total.maximum : none;
    summary.mean = any ? total.mean : none;
    summary.deviation = any ? std::sqrt(total.squares / static_cast<double>(total.count)) : none;
}

void countCategories(const ColumnView& view, ColumnSummary& summary) {
    for (const auto& text : view.dictionary) summary.counts.emplace_back(text, 0);
    for (const auto code : view.codes)
        if (code >= 0) ++summary.counts[static_cast<std::size_t>(code)].second;
}

void countBooleans(const ColumnView& view, ColumnSummary& summary) {
    summary.counts = {{"false", 0}, {"true", 0}};
    for (std::int64_t row = 0; row < view.rows; ++row)
        if (!view.isMissing(row)) ++summary.counts[view.booleans[static_cast<std::size_t>(row)] != 0 ? 1 : 0].second;
}

}  // namespace

ColumnSummary summarizeColumn(const Table& table, std::size_t column) {
    const ColumnInfo& info = table.info(column);
    const ColumnView view = table.view(column);
    ColumnSummary summary;
    summary.name = info.name;
    summary.kind = view.kind;
    summary.elementShape = info.elementShape;
    summary.rows = view.rows;
    summary.missing = info.missing;
    switch (view.kind) {
        case ColumnKind::Number:
        case ColumnKind::Integer: summarizeNumbers(view, summary); break;
        case ColumnKind::Category: countCategories(view, summary); break;
        case ColumnKind::Boolean: countBooleans(view, summary); break;
        case ColumnKind::Text:
        case ColumnKind::Tensor: break;
    }
    return summary;
}

}  // namespace lamina
