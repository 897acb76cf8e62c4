#include "widgets/gallery/thumbnail_gallery.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QScrollBar>
#include <QShortcut>
#include <QSlider>
#include <QTimer>
#include <QWheelEvent>

#include "widgets/common/icon.h"
#include "widgets/common/theme.h"
#include "widgets/gallery/thumbnail_delegate.h"

namespace lamina {
namespace {

constexpr int longList = 200'000;  ///< above this the grid is laid out in steps

/// What is fetched for a shown edge: few different sizes, so that moving the slider does not make everything anew each time.
int fetchedEdge(int shown, qreal ratio) {
    const int wanted = static_cast<int>(shown * ratio);
    for (const int edge : {64, 128, 256, 512})
        if (wanted <= edge) return edge;
    return 1024;
}

}  // namespace

ThumbnailGallery::ThumbnailGallery(QWidget* parent)
    : QWidget(parent),
      m_model(new GalleryModel(this)),
      m_view(new QListView),
      m_bar(new QWidget),
      m_classes(new QComboBox),
      m_slider(new QSlider(Qt::Horizontal)),
      m_counts(new QLabel),
      m_sizeIcon(new QLabel) {
    m_view->setObjectName("gallery_view");
    m_view->setViewMode(QListView::IconMode);
    m_view->setMovement(QListView::Static);
    m_view->setResizeMode(QListView::Adjust);
    m_view->setUniformItemSizes(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setMouseTracking(true);
    m_view->setAttribute(Qt::WA_InputMethodEnabled, false);
    m_view->setItemDelegate(new ThumbnailDelegate(m_view));
    m_view->setModel(m_model);
    m_view->viewport()->installEventFilter(this);
    makeBar();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_bar);
    layout->addWidget(m_view, 1);

    connect(m_view->verticalScrollBar(), &QScrollBar::valueChanged, this, &ThumbnailGallery::noteVisible);
    connect(m_view->horizontalScrollBar(), &QScrollBar::valueChanged, this, &ThumbnailGallery::noteVisible);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ThumbnailGallery::showCounts);
    connect(m_view, &QAbstractItemView::activated, this, [this](const QModelIndex& index) { emit itemActivated(m_model->item(index.row())); });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& now) { emit currentItemChanged(m_model->item(now.row())); });
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ThumbnailGallery::selectionChanged);
    applySize();
    retranslate();
}

void ThumbnailGallery::makeBar() {
    m_classes->setObjectName("gallery_class");
    m_classes->setMinimumContentsLength(12);
    m_classes->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_slider->setObjectName("gallery_size");
    m_slider->setRange(smallest, largest);
    m_slider->setSingleStep(8);
    m_slider->setPageStep(32);
    m_slider->setValue(96);
    m_slider->setFixedWidth(140);
    m_counts->setObjectName("gallery_counts");
    m_counts->setProperty(ThemeRole::muted, true);
    m_sizeIcon->setPixmap(themeIcon("image").pixmap(16, 16));
    auto* layout = new QHBoxLayout(m_bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_classes);
    layout->addStretch();
    layout->addWidget(m_counts);
    layout->addWidget(m_sizeIcon);
    layout->addWidget(m_slider);
    connect(m_slider, &QSlider::valueChanged, this, &ThumbnailGallery::applySize);
    connect(m_classes, &QComboBox::currentIndexChanged, this, [this] {
        const QVariant chosen = m_classes->currentData();
        m_model->setClass(chosen.isValid() ? std::optional(chosen.toInt()) : std::nullopt);
    });
    for (const auto& [keys, step] : {std::pair{QKeySequence::ZoomIn, 16}, {QKeySequence::ZoomOut, -16}}) {
        auto* shortcut = new QShortcut(keys, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, step = step] { setSize(size() + step); });
    }
}

void ThumbnailGallery::retranslate() {
    m_view->setAccessibleName(tr("Pictures"));
    m_classes->setAccessibleName(tr("Class to show"));
    m_classes->setToolTip(tr("Show the pictures of one class only"));
    m_slider->setAccessibleName(tr("Size of the pictures"));
    m_slider->setToolTip(tr("Size of the pictures (Ctrl+wheel, Ctrl++, Ctrl+−)"));
    if (m_classes->count() > 0) m_classes->setItemText(0, tr("All classes"));
    showCounts();
}

void ThumbnailGallery::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
    if (event->type() == QEvent::PaletteChange) m_sizeIcon->setPixmap(themeIcon("image").pixmap(16, 16));
    if (event->type() == QEvent::FontChange) applySize();
}

void ThumbnailGallery::setSource(std::shared_ptr<const ImageSource> source) {
    const bool tooLong = source && source->count() > longList;
    m_view->setLayoutMode(tooLong ? QListView::Batched : QListView::SinglePass);
    m_view->setBatchSize(20'000);
    m_model->setSource(std::move(source));
    fillClasses();
}

void ThumbnailGallery::fillClasses() {
    const QSignalBlocker quiet(m_classes);
    m_classes->clear();
    const QStringList names = m_model->source() ? m_model->source()->classNames() : QStringList();
    m_classes->addItem(tr("All classes"));
    for (int i = 0; i < names.size(); ++i) m_classes->addItem(names[i], i);
    m_classes->setVisible(!names.isEmpty());
}

int ThumbnailGallery::size() const { return m_slider->value(); }

void ThumbnailGallery::setSize(int edge) { m_slider->setValue(edge); }

void ThumbnailGallery::setBarVisible(bool visible) { m_bar->setVisible(visible); }

void ThumbnailGallery::setCaptionsVisible(bool visible) {
    m_captions = visible;
    applySize();
}

void ThumbnailGallery::setOneLine(bool oneLine) {
    const std::int64_t item = currentItem();
    m_oneLine = oneLine;
    m_view->setWrapping(!oneLine);
    m_view->setFlow(QListView::LeftToRight);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(oneLine ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    m_view->setVerticalScrollBarPolicy(oneLine ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    applySize();
    showItem(item);
    QTimer::singleShot(0, this, [this] { m_view->scrollTo(m_view->currentIndex(), QAbstractItemView::PositionAtCenter); });  // once all has its new place
}

void ThumbnailGallery::applySize() {
    auto* delegate = static_cast<ThumbnailDelegate*>(m_view->itemDelegate());
    delegate->setLook(size(), m_captions);
    const QModelIndex first = m_view->indexAt(QPoint(size() / 2, size() / 2));
    m_model->setEdge(fetchedEdge(size(), devicePixelRatioF()));
    m_view->setGridSize(delegate->cellSize(m_view->fontMetrics()) + QSize(4, 4));
    if (first.isValid() && !m_oneLine) m_view->scrollTo(first, QAbstractItemView::PositionAtTop);
    const int high = m_view->gridSize().height() + m_view->horizontalScrollBar()->sizeHint().height() + 2 * m_view->frameWidth();
    m_view->setMaximumHeight(m_oneLine ? high : QWIDGETSIZE_MAX);
    m_view->setMinimumHeight(m_oneLine ? high : 0);
    m_view->viewport()->update();
    noteVisible();
}

std::pair<int, int> ThumbnailGallery::visibleRows() const {
    const QSize grid = m_view->gridSize(), area = m_view->viewport()->size();
    if (m_oneLine) {
        const int first = m_view->horizontalScrollBar()->value() / std::max(1, grid.width());
        return {first, first + area.width() / std::max(1, grid.width()) + 2};
    }
    const int perLine = std::max(1, area.width() / std::max(1, grid.width()));
    const int top = m_view->verticalScrollBar()->value();
    const int first = top / std::max(1, grid.height()) * perLine;
    return {first, first + (area.height() / std::max(1, grid.height()) + 2) * perLine};
}

void ThumbnailGallery::noteVisible() {
    const auto [first, last] = visibleRows();
    m_model->setVisible(first, last);
}

bool ThumbnailGallery::complete() const {
    const QRect area = m_view->viewport()->rect();
    const auto [first, last] = visibleRows();
    for (int row = first; row <= std::min(last, m_model->rowCount() - 1); ++row)
        if (area.intersects(m_view->visualRect(m_model->index(row))) && !m_model->has(row)) return false;
    return true;
}

bool ThumbnailGallery::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Wheel && static_cast<QWheelEvent*>(event)->modifiers().testFlag(Qt::ControlModifier)) {
        setSize(size() + static_cast<QWheelEvent*>(event)->angleDelta().y() / 10);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ThumbnailGallery::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    noteVisible();
}

void ThumbnailGallery::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    noteVisible();
}

std::vector<std::int64_t> ThumbnailGallery::selectedItems() const {
    std::vector<std::int64_t> items;
    for (const QItemSelectionRange& range : m_view->selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom(); ++row) items.push_back(m_model->item(row));
    std::sort(items.begin(), items.end());
    return items;
}

std::int64_t ThumbnailGallery::currentItem() const { return m_model->item(m_view->currentIndex().row()); }

void ThumbnailGallery::showItem(std::int64_t item) {
    const int row = m_model->row(item);
    if (row >= 0) m_view->setCurrentIndex(m_model->index(row));
}

void ThumbnailGallery::showCounts() {
    const QLocale locale;
    const qlonglong all = m_model->source() ? m_model->source()->count() : 0;
    const qlonglong shown = m_model->rowCount();
    m_counts->setText(shown < all ? tr("%1 of %2 pictures").arg(locale.toString(shown), locale.toString(all))
                                  : tr("%1 pictures").arg(locale.toString(all)));
    noteVisible();
}

}  // namespace lamina
