// A stage that this version does not have yet: says in words what it will be for, what helps meanwhile, and leads on.
#pragma once

#include "app/pages/common/page.h"

class QPushButton;

namespace lamina {

class EmptyState;
class Workspace;

class PlannedPage : public Page {
    Q_OBJECT
public:
    explicit PlannedPage(Workspace& workspace, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    EmptyState* m_state;
    QPushButton* m_next;
};

}  // namespace lamina
