#include "app/pages/label/item_desk.h"

#include <QEvent>

#include "app/pages/label/label_keys.h"
#include "app/pages/label/row_desk.h"
#include "app/pages/label/series_desk.h"
#include "app/pages/label/text_desk.h"

namespace lamina {

void ItemDesk::setKeys(const LabelKeys* keys) {
    m_keys = keys;
    retranslate();
}

QString ItemDesk::keyOf(const char* id) const { return m_keys ? m_keys->textOf(id) : QString(); }

QString ItemDesk::keyed(const QString& text, const char* id) const { return keyOf(id).isEmpty() ? text : QString("%1 (%2)").arg(text, keyOf(id)); }

void ItemDesk::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

ItemDesk* makeItemDesk(DeskKind kind, Workspace& workspace) {
    if (kind == DeskKind::Texts) return new TextDesk(workspace);
    if (kind == DeskKind::Series) return new SeriesDesk(workspace);
    return new RowDesk;
}

}  // namespace lamina
