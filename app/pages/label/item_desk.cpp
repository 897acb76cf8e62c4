#include "app/pages/label/item_desk.h"

#include "app/pages/label/row_desk.h"
#include "app/pages/label/series_desk.h"
#include "app/pages/label/text_desk.h"

namespace lamina {

ItemDesk* makeItemDesk(DeskKind kind, Workspace& workspace) {
    if (kind == DeskKind::Texts) return new TextDesk(workspace);
    if (kind == DeskKind::Series) return new SeriesDesk(workspace);
    return new RowDesk;
}

}  // namespace lamina
