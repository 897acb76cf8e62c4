#include "app/pages/label/review_panel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDateTime>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>

#include "app/pages/label/label_act.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace {

constexpr std::int64_t mostQueued = 1000;

}  // namespace

ReviewPanel::ReviewPanel(Workspace& workspace)
    : m_workspace(workspace), m_which(new QComboBox), m_list(new QListWidget), m_about(new QLabel), m_count(new QLabel), m_said(new QLabel), m_trouble(new QLabel), m_comment(new QLineEdit),
      m_only(new QPushButton), m_accept(new QPushButton), m_reject(new QPushButton) {
    build();
    connect(m_which, &QComboBox::currentIndexChanged, this, &ReviewPanel::read);
    connect(m_accept, &QPushButton::clicked, this, [this] { judge(true); });
    connect(m_reject, &QPushButton::clicked, this, [this] { judge(false); });
    connect(m_comment, &QLineEdit::textChanged, this, &ReviewPanel::showOpinion);
    connect(m_comment, &QLineEdit::returnPressed, m_reject, &QPushButton::click);
    const auto go = [this](const QListWidgetItem* line) {
        if (line) emit goWanted(line->data(Qt::UserRole).toLongLong(), QString());
    };
    connect(m_list, &QListWidget::itemClicked, this, go);
    connect(m_list, &QListWidget::itemActivated, this, go);
    connect(m_only, &QPushButton::clicked, this, [this] {
        std::vector<std::int64_t> positions;
        for (const auto& item : m_queued.items) positions.push_back(item.position);
        if (!positions.empty()) emit queueWanted(positions, tr("Review: %1").arg(m_which->currentText()));
    });
    retranslate();
}

void ReviewPanel::build() {
    setObjectName("label_review");
    m_which->setObjectName("label_review_which");
    m_list->setObjectName("label_review_list");
    m_comment->setObjectName("label_review_comment");
    m_accept->setObjectName("label_review_accept");
    m_reject->setObjectName("label_review_reject");
    m_only->setObjectName("label_review_only");
    m_said->setObjectName("label_review_said");
    m_list->setMinimumHeight(60);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);  // what is left of the height
    m_about->setProperty(ThemeRole::muted, true);
    for (const ReviewQueue which : {ReviewQueue::Waiting, ReviewQueue::Rejected, ReviewQueue::Accepted}) m_which->addItem(QString(), static_cast<int>(which));
    for (auto* text : {m_about, m_count, m_said, m_trouble}) {
        text->setWordWrap(true);
        text->setTextFormat(Qt::PlainText);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_about);
    layout->addWidget(m_which);
    layout->addWidget(m_count);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_only);
    layout->addWidget(m_said);
    layout->addWidget(m_comment);
    layout->addWidget(m_accept);
    layout->addWidget(m_reject);
    layout->addWidget(m_trouble);
    giveKeys({m_accept, m_reject});
}

QString ReviewPanel::title() const { return tr("Review"); }

void ReviewPanel::setDesk(std::shared_ptr<const LabelDesk> desk) {
    m_desk = std::move(desk);
    m_stale = true;
    if (!m_desk || !m_desk->labelling) take({});
    else if (isVisible()) read();
}

void ReviewPanel::showEvent(QShowEvent* event) {
    LabelPanel::showEvent(event);
    if (m_stale) read();
}

void ReviewPanel::showItem(const ShownItem* item) {
    if (!item || item->item.key != m_item.key) {
        m_comment->clear();
        m_queued.ofItem.clear();
    }
    m_item = item ? item->item : LabelItemRecord();
    m_stale = true;
    showOpinion();
    if (isVisible()) read();
}

void ReviewPanel::read() {
    const auto project = m_workspace.shared();
    if (!project || !m_desk || !m_desk->labelling) return;
    m_stale = false;
    const auto which = static_cast<ReviewQueue>(m_which->currentData().toInt());
    const auto read = [project, which, labelling = m_desk->labelling->key, item = m_item.key](TaskContext&) -> Result<Queued> {
        Queued queued;
        LAMINA_TRY(queued.items, project->reviews().queue(labelling, which, 0, mostQueued));
        if (item == 0) return queued;
        LAMINA_TRY(queued.ofItem, project->reviews().ofItem(item));
        return queued;
    };
    m_workspace.tasks().quietly(this, read, [this, item = m_item.key](Result<Queued> queued) {
        if (queued && item == m_item.key) take(std::move(*queued));
    });
}

void ReviewPanel::take(Queued queued) {
    m_queued = std::move(queued);
    m_list->clear();
    for (const auto& item : m_queued.items) {
        auto* line = new QListWidgetItem(QString("%1  %2").arg(item.position + 1).arg(QString::fromStdString(item.identity)), m_list);
        line->setData(Qt::UserRole, qlonglong(item.position));
        line->setToolTip("<qt>" + QString::fromStdString(item.identity).toHtmlEscaped());
        if (item.key == m_item.key) m_list->setCurrentItem(line);
    }
    showOpinion();
}

void ReviewPanel::showOpinion() {
    const QLocale locale;
    const auto count = std::ssize(m_queued.items);
    m_count->setText(count == 0 ? tr("None.") : count == mostQueued ? tr("The first %1:").arg(locale.toString(qlonglong(count))) : tr("%1 of them:").arg(locale.toString(qlonglong(count))));
    m_about->setVisible(count == 0);
    m_only->setEnabled(count > 0);
    const bool edits = m_item.key != 0 && !m_workspace.readOnly() && m_item.state != ItemState::Unlabelled;
    m_accept->setEnabled(edits);
    // Whoever gets it back has to know why.
    m_reject->setEnabled(edits && !m_comment->text().trimmed().isEmpty());
    if (m_queued.ofItem.empty()) return m_said->setText(m_item.key == 0 ? QString() : tr("Nobody has reviewed this item yet."));
    const ReviewRecord& last = m_queued.ofItem.front();
    const QString who = QString::fromStdString(last.reviewer), when = locale.toString(QDateTime::fromMSecsSinceEpoch(last.time), QLocale::ShortFormat);
    QString said = last.accepted ? tr("Accepted by %1, %2.").arg(who, when) : tr("Sent back by %1, %2.").arg(who, when);
    if (!last.comment.empty()) said += '\n' + tr("“%1”").arg(QString::fromStdString(last.comment));
    if (!last.current) said += '\n' + tr("Its labels have changed since.");
    m_said->setText(said);
}

void ReviewPanel::judge(bool accept) {
    if (m_item.key == 0 || m_workspace.readOnly()) return;
    ReviewRecord record;
    record.item = m_item.key;
    record.accepted = accept;
    record.comment = m_comment->text().trimmed().toStdString();
    beginLabelAct(m_workspace, this, [record](Project& project) { return project.reviews().add(record); }, [this](const Result<EditReceipt>& receipt) {
        m_trouble->setText(receipt ? QString() : Workspace::words(receipt.error()));
        read();
    });
    m_comment->clear();
    for (std::size_t i = 0; i < m_queued.items.size(); ++i)
        if (m_queued.items[i].key == m_item.key && m_queued.items.size() > 1) return emit goWanted(m_queued.items[(i + 1) % m_queued.items.size()].position, QString());
}

void ReviewPanel::retranslate() {
    m_about->setText(tr("A second person looks at what was labelled. What is sent back says why, and waits for whoever labelled it."));
    const QString names[] = {tr("Waiting for review"), tr("Sent back"), tr("Accepted")};
    for (int i = 0; i < m_which->count(); ++i) m_which->setItemText(i, names[i]);
    m_which->setAccessibleName(tr("Which items"));
    m_list->setAccessibleName(tr("Items of the review"));
    m_comment->setPlaceholderText(tr("Comment; needed to send back"));
    m_comment->setAccessibleName(tr("Comment"));
    m_only->setText(tr("Go through these"));
    m_reject->setToolTip(tr("What is sent back says why, and waits for whoever labelled it"));
    m_accept->setText(keyed(tr("Accept"), 0));
    m_reject->setText(keyed(tr("Send back"), 1));
    showOpinion();
}

}  // namespace lamina
