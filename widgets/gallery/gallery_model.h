// Pictures as an item model: a thumbnail that is not there yet is asked for and shown when it comes.
#pragma once

#include <QAbstractListModel>
#include <QCache>
#include <QPixmap>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "widgets/gallery/thumbnail_loader.h"

namespace lamina {

/// Small signs over a picture: how far somebody is with it.
enum class GalleryBadge : std::uint8_t { Dot, Tick, EmptyTick, Cross, Flag, Comment };
struct GalleryMark {
    std::vector<GalleryBadge> badges;
    QString words;  ///< the same for tooltips and screen readers
};

class GalleryModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { ItemRole = Qt::UserRole + 1, ClassRole, BrokenRole, MarkRole };

    explicit GalleryModel(QObject* parent = nullptr);

    void setSource(std::shared_ptr<const ImageSource> source);
    const std::shared_ptr<const ImageSource>& source() const { return m_source; }
    /// Only items of this class; empty: all.
    void setClass(std::optional<int> classIndex);
    std::optional<int> shownClass() const { return m_class; }
    /// Only these items, in this order (the items behind a cell of a confusion matrix); empty: all.
    void setItems(std::optional<std::vector<std::int64_t>> items);
    /// What is marked on a picture; asked when it is painted, and again after noteMarks(). Empty: nothing.
    void setMarker(std::function<GalleryMark(std::int64_t item)> marker);
    /// The marks of this item are others now; -1: of all.
    void noteMarks(std::int64_t item);
    /// Longer side of the thumbnails in device pixels; smaller ones are made anew when they are painted next.
    void setEdge(int edge);
    /// Which rows are looked at: requests of others are dropped.
    void setVisible(int first, int last);

    std::int64_t item(int row) const;
    /// -1: not shown.
    int row(std::int64_t item) const;
    ThumbnailLoader& loader() { return m_loader; }
    /// Is the picture of this row there (or known to be broken)?
    bool has(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    /// Decoration: QPixmap, null until it is there. Display: caption, else class, else number.
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    struct Thumbnail {
        QPixmap picture;
        int edge = 0;
    };
    void arrange();
    void keep(std::int64_t item, const QImage& picture, int edge);
    QString label(std::int64_t item) const;

    std::shared_ptr<const ImageSource> m_source;
    mutable ThumbnailLoader m_loader;
    mutable QCache<std::int64_t, Thumbnail> m_thumbnails;  ///< cost in KiB
    std::optional<std::vector<std::int64_t>> m_items;      ///< given by the caller
    std::optional<std::vector<std::int64_t>> m_shown;      ///< empty: all, in their order
    std::optional<int> m_class;
    std::function<GalleryMark(std::int64_t)> m_marker;
    bool m_rising = true;  ///< m_shown is
    int m_edge = 128, m_rows = 0;
    int m_firstChanged = -1, m_lastChanged = -1;
    QTimer m_announce;
};

}  // namespace lamina

Q_DECLARE_METATYPE(lamina::GalleryMark)
