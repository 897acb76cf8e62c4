// Judged items of a table as rows: truth, prediction, how sure, and the columns of the dataset.
#pragma once

#include <memory>
#include <vector>

#include "app/jobs/judged_items.h"
#include "app/sources/table_source.h"

namespace lamina {

class JudgedRows : public RowSource {
public:
    /// `classes` empty: regression.
    JudgedRows(std::shared_ptr<const TableSource> table, std::vector<JudgedItem> items, QStringList classes);

    std::int64_t rows() const override { return static_cast<std::int64_t>(m_items.size()); }
    int columns() const override { return ownColumns + m_table->columns(); }
    ColumnHeading heading(int column) const override;
    bool missing(std::int64_t row, int column) const override;
    double number(std::int64_t row, int column) const override;
    std::string_view utf8(std::int64_t row, int column) const override;
    QString text(std::int64_t row, int column) const override;

private:
    enum Own { Actual, Predicted, Sure, ownColumns };
    const JudgedItem& item(std::int64_t row) const { return m_items[static_cast<std::size_t>(row)]; }

    std::shared_ptr<const TableSource> m_table;
    std::vector<JudgedItem> m_items;
    QStringList m_classes;
    ColumnHeading m_headings[ownColumns];
};

}  // namespace lamina
