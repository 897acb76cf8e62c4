// Labels that are probably wrong, one after the other: what it is called, what the model would call it, and a key for each answer.
#pragma once

#include <unordered_map>

#include "app/pages/label/label_panel.h"

class QLabel;
class QPushButton;
class QShortcut;

namespace lamina {

class LabelOrders;

class SuspectsPanel : public LabelPanel {
    Q_OBJECT
public:
    SuspectsPanel(Workspace& workspace, LabelOrders& orders);

    QString title() const override;
    void setDesk(std::shared_ptr<const LabelDesk> desk) override;
    void showItem(const ShownItem* item) override;

private:
    void build();
    void takeOrder();
    void show();
    void accept();
    void change();
    void step(int by);
    const AnnotationRecord* label() const;
    std::size_t doubted() const;
    QString nameOf(std::int64_t number) const;
    void retranslate() override;

    Workspace& m_workspace;
    LabelOrders& m_orders;
    std::shared_ptr<const LabelDesk> m_desk;
    LabelItemRecord m_item;                 ///< key 0: none is shown
    std::map<std::string, AnnotationRecord> m_heads;
    std::unordered_map<std::int64_t, std::size_t> m_ranks;  ///< of the suspects, by key
    QLabel *m_about, *m_place, *m_labelled, *m_said, *m_trouble;
    QPushButton *m_look, *m_accept, *m_change, *m_skip;
};

}  // namespace lamina
