#include "app/pages/label/disputes_panel.h"

#include <QBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>

#include <algorithm>

#include "app/pages/label/dispute_dialog.h"
#include "app/workspace/workspace.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace {

constexpr std::int64_t mostDisputes = 1000;

}  // namespace

DisputesPanel::DisputesPanel(Workspace& workspace)
    : m_workspace(workspace), m_list(new QListWidget), m_about(new QLabel), m_here(new QLabel), m_trouble(new QLabel), m_compare(new QPushButton), m_settle(new QPushButton) {
    build();
    const auto go = [this](const QListWidgetItem* line) {
        if (line) emit goWanted(line->data(Qt::UserRole).toLongLong(), QString());
    };
    connect(m_list, &QListWidget::itemClicked, this, go);
    connect(m_list, &QListWidget::itemActivated, this, go);
    connect(m_compare, &QPushButton::clicked, this, &DisputesPanel::compare);
    connect(m_settle, &QPushButton::clicked, this, [this] {
        if (m_item) settle(m_item->item.key, -1);
    });
    retranslate();
}

void DisputesPanel::build() {
    setObjectName("label_disputes");
    m_list->setObjectName("label_disputes_list");
    m_compare->setObjectName("label_disputes_compare");
    m_settle->setObjectName("label_disputes_settle");
    m_list->setMinimumHeight(60);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_about->setProperty(ThemeRole::muted, true);
    for (auto* text : {m_about, m_here, m_trouble}) {
        text->setWordWrap(true);
        text->setTextFormat(Qt::PlainText);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_about);
    layout->addWidget(m_list, 10);
    layout->addWidget(m_here);
    layout->addWidget(m_compare);
    layout->addWidget(m_settle);
    layout->addWidget(m_trouble);
    layout->addStretch(1);
    giveKeys({m_compare, m_settle});
}

QString DisputesPanel::title() const { return m_items.empty() ? tr("Disputes") : tr("Disputes (%1)").arg(QLocale().toString(qlonglong(m_items.size()))); }

void DisputesPanel::setDesk(std::shared_ptr<const LabelDesk> desk) {
    m_desk = std::move(desk);
    m_stale = true;
    if (!m_desk || !m_desk->labelling) take({});
    else if (isVisible()) read();
}

void DisputesPanel::showEvent(QShowEvent* event) {
    LabelPanel::showEvent(event);
    if (m_stale) read();
}

void DisputesPanel::showItem(const ShownItem* item) {
    m_item = item ? std::optional(*item) : std::nullopt;
    showHere();
}

void DisputesPanel::read() {
    const auto project = m_workspace.shared();
    if (!project || !m_desk || !m_desk->labelling) return;
    m_stale = false;
    const std::int64_t labelling = m_desk->labelling->key;
    m_workspace.tasks().quietly(this, [project, labelling](TaskContext&) { return project->reviews().openItems(labelling, 0, mostDisputes); },
                                [this, labelling](Result<std::vector<LabelItemRecord>> items) {
                                    if (items && m_desk && m_desk->labelling && m_desk->labelling->key == labelling) take(std::move(*items));
                                });
}

void DisputesPanel::take(std::vector<LabelItemRecord> items) {
    m_items = std::move(items);
    m_list->clear();
    for (const auto& item : m_items) {
        auto* line = new QListWidgetItem(QString("%1  %2").arg(item.position + 1).arg(QString::fromStdString(item.identity)), m_list);
        line->setData(Qt::UserRole, qlonglong(item.position));
        line->setToolTip("<qt>" + QString::fromStdString(item.identity).toHtmlEscaped());
    }
    m_list->setVisible(!m_items.empty());
    m_about->setVisible(m_items.size() < 2);
    showHere();
    emit titleChanged();
}

bool DisputesPanel::isOpen() const {
    return m_item && std::any_of(m_items.begin(), m_items.end(), [&](const auto& item) { return item.key == m_item->item.key; });
}

void DisputesPanel::showHere() {
    const bool open = isOpen();
    for (auto* button : {m_compare, m_settle}) button->setVisible(!m_items.empty());
    m_compare->setEnabled(open);
    m_settle->setEnabled(open && !m_workspace.readOnly());
    m_here->setText(m_items.empty() ? tr("Nobody disagrees.") : open ? tr("This item is disputed.") : tr("This item is not disputed."));
}

void DisputesPanel::compare() {
    const auto project = m_workspace.shared();
    if (!project || !m_desk || !isOpen()) return;
    const auto read = [project, item = m_item->item.key](TaskContext&) { return opinionsOf(*project, item); };
    m_workspace.tasks().quietly(this, read, [this, desk = m_desk, item = *m_item](Result<std::vector<LabelOpinion>> opinions) {
        if (!opinions) return m_trouble->setText(Workspace::words(opinions.error()));
        auto* dialog = new DisputeDialog(*desk, item, *opinions, window());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QDialog::accepted, this, [this, dialog, key = item.item.key] { settle(key, dialog->chosen()); });
        dialog->open();
    });
}

/// The next dispute comes by itself.
void DisputesPanel::settle(std::int64_t item, int opinion) {
    const auto project = m_workspace.shared();
    if (!project || m_workspace.readOnly()) return;
    m_workspace.tasks().quietly(this, [project, item, opinion](TaskContext&) { return settleItem(*project, item, opinion); }, [this, item](Result<EditReceipt> receipt) {
        m_trouble->setText(receipt ? QString() : Workspace::words(receipt.error()));
        if (!receipt) return;
        m_workspace.noteEdit();
        const auto here = std::find_if(m_items.begin(), m_items.end(), [&](const auto& one) { return one.key == item; });
        if (here != m_items.end() && m_items.size() > 1) {
            const auto next = std::next(here) == m_items.end() ? m_items.begin() : std::next(here);
            emit goWanted(next->position, QString());
        }
        read();
    });
}

void DisputesPanel::retranslate() {
    m_about->setText(tr("Items on which people disagree. Nothing was overwritten: compare, and decide what counts."));
    m_list->setAccessibleName(tr("Disputed items"));
    m_compare->setText(keyed(tr("Side by side …"), 0));
    m_compare->setToolTip(tr("All opinions beside each other; a digit chooses one"));
    m_settle->setText(keyed(tr("It is settled"), 1));
    m_settle->setToolTip(tr("What counts now is the decision"));
    showHere();
}

}  // namespace lamina
