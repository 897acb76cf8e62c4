// The layers that can be added: by category, searchable, to be dragged onto the canvas or chosen.
#pragma once

#include <QStandardItemModel>
#include <QWidget>

#include "widgets/graph/graph_types.h"

class QLineEdit;
class QModelIndex;
class QSortFilterProxyModel;
class QTreeView;

namespace lamina {

/// Two levels: categories, layers. Dragging a layer gives its id as `layerMimeType`.
class LayerPaletteModel : public QStandardItemModel {
    Q_OBJECT
public:
    enum Role { LayerRole = Qt::UserRole + 1, SearchRole };
    using QStandardItemModel::QStandardItemModel;

    void setLayers(const std::vector<GraphLayer>& layers);
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;
};

class LayerPalette : public QWidget {
    Q_OBJECT
public:
    explicit LayerPalette(QWidget* parent = nullptr);

    /// In the order of the list; again when the language changes.
    void setLayers(const std::vector<GraphLayer>& layers);
    void focusSearch();

signals:
    /// Double click or Enter.
    void chosen(const std::string& type);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void filter(const QString& text);
    void choose(const QModelIndex& index);
    QModelIndex firstLayer() const;
    void retranslate();

    std::vector<GraphLayer> m_layers;
    LayerPaletteModel* m_model;
    QSortFilterProxyModel* m_filter;
    QLineEdit* m_search;
    QTreeView* m_tree;
};

}  // namespace lamina
