// Which rows of a source are shown, in which order.
#pragma once

#include <QString>

#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/cancel.h"
#include "widgets/tables/row_source.h"

namespace lamina {

/// What a column's value has to be. All that is set must hold; a missing value passes only where `missingOnly` asks for it.
struct ColumnFilter {
    QString contains;                                        ///< Text: this anywhere in it, any case; empty: not asked
    double from = -std::numeric_limits<double>::infinity();  ///< Number, Integer, Time: both ends belong to the range
    double to = std::numeric_limits<double>::infinity();
    std::optional<std::vector<int>> categories;  ///< Category: these codes; Boolean: 0 and 1
    bool missingOnly = false;

    bool asksNothing() const;
    bool operator==(const ColumnFilter&) const = default;
};

/// Row numbers of the source, in the order they are shown.
using RowOrder = std::vector<std::uint32_t>;

struct RowQuery {
    int sortColumn = -1;  ///< -1: as in the source
    bool descending = false;
    std::map<int, ColumnFilter> filters;  ///< by column
    QString search = {};                  ///< anywhere in any column, any case
    bool gone = false;                    ///< rows that are gone are shown as well
    bool touchedOnly = false;             ///< only rows that are struck or have a tinted cell
    std::shared_ptr<const RowOrder> only = {};  ///< only these rows, rising; nullptr: all

    bool filtersRows() const { return !filters.empty() || !search.isEmpty() || touchedOnly || only; }
    bool asksNothing() const { return sortColumn < 0 && !filtersRows(); }
    bool operator==(const RowQuery&) const = default;
};

struct ArrangeJob {
    CancelToken cancel;                    ///< asked at least every 100 ms
    std::function<void(double)> progress;  ///< 0 … 1; may be empty
};

/// Filters and sorts. Equal rows keep the order of the source; missing values come last either way; categories are sorted by their texts.
/// Empty where it was cancelled. Any thread; takes long on large sources.
std::optional<RowOrder> arrangeRows(const RowSource& source, const RowQuery& query, const ArrangeJob& job);

}  // namespace lamina
