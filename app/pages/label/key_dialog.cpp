#include "app/pages/label/key_dialog.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>

#include "app/workspace/workspace.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace {

QPushButton* dialogButton(const char* name, const QString& text) {
    auto* button = new QPushButton(text);
    button->setObjectName(name);
    button->setAutoDefault(false);
    return button;
}

}  // namespace

KeyDialog::KeyDialog(LabelKeys& keys, QWidget* parent)
    : QDialog(parent), m_keys(keys), m_bindings(keys.bindings()), m_table(new QTableWidget(0, 4)), m_edit(new QKeySequenceEdit), m_add(dialogButton("keys_add", tr("Set this key"))),
      m_clear(dialogButton("keys_clear", tr("No key"))), m_usual(dialogButton("keys_usual", tr("Usual keys"))), m_left(dialogButton("keys_left", tr("Left hand"))),
      m_import(dialogButton("keys_import", tr("From a file …"))), m_export(dialogButton("keys_export", tr("To a file …"))), m_problem(new QLabel),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel)) {
    setObjectName("label_key_dialog");
    setWindowTitle(tr("Keys of the Label page"));
    resize(940, 600);
    m_table->setObjectName("keys_table");
    m_table->setAccessibleName(tr("What has a key"));
    m_table->setHorizontalHeaderLabels({tr("What it does"), tr("Where"), tr("Keys"), tr("Remarks")});
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->setColumnWidth(1, 120);
    m_table->setColumnWidth(2, 190);
    m_table->setColumnWidth(3, 220);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_edit->setObjectName("keys_edit");
    m_edit->setAccessibleName(tr("Press the new key here"));
    m_left->setToolTip(tr("All that is done often lies under the left hand, while the right one has the mouse"));
    m_problem->setObjectName("keys_problem");
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("Keep"));
    m_buttons->button(QDialogButtonBox::Ok)->setProperty(ThemeRole::primary, true);
    m_buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    auto* change = new QHBoxLayout;
    change->setSpacing(8);
    change->addWidget(new QLabel(tr("New key:")));
    change->addWidget(m_edit, 1);
    change->addWidget(m_add);
    change->addWidget(m_clear);
    auto* presets = new QHBoxLayout;
    presets->setSpacing(8);
    for (QWidget* button : {m_usual, m_left}) presets->addWidget(button);
    presets->addStretch(1);
    for (QWidget* button : {m_import, m_export}) presets->addWidget(button);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    layout->addWidget(m_table, 1);
    layout->addLayout(change);
    layout->addWidget(m_problem);
    layout->addLayout(presets);
    layout->addWidget(m_buttons);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &KeyDialog::showChosen);
    connect(m_add, &QPushButton::clicked, this, &KeyDialog::take);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        if (chosen().isEmpty()) return;
        m_bindings[chosen()].clear();
        fill();
    });
    connect(m_usual, &QPushButton::clicked, this, [this] { setBindings(LabelKeys::usual()); });
    connect(m_left, &QPushButton::clicked, this, [this] { setBindings(LabelKeys::leftHand()); });
    connect(m_import, &QPushButton::clicked, this, &KeyDialog::importFile);
    connect(m_export, &QPushButton::clicked, this, &KeyDialog::exportFile);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_buttons, &QDialogButtonBox::accepted, this, [this] {
        m_keys.setBindings(m_bindings);
        accept();
    });
    fill();
    m_table->selectRow(0);
}

void KeyDialog::setBindings(const LabelKeys::Bindings& bindings) {
    m_bindings = bindings;
    fill();
}

QString KeyDialog::chosen() const {
    const auto* item = m_table->item(m_table->currentRow(), 0);
    return item ? item->data(Qt::UserRole).toString() : QString();
}

void KeyDialog::fill() {
    const auto actions = labelKeyActions();
    const auto wrong = LabelKeys::conflicts(m_bindings), notes = LabelKeys::notes(m_bindings);
    m_table->setRowCount(static_cast<int>(actions.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const auto& action = actions[static_cast<std::size_t>(row)];
        QStringList keys;
        for (const QKeySequence& key : m_bindings.value(action.id)) keys << key.toString(QKeySequence::NativeText);
        keys.removeDuplicates();  // Return and Enter have one name in some languages
        auto* title = new QTableWidgetItem(action.title);
        title->setData(Qt::UserRole, action.id);
        m_table->setItem(row, 0, title);
        m_table->setItem(row, 1, new QTableWidgetItem(placesText(action)));
        auto* bound = new QTableWidgetItem(keys.join(", "));
        bound->setToolTip(bound->text());
        m_table->setItem(row, 2, bound);
        const QString said = wrong.value(action.id, notes.value(action.id));
        auto* problem = new QTableWidgetItem(QString(said).replace(QLatin1Char('\n'), QStringLiteral("; ")));
        problem->setToolTip(said);
        if (wrong.contains(action.id)) problem->setIcon(themeIcon("warning"));
        else problem->setForeground(themeColours().mutedText);
        title->setToolTip(action.title);
        m_table->setItem(row, 3, problem);
    }
    const bool clash = !wrong.isEmpty();
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(!clash);
    m_problem->setText(clash ? tr("Some keys are in each other's way. Give one of them another key, then they can be kept.") : QString());
    m_problem->setVisible(clash);
    m_problem->setProperty(ThemeRole::tone, "warning");
}

void KeyDialog::showChosen() {
    const auto keys = m_bindings.value(chosen());
    m_edit->setKeySequence(keys.isEmpty() ? QKeySequence() : keys.first());
}

void KeyDialog::bind(const QString& id, const QKeySequence& key) {
    m_bindings[id] = key.isEmpty() ? QList<QKeySequence>() : QList<QKeySequence>{QKeySequence(key[0])};
    fill();
}

void KeyDialog::take() {
    if (!chosen().isEmpty()) bind(chosen(), m_edit->keySequence());
}

void KeyDialog::importFile() {
    const QString name = QFileDialog::getOpenFileName(this, tr("Keys from a file"), {}, tr("Keys (*.json)"));
    if (name.isEmpty()) return;
    QFile file(name);
    const bool open = file.open(QIODevice::ReadOnly);
    auto read = LabelKeys::fromFile(open ? file.read(1 << 20) : QByteArray());
    if (read) return setBindings(*read);
    m_problem->setText(Workspace::words(read.error()));
    m_problem->show();
}

void KeyDialog::exportFile() {
    const QString name = QFileDialog::getSaveFileName(this, tr("Keys to a file"), "lamina-keys.json", tr("Keys (*.json)"));
    if (name.isEmpty()) return;
    QFile file(name);
    const QByteArray text = LabelKeys::toFile(m_bindings);
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size()) return;
    m_problem->setText(tr("“%1” cannot be written.").arg(QFileInfo(name).fileName()));
    m_problem->show();
}

}  // namespace lamina
