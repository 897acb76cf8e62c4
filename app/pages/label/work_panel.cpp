#include "app/pages/label/work_panel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QStackedWidget>

#include "app/pages/label/disputes_panel.h"
#include "app/pages/label/label_orders.h"
#include "app/pages/label/order_panel.h"
#include "app/pages/label/people_panel.h"
#include "app/pages/label/proposals_panel.h"
#include "app/pages/label/review_panel.h"
#include "app/pages/label/suspects_panel.h"

namespace lamina {

WorkPanel::WorkPanel(Workspace& workspace, QWidget* parent) : LabelPanel(parent), m_orders(new LabelOrders(workspace, this)), m_which(new QComboBox), m_stack(new QStackedWidget) {
    setObjectName("label_work");
    m_which->setObjectName("label_work_which");
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_which);
    layout->addWidget(m_stack, 1);
    add(new OrderPanel(workspace, *m_orders));
    add(new SuspectsPanel(workspace, *m_orders));
    add(new ProposalsPanel(workspace));
    add(new ReviewPanel(workspace));
    add(new DisputesPanel(workspace));
    add(new PeoplePanel(workspace));
    connect(m_which, &QComboBox::currentIndexChanged, m_stack, &QStackedWidget::setCurrentIndex);
    retranslate();
}

void WorkPanel::add(LabelPanel* panel) {
    m_panels.push_back(panel);
    m_stack->addWidget(panel);
    m_which->addItem(QString());
    connect(panel, &LabelPanel::goWanted, this, &LabelPanel::goWanted);
    connect(panel, &LabelPanel::queueWanted, this, &LabelPanel::queueWanted);
    connect(panel, &LabelPanel::titleChanged, this, &WorkPanel::retranslate);
}

QString WorkPanel::title() const { return tr("Work"); }

void WorkPanel::setDesk(std::shared_ptr<const LabelDesk> desk) {
    for (auto* panel : m_panels) panel->setDesk(desk);
    m_orders->setDesk(std::move(desk));
}

void WorkPanel::showItem(const ShownItem* item) {
    for (auto* panel : m_panels) panel->showItem(item);
}

void WorkPanel::changeEvent(QEvent* event) {
    LabelPanel::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void WorkPanel::retranslate() {
    m_which->setAccessibleName(tr("What is worked on"));
    for (std::size_t i = 0; i < m_panels.size(); ++i) m_which->setItemText(static_cast<int>(i), m_panels[i]->title());
}

}  // namespace lamina
