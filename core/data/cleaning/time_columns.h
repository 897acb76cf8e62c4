// Columns of texts read as points in time: which number is the day is decided from the whole column, and kept for later rows.
#pragma once

#include <string>

#include "core/data/cleaning/step_tools.h"
#include "core/data/time_text.h"

namespace lamina {

/// What a column's texts say about the order of day and month.
struct DateOrderFinding {
    DateOrder order = DateOrder::Unknown;  ///< Unknown: every text can be read either way (or none needs it)
    bool contradictory = false;            ///< some texts can only be day first, others only month first: the more frequent order is given
    std::int64_t doubtful = 0;             ///< texts that could be either, with another meaning
    std::string example;                   ///< the first of them
};
/// Looks at all rows that are there. "job.cancelled".
Result<DateOrderFinding> findDateOrder(const CleanTable& input, std::size_t column, const StepContext& context);

/// How texts are read as times.
struct TimeReader {
    std::string format;                    ///< as parseTimeAs() has it; empty: any form that readTime() knows
    DateOrder order = DateOrder::Unknown;  ///< Unknown: texts in doubt are refused
};
/// The column as Time: texts and categories read, Integer and Number taken as they are, in milliseconds times `scale` since 1970.
Result<TableColumn> readTimeColumn(const CleanTable& input, std::size_t column, const TimeReader& reader, double scale, const StepContext& context,
                                   StepReport& report);

/// What is learned of columns for later rows: {"<name>": "day-first" …}; `order` "detect" looks, anything else is taken as it is.
Result<nlohmann::json> fitDateOrders(const CleanTable& input, const std::vector<std::size_t>& columns, const std::string& order,
                                     const StepContext& context);
/// What fitDateOrders() found for a column; adds the issue "cleaning.ambiguous_dates" {column, example, first, second} where it had to guess,
/// "cleaning.mixed_dates" {column} where the texts contradict each other.
DateOrder learnedDateOrder(const nlohmann::json& fitted, const std::string& column, StepReport& report);

}  // namespace lamina
