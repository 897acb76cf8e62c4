#include "widgets/graph/layer_palette.h"

#include <QBoxLayout>
#include <QDrag>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QTimer>
#include <QTreeView>

#include "widgets/common/icon.h"
#include "widgets/common/theme.h"
#include "widgets/graph/graph_view.h"

namespace lamina {
namespace {

QIcon dot(int colour) {
    QPixmap picture(32, 32);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(themeColours().series[static_cast<std::size_t>(colour) % 8]);
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

QStandardItem* categoryItem(const GraphLayer& layer) {
    auto* item = new QStandardItem(dot(layer.colour), layer.category);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    QFont font;
    font.setBold(true);
    item->setFont(font);
    return item;
}

QStandardItem* layerItem(const GraphLayer& layer) {
    const QString id = QString::fromStdString(layer.id);
    auto* item = new QStandardItem(themeIcon(QStringLiteral("layers/") + id), layer.title);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren);
    item->setData(id, LayerPaletteModel::LayerRole);
    item->setData(QStringList{layer.title, id, layer.summary, layer.category}.join(QLatin1Char(' ')), LayerPaletteModel::SearchRole);
    item->setToolTip(QStringLiteral("<qt>%1</qt>").arg(layer.summary.toHtmlEscaped()));
    item->setData(layer.summary, Qt::AccessibleDescriptionRole);
    return item;
}

}  // namespace

void LayerPaletteModel::setLayers(const std::vector<GraphLayer>& layers) {
    clear();
    std::map<QString, QStandardItem*> categories;
    for (const auto& layer : layers) {
        auto& category = categories[layer.category];
        if (!category) appendRow(category = categoryItem(layer));
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
      m_filter(new QSortFilterProxyModel(this)),
      m_search(new QLineEdit(this)),
      m_tree(new PaletteTree(this)) {
    setObjectName(QStringLiteral("layerPalette"));
    m_search->setObjectName(QStringLiteral("layerSearch"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(themeIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    m_filter->setSourceModel(m_model);
    m_filter->setRecursiveFilteringEnabled(true);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filter->setFilterRole(LayerPaletteModel::SearchRole);
    m_tree->setObjectName(QStringLiteral("layerTree"));
    m_tree->setModel(m_filter);
    m_tree->setHeaderHidden(true);
    m_tree->setEditTriggers(QTreeView::NoEditTriggers);
    m_tree->setDragEnabled(true);
    m_tree->setDragDropMode(QTreeView::DragOnly);
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(14);
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
    connect(m_search, &QLineEdit::returnPressed, this, [this] { choose(firstLayer()); });
    connect(m_tree, &QTreeView::doubleClicked, this, &LayerPalette::choose);
    retranslate();
}

void LayerPalette::setLayers(const std::vector<GraphLayer>& layers) {
    m_layers = layers;
    m_model->setLayers(layers);
    m_tree->expandAll();
}

void LayerPalette::focusSearch() { m_search->setFocus(Qt::ShortcutFocusReason); }

void LayerPalette::filter(const QString& text) {
    m_filter->setFilterFixedString(text.trimmed());
    m_tree->expandAll();
    if (!text.trimmed().isEmpty()) m_tree->setCurrentIndex(firstLayer());
}

QModelIndex LayerPalette::firstLayer() const { return m_filter->index(0, 0, m_filter->index(0, 0)); }

void LayerPalette::choose(const QModelIndex& index) {
    const QString type = index.data(LayerPaletteModel::LayerRole).toString();
    if (!type.isEmpty()) emit chosen(type.toStdString());
    else if (index.isValid()) m_tree->setExpanded(index, !m_tree->isExpanded(index));
}

bool LayerPalette::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (watched == m_search && key == Qt::Key_Down) {
        m_tree->setFocus(Qt::OtherFocusReason);
        if (!m_tree->currentIndex().isValid()) m_tree->setCurrentIndex(firstLayer());
        return true;
    }
    if (watched == m_search && key == Qt::Key_Escape && !m_search->text().isEmpty()) {
        m_search->clear();
        return true;
    }
    if (watched == m_tree && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
        choose(m_tree->currentIndex());
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
