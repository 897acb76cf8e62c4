// The line above the canvas: which network, new ones, and the tools of the canvas.
#pragma once

#include <QWidget>

#include "app/pages/model/network_document.h"

class QAction;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QMenu;
class QToolButton;

namespace lamina {

class GraphEditor;

class NetworkBar : public QWidget {
    Q_OBJECT
public:
    NetworkBar(NetworkDocument& document, GraphEditor& editor, QWidget* parent = nullptr);

    void update();
    void retranslate();

signals:
    void networkChosen(const std::string& id);
    void renameWanted();
    void openWanted();  ///< a model made elsewhere

private:
    QToolButton* menuButton(const char* name, const char* icon);
    void buildMenus();
    void addTools(QHBoxLayout* line);

    NetworkDocument& m_document;
    GraphEditor& m_editor;
    QLabel* m_heading;
    QComboBox* m_chooser;
    QToolButton* m_new;
    QToolButton* m_more;
    QMenu* m_newMenu;
    QMenu* m_moreMenu;
    std::vector<std::pair<std::string, QAction*>> m_templates;
    QAction* m_empty;
    QAction* m_open;
    QAction* m_rename;
    QAction* m_duplicate;
    QAction* m_remove;
};

}  // namespace lamina
