#include "widgets/graph/layer_palette.h"

#include <QBoxLayout>
#include <QDrag>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPainter>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QTimer>
#include <QTreeView>

#include <algorithm>

#include "widgets/common/icon.h"
#include "widgets/graph/layer_colour.h"
#include "widgets/graph/graph_view.h"

namespace lamina {
namespace {

QIcon dot(int colour) {
    QPixmap picture(32, 32);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(layerColour(colour));
    painter.drawEllipse(9, 9, 14, 14);
    return QIcon(picture);
}

/// Under the pointer lies the layer's picture only, beside the place where the layer would go.
class PaletteTree : public QTreeView {
public:
    using QTreeView::QTreeView;

protected:
    void startDrag(Qt::DropActions) override {
        QMimeData* data = model()->mimeData(selectedIndexes());
        if (!data) return;
        auto* drag = new QDrag(this);
        drag->setMimeData(data);
        drag->setPixmap(currentIndex().data(Qt::DecorationRole).value<QIcon>().pixmap(24, 24));
        drag->setHotSpot({-14, -10});
        drag->exec(Qt::CopyAction);
    }
};

QStandardItem* groupItem(const QIcon& icon, const QString& title) {
    auto* item = new QStandardItem(icon, title);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    QFont font;
    font.setBold(true);
    item->setFont(font);
    return item;
}

/// People write conv2d, conv-2d and Conv 2D.
QString plain(QString text) { return text.toLower().replace(QLatin1Char('_'), QLatin1Char(' ')).replace(QLatin1Char('-'), QLatin1Char(' ')); }

QStringList namesOf(const GraphLayer& layer) {
    QStringList names{plain(layer.title), QString::fromStdString(layer.id), plain(QString::fromStdString(layer.id))};
    for (const QString& word : layer.words.split(QLatin1Char(','), Qt::SkipEmptyParts)) names << plain(word.trimmed());
    return names;
}

/// How well a layer called by these names answers a search: 3 is called so, 2 begins so, 1 has it in a name, 0 in its explanation only.
int rank(const QStringList& names, const QString& query) {
    int best = 0;
    for (const QString& name : names) best = std::max(best, name == query ? 3 : name.startsWith(query) ? 2 : name.contains(query) ? 1 : 0);
    return best;
}

QStandardItem* layerItem(const GraphLayer& layer) {
    const QString id = QString::fromStdString(layer.id);
    auto* item = new QStandardItem(themeIcon(QStringLiteral("layers/") + id), layer.title);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren);
    item->setData(id, LayerPaletteModel::LayerRole);
    const QStringList names = namesOf(layer);
    item->setData(names, LayerPaletteModel::NamesRole);
    item->setData(names.join(QLatin1Char(' ')) + plain(QLatin1Char(' ') + layer.summary + QLatin1Char(' ') + layer.category), LayerPaletteModel::SearchRole);
    item->setToolTip(QStringLiteral("<qt>%1</qt>").arg(layer.summary.toHtmlEscaped()));
    item->setData(layer.summary, Qt::AccessibleDescriptionRole);
    return item;
}

QStandardItem* oftenGroup(const std::vector<GraphLayer>& layers, const QString& title) {
    auto* group = groupItem(themeIcon(QStringLiteral("star")), title);
    for (const auto& layer : layers) {
        if (!layer.often) continue;
        auto* item = layerItem(layer);
        item->setData({}, LayerPaletteModel::SearchRole);
        group->appendRow(item);
    }
    return group;
}

}  // namespace

/// Layers that have every word of the search in their names or explanation.
class PaletteFilter : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void search(const QString& text) {
        m_words = plain(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
        invalidateFilter();
    }
    bool searching() const { return !m_words.isEmpty(); }
    int rankOf(const QModelIndex& index) const { return rank(index.data(LayerPaletteModel::NamesRole).toStringList(), m_words.join(QLatin1Char(' '))); }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
        const QString text = sourceModel()->index(row, 0, parent).data(LayerPaletteModel::SearchRole).toString();
        return std::all_of(m_words.begin(), m_words.end(), [&](const QString& word) { return text.contains(word); });
    }

private:
    QStringList m_words;
};

void LayerPaletteModel::setLayers(const std::vector<GraphLayer>& layers, const QString& oftenTitle) {
    clear();
    if (std::any_of(layers.begin(), layers.end(), [](const auto& layer) { return layer.often; })) appendRow(oftenGroup(layers, oftenTitle));
    std::map<QString, QStandardItem*> categories;
    for (const auto& layer : layers) {
        auto& category = categories[layer.category];
        if (!category) appendRow(category = groupItem(dot(layer.colour), layer.category));
        category->appendRow(layerItem(layer));
    }
}

QStringList LayerPaletteModel::mimeTypes() const { return {QLatin1String(layerMimeType)}; }

QMimeData* LayerPaletteModel::mimeData(const QModelIndexList& indexes) const {
    for (const auto& index : indexes) {
        const QString type = index.data(LayerRole).toString();
        if (type.isEmpty()) continue;
        auto* data = new QMimeData;
        data->setData(QLatin1String(layerMimeType), type.toUtf8());
        return data;
    }
    return nullptr;
}

LayerPalette::LayerPalette(QWidget* parent)
    : QWidget(parent),
      m_model(new LayerPaletteModel(this)),
      m_filter(new PaletteFilter(this)),
      m_search(new QLineEdit(this)),
      m_tree(new PaletteTree(this)) {
    setObjectName(QStringLiteral("layerPalette"));
    m_search->setObjectName(QStringLiteral("layerSearch"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(themeIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    m_filter->setSourceModel(m_model);
    m_filter->setRecursiveFilteringEnabled(true);
    m_tree->setObjectName(QStringLiteral("layerTree"));
    m_tree->setModel(m_filter);
    m_tree->setHeaderHidden(true);
    m_tree->setEditTriggers(QTreeView::NoEditTriggers);
    m_tree->setDragEnabled(true);
    m_tree->setDragDropMode(QTreeView::DragOnly);
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(10);
    m_tree->setIconSize({20, 20});
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setTextElideMode(Qt::ElideRight);
    m_tree->installEventFilter(this);
    auto* box = new QVBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(8);
    box->addWidget(m_search);
    box->addWidget(m_tree, 1);
    setMinimumWidth(150);
    connect(m_search, &QLineEdit::textChanged, this, &LayerPalette::filter);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { choose(bestLayer()); });
    connect(m_tree, &QTreeView::doubleClicked, this, &LayerPalette::choose);
    connect(m_tree, &QTreeView::clicked, this, &LayerPalette::toggle);
    connect(m_tree, &QTreeView::expanded, this, [this](const QModelIndex& group) { remember(group, true); });
    connect(m_tree, &QTreeView::collapsed, this, [this](const QModelIndex& group) { remember(group, false); });
    retranslate();
}

void LayerPalette::setLayers(const std::vector<GraphLayer>& layers) {
    const bool first = m_layers.empty();
    m_layers = layers;
    m_model->setLayers(layers, tr("Often used"));
    if (first) openAtFirst();
    showGroups();
}

/// The layers used often, or everything where there are none.
void LayerPalette::openAtFirst() {
    const bool often = std::any_of(m_layers.begin(), m_layers.end(), [](const auto& layer) { return layer.often; });
    m_open.clear();
    for (int row = 0; row < (often ? 1 : m_model->rowCount()); ++row) m_open.insert(row);
}

/// While something is searched all groups that have it stand open, else those that people left open.
void LayerPalette::showGroups() {
    const QSignalBlocker quiet(m_tree);
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        const QModelIndex group = m_filter->index(row, 0);
        m_tree->setExpanded(group, m_filter->searching() || m_open.count(m_filter->mapToSource(group).row()) > 0);
    }
}

void LayerPalette::remember(const QModelIndex& group, bool open) {
    if (m_filter->searching()) return;
    if (open) m_open.insert(m_filter->mapToSource(group).row());
    else m_open.erase(m_filter->mapToSource(group).row());
}

void LayerPalette::focusSearch() { m_search->setFocus(Qt::ShortcutFocusReason); }

void LayerPalette::filter(const QString& text) {
    m_filter->search(text);
    showGroups();
    if (m_filter->searching()) m_tree->setCurrentIndex(bestLayer());
}

/// The layer that answers the search best, the first of several.
QModelIndex LayerPalette::bestLayer() const {
    QModelIndex best = m_filter->index(0, 0, m_filter->index(0, 0));
    if (!m_filter->searching()) return best;
    for (int row = 0; row < m_filter->rowCount(); ++row)
        for (int i = 0; i < m_filter->rowCount(m_filter->index(row, 0)); ++i)
            if (const QModelIndex layer = m_filter->index(i, 0, m_filter->index(row, 0)); m_filter->rankOf(layer) > m_filter->rankOf(best)) best = layer;
    return best;
}

void LayerPalette::choose(const QModelIndex& index) {
    const QString type = index.data(LayerPaletteModel::LayerRole).toString();
    if (!type.isEmpty()) emit chosen(type.toStdString());
}

void LayerPalette::toggle(const QModelIndex& group) {
    if (group.isValid() && group.data(LayerPaletteModel::LayerRole).toString().isEmpty()) m_tree->setExpanded(group, !m_tree->isExpanded(group));
}

bool LayerPalette::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (watched == m_search && key == Qt::Key_Down) {
        m_tree->setFocus(Qt::OtherFocusReason);
        if (!m_tree->currentIndex().isValid()) m_tree->setCurrentIndex(bestLayer());
        return true;
    }
    if (watched == m_search && key == Qt::Key_Escape && !m_search->text().isEmpty()) {
        m_search->clear();
        return true;
    }
    if (watched == m_tree && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
        choose(m_tree->currentIndex());
        toggle(m_tree->currentIndex());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void LayerPalette::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    // The dots are pictures in the theme's colours; a moment later, when the view is done with the event.
    if (event->type() == QEvent::PaletteChange && !m_layers.empty()) QTimer::singleShot(0, this, [this] { setLayers(m_layers); });
    QWidget::changeEvent(event);
}

void LayerPalette::retranslate() {
    m_search->setPlaceholderText(tr("Search layers"));
    m_search->setAccessibleName(tr("Search layers"));
    m_tree->setAccessibleName(tr("Layers to add"));
    m_tree->setToolTip(tr("Drag a layer onto the canvas or onto a link; a double click or Enter adds it behind the selected one."));
}

}  // namespace lamina
