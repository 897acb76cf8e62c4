// One line per panel of the Label page.
#include "app/pages/label/attributes_panel.h"
#include "app/pages/label/import_remarks_panel.h"
#include "app/pages/label/label_panel.h"
#include "app/pages/label/shape_history.h"
#include "app/pages/label/work_panel.h"

namespace lamina {

const std::vector<MakeLabelPanel>& labelPanels() {
    static const std::vector<MakeLabelPanel> all{
        [](Workspace& workspace) -> LabelPanel* { return new ShapeHistory(workspace); },
        [](Workspace& workspace) -> LabelPanel* { return new AttributesPanel(workspace); },
        [](Workspace& workspace) -> LabelPanel* { return new ImportRemarksPanel(workspace); },
        [](Workspace& workspace) -> LabelPanel* { return new WorkPanel(workspace); },
    };
    return all;
}

}  // namespace lamina
