// Gaps filled from the rows that are most alike in the other number columns.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/data/cleaning/step_tools.h"

namespace lamina {

/// Training rows kept to compare with. Distances are those of the numbers that both rows have, scaled up for those that one lacks.
class NearestRows {
public:
    /// At most this many training rows are kept, evenly spread.
    static constexpr std::int64_t mostRows = 5000;

    /// What is kept, as JSON; `columns` are Number, Integer or Boolean ones. With `scale` each column counts in its standard deviations.
    static nlohmann::json learn(const CleanTable& input, const std::vector<std::size_t>& columns, TrainingRows training, bool scale);
    explicit NearestRows(const nlohmann::json& learned);

    const std::vector<std::string>& columns() const { return m_names; }
    /// The mean of the `neighbours` nearest rows that have column `target`; of all of them where no distance is known; nothing where none has it.
    /// `row`: one number per column, NaN where missing.
    std::optional<double> estimate(std::span<const double> row, std::size_t target, std::size_t neighbours) const;

private:
    double squaredDistance(std::span<const double> row, std::size_t other) const;

    std::vector<std::string> m_names;
    std::vector<double> m_scale;   ///< what each column's numbers are divided by
    std::vector<double> m_values;  ///< rows × columns, scaled; NaN: missing
    std::size_t m_rows = 0;
};

}  // namespace lamina
