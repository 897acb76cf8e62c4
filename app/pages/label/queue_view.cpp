#include "app/pages/label/queue_view.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QToolButton>

#include "app/pages/label/item_cards.h"
#include "app/pages/label/kind_words.h"
#include "app/pages/label/label_bar.h"
#include "app/pages/label/score_popup.h"
#include "app/settings/settings.h"
#include "app/sources/column_pictures.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"
#include "widgets/gallery/thumbnail_gallery.h"

namespace lamina {

namespace {

constexpr int stripEdge = 64, galleryEdge = 112;
constexpr int typingMilliseconds = 250;

/// Rows of the choice of states.
enum StateRow { AllRow, UnlabelledRow, LabelledRow, CheckedRow, EmptyRow, SkippedRow, FlaggedRow, CommentedRow, stateRows };

QToolButton* queueButton(const char* name, const char* icon) {
    auto* button = new QToolButton;
    button->setObjectName(name);
    button->setIcon(themeIcon(icon));
    button->setAutoRaise(true);
    button->setCheckable(true);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

void keepShort(QComboBox* box, int letters) {
    box->setMinimumContentsLength(letters);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
}

}  // namespace

QueueView::QueueView(const WorkQueue& queue, QWidget* parent)
    : QWidget(parent), m_queue(queue), m_gallery(new ThumbnailGallery), m_state(new QComboBox), m_class(new QComboBox), m_annotator(new QComboBox), m_search(new QLineEdit),
      m_grid(queueButton("label_gallery", "gallery")), m_strip(queueButton("label_strip", "image")), m_score(new QToolButton), m_scores(new ScorePopup(this)), m_count(new QLabel) {
    build();
    m_gallery->model().setMarker([this](std::int64_t position) { return markOf(position); });
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingMilliseconds);
    connect(&m_typing, &QTimer::timeout, this, &QueueView::filterChanged);
    connect(m_search, &QLineEdit::textEdited, &m_typing, qOverload<>(&QTimer::start));
    for (auto* box : {m_state, m_class, m_annotator}) connect(box, &QComboBox::activated, this, &QueueView::filterChanged);
    connect(&m_gallery->view(), &QAbstractItemView::clicked, this, [this](const QModelIndex& index) { wantClicked(m_gallery->model().item(index.row())); });
    connect(m_gallery, &ThumbnailGallery::itemActivated, this, [this](std::int64_t item) {
        if (m_isGallery) setGallery(false);
        emit wanted(item);
    });
    connect(m_score, &QToolButton::clicked, this, [this] { m_scores->openBelow(m_score); });
    connect(m_scores, &ScorePopup::changed, this, [this] {
        m_score->setText(m_scores->words());
        m_score->setChecked(m_scores->range().has_value());
        m_typing.start();
    });
    connect(m_grid, &QToolButton::toggled, this, &QueueView::setGallery);
    connect(m_strip, &QToolButton::toggled, this, &QueueView::setStripShown);
    m_strip->setChecked(settings::value("label/strip", true).toBool());
    setGallery(false);
    setStripShown(m_strip->isChecked());
    retranslate();
}

void QueueView::build() {
    m_state->setObjectName("label_filter");
    m_class->setObjectName("label_filter_class");
    m_annotator->setObjectName("label_filter_annotator");
    m_search->setObjectName("label_search");
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(220);
    m_score->setObjectName("label_filter_score");
    m_score->setAutoRaise(true);
    m_score->setIcon(themeIcon("chevron_down"));  // it opens something
    m_score->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_score->setLayoutDirection(Qt::RightToLeft);
    m_score->setFocusPolicy(Qt::TabFocus);
    m_count->setObjectName("label_shown");
    m_count->setProperty(ThemeRole::muted, true);
    keepShort(m_state, 13);
    keepShort(m_class, 8);
    keepShort(m_annotator, 8);
    m_gallery->setObjectName("label_queue");
    m_gallery->setBarVisible(false);
    m_gallery->setCaptionsVisible(false);
    m_gallery->view().setSelectionMode(QAbstractItemView::SingleSelection);
    m_gallery->view().setFocusPolicy(Qt::StrongFocus);
    for (int i = 0; i < stateRows; ++i) m_state->addItem(QString());
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    for (QWidget* widget : {static_cast<QWidget*>(m_state), static_cast<QWidget*>(m_class), static_cast<QWidget*>(m_annotator)}) row->addWidget(widget);
    row->addWidget(m_score);
    row->addWidget(m_search, 40);
    row->addWidget(m_count);
    row->addStretch(1);
    row->addWidget(m_strip);
    row->addWidget(m_grid);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(m_gallery, 1);
}

void QueueView::setDesk(std::shared_ptr<const LabelDesk> desk) {
    m_desk = std::move(desk);
    const QString id = m_desk ? QString::fromStdString(m_desk->dataset.id + deskKindName(m_desk->kind)) : QString();
    if (id != m_datasetId) {
        m_datasetId = id;
        m_search->clear();
        m_scores->clear();
        m_typing.stop();
        m_state->setCurrentIndex(AllRow);
        m_class->clear();
        m_annotator->clear();
        m_gallery->setSource(source());
    }
    retranslate();
    queueChanged();
}

std::shared_ptr<const ImageSource> QueueView::source() const {
    if (!m_desk) return nullptr;
    if (m_desk->kind != DeskKind::Pictures) return std::make_shared<ItemCards>(m_desk);
    return std::make_shared<ColumnPictures>(m_desk->table, m_desk->column, std::string(), m_desk->reader);
}

/// What was chosen stays where it is still there.
void QueueView::fillChoices() {
    const QVariant classBefore = m_class->currentData(), personBefore = m_annotator->currentData();
    m_class->clear();
    m_class->addItem(tr("Any class"));
    m_annotator->clear();
    m_annotator->addItem(tr("Anybody"));
    if (m_desk) {
        for (const auto& record : m_desk->classes) m_class->addItem(QString::fromStdString(record.name), qint64(record.number));
        for (const auto& name : m_desk->annotators) m_annotator->addItem(QString::fromStdString(name), QString::fromStdString(name));
    }
    m_class->setCurrentIndex(std::max(0, classBefore.isValid() ? m_class->findData(classBefore) : 0));
    m_annotator->setCurrentIndex(std::max(0, personBefore.isValid() ? m_annotator->findData(personBefore) : 0));
    m_annotator->setVisible(m_annotator->count() > 2);  // one person alone need not be chosen
}

QueueFilter QueueView::filter() const {
    QueueFilter filter;
    switch (m_state->currentIndex()) {
        case UnlabelledRow: filter.items.state = ItemState::Unlabelled; break;
        case LabelledRow: filter.items.state = ItemState::Labelled; break;
        case CheckedRow: filter.items.state = ItemState::Checked; break;
        case EmptyRow: filter.items.state = ItemState::CheckedEmpty; break;
        case SkippedRow: filter.items.state = ItemState::Skipped; break;
        case FlaggedRow: filter.items.flagged = true; break;
        case CommentedRow: filter.items.commented = true; break;
        default: break;
    }
    if (m_class->currentData().isValid() && m_desk) filter.items.classNumbers = ClassNumbers(m_desk->known).behind(m_class->currentData().toLongLong());
    filter.score = m_scores->range();
    filter.annotator = m_annotator->currentData().toString().toStdString();
    filter.search = m_search->text().trimmed().toStdString();
    return filter;
}

void QueueView::clearFilter() {
    for (auto* box : {m_state, m_class, m_annotator}) box->setCurrentIndex(0);
    m_search->clear();
    m_scores->clear();
    m_typing.stop();
    emit filterChanged();
}

void QueueView::queueChanged() {
    m_gallery->model().setItems(m_queue.shown());
    showCount();
    if (m_position >= 0) m_gallery->showItem(m_position);
}

void QueueView::itemChanged(std::int64_t position) {
    m_gallery->model().noteMarks(position);
    showCount();
}

void QueueView::showPosition(std::int64_t position) {
    m_position = position;
    const QSignalBlocker quiet(m_gallery);
    m_gallery->showItem(position);
}

void QueueView::showCount() {
    const QLocale locale;
    const auto& counts = m_queue.counts();
    const auto count = [&](ItemState state) { return locale.toString(qlonglong(counts.states[static_cast<std::size_t>(state)])); };
    m_state->setItemText(AllRow, tr("All (%1)").arg(locale.toString(qlonglong(m_queue.marks().size()))));
    m_state->setItemText(UnlabelledRow, tr("Not labelled yet (%1)").arg(count(ItemState::Unlabelled)));
    m_state->setItemText(LabelledRow, tr("Labelled (%1)").arg(count(ItemState::Labelled)));
    m_state->setItemText(CheckedRow, tr("Checked (%1)").arg(count(ItemState::Checked)));
    m_state->setItemText(EmptyRow, tr("Checked, nothing there (%1)").arg(count(ItemState::CheckedEmpty)));
    m_state->setItemText(SkippedRow, tr("Skipped (%1)").arg(count(ItemState::Skipped)));
    m_state->setItemText(FlaggedRow, tr("Flagged (%1)").arg(locale.toString(qlonglong(counts.flagged))));
    m_state->setItemText(CommentedRow, tr("With a comment (%1)").arg(locale.toString(qlonglong(counts.commented))));
    const qlonglong shown = m_queue.shownCount(), all = std::ssize(m_queue.marks());
    m_count->setText(shown < all ? tr("%1 found").arg(locale.toString(shown)) : QString());
}

GalleryMark QueueView::markOf(std::int64_t position) const {
    GalleryMark mark;
    const auto* item = m_queue.at(position);
    if (!item) return mark;
    switch (item->state) {
        case ItemState::Labelled: mark.badges.push_back(GalleryBadge::Dot); break;
        case ItemState::Checked: mark.badges.push_back(GalleryBadge::Tick); break;
        case ItemState::CheckedEmpty: mark.badges.push_back(GalleryBadge::EmptyTick); break;
        case ItemState::Skipped: mark.badges.push_back(GalleryBadge::Cross); break;
        default: break;
    }
    mark.words = itemStateWords(item->state);
    if (item->flagged) {
        mark.badges.push_back(GalleryBadge::Flag);
        mark.words += ", " + tr("flagged");
    }
    if (item->commented) {
        mark.badges.push_back(GalleryBadge::Comment);
        mark.words += ", " + tr("with a comment");
    }
    return mark;
}

void QueueView::wantClicked(std::int64_t position) {
    if (position >= 0) emit wanted(position);
}

void QueueView::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void QueueView::setGallery(bool gallery) {
    const QSignalBlocker quiet(m_grid);
    m_grid->setChecked(gallery);
    m_isGallery = gallery;
    m_gallery->setOneLine(!gallery);
    m_gallery->setSize(gallery ? galleryEdge : stripEdge);
    m_gallery->setCaptionsVisible(gallery);
    m_gallery->setVisible(gallery || m_strip->isChecked());
    setSizePolicy(QSizePolicy::Preferred, gallery ? QSizePolicy::Expanding : QSizePolicy::Maximum);
    if (m_position >= 0) m_gallery->showItem(m_position);
    if (gallery) m_gallery->view().setFocus();  // else the filters get the keys of the desk that is hidden: an arrow would filter
    emit galleryChanged();
}

bool QueueView::isStripShown() const { return m_strip->isChecked(); }

void QueueView::setStripShown(bool shown) {
    settings::setValue("label/strip", shown);
    m_gallery->setVisible(shown || m_isGallery);
}

void QueueView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
    if (event->type() == QEvent::PaletteChange && m_desk && m_desk->kind != DeskKind::Pictures) m_gallery->setSource(source());
}

void QueueView::retranslate() {
    const DeskKind kind = m_desk ? m_desk->kind : DeskKind::Pictures;
    m_state->setAccessibleName(kindWords(KindPhrase::Shown, kind));
    m_class->setAccessibleName(kindWords(KindPhrase::OfClass, kind));
    m_class->setToolTip(kindWords(KindPhrase::OfClass, kind));
    m_annotator->setAccessibleName(kindWords(KindPhrase::OfPerson, kind));
    m_annotator->setToolTip(kindWords(KindPhrase::OfPerson, kind));
    m_search->setAccessibleName(kindWords(KindPhrase::Find, kind));
    m_search->setToolTip(kindWords(KindPhrase::Find, kind));
    m_search->setPlaceholderText(kindWords(KindPhrase::FindHint, kind));
    for (auto* clear : m_search->findChildren<QToolButton*>()) {
        clear->setAccessibleName(tr("Clear the field"));
        clear->setToolTip(tr("Clear the field"));
    }
    m_score->setText(m_scores->words());
    m_score->setToolTip(tr("By the score that a model gave"));
    m_grid->setAccessibleName(tr("Gallery"));
    m_grid->setToolTip(kindWords(KindPhrase::Gallery, kind));
    m_strip->setAccessibleName(kindWords(KindPhrase::Strip, kind));
    m_strip->setToolTip(kindWords(KindPhrase::ToggleStrip, kind));
    fillChoices();
    showCount();
    m_gallery->model().noteMarks(-1);
}

}  // namespace lamina
