// What an import of labels had to remark (shapes without any area, outside their picture …), each with a way to it.
#pragma once

#include "app/pages/label/label_panel.h"

class QLabel;
class QListWidget;

namespace lamina {

class ImportRemarksPanel : public LabelPanel {
    Q_OBJECT
public:
    explicit ImportRemarksPanel(Workspace& workspace, QWidget* parent = nullptr);

    QString title() const override;
    void setDesk(std::shared_ptr<const LabelDesk> desk) override;

private:
    void fill();
    void retranslate() override;

    std::shared_ptr<const LabelDesk> m_desk;
    QLabel* m_about;
    QListWidget* m_list;
};

}  // namespace lamina
