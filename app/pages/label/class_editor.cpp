#include "app/pages/label/class_editor.h"

#include <QColorDialog>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {

ClassEditor::ClassEditor(const LabelClassRecord& record, const std::vector<LabelClassRecord>& all, QWidget* parent)
    : QDialog(parent), m_record(record), m_all(all), m_name(new QLineEdit(QString::fromStdString(record.name))), m_colour(new QToolButton), m_key(new QKeySequenceEdit),
      m_keyNote(new QLabel), m_parent(new QComboBox), m_description(new QPlainTextEdit(QString::fromStdString(record.description))) {
    setObjectName("label_class_editor");
    setWindowTitle(tr("Class"));
    m_name->setObjectName("class_name");
    m_colour->setObjectName("class_colour");
    m_colour->setIconSize(QSize(48, 20));
    m_colour->setAccessibleName(tr("Colour"));
    m_key->setObjectName("class_key");
    m_key->setKeySequence(QKeySequence(QString::fromStdString(record.key), QKeySequence::PortableText));
    m_key->setToolTip(tr("This key chooses the class, whatever it did on the page before"));
    m_keyNote->setWordWrap(true);
    m_keyNote->setProperty(ThemeRole::muted, true);
    auto* noKey = new QToolButton;
    noKey->setIcon(themeIcon("close"));
    noKey->setAccessibleName(tr("No key of its own"));
    noKey->setToolTip(tr("No key of its own: the digit of its place"));
    auto* keys = new QHBoxLayout;
    keys->addWidget(m_key, 1);
    keys->addWidget(noKey);
    m_parent->setObjectName("class_parent");
    m_parent->setEditable(true);
    m_parent->addItem(QString());
    for (const auto& other : all)
        if (other.id != record.id) m_parent->addItem(QString::fromStdString(other.name));
    m_parent->setCurrentText(QString::fromStdString(record.parent));
    m_description->setObjectName("class_description");
    m_description->setMaximumHeight(96);
    m_description->setTabChangesFocus(true);
    auto* form = new QFormLayout;
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Colour"), m_colour);
    form->addRow(tr("Key"), keys);
    form->addRow(QString(), m_keyNote);
    form->addRow(tr("Belongs to"), m_parent);
    form->addRow(tr("What it means"), m_description);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Keep"));
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    layout->addLayout(form);
    layout->addWidget(buttons);
    connect(m_colour, &QToolButton::clicked, this, &ClassEditor::chooseColour);
    connect(noKey, &QToolButton::clicked, m_key, &QKeySequenceEdit::clear);
    connect(m_key, &QKeySequenceEdit::keySequenceChanged, this, &ClassEditor::checkKey);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_name, &QLineEdit::textChanged, this, [this, buttons] { buttons->button(QDialogButtonBox::Ok)->setEnabled(!m_name->text().trimmed().isEmpty()); });
    showColour();
    checkKey();
    resize(400, sizeHint().height());
}

LabelClassRecord ClassEditor::record() const {
    LabelClassRecord record = m_record;
    record.name = m_name->text().trimmed().toStdString();
    const QKeySequence keys = m_key->keySequence();
    record.key = keys.isEmpty() ? std::string() : QKeySequence(keys[0]).toString(QKeySequence::PortableText).toStdString();
    record.parent = m_parent->currentText().trimmed().toStdString();
    record.description = m_description->toPlainText().trimmed().toStdString();
    return record;
}

void ClassEditor::chooseColour() {
    const QColor chosen = QColorDialog::getColor(QColor(QString::fromStdString(m_record.colour)), this, tr("Colour"));
    if (!chosen.isValid()) return;
    m_record.colour = chosen.name().toStdString();
    showColour();
}

void ClassEditor::showColour() {
    if (m_record.colour.empty()) m_record.colour = classColour(m_record.number);
    QPixmap swatch(48, 20);
    swatch.fill(QColor(QString::fromStdString(m_record.colour)));
    m_colour->setIcon(swatch);
}

void ClassEditor::checkKey() {
    const std::string key = record().key;
    QString note;
    for (const auto& other : m_all)
        if (!key.empty() && other.id != m_record.id && other.key == key) note = tr("%1 has this key, too: the class above in the list gets it.").arg(QString::fromStdString(other.name));
    m_keyNote->setText(note);
    m_keyNote->setVisible(!note.isEmpty());
}

}  // namespace lamina
