// Items that are no pictures as small sheets of paper with their first words, for strip and gallery.
#pragma once

#include <QColor>

#include "app/pages/label/label_desk.h"
#include "widgets/gallery/image_source.h"

namespace lamina {

class ItemCards : public ImageSource {
public:
    /// GUI thread: takes the colours of the theme in use.
    explicit ItemCards(std::shared_ptr<const LabelDesk> desk);

    std::int64_t count() const override { return m_desk->table.rows(); }
    QStringList classNames() const override { return {}; }
    int classOf(std::int64_t) const override { return -1; }
    QString caption(std::int64_t item) const override { return QString::number(item + 1); }
    QImage thumbnail(std::int64_t item, int edge) const override;

private:
    QString wordsOf(std::int64_t item) const;

    std::shared_ptr<const LabelDesk> m_desk;
    QColor m_ground, m_ink, m_line;
};

}  // namespace lamina
