#include "app/pages/label/details_panel.h"

#include "app/pages/label/attributes_panel.h"
#include "app/pages/label/import_remarks_panel.h"
#include "app/pages/label/shape_history.h"

namespace lamina {

DetailsPanel::DetailsPanel(Workspace& workspace, QWidget* parent) : GroupPanel("label_details", parent) {
    add(new ShapeHistory(workspace));
    add(new AttributesPanel(workspace));
    add(new ImportRemarksPanel(workspace));
    retranslate();
}

QString DetailsPanel::title() const { return tr("Details"); }

}  // namespace lamina
