#include "app/pages/label/class_editor.h"

#include <optional>

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
#include <QRegularExpression>
#include <QToolButton>

#include "app/pages/label/label_keys.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace {

QStringList pointNames(const QString& typed) {
    QStringList names;
    for (const QString& name : typed.split(QRegularExpression("[,，;；]"), Qt::SkipEmptyParts))
        if (!name.trimmed().isEmpty()) names << name.trimmed();
    return names;
}

/// "1-2, 2-3": by the places of the points. Nothing: it is not to be understood.
std::optional<std::vector<std::pair<int, int>>> bonesOf(const QString& typed, int points) {
    std::vector<std::pair<int, int>> bones;
    for (const QString& bone : pointNames(typed)) {
        const QStringList ends = bone.split('-');
        bool first = false, second = false;
        const int from = ends[0].trimmed().toInt(&first), to = ends.value(1).trimmed().toInt(&second);
        if (ends.size() != 2 || !first || !second || from < 1 || to < 1 || from > points || to > points || from == to) return {};
        bones.emplace_back(from - 1, to - 1);
    }
    return bones;
}

QString bonesText(const std::vector<std::pair<int, int>>& bones) {
    QStringList texts;
    for (const auto& [from, to] : bones) texts << QString("%1-%2").arg(from + 1).arg(to + 1);
    return texts.join(", ");
}

QString pointsText(const std::vector<std::string>& points) {
    QStringList texts;
    for (const auto& point : points) texts << QString::fromStdString(point);
    return texts.join(", ");
}

}  // namespace

ClassEditor::ClassEditor(const LabelClassRecord& record, const std::vector<LabelClassRecord>& all, QWidget* parent)
    : QDialog(parent), m_record(record), m_all(all), m_name(new QLineEdit(QString::fromStdString(record.name))), m_colour(new QToolButton), m_key(new QKeySequenceEdit),
      m_keyNote(new QLabel), m_parent(new QComboBox), m_description(new QPlainTextEdit(QString::fromStdString(record.description))),
      m_points(new QLineEdit(pointsText(record.points))), m_bones(new QLineEdit(bonesText(record.skeleton))) {
    setObjectName("label_class_editor");
    setWindowTitle(tr("Class"));
    m_name->setObjectName("class_name");
    m_colour->setObjectName("class_colour");
    m_colour->setIconSize(QSize(48, 20));
    m_colour->setAccessibleName(tr("Colour"));
    m_colour->setToolTip(tr("Choose another colour"));
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
    m_description->setMaximumHeight(80);
    m_points->setObjectName("class_points");
    m_points->setPlaceholderText(tr("nose, left eye, right eye"));
    m_points->setToolTip(tr("Names of the points that the tool Key points sets, in this order"));
    m_bones->setObjectName("class_bones");
    m_bones->setPlaceholderText("1-2, 1-3");
    m_bones->setToolTip(tr("Which points are connected by a line, by their places"));
    m_description->setTabChangesFocus(true);
    auto* form = new QFormLayout;
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Colour"), m_colour);
    form->addRow(tr("Key"), keys);
    form->addRow(QString(), m_keyNote);
    form->addRow(tr("Belongs to"), m_parent);
    form->addRow(tr("What it means"), m_description);
    form->addRow(tr("Key points"), m_points);
    form->addRow(tr("Lines between them"), m_bones);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Keep"));
    buttons->button(QDialogButtonBox::Ok)->setProperty(ThemeRole::primary, true);
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
    m_keep = buttons->button(QDialogButtonBox::Ok);
    for (auto* field : {m_name, m_points, m_bones}) connect(field, &QLineEdit::textChanged, this, &ClassEditor::check);
    showColour();
    checkKey();
    check();
    resize(440, sizeHint().height());
}

LabelClassRecord ClassEditor::record() const {
    LabelClassRecord record = m_record;
    record.name = m_name->text().trimmed().toStdString();
    const QKeySequence keys = m_key->keySequence();
    record.key = keys.isEmpty() ? std::string() : QKeySequence(keys[0]).toString(QKeySequence::PortableText).toStdString();
    record.parent = m_parent->currentText().trimmed().toStdString();
    record.description = m_description->toPlainText().trimmed().toStdString();
    record.points.clear();
    for (const QString& name : pointNames(m_points->text())) record.points.push_back(name.toStdString());
    record.skeleton = bonesOf(m_bones->text(), static_cast<int>(record.points.size())).value_or(m_record.skeleton);
    return record;
}

/// Lines lead from one point that there is to another.
void ClassEditor::check() {
    const bool lines = bonesOf(m_bones->text(), static_cast<int>(pointNames(m_points->text()).size())).has_value();
    m_bones->setProperty(ThemeRole::tone, lines ? QVariant() : QVariant("bad"));
    m_keep->setEnabled(lines && !m_name->text().trimmed().isEmpty());
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
    const QKeySequence typed(QString::fromStdString(key), QKeySequence::PortableText);
    const LabelKeys bound;
    QString note;
    for (const auto& action : labelKeyActions())
        if (!key.empty() && !(action.id.startsWith("class_") && action.id.back().isDigit()) && bound.keysOf(action.id).contains(typed)) note = tr("The page loses this key: %1").arg(action.title);
    for (const auto& other : m_all)
        if (!key.empty() && other.id != m_record.id && other.key == key) note = tr("%1 has this key, too: the class above in the list gets it.").arg(QString::fromStdString(other.name));
    if (LabelKeys::isOfWindow(typed)) note = tr("The window needs this key: it does not choose the class.");
    m_keyNote->setText(note);
    m_keyNote->setVisible(!note.isEmpty());
}

}  // namespace lamina
