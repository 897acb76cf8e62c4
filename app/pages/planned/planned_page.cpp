#include "app/pages/planned/planned_page.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPushButton>

#include "app/workspace/workspace.h"
#include "widgets/common/empty_state.h"

namespace lamina {

PlannedPage::PlannedPage(Workspace& workspace, QWidget* parent)
    : Page(parent), m_state(new EmptyState("label")), m_next(m_state->addButton("planned_next")) {
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_state);
    connect(m_next, &QPushButton::clicked, this, [&workspace] { workspace.show("model"); });
    retranslate();
}

void PlannedPage::changeEvent(QEvent* event) {
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void PlannedPage::retranslate() {
    m_state->setTexts(tr("Labelling is coming"),
                      tr("Here people will label pictures, text and rows with a few keys. Today labels come with the data: a folder of pictures for each class, "
                         "or a column of a table that you choose as the target on the Data page."));
    m_next->setText(tr("Go on to Model"));
}

}  // namespace lamina
