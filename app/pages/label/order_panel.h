// In which order the items come, and "Train now" for the model that says it.
#pragma once

#include "app/pages/label/label_panel.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace lamina {

class LabelOrders;

class OrderPanel : public LabelPanel {
    Q_OBJECT
public:
    OrderPanel(Workspace& workspace, LabelOrders& orders);

    QString title() const override;

private:
    void build();
    void takeOrder(bool made);
    void showBusy();
    void showProgress();
    void showAbout();
    void retranslate() override;

    Workspace& m_workspace;
    LabelOrders& m_orders;
    QComboBox* m_kind;
    QLabel *m_about, *m_help, *m_outcome;
    QPushButton *m_make, *m_learn, *m_cancel;
    QProgressBar* m_progress;
};

}  // namespace lamina
