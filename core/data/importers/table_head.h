// The rows at the top of a table that name its columns: one, or several where groups stand above the names ("2019" above "men" and "women") or units below
// them ("kg").
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/data/type_detection.h"

namespace lamina {

/// Rows of cells as texts, the first one at the top.
using HeadRows = std::span<const std::vector<std::string>>;

struct TableHead {
    std::size_t rows = 1;
    bool groups = false;  ///< the first row holds groups
    bool units = false;   ///< the last row holds units
};

/// What stands at the top of rows whose first one is known to hold names, or groups of them. More than one row only where the columns below are numbers, so that no row
/// of data can be meant: a table of texts alone has one.
TableHead findTableHead(HeadRows rows, const MissingWords& missing);
/// A head of so many rows, as somebody says: whether its last one holds units is still found.
TableHead tableHeadOf(HeadRows head);

/// Does the first row hold groups above the names in the second?
bool isGroupRow(HeadRows rows, const MissingWords& missing);
/// Does the first row hold units of the columns below it?
bool isUnitsRow(HeadRows rows, const MissingWords& missing);
/// kg, m/s², °C, [mmHg], 元 …
bool isUnit(std::string_view text);

/// One name for each column: "2019 men", "weight (kg)". A group counts for the empty cells to its right, as far as a name stands below them.
std::vector<std::string> headNames(HeadRows head, const TableHead& form);

/// A column that is called otherwise than the source says.
struct RenamedColumn {
    std::string column, name;  ///< as the source says; as it is called, the first of them
    std::int64_t count = 0;    ///< how many of this name got another
};
/// The second "a" becomes "a_2", and so on, without taking a name that another column has. Empty names stay.
std::vector<RenamedColumn> makeNamesDistinct(std::vector<std::string>& names);
/// "import.column_renamed" {column, name}.
std::vector<Issue> renamedIssues(const std::vector<RenamedColumn>& renamed);
/// What should be known of a head of several rows that was found: "import.head_rows" {count, name}, "import.units_row" {row, name}. `row`: that of the units.
std::vector<Issue> headIssues(HeadRows head, const TableHead& form, std::int64_t row);

}  // namespace lamina
