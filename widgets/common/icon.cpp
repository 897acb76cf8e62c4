#include "widgets/common/icon.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include "widgets/common/theme.h"

namespace lamina {
namespace {

QColor tint(QIcon::Mode mode) {
    const ThemeColours& colours = themeColours();
    return mode == QIcon::Disabled ? colours.border : mode == QIcon::Selected ? colours.accent : colours.text;
}

class TintedEngine : public QIconEngine {
public:
    explicit TintedEngine(QString file) : m_file(std::move(file)) {}

    QIconEngine* clone() const override { return new TintedEngine(m_file); }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override {
        const QColor colour = tint(mode);
        const QString key = QStringLiteral("lamina-icon:%1:%2x%3:%4").arg(m_file).arg(size.width()).arg(size.height()).arg(colour.rgba());
        QPixmap picture;
        if (QPixmapCache::find(key, &picture)) return picture;
        picture = QPixmap(size);
        picture.fill(Qt::transparent);
        QFile file(m_file);
        if (file.open(QIODevice::ReadOnly)) {
            QSvgRenderer renderer(file.readAll().replace("currentColor", colour.name().toLatin1()));
            renderer.setAspectRatioMode(Qt::KeepAspectRatio);
            QPainter painter(&picture);
            renderer.render(&painter);
        }
        QPixmapCache::insert(key, picture);
        return picture;
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        const qreal ratio = painter->device()->devicePixelRatioF();
        QPixmap picture = pixmap((QSizeF(rect.size()) * ratio).toSize(), mode, state);
        painter->drawPixmap(rect, picture);
    }

private:
    QString m_file;
};

}  // namespace

QIcon themeIcon(const QString& name) {
    const QString file = (name.startsWith(QLatin1String("layers/")) ? QStringLiteral(":/%1.svg") : QStringLiteral(":/icons/%1.svg")).arg(name);
    return QFile::exists(file) ? QIcon(new TintedEngine(file)) : QIcon();
}

}  // namespace lamina
