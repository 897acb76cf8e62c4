// The model and the data of the run that is looked at: loaded by whoever needs them first, shared by everybody after that.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/jobs/judged_items.h"
#include "app/sources/column_pictures.h"
#include "app/sources/table_source.h"

namespace lamina {

/// What stands behind the cells of a matrix, and what it is drawn from.
struct ReviewedItems {
    std::vector<JudgedItem> judged;
    std::shared_ptr<const TableSource> table;
    std::shared_ptr<const ColumnPictures> pictures;  ///< nullptr: rows are shown as text
};

/// Any thread; they wait for each other. Blocks: for background tasks.
class ReviewedRun {
public:
    ReviewedRun(std::shared_ptr<Project> project, std::string run) : m_project(std::move(project)), m_run(std::move(run)) {}

    /// Keeps the result in the project; on Part::Test it is a counted final check.
    Result<EvaluationRecord> evaluate(Part part, const CancelToken& cancel);
    /// `output`: of several, by its title; empty: the first.
    Result<ReviewedItems> items(Part part, const CancelToken& cancel, const std::string& output = {});

private:
    Result<void> load(const CancelToken& cancel);

    const std::shared_ptr<Project> m_project;
    const std::string m_run;
    std::mutex m_mutex;
    std::optional<TrainedModel> m_model;
    std::unique_ptr<ModelData> m_data;
};

}  // namespace lamina
