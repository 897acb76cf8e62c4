// The Model page: drawing the network and seeing at every moment what comes out of each layer and what is wrong.
#pragma once

#include <QPointer>

#include "app/pages/common/page.h"
#include "app/pages/model/network_document.h"

class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace lamina {

class ElidedLabel;
class EmptyState;
class GraphEditor;
class LayerPalette;
class ModelOpener;
class NetworkBar;
class Notice;
class ProblemList;
class PropertyPanel;
class Workspace;
struct NetworkEdit;

class ModelPage : public Page {
    Q_OBJECT
public:
    explicit ModelPage(Workspace& workspace, QWidget* parent = nullptr);
    ~ModelPage() override;

    QWidget* sidePanel() override;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void build();
    void connectDocument();
    void connectEditor();
    void showNetworks();
    void showNetwork();
    void showCheck();
    void showPanel();
    void showNodePanel(const std::vector<std::string>& nodes);
    void showNetworkPanel();
    void showNotice();
    void showEmptyTexts();
    QString emptyText() const;
    bool dataComesFirst() const;
    void edited(const NetworkEdit& edit);
    void rowChanged(const QString& row, const PropertyValue& value);
    void applyFix(const Fix& fix);
    void startFromEmpty(bool primary);
    void renameNetwork();
    void retranslate();

    Workspace& m_workspace;
    NetworkDocument m_document;
    GraphEditor* m_editor;
    LayerPalette* m_palette;
    NetworkBar* m_bar;
    ModelOpener* m_opener;
    Notice* m_notice;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QPushButton* m_emptyPrimary = nullptr;
    QPushButton* m_emptySecondary = nullptr;
    QPushButton* m_emptyOpen = nullptr;
    QSplitter* m_splitter;
    ProblemList* m_problems;
    ElidedLabel* m_statistics;
    QPushButton* m_train;
    QPointer<PropertyPanel> m_panel;
    std::vector<std::string> m_panelNodes;  ///< whose rows the panel shows
};

}  // namespace lamina
