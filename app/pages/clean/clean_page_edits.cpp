// What people do to the recipe on the Clean page: every change is one edit of the project.
#include <QMenu>

#include <algorithm>

#include "app/pages/clean/clean_page.h"
#include "app/pages/clean/recipe_changes.h"
#include "app/pages/clean/recipe_saver.h"
#include "app/pages/clean/state_outlets.h"
#include "app/pages/clean/state_view.h"
#include "app/pages/clean/step_list.h"
#include "app/pages/clean/step_panel.h"
#include "app/pages/clean/step_picker.h"
#include "app/pages/clean/step_words.h"
#include "app/pages/clean/suggestion_list.h"
#include "app/pages/clean/target_choice.h"
#include "widgets/common/notice.h"
#include "widgets/tables/data_table.h"

namespace lamina {

void CleanPage::change(Recipe changed, const EditName& name, std::size_t shown) {
    if (!editable()) return;
    const auto differs = std::mismatch(changed.steps.begin(), changed.steps.end(), m_recipe.steps.begin(), m_recipe.steps.end());
    const auto first = static_cast<std::size_t>(differs.first - changed.steps.begin());
    m_recipe = std::move(changed);
    m_model->setRecipe(m_recipe);
    m_model->setBusyFrom(first);
    m_wanted = std::min(shown, m_recipe.steps.size());
    m_steps->showSteps(m_wanted);
    showHead();
    showPanel();
    m_engine->run(m_recipe, m_wanted);
    m_saver->save(m_recipe, name);
}

void CleanPage::addStep(RecipeStep step, bool askSettings) {
    if (!editable()) return;
    m_panel->commit();
    StepPicker::noteUse(step.type);
    Recipe changed = m_recipe;
    const std::size_t place = std::min(m_wanted, changed.steps.size());
    changed.steps.insert(changed.steps.begin() + static_cast<std::ptrdiff_t>(place), step);
    change(std::move(changed), addedStep(step), place + 1);
    if (askSettings) m_panel->edit();
}

/// Steps on columns get the one that was pointed at; steps on whole rows mean all columns unless something else is said.
std::vector<std::string> CleanPage::pointedColumns(const std::string& type) const {
    const CleaningStepType* step = findCleaningStep(type);
    const int column = m_view->table().currentColumn();
    const bool wholeRows = !step || step->category == "rows" || step->category == "tables" || step->category == "privacy";
    if (wholeRows || column < 0 || !m_view->table().view().selectionModel()->hasSelection()) return {};
    return {m_view->table().model().heading(column).name.toStdString()};
}

void CleanPage::takeOffer(const StepOffer& offer) {
    RecipeStep step = offer.step;
    step.id = newUuid();
    // What was found is there at the end of the recipe.
    if (sender() == m_suggestions) m_wanted = offer.first ? 0 : m_recipe.steps.size();
    addStep(std::move(step), !offer.complete);
}

void CleanPage::removeSteps(const std::vector<std::size_t>& steps) {
    if (steps.empty() || !editable()) return;
    const RecipeStep first = m_recipe.steps[steps.front()];
    const auto before = static_cast<std::size_t>(std::count_if(steps.begin(), steps.end(), [this](std::size_t step) { return step < m_wanted; }));
    change(withoutSteps(m_recipe, steps), removedStep(first), m_wanted - std::min(before, m_wanted));
    m_notice->say(
        Notice::Tone::Info,
        steps.size() == 1 ? tr("“%1” was deleted.").arg(stepTitle(first)) : tr("%n step(s) were deleted.", nullptr, static_cast<int>(steps.size())),
        tr("Undo"), [this] {
            m_notice->hide();
            m_workspace.undo();
        });
}

void CleanPage::moveSteps(const std::vector<std::size_t>& steps, std::size_t before) {
    if (steps.empty() || !editable()) return;
    MovedSteps moved = withMovedSteps(m_recipe, steps, before);
    if (moved.recipe == m_recipe) return;
    const EditName name = movedStep(m_recipe.steps[steps.front()]);
    change(std::move(moved.recipe), name, moved.shown);
}

void CleanPage::switchStep(std::size_t step, bool on) {
    if (step >= m_recipe.steps.size() || !editable()) return;
    Recipe changed = m_recipe;
    changed.steps[step].enabled = on;
    const EditName name = switchedStep(changed.steps[step]);
    change(std::move(changed), name, m_wanted);
}

void CleanPage::duplicateStep(std::size_t step) {
    if (step >= m_recipe.steps.size() || !editable()) return;
    RecipeStep copy = m_recipe.steps[step];
    copy.id = newUuid();
    m_wanted = step + 1;
    addStep(std::move(copy), false);
}

void CleanPage::changeSetting(const QString& id, const PropertyValue& value) {
    const auto found =
        std::find_if(m_recipe.steps.begin(), m_recipe.steps.end(), [this](const RecipeStep& step) { return step.id == m_panel->stepId(); });
    if (found == m_recipe.steps.end() || !editable()) return;
    Recipe changed = m_recipe;
    RecipeStep& step = changed.steps[static_cast<std::size_t>(found - m_recipe.steps.begin())];
    changeStepSetting(step, id, value, m_state ? m_state->other : std::nullopt);
    const EditName name = changedStep(step);
    change(std::move(changed), name, m_wanted);
}

void CleanPage::changeComment(const QString& text) {
    Recipe changed = m_recipe;
    for (RecipeStep& step : changed.steps) {
        if (step.id != m_panel->stepId() || step.comment == text.toStdString()) continue;
        step.comment = text.toStdString();
        const EditName name = commentedStep(step);
        return change(std::move(changed), name, m_wanted);
    }
}

void CleanPage::editCell(std::int64_t row, int column, const QString& text) {
    if (!m_state || column < 0) return;
    const RecipeStep* step = m_wanted > 0 && m_wanted <= m_recipe.steps.size() ? &m_recipe.steps[m_wanted - 1] : nullptr;
    auto edit = cellEditStep(m_state->after.table, static_cast<std::size_t>(column), row, text.toStdString(), step);
    if (!edit) return;
    if (!step || edit->id != step->id) return addStep(std::move(*edit), false);
    Recipe changed = m_recipe;
    changed.steps[m_wanted - 1] = *edit;
    change(std::move(changed), changedStep(*edit), m_wanted);
}

void CleanPage::fillTableMenu(QMenu* menu, int column, std::int64_t row) {
    if (!m_state || !editable()) return;
    const Table& table = m_state->after.table;
    const auto offers =
        row >= 0 ? offersForCell(table, static_cast<std::size_t>(column), row) : offersForColumn(table, static_cast<std::size_t>(column));
    for (const StepOffer& offer : offers) {
        QString text = offer.text;
        menu->addAction(text, this, [this, offer] { takeOffer(offer); });
    }
    const ColumnInfo& info = table.info(static_cast<std::size_t>(column));
    if (row >= 0 || info.name == m_opened->target || info.kind == ColumnKind::Tensor || info.kind == ColumnKind::Image) return;
    menu->addAction(tr("Is to be &predicted"), this, [this, name = info.name] { m_target->choose(name); });
}

void CleanPage::goToCell(std::int64_t row, const QString& column) {
    if (!m_state) return;
    const auto found = m_state->after.table.find(column.toStdString());
    if (!found) return;
    m_view->goTo(row, static_cast<int>(*found), m_state->source->anyGone());
}

void CleanPage::saveRecipeFile() {
    if (m_opened) m_outlets->saveRecipe(m_result && m_result->recipe.steps.size() == m_recipe.steps.size() ? m_result->recipe : m_recipe, *m_opened);
}

void CleanPage::openRecipeFile() {
    m_outlets->openRecipe([this](const Recipe& recipe, const std::string& from) { copyRecipe(recipe, from); });
}

void CleanPage::copyRecipe(const Recipe& recipe, const std::string& from) {
    change(withStepsOf(m_recipe, recipe), takenRecipe(from), m_recipe.steps.size() + recipe.steps.size());
}

}  // namespace lamina
