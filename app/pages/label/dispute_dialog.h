// What two or three people say about one item, side by side on its picture: one of them is chosen.
#pragma once

#include <QDialog>

#include "app/jobs/label_opinions.h"
#include "app/pages/label/label_desk.h"

namespace lamina {

/// GUI thread. Opened with what was read in the background.
class DisputeDialog : public QDialog {
    Q_OBJECT
public:
    DisputeDialog(const LabelDesk& desk, const ShownItem& item, const std::vector<LabelOpinion>& opinions, QWidget* parent);

    /// The opinion that was chosen; -1: what counts now; -2: none of them, somebody is going to draw it.
    int chosen() const { return m_chosen; }
    static constexpr int drawAnew = -2;

private:
    QWidget* column(const LabelDesk& desk, const ShownItem& item, const LabelOpinion& opinion, int number);
    void choose(int opinion);

    int m_chosen = drawAnew;
};

}  // namespace lamina
