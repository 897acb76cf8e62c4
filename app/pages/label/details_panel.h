// What is known of the item on the screen: what was done to it, its attributes, what imports had to remark.
#pragma once

#include "app/pages/label/group_panel.h"

namespace lamina {

class DetailsPanel : public GroupPanel {
    Q_OBJECT
public:
    explicit DetailsPanel(Workspace& workspace, QWidget* parent = nullptr);

    QString title() const override;
};

}  // namespace lamina
