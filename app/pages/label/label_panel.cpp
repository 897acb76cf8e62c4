// One line per panel of the Label page.
#include "app/pages/label/import_remarks_panel.h"
#include "app/pages/label/label_panel.h"
#include "app/pages/label/shape_history.h"

namespace lamina {

const std::vector<MakeLabelPanel>& labelPanels() {
    static const std::vector<MakeLabelPanel> all{
        [](Workspace& workspace) -> LabelPanel* { return new ShapeHistory(workspace); },
        [](Workspace& workspace) -> LabelPanel* { return new ImportRemarksPanel(workspace); },
    };
    return all;
}

}  // namespace lamina
