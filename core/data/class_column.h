// A column read as classes: one index per row and a name per index, whatever the column's kind.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/data/table.h"

namespace lamina {

/// Category: its dictionary. Boolean: "false", "true". Integer and whole Numbers: the distinct values, rising. Text: the distinct texts,
/// in the order of their bytes. Holds a view: the table must stay open. Any number of threads may read.
class ClassColumn {
public:
    static constexpr std::int64_t limit = 10000;

    /// Fails with "data.too_many_classes" {column, limit} and "data.not_classes" {column} (a Tensor, or numbers with fractions).
    static Result<ClassColumn> create(const Table& table, std::size_t column);

    const std::vector<std::string>& names() const { return m_names; }
    std::int32_t count() const { return static_cast<std::int32_t>(m_names.size()); }
    /// The row's class, or -1 where missing (or not finite).
    std::int32_t at(std::int64_t row) const;

private:
    struct TextHash : std::hash<std::string_view> {
        using is_transparent = void;
    };

    Result<void> collectTexts(const std::string& column);
    Result<void> collectNumbers(const std::string& column);

    ColumnView m_view;
    std::vector<std::string> m_names;
    std::vector<std::int64_t> m_numbers;  ///< Integer and Number: value of each class, rising
    std::unordered_map<std::string, std::int32_t, TextHash, std::equal_to<>> m_texts;
};

/// Do the whole numbers of this column read like codes of classes: 0 … k-1 or 1 … k without a gap, k at most 20, each five times on average?
/// Then they are classes unless somebody says otherwise (survived 0/1, species 0/1/2), while scores such as 3 … 9 stay numbers.
bool looksLikeClassCodes(const Table& table, std::size_t column);

}  // namespace lamina
