// The Clean page: the recipe of the dataset that is looked at, the table behind each of its steps, what could be cleaned. Every change is an edit of
// the project; all work is done in the background.
#pragma once

#include <memory>

#include "app/pages/clean/opened_recipe.h"
#include "app/pages/clean/recipe_engine.h"
#include "app/pages/clean/step_offers.h"
#include "app/pages/common/page.h"
#include "app/workspace/workspace.h"

class QComboBox;
class QLabel;
class QMenu;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace lamina {

class CleanMenu;
class ElidedLabel;
class EmptyState;
class Notice;
class PicturesOut;
class RecipeSaver;
class StateOutlets;
class StateView;
class StepList;
class StepListModel;
class StepPanel;
class StepPicker;
class SuggestionList;
class TableLook;
class TargetChoice;

class CleanPage : public Page {
    Q_OBJECT
public:
    explicit CleanPage(Workspace& workspace, QWidget* parent = nullptr);
    ~CleanPage() override;

    QWidget* sidePanel() override;
    const Recipe& recipe() const { return m_recipe; }
    /// nullptr until a state was computed.
    std::shared_ptr<const ShownState> state() const { return m_state; }
    /// Has all been run and kept?
    bool settled() const;

    /// Behind what is looked at; its settings are opened where something is left to be asked.
    void addStep(RecipeStep step, bool askSettings);

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeContent();
    QLayout* makeHead();
    QWidget* makeSteps();
    void makeKeys();
    void connectSteps();
    void connectEngine();
    void connectTable();
    void connectWorkspace();
    void retranslate();

    void refresh();
    void take(std::shared_ptr<const OpenedRecipe> opened);
    void closed();
    void showContent();
    void showHead();
    void showDatasets();
    void showPlace();
    void showPanel();
    void showState(std::shared_ptr<const ShownState> state);
    void showMarks();
    void lookAtTable();
    void lookAtSplit();
    void splitAgain();

    void change(Recipe changed, const EditName& name, std::size_t shown);
    bool editable() const;
    void removeSteps(const std::vector<std::size_t>& steps);
    void moveSteps(const std::vector<std::size_t>& steps, std::size_t before);
    void switchStep(std::size_t step, bool on);
    void duplicateStep(std::size_t step);
    void changeSetting(const QString& id, const PropertyValue& value);
    void changeComment(const QString& text);
    std::vector<std::string> pointedColumns(const std::string& type) const;
    void takeOffer(const StepOffer& offer);
    void editCell(std::int64_t row, int column, const QString& text);
    void fillTableMenu(QMenu* menu, int column, std::int64_t row);
    void goToCell(std::int64_t row, const QString& column);
    void saveRecipeFile();
    void openRecipeFile();
    void copyRecipe(const Recipe& recipe, const std::string& from);

    Workspace& m_workspace;
    std::shared_ptr<const OpenedRecipe> m_opened;
    Recipe m_recipe;
    std::shared_ptr<const ShownState> m_state;
    std::shared_ptr<const RecipeResult> m_result;
    std::size_t m_wanted = 0;  ///< steps that lead to what is to be shown
    int m_load = 0;
    bool m_stale = true, m_loading = false, m_loaded = false;

    QStackedWidget* m_stack;
    EmptyState *m_closed, *m_empty;
    QPushButton* m_bringData;
    QWidget* m_content;
    Notice *m_notice, *m_splitNotice;  ///< the second: the split divides other rows
    QLabel *m_heading, *m_stepsTitle, *m_teach;
    ElidedLabel* m_details;
    CleanMenu* m_menu;
    StateView* m_view;
    QPushButton* m_next;
    QComboBox* m_datasets;
    StepPicker* m_picker;
    TargetChoice* m_target;
    StepListModel* m_model;
    StepList* m_steps;
    SuggestionList* m_suggestions;
    QSplitter* m_splitter;
    StepPanel* m_panel;
    RecipeEngine* m_engine;
    RecipeSaver* m_saver;
    TableLook* m_look;
    StateOutlets* m_outlets;
    PicturesOut* m_pictures;
};

}  // namespace lamina
