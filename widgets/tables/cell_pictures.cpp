#include "widgets/tables/cell_pictures.h"

#include <algorithm>
#include <cmath>

namespace lamina {
namespace {

constexpr int picturesKiB = 48 * 1024;
/// Requests beyond these are of rows that were scrolled past: a screen has fewer cells.
constexpr std::size_t mostRequests = 256, requestsKept = 128;

/// Cells one after the other as items of a gallery.
class CellImages : public ImageSource {
public:
    explicit CellImages(std::shared_ptr<const RowSource> rows) : m_rows(std::move(rows)) {}

    std::int64_t count() const override { return m_rows->rows() * m_rows->columns(); }
    QStringList classNames() const override { return {}; }
    int classOf(std::int64_t) const override { return -1; }
    QString caption(std::int64_t) const override { return {}; }
    QImage thumbnail(std::int64_t item, int edge) const override {
        const std::int64_t columns = m_rows->columns();
        const QImage picture = m_rows->picture(item / columns, static_cast<int>(item % columns), edge);
        if (picture.isNull() || std::max(picture.width(), picture.height()) <= edge) return picture;
        return picture.scaled(edge, edge, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    }

private:
    std::shared_ptr<const RowSource> m_rows;
};

}  // namespace

CellPictures::CellPictures(QObject* parent) : QObject(parent), m_pictures(picturesKiB) {
    connect(&m_loader, &ThumbnailLoader::ready, this, [this](std::int64_t item, const QImage& picture) {
        auto made = std::make_unique<QPixmap>(QPixmap::fromImage(picture));
        made->setDevicePixelRatio(m_scale);
        m_pictures.insert(item, made.release(), std::max<qsizetype>(1, picture.sizeInBytes() / 1024));
        std::erase(m_requested, item);
        emit ready(item / m_columns, static_cast<int>(item % m_columns));
    });
}

void CellPictures::setSource(std::shared_ptr<const RowSource> source) {
    m_source = std::move(source);
    m_pictures.clear();
    m_requested.clear();
    m_columns = m_source ? std::max(1, m_source->columns()) : 1;
    m_any = false;
    for (int column = 0; m_source && column < m_source->columns(); ++column) m_any = m_any || m_source->hasPictures(column);
    m_loader.setSource(m_any ? std::make_shared<CellImages>(m_source) : nullptr);
}

void CellPictures::setScale(double scale) {
    if (scale == m_scale) return;
    m_scale = scale;
    m_pictures.clear();
}

std::optional<QPixmap> CellPictures::find(std::int64_t row, int column) {
    const std::int64_t item = row * m_columns + column;
    if (const QPixmap* known = m_pictures.object(item)) return *known;
    request(item);
    return {};
}

void CellPictures::request(std::int64_t item) {
    std::erase(m_requested, item);
    m_requested.push_back(item);
    if (m_requested.size() > mostRequests) {
        m_requested.erase(m_requested.begin(), m_requested.end() - static_cast<std::ptrdiff_t>(requestsKept));
        m_loader.drop([this](std::int64_t wanted) { return std::find(m_requested.begin(), m_requested.end(), wanted) != m_requested.end(); });
    }
    m_loader.request(item, static_cast<int>(std::ceil(edge * m_scale)));
}

}  // namespace lamina
