// What leaves the Clean page: the recipe as a file, a state of the table as a dataset of its own or as a file.
#pragma once

#include <QObject>

#include <functional>

#include "app/pages/clean/opened_recipe.h"
#include "app/pages/clean/recipe_engine.h"
#include "app/workspace/workspace.h"
#include "widgets/common/notice.h"

class QWidget;

namespace lamina {

class StateOutlets : public QObject {
    Q_OBJECT
public:
    /// `page`: the parent of what is asked; deletes this.
    StateOutlets(Workspace& workspace, Notice& notice, QWidget* page);

    /// Asks for a file; the recipe with what it learned.
    /// Where steps have keys, asks before whether they go along: as a rule they do not.
    void saveRecipe(const Recipe& recipe, const OpenedRecipe& opened);
    void writeRecipeFile(const Recipe& recipe, const QString& file, bool keysToo = false);
    /// Asks for a file; `take` gets its steps and its name.
    void openRecipe(std::function<void(const Recipe&, const std::string&)> take);
    void readRecipeFile(const QString& file, std::function<void(const Recipe&, const std::string&)> take);
    /// Asks for a name.
    void makeDataset(const OpenedRecipe& opened, std::size_t steps);
    /// Asks for a file: CSV, Excel, JSON Lines or NumPy.
    void exportState(const OpenedRecipe& opened, const CleanTable& state);
    void writeTable(const CleanTable& state, const QString& file, const std::string& format, bool forExcel);

private:
    void askAboutKeys(const Recipe& recipe, const OpenedRecipe& opened);
    void askForRecipeFile(const Recipe& recipe, const OpenedRecipe& opened, bool keysToo);
    void startDataset(const OpenedRecipe& opened, std::size_t steps, const QString& name);

    Workspace& m_workspace;
    Notice& m_notice;
    QWidget* m_page;
};

}  // namespace lamina
