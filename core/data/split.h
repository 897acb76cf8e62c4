// Which rows train, validate and test: one byte per row, a function of the settings and the data alone.
#pragma once

#include <array>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
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
    /// Rows whose subset is "validation" or "unused" are taken by their word, too.
    std::string subset;
};
nlohmann::json toJson(const SplitSettings& settings);
Result<SplitSettings> splitSettingsFromJson(const nlohmann::json& json);

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
/// Fails with "split.fractions" (negative, or not adding up to 1), "split.no_column", "split.one_class", "split.too_few_rows", "job.cancelled".
Result<Split> makeSplit(const Table& table, const SplitSettings& settings, const CancelToken& cancel = {});

/// The bytes as a column file "split" (Tensor, uint8, one element a row) in `folder`; and back, with counts but without classes and issues.
/// Reading fails with "split.damaged" {file} where the file has another number of rows or a byte that is no part.
Result<StoredColumn> writeSplit(const Path& folder, const Split& split);
Result<Split> readSplit(const Path& path, std::int64_t rows);
/// Fills split.classes again from the table's target column.
Result<void> countClasses(const Table& table, const std::string& target, Split& split);

}  // namespace lamina
