// What helps with the work on many labels, under one tab: order, doubtful labels, proposals, review, disputes. One of them is seen at a time.
#pragma once

#include "app/pages/label/label_panel.h"

class QComboBox;
class QStackedWidget;

namespace lamina {

class LabelOrders;

class WorkPanel : public LabelPanel {
    Q_OBJECT
public:
    explicit WorkPanel(Workspace& workspace, QWidget* parent = nullptr);

    QString title() const override;
    void setDesk(std::shared_ptr<const LabelDesk> desk) override;
    void showItem(const ShownItem* item) override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void add(LabelPanel* panel);
    void retranslate();

    LabelOrders* m_orders;
    QComboBox* m_which;
    QStackedWidget* m_stack;
    std::vector<LabelPanel*> m_panels;
};

}  // namespace lamina
