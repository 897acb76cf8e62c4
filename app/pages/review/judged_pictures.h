// Judged items as pictures for a gallery: what the model said stands below each.
#pragma once

#include <memory>
#include <vector>

#include "app/jobs/judged_items.h"
#include "app/sources/column_pictures.h"

namespace lamina {

class JudgedPictures : public ImageSource {
public:
    JudgedPictures(std::shared_ptr<const ColumnPictures> pictures, std::vector<JudgedItem> items, QStringList classes)
        : m_pictures(std::move(pictures)), m_items(std::move(items)), m_classes(std::move(classes)) {}

    std::int64_t count() const override { return static_cast<std::int64_t>(m_items.size()); }
    QStringList classNames() const override { return {}; }
    int classOf(std::int64_t) const override { return -1; }
    QString caption(std::int64_t item) const override;
    QImage thumbnail(std::int64_t item, int edge) const override { return m_pictures->thumbnail(m_items[static_cast<std::size_t>(item)].row, edge); }

private:
    std::shared_ptr<const ColumnPictures> m_pictures;
    std::vector<JudgedItem> m_items;
    QStringList m_classes;
};

}  // namespace lamina
