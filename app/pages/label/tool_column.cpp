#include "app/pages/label/tool_column.h"

#include <algorithm>

namespace lamina {

namespace {

constexpr int toolGap = 4, mostToolColumns = 3;

}  // namespace

void ToolColumn::add(QWidget* button) {
    button->setParent(this);
    m_buttons.push_back(button);
    place();
}

QSize ToolColumn::cell() const {
    if (m_buttons.empty()) return {0, 0};
    m_buttons.front()->ensurePolished();
    return m_buttons.front()->sizeHint() + QSize(toolGap, toolGap);
}

QSize ToolColumn::minimumSizeHint() const {
    const int rows = (static_cast<int>(m_buttons.size()) + mostToolColumns - 1) / mostToolColumns;
    return {cell().width() - toolGap, rows * cell().height()};
}

void ToolColumn::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    place();
}

void ToolColumn::place() {
    if (m_buttons.empty()) return;
    const int count = static_cast<int>(m_buttons.size()), rows = std::clamp((height() + toolGap) / std::max(cell().height(), 1), 1, count), columns = (count + rows - 1) / rows;
    const int balanced = (count + columns - 1) / columns;
    for (int i = 0; i < count; ++i)
        m_buttons[static_cast<std::size_t>(i)]->setGeometry(QRect(QPoint(i / balanced * cell().width(), i % balanced * cell().height()), cell() - QSize(toolGap, toolGap)));
    const int width = columns * cell().width() - toolGap;
    if (minimumWidth() != width) setFixedWidth(width);
}

}  // namespace lamina
