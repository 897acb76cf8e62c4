// A dataset's table as rows to look at.
#pragma once

#include "core/data/image_reader.h"
#include "core/data/table.h"
#include "widgets/tables/row_source.h"

namespace lamina {

CellKind cellKind(ColumnKind kind);
/// What a cell of a Tensor column says of itself: "Grey picture, 28 × 28", "Numbers, 24 × 3".
QString tensorWords(const ColumnInfo& info);

class TableSource : public RowSource {
public:
    /// `reader`: of picture files.
    explicit TableSource(Table table, ImageReader reader = ImageReader());

    std::int64_t rows() const override { return m_table.rows(); }
    int columns() const override { return static_cast<int>(m_views.size()); }
    ColumnHeading heading(int column) const override { return m_headings[static_cast<std::size_t>(column)]; }
    bool missing(std::int64_t row, int column) const override { return view(column).isMissing(row); }
    double number(std::int64_t row, int column) const override { return view(column).number(row); }
    std::string_view utf8(std::int64_t row, int column) const override { return view(column).text(row); }
    QString text(std::int64_t row, int column) const override;
    bool hasPictures(int column) const override;
    QImage picture(std::int64_t row, int column, int edge) const override;

private:
    const ColumnView& view(int column) const { return m_views[static_cast<std::size_t>(column)]; }

    Table m_table;  ///< keeps what the views look at
    std::vector<ColumnView> m_views;
    std::vector<ColumnHeading> m_headings;
    ImageReader m_reader;
};

}  // namespace lamina
