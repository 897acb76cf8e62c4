#include "core/data/cleaning/nearest_rows.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lamina {
namespace {

std::vector<std::int64_t> rowsToKeep(const CleanTable& input, TrainingRows training) {
    std::vector<std::int64_t> all;
    for (std::int64_t row = 0; row < input.table.rows(); ++row)
        if (training.empty() ? !input.isRemoved(row) : training[static_cast<std::size_t>(row)] != 0) all.push_back(row);
    const auto count = static_cast<std::int64_t>(all.size()), wanted = std::min(count, NearestRows::mostRows);
    std::vector<std::int64_t> kept;
    for (std::int64_t i = 0; i < wanted; ++i) kept.push_back(all[static_cast<std::size_t>(i * count / wanted)]);
    return kept;
}

double deviationOf(const ColumnView& view, const std::vector<std::int64_t>& rows) {
    double sum = 0, squares = 0, count = 0;
    for (const std::int64_t row : rows)
        if (!view.isMissing(row)) sum += view.number(row), ++count;
    const double mean = count > 0 ? sum / count : 0;
    for (const std::int64_t row : rows)
        if (!view.isMissing(row)) squares += (view.number(row) - mean) * (view.number(row) - mean);
    const double deviation = count > 0 ? std::sqrt(squares / count) : 0;
    return deviation > 0 && std::isfinite(deviation) ? deviation : 1;
}

}  // namespace

nlohmann::json NearestRows::learn(const CleanTable& input, const std::vector<std::size_t>& columns, TrainingRows training, bool scale) {
    const auto rows = rowsToKeep(input, training);
    nlohmann::json names = nlohmann::json::array(), scales = nlohmann::json::array(), values = nlohmann::json::array();
    for (const std::size_t column : columns) {
        const ColumnView view = input.table.view(column);
        names.push_back(input.table.info(column).name);
        scales.push_back(scale ? deviationOf(view, rows) : 1.0);
        nlohmann::json numbers = nlohmann::json::array();
        for (const std::int64_t row : rows) numbers.push_back(view.isMissing(row) ? nlohmann::json() : nlohmann::json(view.number(row)));
        values.push_back(std::move(numbers));
    }
    return {{"columns", names}, {"scale", scales}, {"values", values}};
}

NearestRows::NearestRows(const nlohmann::json& learned)
    : m_names(learned.at("columns").get<std::vector<std::string>>()), m_scale(learned.at("scale").get<std::vector<double>>()) {
    const auto& values = learned.at("values");
    m_scale.resize(m_names.size(), 1);
    m_rows = values.empty() ? 0 : values.at(0).size();
    m_values.assign(m_rows * m_names.size(), std::numeric_limits<double>::quiet_NaN());
    for (std::size_t column = 0; column < m_names.size(); ++column)
        for (std::size_t row = 0; row < m_rows; ++row)
            if (const auto& value = values.at(column).at(row); !value.is_null())
                m_values[row * m_names.size() + column] = value.get<double>() / m_scale[column];
}

/// Infinity where the rows have no number in common.
double NearestRows::squaredDistance(std::span<const double> row, std::size_t other) const {
    const double* values = m_values.data() + other * m_names.size();
    double sum = 0;
    std::size_t both = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const double difference = row[i] / m_scale[i] - values[i];
        if (difference != difference) continue;
        sum += difference * difference;
        ++both;
    }
    return both == 0 ? std::numeric_limits<double>::infinity() : sum / static_cast<double>(both);
}

std::optional<double> NearestRows::estimate(std::span<const double> row, std::size_t target, std::size_t neighbours) const {
    std::vector<std::pair<double, std::size_t>> donors;
    for (std::size_t other = 0; other < m_rows; ++other)
        if (!std::isnan(m_values[other * m_names.size() + target])) donors.emplace_back(squaredDistance(row, other), other);
    if (donors.empty()) return std::nullopt;
    const bool known = std::any_of(donors.begin(), donors.end(), [](const auto& donor) { return std::isfinite(donor.first); });
    const std::size_t count = known ? std::min(std::max<std::size_t>(1, neighbours), donors.size()) : donors.size();
    std::partial_sort(donors.begin(), donors.begin() + static_cast<std::ptrdiff_t>(count), donors.end());
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += m_values[donors[i].second * m_names.size() + target];
    return sum / static_cast<double>(count) * m_scale[target];
}

}  // namespace lamina
