#include "app/pages/label/suspects_panel.h"

#include <QBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

#include <algorithm>

#include "app/pages/label/label_act.h"
#include "app/pages/label/label_orders.h"
#include "core/project/label_edits.h"
#include "widgets/common/theme.h"

namespace lamina {

SuspectsPanel::SuspectsPanel(Workspace& workspace, LabelOrders& orders)
    : m_workspace(workspace), m_orders(orders), m_about(new QLabel), m_place(new QLabel), m_labelled(new QLabel), m_said(new QLabel), m_trouble(new QLabel), m_look(new QPushButton),
      m_accept(new QPushButton), m_change(new QPushButton), m_skip(new QPushButton) {
    build();
    connect(m_look, &QPushButton::clicked, this, [this] { m_orders.make(OrderKind::Suspects); });
    connect(m_accept, &QPushButton::clicked, this, &SuspectsPanel::accept);
    connect(m_change, &QPushButton::clicked, this, &SuspectsPanel::change);
    connect(m_skip, &QPushButton::clicked, this, [this] { step(1); });
    connect(&orders, &LabelOrders::changed, this, &SuspectsPanel::takeOrder);
    connect(&orders, &LabelOrders::busyChanged, this, &SuspectsPanel::show);
    connect(&orders, &LabelOrders::told, this, [this](const QString& text) { m_trouble->setText(text); });
    retranslate();
}

void SuspectsPanel::build() {
    setObjectName("label_suspects");
    m_place->setObjectName("label_suspect_place");
    m_labelled->setObjectName("label_suspect_labelled");
    m_said->setObjectName("label_suspect_said");
    m_look->setObjectName("label_suspects_look");
    m_accept->setObjectName("label_suspect_accept");
    m_change->setObjectName("label_suspect_change");
    m_skip->setObjectName("label_suspect_skip");
    m_about->setProperty(ThemeRole::muted, true);
    m_place->setProperty(ThemeRole::section, true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    for (auto* text : {m_about, m_place, m_labelled, m_said, m_trouble}) {
        text->setWordWrap(true);
        text->setTextFormat(Qt::PlainText);
    }
    layout->addWidget(m_about);
    layout->addWidget(m_look);
    layout->addWidget(m_place);
    layout->addWidget(m_labelled);
    layout->addWidget(m_said);
    layout->addWidget(m_accept);
    layout->addWidget(m_change);
    layout->addWidget(m_skip);
    layout->addWidget(m_trouble);
    layout->addStretch(1);
    giveKeys({m_accept, m_change, m_skip});
}

QString SuspectsPanel::title() const { return tr("Suspects"); }

void SuspectsPanel::setDesk(std::shared_ptr<const LabelDesk> desk) {
    m_desk = std::move(desk);
    show();
}

void SuspectsPanel::showItem(const ShownItem* item) {
    m_item = item ? item->item : LabelItemRecord();
    m_heads = item ? item->heads : std::map<std::string, AnnotationRecord>();
    show();
}

void SuspectsPanel::takeOrder() {
    m_ranks.clear();
    const auto* placed = m_orders.placed();
    if (placed && m_orders.kind() == OrderKind::Suspects)
        for (std::size_t i = 0; i < placed->order.entries.size(); ++i) m_ranks.emplace(placed->order.entries[i].item, i);
    show();
}

/// The class of the item as a whole.
const AnnotationRecord* SuspectsPanel::label() const {
    for (const auto& [id, head] : m_heads)
        if (head.document.empty() && head.classNumber != 0 && head.model.empty()) return &head;
    return nullptr;
}

/// The order goes through all labels, the least likely first: so many of them are suspects.
std::size_t SuspectsPanel::doubted() const {
    const auto* placed = m_orders.placed();
    if (!placed) return 0;
    const auto said = placed->order.settings.find("doubted");
    const std::size_t all = placed->positions.size();
    const bool known = said != placed->order.settings.end() && said->is_number_integer() && said->get<std::int64_t>() > 0;
    return known ? std::min(static_cast<std::size_t>(said->get<std::int64_t>()), all) : all;
}

QString SuspectsPanel::nameOf(std::int64_t number) const { return m_desk ? labelOf(m_desk->classes, number).name : QString::number(number); }

void SuspectsPanel::show() {
    const bool busy = m_orders.isBusy();
    const auto rank = m_ranks.find(m_item.key);
    const bool here = rank != m_ranks.end() && rank->second < doubted() && label();
    m_look->setEnabled(!busy && !m_workspace.readOnly());
    m_about->setVisible(m_ranks.empty());
    for (auto* widget : {static_cast<QWidget*>(m_labelled), static_cast<QWidget*>(m_said), static_cast<QWidget*>(m_accept), static_cast<QWidget*>(m_change)}) widget->setVisible(here);
    m_place->setVisible(!m_ranks.empty());
    m_skip->setVisible(!m_ranks.empty());
    m_skip->setText(keyed(here ? tr("Skip") : tr("Go to the first suspect"), 2));
    m_look->setText(m_ranks.empty() ? tr("Look for suspects") : tr("Look again"));
    const QLocale locale;
    const QString all = locale.toString(qlonglong(doubted()));
    m_place->setText(rank == m_ranks.end() || rank->second >= doubted() ? tr("%1 suspects; this item is none").arg(all)
                                                                       : tr("Suspect %1 of %2").arg(locale.toString(qlonglong(rank->second + 1)), all));
    if (!here) return;
    const OrderEntry& entry = m_orders.placed()->order.entries[rank->second];
    const std::int64_t number = label()->classNumber;
    m_labelled->setText(tr("Labelled: %1").arg(nameOf(number)));
    const QString percent = locale.toString(100 * (1 - static_cast<double>(entry.score)), 'f', 0);
    m_said->setText(number == entry.suggestion ? tr("The model agrees now.") : tr("The model would say: %1. It sees a chance of %2 % that “%3” is right.").arg(nameOf(entry.suggestion), percent, nameOf(number)));
    m_change->setVisible(number != entry.suggestion);
    m_change->setText(keyed(tr("Change to %1").arg(nameOf(entry.suggestion)), 1));
    const bool edits = !m_workspace.readOnly();
    m_accept->setEnabled(edits);
    m_change->setEnabled(edits);
}

/// Right as it is: it comes no more among the suspects.
void SuspectsPanel::accept() {
    if (!label() || !m_ranks.count(m_item.key)) return;
    ReviewRecord record;
    record.item = m_item.key;
    beginLabelAct(m_workspace, this, [record](Project& project) { return project.reviews().add(record); },
                  [this](const Result<EditReceipt>& receipt) { m_trouble->setText(receipt ? QString() : Workspace::words(receipt.error())); });
    step(1);
}

void SuspectsPanel::change() {
    const auto rank = m_ranks.find(m_item.key);
    const auto* before = label();
    if (!before || rank == m_ranks.end()) return;
    const std::int64_t number = m_orders.placed()->order.entries[rank->second].suggestion;
    AnnotationRecord revision;
    revision.parent = before->id;
    revision.classNumber = number;
    revision.tool = "suspect";
    const EditName name = changedLabel(m_item, nameOf(number).toStdString());
    beginLabelAct(m_workspace, this, [name, gesture = LabelGesture{m_item.key, {revision}, std::nullopt, {}, false}](Project& project) { return project.annotations().apply(name, gesture); },
                  [this](const Result<EditReceipt>& receipt) { m_trouble->setText(receipt ? QString() : Workspace::words(receipt.error())); });
    step(1);
}

void SuspectsPanel::step(int by) {
    const auto* placed = m_orders.placed();
    if (!placed || m_ranks.empty() || placed->positions.empty()) return;
    const auto rank = m_ranks.find(m_item.key);
    const std::size_t next = rank == m_ranks.end() || rank->second >= doubted() ? 0 : (rank->second + static_cast<std::size_t>(by)) % doubted();
    emit goWanted(placed->positions[next], QString());
}

void SuspectsPanel::retranslate() {
    m_about->setText(tr("Finds labels that are probably wrong: models judge what they have not learned from. At least 20 items need a class."));
    m_accept->setText(keyed(tr("It is right"), 0));
    m_accept->setToolTip(tr("The label stays, and the item is no suspect any more"));
    m_change->setToolTip(tr("The item gets the class that the model says. A digit key gives it another one"));
    m_skip->setToolTip(tr("Says nothing and goes on to the next suspect"));
    show();
}

}  // namespace lamina
