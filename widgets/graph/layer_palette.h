// The layers that can be added: those used often first, then all by category; searchable, to be dragged onto the canvas or chosen.
#pragma once

#include <QStandardItemModel>
#include <QWidget>

#include <set>

#include "widgets/graph/graph_types.h"

class QLineEdit;
class QModelIndex;
class QTreeView;

namespace lamina {

class PaletteFilter;

/// Two levels: groups, layers. The first group repeats the layers used often and is not searched. Dragging a layer gives its id as `layerMimeType`.
class LayerPaletteModel : public QStandardItemModel {
    Q_OBJECT
public:
    enum Role { LayerRole = Qt::UserRole + 1, SearchRole, NamesRole };
    using QStandardItemModel::QStandardItemModel;

    void setLayers(const std::vector<GraphLayer>& layers, const QString& oftenTitle = {});
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
    void toggle(const QModelIndex& group);
    void remember(const QModelIndex& group, bool open);
    void openAtFirst();
    void showGroups();
    QModelIndex bestLayer() const;
    void retranslate();

    std::vector<GraphLayer> m_layers;
    LayerPaletteModel* m_model;
    PaletteFilter* m_filter;
    QLineEdit* m_search;
    QTreeView* m_tree;
    std::set<int> m_open;  ///< rows of the groups that stand open while nothing is searched
};

}  // namespace lamina
