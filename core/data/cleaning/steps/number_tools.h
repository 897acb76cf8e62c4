// What steps on columns of numbers have in common: choosing them, their training values, and every number made into another.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/data/cleaning/number_sums.h"

namespace lamina {

/// The columns named, Number or Integer; none named: all of these that are neither target nor ignored.
/// `mayLack`: see stepColumns.
Result<std::vector<std::size_t>> numberColumns(const Table& table, const std::vector<std::string>& names, bool mayLack = false);

/// Does this row teach? (TrainingRows: an empty span means all.)
inline bool teaches(TrainingRows training, std::int64_t row) { return training.empty() || training[static_cast<std::size_t>(row)] != 0; }

/// The numbers of the rows that teach, missing ones left out, in the order of rows.
std::vector<double> teachingNumbers(const ColumnView& column, TrainingRows training);

/// The quantile (0 … 1) of sorted numbers, between two of them linearly (as NumPy does by itself). NaN where there are none.
double quantileOfSorted(const std::vector<double>& sorted, double quantile);
/// The same of numbers in any order (which changes), for increasing quantiles; quicker than sorting.
std::vector<double> quantilesOf(std::vector<double>& values, const std::vector<double>& quantiles);
/// Mean and standard deviation (divided by n), in two passes; NaN where there are none.
struct MeanDeviation {
    double mean, deviation;
};
MeanDeviation meanDeviation(const std::vector<double>& values);

/// Learns one thing per column: {"columns": {name: learn(values), …}}. `learn` is called by several threads, never without values:
/// "cleaning.no_values_to_learn" {column} for a column that was named, left alone where none was.
using LearnNumbers = std::function<nlohmann::json(std::vector<double> values)>;
Result<nlohmann::json> learnNumberColumns(const CleanTable& input, TrainingRows training, const std::vector<std::string>& names, const StepContext& context,
                                          const LearnNumbers& learn);

/// The same from sums, without a copy of the values. `squares`: learn() needs the deviation.
using LearnSums = std::function<nlohmann::json(const NumberSums& sums)>;
Result<nlohmann::json> learnSumsOfColumns(const CleanTable& input, TrainingRows training, const std::vector<std::string>& names, bool squares,
                                          const StepContext& context, const LearnSums& learn);

/// Replaces numbers in place, each by itself; NaN stays NaN. A number that becomes NaN or infinite is refused: missing and reported. Called by several threads.
using NumberFunction = std::function<void(std::span<double> values)>;
/// From a function of one number: eachNumber([](double x) { return 2 * x; }).
template <class Function>
NumberFunction eachNumber(Function function) {
    return [function](std::span<double> values) {
        for (double& value : values) value = function(value);
    };
}
/// Every column that was learned about, its numbers replaced: `functionOf` makes the function from what was learned. New rows to be predicted may lack
/// a column (the target).
Result<CleanTable> mapLearnedColumns(const CleanTable& input, const nlohmann::json& fitted, const StepContext& context, StepReport& report,
                                     const std::function<NumberFunction(const nlohmann::json& learned)>& functionOf);
/// The numbers of columns replaced; Number columns under the same ids, names and roles.
struct MappedColumn {
    std::size_t column;
    NumberFunction function;
};
Result<CleanTable> mapColumns(const CleanTable& input, const std::vector<MappedColumn>& mapped, const StepContext& context, StepReport& report);

/// What was learned about a column, and where that column is now.
struct LearnedColumn {
    std::size_t column;
    const nlohmann::json* learned;
};
/// In the order of the table. "cleaning.no_column" but where new rows are predicted.
Result<std::vector<LearnedColumn>> learnedColumns(const CleanTable& input, const nlohmann::json& fitted, const StepContext& context);

/// A number typed as text: "" is `otherwise`; "cleaning.not_a_number" {setting, found}.
Result<double> numberSetting(const std::string& text, const char* setting, double otherwise);

/// A hash of two numbers that looks like chance: the same on every machine.
std::uint64_t mixedHash(std::uint64_t a, std::uint64_t b);
/// The number of the row of the source table, by which chance is drawn, so that earlier steps do not change it.
inline std::int64_t sourceRow(const CleanTable& input, std::int64_t row) { return input.origin ? (*input.origin)[static_cast<std::size_t>(row)] : row; }

}  // namespace lamina
