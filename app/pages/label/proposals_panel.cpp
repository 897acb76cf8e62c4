#include "app/pages/label/proposals_panel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>

#include <algorithm>

#include "app/jobs/label_proposals.h"
#include "app/workspace/language.h"
#include "app/workspace/workspace.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace {

constexpr std::size_t mostListedProposals = 1000;

}  // namespace

ProposalsPanel::ProposalsPanel(Workspace& workspace)
    : m_workspace(workspace), m_proposer(new QComboBox), m_about(new QLabel), m_count(new QLabel), m_here(new QLabel), m_outcome(new QLabel), m_share(new QLabel), m_propose(new QPushButton),
      m_acceptAll(new QPushButton), m_rejectAll(new QPushButton), m_accept(new QPushButton), m_reject(new QPushButton), m_from(new QDoubleSpinBox), m_list(new QListWidget) {
    build();
    connect(m_propose, &QPushButton::clicked, this, &ProposalsPanel::propose);
    connect(m_from, &QDoubleSpinBox::valueChanged, this, &ProposalsPanel::showCount);
    connect(m_acceptAll, &QPushButton::clicked, this, [this] { judge(true, m_from->value() / 100, {}); });
    connect(m_rejectAll, &QPushButton::clicked, this, [this] { judge(false, 0, {}); });
    connect(m_accept, &QPushButton::clicked, this, [this] { judgeCurrent(true); });
    connect(m_reject, &QPushButton::clicked, this, [this] { judgeCurrent(false); });
    const auto go = [this](const QListWidgetItem* line) {
        if (line) emit goWanted(line->data(Qt::UserRole).toLongLong(), QString());
    };
    connect(m_list, &QListWidget::itemClicked, this, go);
    connect(m_list, &QListWidget::itemActivated, this, go);
    retranslate();
}

void ProposalsPanel::build() {
    setObjectName("label_proposals");
    m_proposer->setObjectName("label_proposer");
    m_propose->setObjectName("label_propose");
    m_from->setObjectName("label_proposals_from");
    m_count->setObjectName("label_proposals_count");
    m_acceptAll->setObjectName("label_proposals_accept");
    m_rejectAll->setObjectName("label_proposals_reject");
    m_accept->setObjectName("label_proposal_accept");
    m_reject->setObjectName("label_proposal_reject");
    m_list->setObjectName("label_proposals_list");
    m_here->setObjectName("label_proposal_here");
    m_outcome->setObjectName("label_proposals_outcome");
    m_share->setObjectName("label_proposals_share");
    m_share->setProperty(ThemeRole::muted, true);
    m_from->setRange(0, 100);
    m_from->setDecimals(0);
    m_from->setSuffix(" %");
    m_from->setValue(90);
    m_list->setMinimumHeight(96);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_about->setProperty(ThemeRole::muted, true);
    for (const ProposerType* type : proposerCatalogue()) m_proposer->addItem(QString(), QString::fromStdString(type->id));
    const int own = m_proposer->findData("label_model");
    m_proposer->setCurrentIndex(std::max(own, 0));
    for (auto* text : {m_about, m_count, m_here, m_outcome, m_share}) {
        text->setWordWrap(true);
        text->setTextFormat(Qt::PlainText);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_about);
    layout->addWidget(m_proposer);
    layout->addWidget(m_propose);
    const auto beside = [layout](QWidget* first, QWidget* second) {
        auto* row = new QHBoxLayout;
        row->setSpacing(8);
        row->addWidget(first, 1);
        row->addWidget(second, 1);
        layout->addLayout(row);
    };
    layout->addWidget(m_here);
    beside(m_accept, m_reject);
    layout->addWidget(m_list, 10);
    layout->addWidget(m_from);
    layout->addWidget(m_count);
    beside(m_acceptAll, m_rejectAll);
    layout->addWidget(m_outcome);
    layout->addWidget(m_share);
    layout->addStretch(1);
    giveKeys({m_accept, m_reject});
}

QString ProposalsPanel::title() const { return m_proposals.empty() ? tr("Proposals") : tr("Proposals (%1)").arg(QLocale().toString(qlonglong(m_proposals.size()))); }

void ProposalsPanel::setDesk(std::shared_ptr<const LabelDesk> desk) {
    m_desk = std::move(desk);
    m_stale = true;
    if (!m_desk || !m_desk->labelling) take({});
    else if (isVisible()) read();
}

void ProposalsPanel::showEvent(QShowEvent* event) {
    LabelPanel::showEvent(event);
    if (m_stale) read();
}

/// The item on the screen was labelled perhaps: then its proposal is gone.
void ProposalsPanel::showItem(const ShownItem* item) {
    m_item = item ? item->item.key : 0;
    const auto known = std::find_if(m_proposals.begin(), m_proposals.end(), [&](const WholeClass& proposal) { return proposal.item == m_item; });
    if (item && known != m_proposals.end()) {
        const bool waits = std::any_of(item->heads.begin(), item->heads.end(), [&](const auto& head) { return head.second.id == known->proposal; });
        if (!waits) {
            ++m_judged.judged;
            m_judged.right += std::any_of(item->heads.begin(), item->heads.end(), [&](const auto& head) {
                return head.second.document.empty() && head.second.model.empty() && head.second.classNumber == known->proposed;
            });
            m_proposals.erase(known);
            fill();
        }
    }
    showCurrent();
}

void ProposalsPanel::read() {
    const auto project = m_workspace.shared();
    if (!project || !m_desk || !m_desk->labelling) return;
    m_stale = false;
    const auto read = [project, labelling = m_desk->labelling->key](TaskContext&) -> Result<Found> {
        LAMINA_TRY(auto items, project->annotations().wholeClasses(labelling));
        std::erase_if(items, [](const WholeClass& item) { return item.proposed == 0; });
        std::stable_sort(items.begin(), items.end(), [](const WholeClass& a, const WholeClass& b) { return a.confidence > b.confidence; });
        LAMINA_TRY(const auto judged, project->annotations().judgedProposals(labelling));
        return Found{std::move(items), judged};
    };
    m_workspace.tasks().quietly(this, read, [this, key = m_desk->labelling->key](Result<Found> found) {
        if (found && m_desk && m_desk->labelling && m_desk->labelling->key == key) take(std::move(*found));
    });
}

void ProposalsPanel::take(Found found) {
    m_proposals = std::move(found.proposals);
    m_judged = found.judged;
    fill();
    showCurrent();
}

/// Whether the next ones are worth a look each, or can be accepted together.
void ProposalsPanel::showJudged() {
    m_share->setVisible(m_judged.judged > 0);
    if (m_judged.judged == 0) return;
    const double percent = 100.0 * static_cast<double>(m_judged.right) / static_cast<double>(m_judged.judged);
    const QLocale locale;
    m_share->setText(tr("Of %Ln proposal(s) that people have looked at so far, %1 were right (%2 %).", nullptr, static_cast<int>(m_judged.judged))
                         .arg(locale.toString(qlonglong(m_judged.right)), locale.toString(percent, 'f', 0)));
}

QString ProposalsPanel::nameOf(std::int64_t number) const { return m_desk ? labelOf(m_desk->classes, number).name : QString::number(number); }

void ProposalsPanel::fill() {
    m_list->clear();
    const QLocale locale;
    for (std::size_t i = 0; i < std::min(m_proposals.size(), mostListedProposals); ++i) {
        const WholeClass& proposal = m_proposals[i];
        auto* line = new QListWidgetItem(tr("%1 %  %2 (%3)", "score, class, number of the item").arg(locale.toString(100 * proposal.confidence, 'f', 0), nameOf(proposal.proposed), locale.toString(qlonglong(proposal.position + 1))), m_list);
        line->setData(Qt::UserRole, qlonglong(proposal.position));
    }
    showCount();
    showJudged();
    emit titleChanged();
}

/// How many it will be stands on the button before it is done.
void ProposalsPanel::showCount() {
    const double from = m_from->value() / 100;
    const auto above = std::count_if(m_proposals.begin(), m_proposals.end(), [&](const WholeClass& proposal) { return proposal.confidence >= from; });
    const int all = static_cast<int>(m_proposals.size());
    m_count->setText(tr("%1 of %Ln proposal(s) have at least this score.", nullptr, all).arg(QLocale().toString(qlonglong(above))));
    m_acceptAll->setText(tr("Accept %Ln", nullptr, static_cast<int>(above)));
    m_rejectAll->setText(tr("Reject all %Ln", nullptr, all));
    const bool edits = !m_busy && !m_workspace.readOnly();
    m_acceptAll->setEnabled(edits && above > 0);
    m_rejectAll->setEnabled(edits && all > 0);
    m_propose->setEnabled(edits);
    for (auto* widget : {static_cast<QWidget*>(m_list), static_cast<QWidget*>(m_from), static_cast<QWidget*>(m_count), static_cast<QWidget*>(m_acceptAll), static_cast<QWidget*>(m_rejectAll)})
        widget->setVisible(all > 0);
    m_about->setVisible(all == 0);
}

const WholeClass* ProposalsPanel::current() const {
    const auto known = std::find_if(m_proposals.begin(), m_proposals.end(), [&](const WholeClass& proposal) { return proposal.item == m_item; });
    return known == m_proposals.end() ? nullptr : &*known;
}

void ProposalsPanel::showCurrent() {
    const auto* proposal = current();
    for (auto* widget : {static_cast<QWidget*>(m_here), static_cast<QWidget*>(m_accept), static_cast<QWidget*>(m_reject)}) widget->setVisible(proposal != nullptr);
    if (!proposal) return;
    m_here->setText(tr("The model proposes: %1 (%2 % sure)").arg(nameOf(proposal->proposed), QLocale().toString(100 * proposal->confidence, 'f', 0)));
    m_accept->setEnabled(!m_busy && !m_workspace.readOnly());
    m_reject->setEnabled(m_accept->isEnabled());
}

void ProposalsPanel::setBusy(bool busy) {
    m_busy = busy;
    showCount();
    showCurrent();
}

void ProposalsPanel::propose() {
    const auto project = m_workspace.shared();
    if (!project || !m_desk || !m_desk->labelling || m_busy) return;
    setBusy(true);
    m_outcome->clear();
    const auto work = [project, dataset = m_desk->dataset.id, proposer = m_proposer->currentData().toString().toStdString(), run = m_workspace.run()](TaskContext& context) {
        return proposeLabels(*project, {dataset, proposer, run, 0, 0}, {context.progress, context.cancel});
    };
    m_workspace.tasks().start(tr("Propose labels"), this, work, [this](Result<ProposeOutcome> outcome) {
        setBusy(false);
        if (!outcome) {
            if (outcome.error().code != "job.cancelled") m_outcome->setText(Workspace::words(outcome.error()));
            return;
        }
        m_workspace.noteEdit();
        m_outcome->setText(tr("%Ln item(s) have a proposal now.", nullptr, static_cast<int>(outcome->proposed)));
        read();
    });
}

/// One edit, one undo, however many they are.
void ProposalsPanel::judge(bool accept, double from, std::vector<std::int64_t> items) {
    const auto project = m_workspace.shared();
    if (!project || !m_desk || m_busy) return;
    setBusy(true);
    const auto work = [project, request = JudgeProposals{m_desk->dataset.id, accept, from, 2, std::move(items)}](TaskContext& context) {
        return judgeProposals(*project, request, {context.progress, context.cancel});
    };
    m_workspace.tasks().quietly(this, work, [this, accept](Result<JudgeOutcome> outcome) {
        setBusy(false);
        if (!outcome) return m_outcome->setText(Workspace::words(outcome.error()));
        m_workspace.noteEdit();
        const int count = static_cast<int>(outcome->items);
        m_outcome->setText(accept ? tr("%Ln proposal(s) accepted: they are your labels now.", nullptr, count) : tr("%Ln proposal(s) rejected.", nullptr, count));
        read();
    });
}

void ProposalsPanel::judgeCurrent(bool accept) {
    const auto* proposal = current();
    if (!proposal) return;
    const auto at = static_cast<std::size_t>(proposal - m_proposals.data());
    const std::int64_t item = proposal->item, next = at + 1 < m_proposals.size() ? m_proposals[at + 1].position : -1;
    judge(accept, 0, {item});
    if (next >= 0) emit goWanted(next, QString());
}

void ProposalsPanel::retranslate() {
    for (int i = 0; i < m_proposer->count(); ++i) {
        const ProposerType* type = proposerCatalogue()[static_cast<std::size_t>(i)];
        m_proposer->setItemText(i, messageText("proposer." + type->id + ".title", QString::fromStdString(type->title)));
    }
    m_about->setText(tr("A model proposes a class for every item that nobody has labelled. Proposals count for nothing until a person accepts them."));
    m_proposer->setAccessibleName(tr("Who proposes"));
    m_propose->setText(tr("Propose classes"));
    m_from->setAccessibleName(tr("Accept from this score on"));
    m_from->setPrefix(tr("from "));
    m_list->setAccessibleName(tr("Proposals, the surest first"));
    m_accept->setText(keyed(tr("Accept"), 0));
    m_reject->setText(keyed(tr("Reject"), 1));
    m_acceptAll->setToolTip(tr("They become your labels, in one edit that can be undone"));
    m_rejectAll->setToolTip(tr("All proposals are taken away, in one edit that can be undone"));
    fill();
    showCurrent();
}

}  // namespace lamina
