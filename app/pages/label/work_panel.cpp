#include "app/pages/label/work_panel.h"

#include "app/pages/label/disputes_panel.h"
#include "app/pages/label/files_panel.h"
#include "app/pages/label/label_orders.h"
#include "app/pages/label/order_panel.h"
#include "app/pages/label/people_panel.h"
#include "app/pages/label/proposals_panel.h"
#include "app/pages/label/review_panel.h"
#include "app/pages/label/suspects_panel.h"
#include "app/workspace/workspace.h"

namespace lamina {

WorkPanel::WorkPanel(Workspace& workspace, QWidget* parent) : GroupPanel("label_work", parent), m_workspace(workspace), m_orders(new LabelOrders(workspace, this)) {
    add(new OrderPanel(workspace, *m_orders));
    add(new SuspectsPanel(workspace, *m_orders));
    add(new ProposalsPanel(workspace), true);
    add(new ReviewPanel(workspace), true);
    add(new DisputesPanel(workspace));
    add(new PeoplePanel(workspace), true);
    add(new FilesPanel(workspace), true);
    retranslate();
}

QString WorkPanel::title() const { return tr("Work"); }

/// Reviews and decisions belong to the project that a package came from: they would not come back with it.
void WorkPanel::setDesk(std::shared_ptr<const LabelDesk> desk) {
    const bool isPackage = m_workspace.isOpen() && m_workspace.isPackage();
    for (const char* name : {"label_review", "label_disputes", "label_files"}) setOffered(name, !isPackage);
    GroupPanel::setDesk(desk);
    m_orders->setDesk(std::move(desk));
}

}  // namespace lamina
