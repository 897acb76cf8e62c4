// Which rows train, validate and test: one byte per row, a function of the settings and the data alone. Leaks between the parts: split_leaks.h.
#pragma once

#include <array>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/data/column_file.h"

namespace lamina {

class Table;

/// The value is the byte in the split's file. Never renumbered.
enum class Part : std::uint8_t { Training = 0, Validation = 1, Test = 2, Unused = 3 };
inline constexpr int partCount = 4;
/// "training", "validation", "test", "unused".
const char* partName(Part part);

struct SplitSettings {
    std::uint64_t seed = 1;
    /// Fractions of the rows that can be used; together 1. A fraction may be 0, training may not.
    double training = 0.80, validation = 0.10, test = 0.10;
    /// The column to be learned: rows without a value in it are unused. Empty: no target.
    std::string target;
    /// Draw from each class of the target by itself, so that every part has the classes in the same proportion.
    /// Ignored for a target of numbers.
    bool stratify = true;
    /// A column with "test" (or "t10k") in the rows that are the test part, as Fashion-MNIST brings it; empty: none. Then `test` does
    /// not count: validation : training are drawn from the other rows in the proportion validation : training.
    /// Rows whose subset is "validation" ("valid", "val") or "unused" are taken by their word, too; where there are some of validation, those of
    /// "training" ("train") as well. Capitals do not count.
    std::string subset;
    /// How rows are drawn:
    ///   ""                "stratified" or "random", as `stratify` says
    ///   "random", "stratified"   row by row
    ///   "group"           rows with the same value of `column` stay together; a row without a value stands alone
    ///   "folder"          the same for the folders of the paths in `column` (texts, or pictures that stayed where they are)
    ///   "near_duplicates" the same for SplitRows::groups
    ///   "time"            in the order of `column` (time or numbers): the oldest rows train, the newest test, equal times stay together; a row
    ///   without a
    ///                     time is unused
    ///   "given"           `column` is the subset column
    /// Groups are dealt so that the sizes, and where `stratify` is on the classes, come as near to the fractions as possible.
    std::string method;
    std::string column;
    /// 2 or more: the rows that are not in the test part are dealt into so many folds; fold number `fold` (from 1) validates, the others train.
    /// `validation` then does not count, and the test part is the same for every fold of one seed. By time: fold f validates, what is older trains,
    /// what is newer is unused.
    std::int64_t folds = 0, fold = 1;
};
nlohmann::json toJson(const SplitSettings& settings);
Result<SplitSettings> splitSettingsFromJson(const nlohmann::json& json);
/// In a few words for a split's record: "stratified", "group:customer", "time:date fold 2/5"; and what those words say back into `settings`
/// (method, column, folds, fold; words that are not known change nothing).
std::string splitMethodText(const SplitSettings& settings);
void readSplitMethod(const std::string& text, SplitSettings& settings);
/// The words with the key of the rows that were divided (CleanTable::rowsKey), where a step made them; and the key in such words, or empty.
std::string withRowsKey(const std::string& method, const std::string& rowsKey);
std::string rowsKeyIn(const std::string& method);

/// What else is known of the rows. Spans of one value per row, or empty.
struct SplitRows {
    std::span<const std::uint16_t> removedBy;  ///< not 0: a cleaning step has removed the row; it is Unused
    std::span<const std::int32_t> groups;      ///< of "near_duplicates": rows of one number stay together; -1: alone
};

/// A class with fewer rows is rare: two or three wrong answers turn its figures over.
inline constexpr std::int64_t fewestRowsOfClass = 5;

/// Rows per part, of all classes or of one.
using PartCounts = std::array<std::int64_t, partCount>;

struct ClassCounts {
    std::string name;
    PartCounts rows{};
};

struct Split {
    std::vector<std::uint8_t> parts;   ///< one Part per row of the table
    PartCounts counts{};
    std::vector<ClassCounts> classes;  ///< in the order of the target's categories; empty for a target of numbers or none
    std::vector<Issue> issues;         ///< rows without target, classes too small for every part …

    Part part(std::int64_t row) const { return static_cast<Part>(parts[static_cast<std::size_t>(row)]); }
    /// The rows of a part, rising.
    std::vector<std::int64_t> rows(Part part) const;
};

/// Draws the split. Sizes are exact (largest remainder); a class with at least three rows is in every part whose fraction is not 0.
/// Groups go whole into one part; where they are too few or too large for the fractions, the sizes are as near as they can be, and that is an issue.
/// Fails with "split.fractions" (negative, or not adding up to 1), "split.no_column", "split.one_class", "split.too_few_rows", "split.method"
/// {method}, "split.folds" {folds, fold}, "split.not_time" {column}, "split.too_few_groups" {groups, needed}, "split.no_folders" {column},
/// "split.rows" {rows} (a span of another length), "job.cancelled".
Result<Split> makeSplit(const Table& table, const SplitSettings& settings, const SplitRows& rows, const CancelToken& cancel = {});
Result<Split> makeSplit(const Table& table, const SplitSettings& settings, const CancelToken& cancel = {});

/// A split of a table that has grown or changed.
struct ExtendedSplit {
    Split split;
    std::int64_t known = 0;  ///< rows that keep their part
    std::int64_t added = 0;  ///< rows drawn anew
    std::int64_t gone = 0;   ///< rows of the old split that are not there any more
};
/// Rows of `old` (a split of `oldTable`) keep their part; the others are drawn so that the fractions hold for all rows together, new members of a
/// known group follow it, and by time they go where their time belongs. Rows are recognised by the value of the column `key`; empty: by all columns
/// that both tables have but the target, so that corrected labels change nothing. Rows alike in that are taken in their order. Unused rows are drawn
/// again. Fails as makeSplit and with "split.no_common_columns".
Result<ExtendedSplit> extendSplit(const Table& table, const SplitSettings& settings, const Table& oldTable, const Split& old, const std::string& key,
                                  const SplitRows& rows = {}, const CancelToken& cancel = {});

/// The bytes as a column file "split" (Tensor, uint8, one element a row) in `folder`; and back, with counts but without classes and issues.
/// Reading fails with "split.damaged" {file} where the file has another number of rows or a byte that is no part.
Result<StoredColumn> writeSplit(const Path& folder, const Split& split);
Result<Split> readSplit(const Path& path, std::int64_t rows);
/// Fills split.classes again from the table's target column.
Result<void> countClasses(const Table& table, const std::string& target, Split& split);

}  // namespace lamina
