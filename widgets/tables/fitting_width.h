// How wide a table's columns are before anybody has chosen.
#pragma once

#include <QTableView>

namespace lamina {

class ColumnHeader;

inline constexpr int widestAtFirst = 280;

/// The column that is as wide as the room that is left, and not as somebody chose or as is in it; -1: none.
int stretchedColumn(const QTableView& view);
/// As wide as its head and the first cells, from 70 to widestAtFirst.
int fittingWidth(const QTableView& view, const ColumnHeader& header, int column);

}  // namespace lamina
