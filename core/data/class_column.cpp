#include "core/data/class_column.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace lamina {

namespace {

Error tooMany(const std::string& column) {
    return fail("data.too_many_classes", {{"column", column}, {"limit", std::to_string(ClassColumn::limit)}});
}

/// Whole numbers that a double holds exactly.
bool isWhole(double x) { return std::abs(x) <= 0x1p53 && x == std::floor(x); }

}  // namespace

Result<ClassColumn> ClassColumn::create(const Table& table, std::size_t column) {
    ClassColumn result;
    result.m_view = table.view(column);
    const std::string& name = table.info(column).name;
    switch (result.m_view.kind) {
        case ColumnKind::Category:
            if (static_cast<std::int64_t>(result.m_view.dictionary.size()) > limit) return tooMany(name);
            result.m_names.assign(result.m_view.dictionary.begin(), result.m_view.dictionary.end());
            break;
        case ColumnKind::Boolean: result.m_names = {"false", "true"}; break;
        case ColumnKind::Text: LAMINA_CHECK(result.collectTexts(name)); break;
        case ColumnKind::Integer:
        case ColumnKind::Number: LAMINA_CHECK(result.collectNumbers(name)); break;
        case ColumnKind::Time:
        case ColumnKind::Image:
        case ColumnKind::Tensor: return fail("data.not_classes", {{"column", name}});
    }
    return result;
}

Result<void> ClassColumn::collectTexts(const std::string& column) {
    std::set<std::string, std::less<>> distinct;
    for (std::int64_t row = 0; row < m_view.rows; ++row) {
        const std::string_view text = m_view.text(row);
        if (m_view.isMissing(row) || distinct.contains(text)) continue;
        if (static_cast<std::int64_t>(distinct.size()) == limit) return tooMany(column);
        distinct.emplace(text);
    }
    m_names.assign(distinct.begin(), distinct.end());
    for (const auto& name : m_names) m_texts.emplace(name, static_cast<std::int32_t>(m_texts.size()));
    return {};
}

Result<void> ClassColumn::collectNumbers(const std::string& column) {
    std::set<std::int64_t> distinct;
    for (std::int64_t row = 0; row < m_view.rows; ++row) {
        const double number = m_view.number(row);
        if (!std::isfinite(number)) continue;
        if (m_view.kind == ColumnKind::Number && !isWhole(number)) return fail("data.not_classes", {{"column", column}});
        distinct.insert(m_view.kind == ColumnKind::Integer ? m_view.integers[static_cast<std::size_t>(row)] : static_cast<std::int64_t>(number));
        if (static_cast<std::int64_t>(distinct.size()) > limit) return tooMany(column);
    }
    m_numbers.assign(distinct.begin(), distinct.end());
    for (const std::int64_t number : m_numbers) m_names.push_back(std::to_string(number));
    return {};
}

std::int32_t ClassColumn::at(std::int64_t row) const {
    const auto index = static_cast<std::size_t>(row);
    if (m_view.isMissing(row)) return -1;
    switch (m_view.kind) {
        case ColumnKind::Category: return m_view.codes[index];
        case ColumnKind::Boolean: return m_view.booleans[index];
        case ColumnKind::Text: return m_texts.find(m_view.text(row))->second;
        case ColumnKind::Time:
        case ColumnKind::Image:
        case ColumnKind::Tensor: return -1;
        default: break;
    }
    const double number = m_view.number(row);
    if (!std::isfinite(number)) return -1;
    const std::int64_t value = m_view.kind == ColumnKind::Integer ? m_view.integers[index] : static_cast<std::int64_t>(number);
    return static_cast<std::int32_t>(std::lower_bound(m_numbers.begin(), m_numbers.end(), value) - m_numbers.begin());
}

bool looksLikeClassCodes(const Table& table, std::size_t column) {
    constexpr std::size_t mostCodes = 20;
    constexpr std::int64_t rowsPerCode = 5;
    const ColumnView view = table.view(column);
    if (view.kind != ColumnKind::Integer) return false;
    std::set<std::int64_t> codes;
    for (std::int64_t row = 0; row < view.rows && codes.size() <= mostCodes; ++row)
        if (!view.isMissing(row)) codes.insert(view.integers[static_cast<std::size_t>(row)]);
    const auto count = static_cast<std::int64_t>(codes.size());
    if (count < 2 || codes.size() > mostCodes || count * rowsPerCode > view.rows - table.info(column).missing) return false;
    return (*codes.begin() == 0 || *codes.begin() == 1) && *codes.rbegin() - *codes.begin() == count - 1;
}

}  // namespace lamina
