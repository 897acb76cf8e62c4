// The journal in words: every change of the project, newest first, with a way back to any of them.
#pragma once

#include <QWidget>

#include <vector>

#include "core/store/store.h"

class QListWidget;
class QPushButton;
class QLabel;

namespace lamina {

class Workspace;

class HistoryPanel : public QWidget {
    Q_OBJECT
public:
    explicit HistoryPanel(Workspace& workspace, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void read();
    void fill();
    void retranslate();
    void goToSelected();

    Workspace& m_workspace;
    std::vector<JournalEntry> m_entries;  ///< edits of people, newest first, without those that were dropped
    QLabel* m_explanation;
    QListWidget* m_list;
    QPushButton* m_go;
};

}  // namespace lamina
