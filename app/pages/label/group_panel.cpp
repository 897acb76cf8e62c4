#include "app/pages/label/group_panel.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QGridLayout>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>

namespace lamina {

namespace {

QWidget* scrolled(LabelPanel* panel) {
    auto* area = new QScrollArea;
    area->setAccessibleName(panel->title());
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(panel);
    area->viewport()->setAutoFillBackground(false);
    panel->setAutoFillBackground(false);
    return area;
}

}  // namespace

GroupPanel::GroupPanel(const char* name, QWidget* parent) : LabelPanel(parent), m_grid(new QGridLayout), m_choice(new QButtonGroup(this)), m_stack(new QStackedWidget) {
    setObjectName(name);
    m_grid->setSpacing(4);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(12);
    layout->addLayout(m_grid);
    layout->addWidget(m_stack, 1);
    connect(m_choice, &QButtonGroup::idClicked, m_stack, &QStackedWidget::setCurrentIndex);
}

void GroupPanel::add(LabelPanel* panel, bool scrolls) {
    auto* button = new QToolButton;
    button->setObjectName(panel->objectName() + "_tab");
    button->setCheckable(true);
    button->setChecked(m_panels.empty());
    button->setAutoRaise(true);
    button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_choice->addButton(button, m_stack->count());
    m_panels.push_back(panel);
    m_buttons.push_back(button);
    m_offered.push_back(true);
    m_stack->addWidget(scrolls ? scrolled(panel) : panel);
    connect(panel, &LabelPanel::goWanted, this, &LabelPanel::goWanted);
    connect(panel, &LabelPanel::queueWanted, this, &LabelPanel::queueWanted);
    connect(panel, &LabelPanel::restoreWanted, this, &LabelPanel::restoreWanted);
    connect(panel, &LabelPanel::changeWanted, this, &LabelPanel::changeWanted);
    connect(panel, &LabelPanel::titleChanged, this, &GroupPanel::retranslate);
    place();
}

/// Two beside each other.
void GroupPanel::place() {
    int at = 0;
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        m_grid->removeWidget(m_buttons[i]);
        if (m_offered[i]) m_grid->addWidget(m_buttons[i], at / 2, at % 2);
        at += m_offered[i] ? 1 : 0;
        m_buttons[i]->setVisible(m_offered[i]);
    }
}

void GroupPanel::setOffered(const QString& name, bool offered) {
    for (std::size_t i = 0; i < m_panels.size(); ++i) {
        if (m_panels[i]->objectName() != name || m_offered[i] == offered) continue;
        m_offered[i] = offered;
        place();
        if (!offered && m_stack->currentIndex() == static_cast<int>(i)) choose(m_panels.back()->objectName());
    }
}

void GroupPanel::choose(const QString& name) {
    for (std::size_t i = 0; i < m_panels.size(); ++i) {
        if (m_panels[i]->objectName() != name) continue;
        m_buttons[i]->setChecked(true);
        m_stack->setCurrentIndex(static_cast<int>(i));
    }
}

void GroupPanel::setDesk(std::shared_ptr<const LabelDesk> desk) {
    for (auto* panel : m_panels) panel->setDesk(desk);
}

void GroupPanel::showItem(const ShownItem* item) {
    for (auto* panel : m_panels) panel->showItem(item);
}

void GroupPanel::showSelection(const std::vector<std::string>& labels) {
    for (auto* panel : m_panels) panel->showSelection(labels);
}

void GroupPanel::setKeys(const LabelKeys* keys) {
    LabelPanel::setKeys(keys);
    for (auto* panel : m_panels) panel->setKeys(keys);
}

void GroupPanel::setPace(const LabelPace* pace) {
    for (auto* panel : m_panels) panel->setPace(pace);
}

void GroupPanel::setQueue(const WorkQueue* queue) {
    for (auto* panel : m_panels) panel->setQueue(queue);
}

void GroupPanel::retranslate() {
    for (std::size_t i = 0; i < m_panels.size(); ++i) {
        m_buttons[i]->setText(m_panels[i]->title());
        m_buttons[i]->setAccessibleName(m_panels[i]->title());
    }
}

}  // namespace lamina
