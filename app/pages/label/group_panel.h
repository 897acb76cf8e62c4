// Several panels under one tab of the Label page, chosen by buttons above them; one of them is seen at a time.
#pragma once

#include "app/pages/label/label_panel.h"

class QButtonGroup;
class QGridLayout;
class QStackedWidget;
class QToolButton;

namespace lamina {

class GroupPanel : public LabelPanel {
    Q_OBJECT
public:
    explicit GroupPanel(const char* name, QWidget* parent = nullptr);

    void setDesk(std::shared_ptr<const LabelDesk> desk) override;
    void showItem(const ShownItem* item) override;
    void showSelection(const std::vector<std::string>& labels) override;
    void setKeys(const LabelKeys* keys) override;
    void setPace(const LabelPace* pace) override;
    void setQueue(const WorkQueue* queue) override;
    /// By its object name; its button is called "<name>_tab".
    void choose(const QString& name);

protected:
    void retranslate() override;
    /// Its object name must be set. `scrolls`: it may be higher than a small screen.
    void add(LabelPanel* panel, bool scrolls = false);
    /// What has no use now has no button.
    void setOffered(const QString& name, bool offered);

private:
    void place();

    QGridLayout* m_grid;
    QButtonGroup* m_choice;
    QStackedWidget* m_stack;
    std::vector<LabelPanel*> m_panels;
    std::vector<QToolButton*> m_buttons;
    std::vector<bool> m_offered;
};

}  // namespace lamina
