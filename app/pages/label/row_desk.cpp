#include "app/pages/label/row_desk.h"

#include <QBoxLayout>
#include <QEvent>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QScrollArea>

#include <algorithm>
#include <cmath>

#include "app/jobs/labelled_dataset.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace {

constexpr std::size_t mostCells = 200;

/// The label that says the row's value; end: it has none.
LabelHeads::const_iterator valueHead(const LabelHeads& heads) {
    return std::find_if(heads.begin(), heads.end(), [](const auto& head) {
        const auto attributes = head.second.document.find("attributes");
        return head.second.classNumber == 0 && attributes != head.second.document.end() && attributes->is_object() && attributes->contains(labelledValue) && (*attributes)[labelledValue].is_string();
    });
}

QLabel* plainLabel() {
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

}  // namespace

RowDesk::RowDesk(QWidget* parent)
    : ItemDesk(parent), m_scroll(new QScrollArea), m_sheet(new QWidget), m_grid(new QGridLayout(m_sheet)), m_state(plainLabel()), m_valueText(new QLabel), m_value(new QLineEdit) {
    setObjectName("label_rows");
    m_grid->setContentsMargins(24, 24, 24, 24);
    m_grid->setHorizontalSpacing(24);
    m_grid->setVerticalSpacing(12);
    m_grid->setColumnStretch(1, 1);
    m_scroll->setObjectName("label_row");
    m_scroll->setWidgetResizable(true);
    m_scroll->setWidget(m_sheet);
    m_scroll->setFocusPolicy(Qt::StrongFocus);
    m_sheet->setBackgroundRole(QPalette::Base);
    m_sheet->setAutoFillBackground(true);
    m_scroll->installEventFilter(this);
    m_state->setObjectName("label_row_state");
    m_value->setObjectName("label_value");
    m_value->setMaximumWidth(180);
    m_valueText->setBuddy(m_value);
    m_valueText->setProperty(ThemeRole::muted, true);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_state, 1);
    row->addWidget(m_valueText);
    row->addWidget(m_value);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_scroll, 1);
    layout->addLayout(row);
    connect(m_value, &QLineEdit::returnPressed, this, &RowDesk::enterValue);
    m_value->installEventFilter(this);
    retranslate();
}

void RowDesk::setDesk(std::shared_ptr<const LabelDesk> desk) {
    const bool other = !m_desk || !desk || m_desk->dataset.id != desk->dataset.id;
    m_desk = std::move(desk);
    if (!m_desk) return showItem(nullptr);
    if (!other) return showState();
    for (auto* labels : {&m_names, &m_cells}) {
        for (auto* label : *labels) delete label;
        labels->clear();
    }
    const std::size_t count = std::min(m_desk->table.columnCount(), mostCells);
    for (std::size_t c = 0; c < count; ++c) {
        m_names.push_back(plainLabel());
        m_names.back()->setText(QString::fromStdString(m_desk->table.info(c).name));
        m_names.back()->setProperty(ThemeRole::muted, true);
        m_names.back()->setMaximumWidth(220);
        m_cells.push_back(plainLabel());
        QFont large = font();
        large.setPointSizeF(large.pointSizeF() * (count <= 8 ? 1.8 : 1.4));
        m_cells.back()->setFont(large);
        m_grid->addWidget(m_names.back(), static_cast<int>(c), 0, Qt::AlignLeft | Qt::AlignVCenter);
        m_grid->addWidget(m_cells.back(), static_cast<int>(c), 1);
    }
    m_answers.clear();
    for (std::size_t c = 0; c < count && c < m_desk->dataset.columns.size(); ++c)
        if (m_desk->dataset.columns[c].role == "target") m_answers.insert(c);
    hideAnswers();
    m_grid->setRowStretch(static_cast<int>(mostCells), 1);
}

/// Whoever reads the answer beside the question labels nothing: the target, and the column that labelling began from. A table of nothing else is shown whole.
void RowDesk::hideAnswers() {
    const bool others = m_answers.size() < m_cells.size();
    for (std::size_t c = 0; c < m_cells.size(); ++c)
        for (QLabel* label : {m_names[c], m_cells[c]}) label->setVisible(!others || m_answers.count(c) == 0);
}

void RowDesk::showItem(const ShownItem* item) {
    const bool other = !item || item->item.key != m_item;
    m_item = item ? item->item.key : 0;
    m_heads = item ? item->heads : LabelHeads();
    const std::size_t known = m_answers.size();
    for (const auto& [label, head] : m_heads)
        for (std::size_t c = 0; c < m_cells.size(); ++c)
            if (head.tool == "column:" + m_desk->table.info(c).name) m_answers.insert(c);
    if (m_answers.size() > known) hideAnswers();
    for (std::size_t c = 0; c < m_cells.size(); ++c) {
        const QString text = item && c < item->cells.size() ? QString::fromStdString(item->cells[c]) : QString();
        m_cells[c]->setText(text.isEmpty() ? QString::fromUtf8("–") : text.left(4000));
    }
    showState();
    if (!other) return;
    const auto value = valueHead(m_heads);
    m_value->setText(value == m_heads.end() ? QString() : QString::fromStdString(value->second.document["attributes"][labelledValue].get<std::string>()));
    if (m_value->hasFocus()) m_value->selectAll();
}

/// "Class: spam · Value: 3.5"
void RowDesk::showState() {
    QStringList said;
    if (m_desk)
        for (const auto& [label, head] : m_heads)
            if (head.document.empty()) said << (head.model.empty() ? tr("Class: %1") : tr("Proposed: %1")).arg(labelOf(m_desk->known, head.classNumber).name);
    if (const auto value = valueHead(m_heads); value != m_heads.end()) said << tr("Value: %1").arg(QString::fromStdString(value->second.document["attributes"][labelledValue].get<std::string>()));
    m_state->setText(said.isEmpty() && m_item != 0 ? tr("Nothing is said of this row yet.") : said.join(QString::fromUtf8(" · ")));
}

/// As computers write numbers, whatever the desktop's language; an empty field takes the value away.
void RowDesk::enterValue() {
    if (m_item == 0) return;
    QString text = m_value->text().trimmed();
    const auto known = valueHead(m_heads);
    if (text.isEmpty()) {
        if (known != m_heads.end()) emit changed({{known->first, 0, {}, true, known->second.document["attributes"][labelledValue].get<std::string>()}}, "value");
        return emit nextWanted();
    }
    bool understood = false;
    double value = QLocale::c().toDouble(text, &understood);
    if (!understood) value = QLocale().toDouble(text, &understood);
    if (!understood || !std::isfinite(value)) {
        m_value->selectAll();
        return emit said(tr("“%1” is no number.").arg(text.left(40)));
    }
    emit said({});
    text = QLocale::c().toString(value, 'g', QLocale::FloatingPointShortest);
    nlohmann::json document = known == m_heads.end() ? nlohmann::json::object() : known->second.document;
    document["attributes"][labelledValue] = text.toStdString();
    emit changed({{known == m_heads.end() ? newUuid() : known->first, 0, std::move(document), false, text.toStdString()}}, "value");
    emit nextWanted();
}

void RowDesk::setClass(std::int64_t) {}

void RowDesk::setReadOnly(bool readOnly) { m_value->setReadOnly(readOnly); }

QWidget* RowDesk::workplace() { return m_value->hasFocus() ? static_cast<QWidget*>(m_value) : m_scroll; }

/// Esc leads from the number back to the keys; the arrows of the sheet belong to the queue.
bool RowDesk::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_value && event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        m_scroll->setFocus();
        return true;
    }
    return ItemDesk::eventFilter(watched, event);
}

std::vector<std::pair<QString, QString>> RowDesk::keys() const {
    return {{tr("Enter"), tr("In the number: keep it and go on to the next row")}};
}

std::map<QString, std::function<void()>> RowDesk::acts() {
    return {{"value", [this] {
                 m_value->setFocus(Qt::ShortcutFocusReason);
                 m_value->selectAll();
             }}};
}

QString RowDesk::help() const {
    QString words = tr("A key gives the row its class and the next one comes.");
    if (!keyOf("value").isEmpty()) words += ' ' + tr("%1 leads to a field for a number instead: Enter keeps it and goes on.").arg(keyOf("value"));
    return words;
}

void RowDesk::retranslate() {
    m_scroll->setAccessibleName(tr("The row"));
    m_valueText->setText(keyed(tr("Or a value"), "value") + ':');
    m_value->setAccessibleName(tr("Value of the row"));
    m_value->setPlaceholderText(tr("a number, Enter"));
    showState();
}

}  // namespace lamina
