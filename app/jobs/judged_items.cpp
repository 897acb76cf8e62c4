#include "app/jobs/judged_items.h"

namespace lamina {

Result<std::vector<JudgedItem>> judgeItems(Project& project, const std::string& run, Part part, const CancelToken& cancel) {
    LAMINA_TRY(auto model, TrainedModel::load(project, run));
    LAMINA_TRY(const auto data, ModelData::ofRun(project, model, cancel));
    return judgeItems(model, *data, part, cancel);
}

Result<std::vector<JudgedItem>> judgeItems(TrainedModel& model, const ModelData& data, Part part, const CancelToken& cancel, const std::string& name) {
    const ModelOutput* output = model.output(name);
    if (!output) return fail("jobs.no_output", {{"output", name}, {"known", outputTitles(model.outputs)}});
    const PreparedData asked = dataFor(*data.prepared, *output);
    const auto rows = asked.rows(part);
    if (rows.empty()) return fail("jobs.part_is_empty", {{"part", partName(part)}});
    LAMINA_TRY(const auto predictions, predictRows(output->network, *model.parameters, asked, rows, cancel));
    const TargetColumn& target = output->target;
    std::vector<JudgedItem> items;
    items.reserve(predictions.size());
    for (const Prediction& prediction : predictions) {
        JudgedItem item;
        item.row = prediction.row;
        if (target.classes) {
            item.actual = asked.label(prediction.row);
            item.predicted = prediction.label;
            item.probability = prediction.label < 0 ? 0.0F : prediction.probabilities[static_cast<std::size_t>(prediction.label)];
        } else {
            item.target = target.original(static_cast<double>(asked.target(prediction.row)));
            item.value = prediction.value;
        }
        items.push_back(item);
    }
    return items;
}

}  // namespace lamina
