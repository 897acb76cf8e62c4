// Small pictures of a table's cells: made in the background when they are painted first, what was asked for last first.
#pragma once

#include <QCache>
#include <QObject>
#include <QPixmap>

#include <memory>
#include <optional>
#include <vector>

#include "widgets/gallery/thumbnail_loader.h"
#include "widgets/tables/row_source.h"

namespace lamina {

/// GUI thread.
class CellPictures : public QObject {
    Q_OBJECT
public:
    /// Longer side on the screen.
    static constexpr int edge = 40;

    explicit CellPictures(QObject* parent = nullptr);

    void setSource(std::shared_ptr<const RowSource> source);
    /// Has any of its columns pictures?
    bool any() const { return m_any; }
    /// Pixels of the device for one of the screen's scale.
    void setScale(double scale);

    /// Empty: not there yet, and asked for by this; null: it cannot be shown.
    std::optional<QPixmap> find(std::int64_t row, int column);
    /// How many were made since the beginning: for measurements.
    std::int64_t made() const { return m_loader.made(); }

signals:
    void ready(std::int64_t row, int column);

private:
    void request(std::int64_t item);

    std::shared_ptr<const RowSource> m_source;
    int m_columns = 1;
    bool m_any = false;
    double m_scale = 1;
    ThumbnailLoader m_loader;
    QCache<std::int64_t, QPixmap> m_pictures;  ///< cost in KiB
    std::vector<std::int64_t> m_requested;     ///< newest last
};

}  // namespace lamina
