// The Clean page's field for the column to be predicted: also one that a step makes.
#pragma once

#include <QWidget>

#include "app/pages/clean/opened_recipe.h"
#include "app/workspace/workspace.h"

class QComboBox;
class QLabel;

namespace lamina {

/// GUI thread. The choice is made in the background; a split that was there is drawn again for the new target.
class TargetChoice : public QWidget {
    Q_OBJECT
public:
    explicit TargetChoice(Workspace& workspace, QWidget* parent = nullptr);

    /// `columns`: as the recipe leaves them.
    void show(const OpenedRecipe& opened, const Table& columns);
    void setEditable(bool editable);
    void choose(const std::string& column);

signals:
    /// `drawnAgain`: the parts are other ones now.
    void chosen(const QString& column, bool drawnAgain);
    void failed(const lamina::Error& error);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    Workspace& m_workspace;
    DatasetRecord m_dataset;
    std::string m_target;
    QLabel* m_label;
    QComboBox* m_columns;
};

}  // namespace lamina
