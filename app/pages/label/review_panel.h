// A second look at what was labelled: accepted, or sent back with a comment.
#pragma once

#include "app/pages/label/label_panel.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace lamina {

class ReviewPanel : public LabelPanel {
    Q_OBJECT
public:
    explicit ReviewPanel(Workspace& workspace);

    QString title() const override;
    void setDesk(std::shared_ptr<const LabelDesk> desk) override;
    void showItem(const ShownItem* item) override;

protected:
    void showEvent(QShowEvent* event) override;

private:
    struct Queued {
        std::vector<LabelItemRecord> items;
        std::vector<ReviewRecord> ofItem;  ///< of the item on the screen, newest first
    };
    void build();
    void read();
    void take(Queued queued);
    void showOpinion();
    void judge(bool accept);
    void retranslate() override;

    Workspace& m_workspace;
    std::shared_ptr<const LabelDesk> m_desk;
    LabelItemRecord m_item;  ///< key 0: none is shown
    Queued m_queued;
    bool m_stale = true;
    QComboBox* m_which;
    QListWidget* m_list;
    QLabel *m_about, *m_count, *m_said, *m_trouble;
    QLineEdit* m_comment;
    QPushButton *m_only, *m_accept, *m_reject;
};

}  // namespace lamina
