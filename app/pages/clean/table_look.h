// Looks at all rows of the table in the background: the small pictures in the columns' heads, and what could be cleaned.
#pragma once

#include <QObject>

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/pages/clean/opened_recipe.h"
#include "app/pages/clean/step_offers.h"
#include "app/workspace/task_list.h"
#include "core/data/cleaning/step_type.h"
#include "core/data/cleaning/value_clusters.h"
#include "core/data/profile/profile.h"
#include "core/data/seen_picture.h"
#include "widgets/tables/row_source.h"

namespace lamina {

struct LookedAt {
    DatasetProfile profile;
    std::vector<std::pair<std::string, std::vector<ValueCluster>>> spellings;  ///< by column: values that seem to mean the same
    std::vector<std::pair<std::string, std::vector<ValueCluster>>> misspellings;  ///< by column: rare values that seem to be misspelt
    std::vector<std::string> leftOut;  ///< columns of the import that steps took away
};
/// Columns that no model sees: they need no cleaning.
std::set<std::string> ignoredColumns(const DatasetRecord& dataset);
/// What was found proposes these steps, what matters most first.
/// `ignored`: columns that nothing is proposed for.
std::vector<StepOffer> suggestionsOf(const LookedAt& looked, const std::string& target, const std::set<std::string>& ignored = {});

class TableLook : public QObject {
    Q_OBJECT
public:
    explicit TableLook(TaskList& tasks, QObject* parent = nullptr);

    /// Where pictures that were read are remembered: those of them that look alike are proposed for removal. None is read for it.
    void setPictures(SourcePictures pictures) { m_pictures = std::move(pictures); }
    /// `shown`: heads are drawn of it; `last`: what the recipe leaves, suggestions are made of it.
    void look(const CleanTable& shown, const CleanTable& last, const OpenedRecipe& opened);
    /// Another state is shown: what is being found for the old one is not told any more.
    void forgetSketches();
    void clear();
    bool busy() const { return m_sketching != 0 || m_suggesting != 0; }

signals:
    void sketched(int column, const lamina::ColumnSketch& sketch);
    void suggested(const std::vector<lamina::StepOffer>& offers);

private:
    void sketch(const CleanTable& shown);
    void suggest(const CleanTable& last, const OpenedRecipe& opened, bool sketchToo);
    /// Tells of a column from any thread, as long as the same state is shown.
    std::function<void(std::size_t, const ProfiledColumn&)> teller();

    TaskList& m_tasks;
    SourcePictures m_pictures;
    int m_sketching = 0, m_suggesting = 0, m_generation = 0;
};

}  // namespace lamina
