// The menu of the Clean page: the recipe and the table as files.
#pragma once

#include <QToolButton>

class QAction;

namespace lamina {

class CleanMenu : public QToolButton {
    Q_OBJECT
public:
    explicit CleanMenu(QWidget* parent = nullptr);

    /// May the project be changed?
    void setEditable(bool editable);

signals:
    void saveWanted();
    void openWanted();
    void datasetWanted();
    void exportWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QAction *m_save, *m_open, *m_dataset, *m_export;
};

}  // namespace lamina
