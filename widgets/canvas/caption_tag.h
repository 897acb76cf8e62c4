// The tags on shapes: a caption on the colour of its class. Made once for all shapes that say the same: letters are slow to paint, pictures are not.
#pragma once

#include <QColor>
#include <QFont>
#include <QImage>
#include <QString>

namespace lamina {

/// View pixels.
double captionTagHeight(const QFont& font);
/// In pixels of a screen with so many per view pixel. Those used last are kept. GUI thread.
QImage captionTag(const QString& caption, QColor colour, const QFont& font, double ratio);

}  // namespace lamina
