#include "app/pages/planned/planned_page.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPushButton>

#include "app/workspace/workspace.h"
#include "widgets/common/empty_state.h"

namespace lamina {

PlannedPage::PlannedPage(Workspace& workspace, Stage stage, QWidget* parent)
    : Page(parent), m_stage(stage), m_state(new EmptyState(stage == Stage::Clean ? "clean" : "label")), m_next(m_state->addButton("planned_next")) {
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
    if (m_stage == Stage::Clean)
        m_state->setTexts(tr("Cleaning is coming"),
                          tr("Here a recipe of steps will tidy up a table: fill gaps, mend spellings, drop columns, always undoable, never changing your file. "
                             "Today missing values are filled and numbers scaled by themselves when a network is trained, and columns can be left out on the Data page."));
    else
        m_state->setTexts(tr("Labelling is coming"),
                          tr("Here people will label pictures, text and rows with a few keys. Today labels come with the data: a folder of pictures for each class, "
                             "or a column of a table that you choose as the target on the Data page."));
    m_next->setText(tr("Go on to Model"));
}

}  // namespace lamina
