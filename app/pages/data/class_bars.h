// How many items each class has in each part of a split: one bar per class.
#pragma once

#include <QWidget>

#include <vector>

#include "core/data/split.h"

namespace lamina {

class ClassBars : public QWidget {
    Q_OBJECT
public:
    explicit ClassBars(QWidget* parent = nullptr);

    /// At most mostClasses are drawn, the rest is counted in a last line.
    static constexpr std::size_t mostClasses = 200;
    void setClasses(std::vector<ClassCounts> classes);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    int lineHeight() const;

    std::vector<ClassCounts> m_classes;
    std::int64_t m_most = 1;
};

}  // namespace lamina
