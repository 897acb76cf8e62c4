// The contract of a cleaning step: one file in core/data/cleaning/steps, one line in steps.cmake. A step takes a table and gives another;
// the columns that it does not touch are shared, the original is never changed.
//
//     const CleaningStepType& fill_missing_step() {
//         static const CleaningStepType type = CleaningStepDescriptor<FillMissing, applyFillMissing>{
//             .id = "fill_missing", .title = "Fill missing values", .category = "missing", .summary = "…", .properties = {…},
//             .fit = eraseFit<FillMissing, fitFillMissing>};
//         return type;
//     }
//
// How rows are counted: a step never takes rows out of the table, it *marks* them as removed (with the step that did it), so that row numbers mean
// the same from the import to the prediction, every row that comes in goes out, and undo is cheap. Only steps of RowEffect::Reshapes (pivot, group …)
// give a table with rows of its own.
#pragma once

#include <any>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/property.h"
#include "core/data/seen_picture.h"
#include "core/data/table.h"

namespace lamina {

enum class RowEffect : std::uint8_t {
    Keeps,        ///< changes columns only
    Removes,      ///< marks rows as removed, for predictions too: such a row is not answered, with the step as the reason
    TrainingOnly, ///< marks, repeats or appends rows while a model is made; at prediction time the step does nothing (duplicates, outliers, balancing)
    Reshapes      ///< gives other rows; at prediction time those are answered
};

/// What a step works on and gives: a table and what is known of its rows.
struct CleanTable {
    Table table;
    /// One per row: 0: there; n: removed by step n (counted from 1) of the recipe. Empty: none is removed.
    std::shared_ptr<const std::vector<std::uint16_t>> removedBy;
    /// How often a row counts in training, one per row (balancing). Empty: once.
    std::shared_ptr<const std::vector<float>> weights;
    /// The row of the source table each row stands for; empty: the same number. -1: none alone (grouped).
    std::shared_ptr<const std::vector<std::int64_t>> origin;
    /// So many rows at the end were made by a step, for training alone: they belong to the training part and no split knows them.
    std::int64_t appended = 0;
    /// Which rows the last step that reshapes made (by what its rows are recognised by, in their order); empty: they are those of the source.
    std::string rowsKey;

    bool isRemoved(std::int64_t row) const { return removedBy && (*removedBy)[static_cast<std::size_t>(row)] != 0; }
};

/// A cell that a step could not do its work on; it became (or stayed) missing.
struct RefusedCell {
    std::string column;
    std::int64_t row = 0;
    std::string text;  ///< what stood there
};

/// What a step did, for people. Rows are those of the step's result.
struct StepReport {
    std::int64_t changedCells = 0;
    std::int64_t removedRows = 0;
    std::int64_t refusedCount = 0;
    std::vector<RefusedCell> refused;  ///< the first `mostRefused`
    std::vector<Issue> issues;
    static constexpr std::size_t mostRefused = 1000;
};

/// How a step is run.
/// (Step files say StepContext: step_tools.h. The engine has another StepContext.)
struct CleaningContext {
    std::uint16_t number = 1;  ///< of the step in its recipe, from 1: what goes into removedBy
    bool predicting = false;   ///< new rows are being answered: TrainingOnly steps are not called at all
    bool divided = false;      ///< a split says which rows teach; else all do
    int threads = 0;           ///< 0: as many as the machine has. The result does not depend on it
    std::uint64_t seed = 1;
    CancelToken cancel;        ///< "job.cancelled", asked at least every 100 ms
    ProgressFunction progress; ///< may be empty
    /// Other tables by name, for join. May be empty.
    std::function<Result<Table>(const std::string& name)> otherTable;
    /// What was seen of the source's pictures before. May be empty.
    SourcePictures pictures = {};
};

/// Which rows may teach a fitted step: those of the training part that are there. Called `training[row] != 0`. Empty span: all rows.
using TrainingRows = std::span<const std::uint8_t>;

/// Erased form, what everybody but the step itself uses.
struct CleaningStepType {
    std::string id;        ///< persisted: "fill_missing"
    std::string title;     ///< English; other languages in app/messages as "cleaning.<id>.title"
    std::string category;  ///< "columns", "text", "values", "missing", "rows", "numbers", "categories", "dates", "tables", "privacy"
    std::string summary;   ///< one sentence
    std::vector<std::string> searchWords;
    std::vector<Property> properties;
    std::any defaults;
    RowEffect rows = RowEffect::Keeps;
    /// What is learned from the training rows (means, categories, bounds), as JSON; nullptr where nothing is.
    Result<nlohmann::json> (*fit)(const CleanTable& input, TrainingRows training, const std::any& settings, const CleaningContext& context) = nullptr;
    /// `fitted`: what fit gave (null where the step has none). Fails with "cleaning.no_column" {column, known}, "cleaning.column_kind" {column, kind, needed},
    /// "cleaning.name_taken" {column}, the step's own errors, "job.cancelled".
    Result<CleanTable> (*apply)(const CleanTable& input, const std::any& settings, const nlohmann::json& fitted, const CleaningContext& context, StepReport& report) = nullptr;
};

/// What a step's file fills in, with designated initialisers, typed by its own settings struct.
template <class Settings, auto Apply>
struct CleaningStepDescriptor {
    const char* id;
    const char* title;
    const char* category;
    const char* summary;
    std::vector<std::string> searchWords = {};
    std::vector<Property> properties = {};
    RowEffect rows = RowEffect::Keeps;
    decltype(CleaningStepType::fit) fit = nullptr;

    operator CleaningStepType() const {
        return CleaningStepType{id, title, category, summary, searchWords, properties, std::any(Settings{}), rows, fit,
                                [](const CleanTable& input, const std::any& s, const nlohmann::json& fitted, const CleaningContext& context, StepReport& report) {
                                    return Apply(input, std::any_cast<const Settings&>(s), fitted, context, report);
                                }};
    }
};

/// A typed fit function in erased form.
template <class Settings, auto Fit>
Result<nlohmann::json> eraseFit(const CleanTable& input, TrainingRows training, const std::any& settings, const CleaningContext& context) {
    return Fit(input, training, std::any_cast<const Settings&>(settings), context);
}

/// All steps of steps.cmake, in its order.
const std::vector<const CleaningStepType*>& cleaningStepCatalogue();
/// nullptr where there is none.
const CleaningStepType* findCleaningStep(const std::string& id);

}  // namespace lamina
