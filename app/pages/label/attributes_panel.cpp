#include "app/pages/label/attributes_panel.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSignalBlocker>
#include <QTableWidget>

#include <algorithm>

#include "app/workspace/workspace.h"
#include "widgets/common/theme.h"

namespace lamina {

AttributesPanel::AttributesPanel(Workspace& workspace, QWidget* parent) : LabelPanel(parent), m_about(new QLabel), m_table(new QTableWidget(0, 2)) {
    setObjectName("label_attributes");
    m_about->setWordWrap(true);
    m_about->setProperty(ThemeRole::muted, true);
    m_about->setTextFormat(Qt::PlainText);
    m_table->setObjectName("label_attributes_table");
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->setMinimumHeight(80);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_about);
    layout->addWidget(m_table, 1);
    connect(m_table, &QTableWidget::cellChanged, this, &AttributesPanel::edited);
    connect(&workspace, &Workspace::opened, this, [this, &workspace] { m_table->setEditTriggers(workspace.readOnly() ? QAbstractItemView::NoEditTriggers : QAbstractItemView::AllEditTriggers); });
    m_table->setEditTriggers(workspace.readOnly() ? QAbstractItemView::NoEditTriggers : QAbstractItemView::AllEditTriggers);
    retranslate();
}

QString AttributesPanel::title() const { return tr("Attributes"); }

void AttributesPanel::setDesk(std::shared_ptr<const LabelDesk> desk) { m_desk = std::move(desk); }

void AttributesPanel::showItem(const ShownItem* item) {
    if (!item || item->item.key != m_item) m_label.clear();
    m_item = item ? item->item.key : 0;
    m_heads = item ? item->heads : LabelHeads();
    fill();
}

void AttributesPanel::showSelection(const std::vector<std::string>& labels) {
    const std::string label = labels.size() == 1 ? labels.front() : std::string();
    if (label == m_label) return;
    m_label = label;
    fill();
}

LabelHeads::const_iterator AttributesPanel::spokenOf() const {
    if (!m_label.empty()) return m_heads.find(m_label);
    return std::find_if(m_heads.begin(), m_heads.end(), [](const auto& head) { return head.second.classNumber == 0 && head.second.document.contains("attributes") && !head.second.document.contains("kind"); });
}

/// One empty row is left for a new one.
void AttributesPanel::fill() {
    const auto head = spokenOf();
    Attributes attributes;
    const auto said = head == m_heads.end() || !head->second.document.is_object() ? nlohmann::json::object() : head->second.document.value("attributes", nlohmann::json::object());
    for (const auto& [name, value] : said.items())
        if (value.is_string()) attributes[name] = value.get<std::string>();
    const bool same = attributes == typed() && m_table->rowCount() == static_cast<int>(attributes.size()) + 1;
    m_about->setText(m_item == 0 ? QString() : m_label.empty() ? tr("Of the whole item. Select a shape or a span to say something of it alone.") : tr("Of what is selected: %1").arg(head == m_heads.end() || !m_desk ? QString() : labelWords(m_desk->known, head->second)));
    m_table->setEnabled(m_item != 0);
    if (same) return;
    const QSignalBlocker quiet(m_table);
    m_table->setRowCount(0);
    m_table->setRowCount(static_cast<int>(attributes.size()) + 1);
    int row = 0;
    for (const auto& [name, value] : attributes) {
        m_table->setItem(row, 0, new QTableWidgetItem(QString::fromStdString(name)));
        m_table->setItem(row++, 1, new QTableWidgetItem(QString::fromStdString(value)));
    }
}

AttributesPanel::Attributes AttributesPanel::typed() const {
    Attributes attributes;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const auto* name = m_table->item(row, 0);
        const auto* value = m_table->item(row, 1);
        if (name && !name->text().trimmed().isEmpty()) attributes[name->text().trimmed().toStdString()] = value ? value->text().trimmed().toStdString() : std::string();
    }
    return attributes;
}

/// A name without a value is not finished yet; a row whose name was cleared goes.
void AttributesPanel::edited() {
    if (m_item == 0) return;
    Attributes attributes = typed();
    const bool open = std::any_of(attributes.begin(), attributes.end(), [](const auto& each) { return each.second.empty(); });
    if (open) return;
    const auto head = spokenOf();
    if (head == m_heads.end() && (attributes.empty() || !m_label.empty())) return;
    LabelChange change;
    change.label = head == m_heads.end() ? newUuid() : head->first;
    change.classNumber = head == m_heads.end() ? 0 : head->second.classNumber;
    if (head != m_heads.end() && head->second.document.is_object()) change.document = head->second.document;
    change.words = (m_label.empty() ? tr("attributes") : tr("attributes of %1").arg(m_desk && head != m_heads.end() ? labelWords(m_desk->known, head->second) : QString())).toStdString();
    if (attributes.empty()) change.document.erase("attributes");
    else change.document["attributes"] = attributes;
    change.removed = m_label.empty() && attributes.empty();
    if (head != m_heads.end() && !change.removed && change.document == head->second.document) return;
    emit changeWanted({change}, "attributes");
}

void AttributesPanel::retranslate() {
    m_table->setHorizontalHeaderLabels({tr("Name"), tr("Value")});
    m_table->setAccessibleName(tr("Attributes"));
    fill();
    emit titleChanged();
}

}  // namespace lamina
