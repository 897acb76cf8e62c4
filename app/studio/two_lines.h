// How high an entry of a list with two lines has to be.
#pragma once

#include <QFontMetrics>
#include <QListWidget>
#include <QSize>

namespace lamina {

/// Letters from another font, Chinese ones, are higher than the list's own font says; Qt reckons with the latter and leaves the second line out.
inline QSize twoLines(const QListWidgetItem& item, const QListWidget& list) {
    constexpr int padding = 8;
    const QFontMetrics metrics(list.font());
    const int line = std::max(metrics.lineSpacing(), metrics.boundingRect(QRect(0, 0, 10000, 1000), Qt::TextSingleLine, item.text()).height());
    return {0, 2 * line + metrics.lineSpacing() / 2 + padding};
}

}  // namespace lamina
