// What helps with the work on many labels: order, doubtful labels, proposals, review, disputes, other people.
#pragma once

#include "app/pages/label/group_panel.h"

namespace lamina {

class LabelOrders;

class WorkPanel : public GroupPanel {
    Q_OBJECT
public:
    explicit WorkPanel(Workspace& workspace, QWidget* parent = nullptr);

    QString title() const override;
    void setDesk(std::shared_ptr<const LabelDesk> desk) override;

private:
    Workspace& m_workspace;
    LabelOrders* m_orders;
};

}  // namespace lamina
