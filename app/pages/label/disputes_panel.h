// Items on which several people say something else: compared side by side, and decided.
#pragma once

#include "app/pages/label/label_panel.h"

class QLabel;
class QListWidget;
class QPushButton;

namespace lamina {

class DisputesPanel : public LabelPanel {
    Q_OBJECT
public:
    explicit DisputesPanel(Workspace& workspace);

    QString title() const override;
    void setDesk(std::shared_ptr<const LabelDesk> desk) override;
    void showItem(const ShownItem* item) override;

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void read();
    void take(std::vector<LabelItemRecord> items);
    void showHere();
    void compare();
    void settle(std::int64_t item, int opinion);
    bool isOpen() const;  ///< the item on the screen
    void retranslate() override;

    Workspace& m_workspace;
    std::shared_ptr<const LabelDesk> m_desk;
    std::optional<ShownItem> m_item;
    std::vector<LabelItemRecord> m_items;
    bool m_stale = true;
    QListWidget* m_list;
    QLabel *m_about, *m_here, *m_trouble;
    QPushButton *m_compare, *m_settle;
};

}  // namespace lamina
