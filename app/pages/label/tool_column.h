// Buttons below each other; where the height does not suffice, in several columns.
#pragma once

#include <QWidget>

#include <vector>

namespace lamina {

class ToolColumn : public QWidget {
public:
    using QWidget::QWidget;

    /// All are of one size, that of the first.
    void add(QWidget* button);
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override { return minimumSizeHint(); }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QSize cell() const;
    void place();

    std::vector<QWidget*> m_buttons;
};

}  // namespace lamina
