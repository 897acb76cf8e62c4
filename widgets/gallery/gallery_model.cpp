#include "widgets/gallery/gallery_model.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace lamina {
namespace {

constexpr int cacheKiB = 96 * 1024;
constexpr std::int64_t mostRows = 20'000'000;

}  // namespace

GalleryModel::GalleryModel(QObject* parent) : QAbstractListModel(parent), m_thumbnails(cacheKiB) {
    m_announce.setSingleShot(true);
    m_announce.setInterval(12);
    connect(&m_loader, &ThumbnailLoader::ready, this, &GalleryModel::keep);
    connect(&m_announce, &QTimer::timeout, this, [this] {
        const int last = std::min(m_lastChanged, m_rows - 1);
        if (m_firstChanged >= 0 && m_firstChanged <= last) emit dataChanged(index(m_firstChanged), index(last), {Qt::DecorationRole});
        m_firstChanged = m_lastChanged = -1;
    });
}

void GalleryModel::setSource(std::shared_ptr<const ImageSource> source) {
    beginResetModel();
    m_source = std::move(source);
    m_loader.setSource(m_source);
    m_thumbnails.clear();
    m_class.reset();
    m_items.reset();
    arrange();
    endResetModel();
}

void GalleryModel::setClass(std::optional<int> classIndex) {
    if (classIndex == m_class) return;
    beginResetModel();
    m_class = classIndex;
    arrange();
    endResetModel();
}

void GalleryModel::setItems(std::optional<std::vector<std::int64_t>> items) {
    beginResetModel();
    m_items = std::move(items);
    arrange();
    endResetModel();
}

void GalleryModel::arrange() {
    m_firstChanged = m_lastChanged = -1;
    m_shown = m_items;
    if (m_source && m_class) {
        std::vector<std::int64_t> ofClass;
        const auto keepIfOfClass = [&](std::int64_t item) {
            if (m_source->classOf(item) == *m_class) ofClass.push_back(item);
        };
        if (m_items) std::for_each(m_items->begin(), m_items->end(), keepIfOfClass);
        else
            for (std::int64_t item = 0; item < m_source->count(); ++item) keepIfOfClass(item);
        m_shown = std::move(ofClass);
    }
    const std::int64_t rows = m_shown ? static_cast<std::int64_t>(m_shown->size()) : m_source ? m_source->count() : 0;
    m_rows = static_cast<int>(std::min(rows, mostRows));
    m_rising = !m_shown || std::is_sorted(m_shown->begin(), m_shown->end());
}

void GalleryModel::setMarker(std::function<GalleryMark(std::int64_t item)> marker) {
    m_marker = std::move(marker);
    noteMarks(-1);
}

void GalleryModel::noteMarks(std::int64_t item) {
    const int first = item < 0 ? 0 : row(item), last = item < 0 ? m_rows - 1 : first;
    if (first >= 0 && first <= last) emit dataChanged(index(first), index(last), {MarkRole});
}

void GalleryModel::setEdge(int edge) {
    if (edge == m_edge) return;
    m_edge = edge;
    m_loader.drop([](std::int64_t) { return false; });  // of the old size; what is still looked at is asked for again
}

void GalleryModel::setVisible(int first, int last) {
    m_loader.drop([&](std::int64_t wanted) {
        const int at = row(wanted);
        return at >= first && at <= last;
    });
}

std::int64_t GalleryModel::item(int row) const {
    if (row < 0 || row >= m_rows) return -1;
    return m_shown ? (*m_shown)[static_cast<std::size_t>(row)] : row;
}

int GalleryModel::row(std::int64_t item) const {
    if (!m_shown) return item >= 0 && item < m_rows ? static_cast<int>(item) : -1;
    const auto found = !m_rising ? std::find(m_shown->begin(), m_shown->end(), item) : std::lower_bound(m_shown->begin(), m_shown->end(), item);
    return found == m_shown->end() || *found != item ? -1 : static_cast<int>(found - m_shown->begin());
}

bool GalleryModel::has(int row) const { return m_thumbnails.contains(item(row)); }

int GalleryModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : m_rows; }

QString GalleryModel::label(std::int64_t item) const {
    if (QString caption = m_source->caption(item); !caption.isEmpty()) return caption;
    const int of = m_source->classOf(item);
    const QStringList names = m_source->classNames();
    return of >= 0 && of < names.size() ? names[of] : QLocale().toString(static_cast<qlonglong>(item + 1));
}

QVariant GalleryModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= m_rows) return {};
    const std::int64_t at = item(index.row());
    switch (role) {
        case Qt::DisplayRole: return label(at);
        case Qt::ToolTipRole: {
            const QString what = QCoreApplication::translate("lamina::GalleryModel", "%1, item %2").arg(label(at).toHtmlEscaped(), QLocale().toString(static_cast<qlonglong>(at + 1)));
            return m_marker ? what + QStringLiteral("<br>") + m_marker(at).words.toHtmlEscaped() : what;
        }
        case Qt::AccessibleDescriptionRole: return m_marker ? QVariant(m_marker(at).words) : QVariant();
        case MarkRole: return m_marker ? QVariant::fromValue(m_marker(at)) : QVariant();
        case ItemRole: return static_cast<qlonglong>(at);
        case ClassRole: return m_source->classOf(at);
        case BrokenRole: {
            const Thumbnail* known = m_thumbnails.object(at);
            return known && known->picture.isNull();
        }
        case Qt::DecorationRole: break;
        default: return {};
    }
    const Thumbnail* known = m_thumbnails.object(at);
    if (!known || known->edge < m_edge) m_loader.request(at, m_edge);
    return known ? QVariant(known->picture) : QVariant();
}

void GalleryModel::keep(std::int64_t item, const QImage& picture, int edge) {
    const auto cost = std::max<qsizetype>(1, picture.sizeInBytes() / 1024);
    m_thumbnails.insert(item, new Thumbnail{QPixmap::fromImage(picture), edge}, cost);
    const int at = row(item);
    if (at < 0) return;
    m_firstChanged = m_firstChanged < 0 ? at : std::min(m_firstChanged, at);
    m_lastChanged = std::max(m_lastChanged, at);
    if (!m_announce.isActive()) m_announce.start();
}

}  // namespace lamina
