#include "widgets/tables/fitting_width.h"

#include <QHeaderView>

#include <algorithm>

#include "widgets/tables/column_header.h"
#include "widgets/tables/data_table_model.h"

namespace lamina {

int stretchedColumn(const QTableView& view) {
    const QHeaderView& header = *view.horizontalHeader();
    return header.count() > 0 && header.length() <= view.viewport()->width() ? header.logicalIndex(header.count() - 1) : -1;
}

int fittingWidth(const QTableView& view, const ColumnHeader& header, int column) {
    const auto& cells = static_cast<const DataTableModel&>(*view.model());
    int width = header.wantedWidth(column);
    if (cells.source()->hasPictures(column)) return std::clamp(width, CellPictures::edge + 20, widestAtFirst);
    for (int row = 0; row < std::min(cells.rowCount(), 30); ++row)
        width = std::max(width, view.fontMetrics().horizontalAdvance(cells.index(row, column).data().toString().left(80)) + 20);
    return std::clamp(width, 70, widestAtFirst);
}

}  // namespace lamina
