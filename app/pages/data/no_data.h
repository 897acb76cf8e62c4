// What the Data page shows while the project holds no data: what to bring, and the two ways to begin.
#pragma once

#include "widgets/common/empty_state.h"

namespace lamina {

class NoData : public EmptyState {
    Q_OBJECT
public:
    explicit NoData(QWidget* parent = nullptr);

    /// Can the project be changed?
    void setEditable(bool editable);
    QPushButton* importButton() const { return m_import; }

signals:
    void importWanted();
    void sampleWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QPushButton *m_import, *m_sample;
};

}  // namespace lamina
