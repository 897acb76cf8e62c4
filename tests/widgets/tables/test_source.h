// Rows made from their numbers, with the counts of who asked.
#pragma once

#include <atomic>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "widgets/tables/row_source.h"

namespace lamina {

/// Columns: 0 number (row × 7 mod rows, every tenth missing), 1 category (red, Green, blue), 2 text "item <n>", 3 boolean, 4 integer, then numbers.
class TestSource : public RowSource {
public:
    explicit TestSource(std::int64_t rows, int columns = 5) : m_rows(rows), m_columns(columns) {
        for (std::int64_t row = 0; row < rows; ++row) m_texts.push_back(row % 5 == 3 ? std::string() : "Item " + std::to_string(row * 3 % rows));
    }
    std::int64_t rows() const override { return m_rows; }
    int columns() const override { return m_columns; }
    ColumnHeading heading(int column) const override {
        static const CellKind kinds[] = {CellKind::Number, CellKind::Category, CellKind::Text, CellKind::Boolean, CellKind::Integer};
        ColumnHeading heading{QStringLiteral("column %1").arg(column), column < 5 ? kinds[column] : CellKind::Number, 0, {}, {}};
        if (column == 0) heading.missing = (m_rows + 9) / 10;
        if (column == 1) heading.categories = {"red", "Green", "blue"};
        return heading;
    }
    bool missing(std::int64_t row, int column) const override {
        return column == 0 ? row % 10 == 0 : column == 2 && m_texts[static_cast<std::size_t>(row)].empty();
    }
    double number(std::int64_t row, int column) const override {
        if (column == 1) return static_cast<double>(row % 3);
        if (column == 3) return static_cast<double>(row % 2);
        if (column == 0 && row % 10 == 0) return std::numeric_limits<double>::quiet_NaN();
        return static_cast<double>(row * 7 % m_rows) + (column == 0 ? 0.5 : 0.0);
    }
    std::string_view utf8(std::int64_t row, int) const override { return m_texts[static_cast<std::size_t>(row)]; }
    QString text(std::int64_t row, int column) const override {
        ++asked;
        if (missing(row, column)) return {};
        if (column == 1) return heading(1).categories[static_cast<int>(row % 3)];
        if (column == 2) return QString::fromStdString(m_texts[static_cast<std::size_t>(row)]);
        if (column == 3) return row % 2 ? "true" : "false";
        return QString::number(number(row, column));
    }
    mutable std::atomic<std::int64_t> asked{0};

private:
    std::int64_t m_rows;
    int m_columns;
    std::vector<std::string> m_texts;
};

}  // namespace lamina
