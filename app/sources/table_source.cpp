#include "app/sources/table_source.h"

#include <QCoreApplication>

#include "app/sources/column_pictures.h"

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

QString tensorWords(const ColumnInfo& info) {
    const Shape& shape = info.elementShape;
    QStringList sizes;
    const bool bands = shape.size() == 3 && info.elementType == DType::UInt8 && shape[0] != 1 && shape[0] != 3;
    const bool picture = bands || (shape.size() == 3 && (shape[0] == 1 || shape[0] == 3 || shape[0] == 4));
    for (std::size_t axis = picture ? 1 : 0; axis < shape.size(); ++axis) sizes << QString::number(shape[axis]);
    // People say the width first.
    if (picture) std::swap(sizes[0], sizes[1]);
    const QString size = sizes.join(QStringLiteral(" × "));
    if (!picture) return QCoreApplication::translate("lamina::TableSource", "Numbers, %1").arg(size);
    if (bands) return QCoreApplication::translate("lamina::TableSource", "Picture of %1 bands, %2").arg(shape[0]).arg(size);
    return shape[0] == 1 ? QCoreApplication::translate("lamina::TableSource", "Grey picture, %1").arg(size)
                         : QCoreApplication::translate("lamina::TableSource", "Colour picture, %1").arg(size);
}

TableSource::TableSource(Table table, ImageReader reader) : m_table(std::move(table)), m_reader(std::move(reader)) {
    for (std::size_t column = 0; column < m_table.columnCount(); ++column) {
        const ColumnInfo& info = m_table.info(column);
        m_views.push_back(m_table.view(column));
        ColumnHeading heading{QString::fromStdString(info.name), cellKind(info.kind), info.missing, {}, {}};
        for (const std::string& word : info.dictionary) heading.categories << QString::fromStdString(word);
        m_headings.push_back(std::move(heading));
    }
}

bool TableSource::hasPictures(int column) const { return showsPictures(m_table.info(static_cast<std::size_t>(column))); }

QImage TableSource::picture(std::int64_t row, int column, int edge) const {
    return thumbnailOf(m_table.info(static_cast<std::size_t>(column)), view(column), row, edge, m_reader);
}

QString TableSource::text(std::int64_t row, int column) const {
    const ColumnInfo& info = m_table.info(static_cast<std::size_t>(column));
    if (info.kind == ColumnKind::Tensor && !view(column).isMissing(row)) return tensorWords(info);
    return QString::fromStdString(displayText(view(column), m_table.info(static_cast<std::size_t>(column)), row));
}

}  // namespace lamina
