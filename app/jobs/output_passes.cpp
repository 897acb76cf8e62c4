#include "app/jobs/output_passes.h"

namespace lamina {

OutputPasses::OutputPasses(TrainedModel& model) : m_model(model) {
    for (const ModelOutput& output : model.outputs) m_passes.emplace_back(output.network, *model.parameters, nullptr);
}

Result<std::vector<Prediction>> OutputPasses::run(std::span<const float> inputs, std::int64_t count) {
    std::vector<Prediction> predictions;
    for (std::size_t o = 0; o < m_passes.size(); ++o) {
        LAMINA_TRY(const auto output, m_passes[o].run(inputs, count, m_model.preparation.inputs));
        const std::size_t width = output.size() / static_cast<std::size_t>(count);
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
            Prediction prediction = predictionOf(m_model.outputs[o].target, static_cast<std::int64_t>(i), output.subspan(i * width, width));
            if (o == 0) predictions.push_back(std::move(prediction));
            else predictions[i].more.push_back(std::move(prediction));
        }
    }
    return predictions;
}

}  // namespace lamina
