#include "app/sources/table_source.h"

namespace lamina {

CellKind cellKind(ColumnKind kind) {
    switch (kind) {
        case ColumnKind::Number: return CellKind::Number;
        case ColumnKind::Integer: return CellKind::Integer;
        case ColumnKind::Boolean: return CellKind::Boolean;
        case ColumnKind::Category: return CellKind::Category;
        case ColumnKind::Text: return CellKind::Text;
        case ColumnKind::Time: return CellKind::Time;
        case ColumnKind::Image:
        case ColumnKind::Tensor: return CellKind::Picture;
    }
    return CellKind::Text;
}

TableSource::TableSource(Table table) : m_table(std::move(table)) {
    for (std::size_t column = 0; column < m_table.columnCount(); ++column) {
        const ColumnInfo& info = m_table.info(column);
        m_views.push_back(m_table.view(column));
        ColumnHeading heading{QString::fromStdString(info.name), cellKind(info.kind), info.missing, {}, {}};
        for (const std::string& word : info.dictionary) heading.categories << QString::fromStdString(word);
        m_headings.push_back(std::move(heading));
    }
}

QString TableSource::text(std::int64_t row, int column) const {
    return QString::fromStdString(displayText(view(column), m_table.info(static_cast<std::size_t>(column)), row));
}

}  // namespace lamina
