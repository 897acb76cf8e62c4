#include "widgets/canvas/caption_tag.h"

#include <QCache>
#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace lamina {

namespace {

constexpr double tagMargin = 4;        // left and right of the letters, view pixels
constexpr qsizetype keptBytes = 8 << 20;

struct TagLook {
    QString caption;
    QRgb colour = 0;
    QFont font;
    double ratio = 1;
    bool operator==(const TagLook&) const = default;
};

size_t qHash(const TagLook& look, size_t seed = 0) { return qHashMulti(seed, look.caption, look.colour, look.font, look.ratio); }

QImage paintedTag(const TagLook& look) {
    const QFontMetricsF metrics(look.font);
    const QSizeF size(metrics.horizontalAdvance(look.caption) + 2 * tagMargin, captionTagHeight(look.font));
    QImage tag(static_cast<int>(std::ceil(size.width() * look.ratio)), static_cast<int>(std::lround(size.height() * look.ratio)), QImage::Format_ARGB32_Premultiplied);
    tag.setDevicePixelRatio(look.ratio);
    QColor ground(look.colour);
    ground.setAlphaF(0.85F);
    tag.fill(ground);
    QPainter painter(&tag);
    painter.setFont(look.font);
    painter.setPen(qGray(look.colour) > 140 ? Qt::black : Qt::white);
    painter.drawText(QPointF(tagMargin, 1 + metrics.ascent()), look.caption);
    return tag;
}

}  // namespace

double captionTagHeight(const QFont& font) { return QFontMetricsF(font).height() + 2; }

QImage captionTag(const QString& caption, QColor colour, const QFont& font, double ratio) {
    static QCache<TagLook, QImage> kept(keptBytes);
    const TagLook look{caption, colour.rgb(), font, ratio};
    if (const auto* known = kept.object(look)) return *known;
    QImage tag = paintedTag(look);
    kept.insert(look, new QImage(tag), tag.sizeInBytes());
    return tag;
}

}  // namespace lamina
