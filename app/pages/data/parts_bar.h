// How many items each part of a split has, as one bar with its words.
#pragma once

#include <QWidget>

#include "core/data/split.h"

namespace lamina {

class PartsBar : public QWidget {
    Q_OBJECT
public:
    explicit PartsBar(QWidget* parent = nullptr);

    void setCounts(const PartCounts& counts);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    PartCounts m_counts{};
};

}  // namespace lamina
