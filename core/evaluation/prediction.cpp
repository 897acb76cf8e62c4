#include "core/evaluation/prediction.h"

#include <algorithm>

namespace lamina {

Prediction predictionOf(const TargetColumn& target, std::int64_t row, std::span<const float> output) {
    Prediction p;
    p.row = row;
    if (!target.classes) {
        p.value = target.original(output[0]);
        return p;
    }
    p.label = static_cast<std::int32_t>(std::max_element(output.begin(), output.end()) - output.begin());
    p.className = target.classNames[static_cast<std::size_t>(p.label)];
    p.probabilities.assign(output.begin(), output.end());
    return p;
}

Result<std::vector<Prediction>> predictRows(const Network& network, ParameterStore& store, const PreparedData& data, std::span<const std::int64_t> rows,
                                            const CancelToken& cancel) {
    ForwardPass pass(network, store, nullptr);
    std::vector<Prediction> predictions;
    predictions.reserve(rows.size());
    const auto use = [&](const Batch& batch, std::span<const float> output) {
        const auto width = output.size() / static_cast<std::size_t>(batch.count);
        for (std::size_t i = 0; i < static_cast<std::size_t>(batch.count); ++i)
            predictions.push_back(predictionOf(data.preparation().target, batch.rows[i], output.subspan(i * width, width)));
    };
    LAMINA_CHECK(pass.run(data, rows, 256, use, cancel));
    return predictions;
}

}  // namespace lamina
