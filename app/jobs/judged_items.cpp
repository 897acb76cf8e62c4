#include "app/jobs/judged_items.h"

namespace lamina {

Result<std::vector<JudgedItem>> judgeItems(Project& project, const std::string& run, Part part, const CancelToken& cancel) {
    LAMINA_TRY(auto model, TrainedModel::load(project, run));
    LAMINA_TRY(const auto data, ModelData::ofRun(project, model, cancel));
    return judgeItems(model, *data, part, cancel);
}

Result<std::vector<JudgedItem>> judgeItems(TrainedModel& model, const ModelData& data, Part part, const CancelToken& cancel) {
    const auto rows = data.prepared->rows(part);
    if (rows.empty()) return fail("jobs.part_is_empty", {{"part", partName(part)}});
    LAMINA_TRY(const auto predictions, predictRows(model.network, *model.parameters, *data.prepared, rows, cancel));
    const TargetColumn& target = model.preparation.target;
    std::vector<JudgedItem> items;
    items.reserve(predictions.size());
    for (const Prediction& prediction : predictions) {
        JudgedItem item;
        item.row = prediction.row;
        if (target.classes) {
            item.actual = data.prepared->label(prediction.row);
            item.predicted = prediction.label;
            item.probability = prediction.label < 0 ? 0.0F : prediction.probabilities[static_cast<std::size_t>(prediction.label)];
        } else {
            item.target = target.original(static_cast<double>(data.prepared->target(prediction.row)));
            item.value = prediction.value;
        }
        items.push_back(item);
    }
    return items;
}

}  // namespace lamina
