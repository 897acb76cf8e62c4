#include "app/pages/review/reviewed_run.h"

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/split_jobs.h"

namespace lamina {

Result<void> ReviewedRun::load(const CancelToken& cancel) {
    if (m_data) return {};
    LAMINA_TRY(auto model, TrainedModel::load(*m_project, m_run));
    LAMINA_TRY(m_data, ModelData::ofRun(*m_project, model, cancel));
    m_model.emplace(std::move(model));
    return {};
}

Result<EvaluationRecord> ReviewedRun::evaluate(Part part, const CancelToken& cancel) {
    const std::lock_guard lock(m_mutex);
    LAMINA_CHECK(load(cancel));
    LAMINA_TRY(auto outcome, evaluateRun(*m_project, *m_model, *m_data, part, true, cancel));
    return std::move(outcome.record);
}

Result<ReviewedItems> ReviewedRun::items(Part part, const CancelToken& cancel, const std::string& output) {
    const std::lock_guard lock(m_mutex);
    LAMINA_CHECK(load(cancel));
    ReviewedItems items;
    LAMINA_TRY(items.judged, judgeItems(*m_model, *m_data, part, cancel, output));
    LAMINA_TRY(auto table, openTable(*m_project, m_model->dataset));
    if (const auto column = pictureColumn(table))
        items.pictures = std::make_shared<ColumnPictures>(table, *column, std::string(), ImageReader(pictureFolders(m_model->dataset), pictureForm(m_model->dataset).values));
    items.table = std::make_shared<TableSource>(std::move(table));
    return items;
}

}  // namespace lamina
