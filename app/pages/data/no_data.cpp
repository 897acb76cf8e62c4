#include "app/pages/data/no_data.h"

#include <QEvent>
#include <QPushButton>

namespace lamina {

NoData::NoData(QWidget* parent) : EmptyState("import", parent), m_import(addButton("data_empty_import")), m_sample(addButton("data_empty_sample")) {
    setObjectName("data_empty");
    connect(m_import, &QPushButton::clicked, this, &NoData::importWanted);
    connect(m_sample, &QPushButton::clicked, this, &NoData::sampleWanted);
    retranslate();
}

void NoData::setEditable(bool editable) {
    m_import->setEnabled(editable);
    m_sample->setEnabled(editable);
}

void NoData::changeEvent(QEvent* event) {
    EmptyState::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void NoData::retranslate() {
    setTexts(tr("Bring your data"),
             tr("Drop a file or a folder here: a table (CSV, Excel, JSON …), pictures in folders, films, or IDX files; or copy cells of a spreadsheet and paste them with Ctrl+V. "
                "You see how it is read before anything is imported; your files stay as they are."));
    m_import->setText(tr("&Import …"));
    m_import->setToolTip(tr("Choose a file or folder (Ctrl+I)"));
    m_sample->setText(tr("Use &sample data"));
    m_sample->setToolTip(tr("70,000 small pictures of clothes (Fashion-MNIST)"));
    for (QPushButton* button : {m_import, m_sample}) button->setAccessibleName(button->text().remove(u'&'));
}

}  // namespace lamina
