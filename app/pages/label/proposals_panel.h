// What models propose for items that nobody has labelled: asked for, looked through, accepted or rejected, one by one or from a score on.
#pragma once

#include "app/pages/label/label_panel.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QListWidget;
class QPushButton;

namespace lamina {

class ProposalsPanel : public LabelPanel {
    Q_OBJECT
public:
    explicit ProposalsPanel(Workspace& workspace);

    QString title() const override;
    void setDesk(std::shared_ptr<const LabelDesk> desk) override;
    void showItem(const ShownItem* item) override;

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void read();
    struct Found {
        std::vector<WholeClass> proposals;
        JudgedProposals judged;
    };
    void take(Found found);
    void showJudged();
    void fill();
    void showCount();
    void showCurrent();
    void propose();
    void judge(bool accept, double from, std::vector<std::int64_t> items);
    void judgeCurrent(bool accept);
    const WholeClass* current() const;
    QString nameOf(std::int64_t number) const;
    void setBusy(bool busy);
    void retranslate() override;

    Workspace& m_workspace;
    std::shared_ptr<const LabelDesk> m_desk;
    std::vector<WholeClass> m_proposals;  ///< by falling score
    JudgedProposals m_judged;
    std::int64_t m_item = 0;
    bool m_stale = true, m_busy = false;
    QComboBox* m_proposer;
    QLabel *m_about, *m_count, *m_here, *m_outcome, *m_share;
    QPushButton *m_propose, *m_acceptAll, *m_rejectAll, *m_accept, *m_reject;
    QDoubleSpinBox* m_from;
    QListWidget* m_list;
};

}  // namespace lamina
