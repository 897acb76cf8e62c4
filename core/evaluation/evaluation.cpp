#include "core/evaluation/evaluation.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/metrics/metric_type.h"
#include "core/training/session.h"

namespace lamina {
namespace {

Scores scoresOf(const TaskType& task, const ItemSums& sums) {
    Scores scores;
    for (const auto& id : task.metrics) {
        const auto* metric = findMetric(id);
        scores.emplace_back(id, metric->ofClasses ? metric->ofClasses(sums.confusion) : metric->ofNumbers(sums.numbers));
    }
    return scores;
}

std::int64_t dropUnknown(const PreparedData& data, std::vector<std::int64_t>& rows) {
    if (!data.preparation().target.classes) return 0;
    return static_cast<std::int64_t>(std::erase_if(rows, [&](std::int64_t row) { return data.label(row) < 0; }));
}

ItemSums emptySums(const PreparedData& data) {
    ItemSums sums;
    if (data.preparation().target.classes) sums.confusion = ConfusionMatrix(data.preparation().outputCount());
    return sums;
}

std::vector<ClassScores> classScores(const ConfusionMatrix& confusion, const std::vector<std::string>& names) {
    std::vector<ClassScores> classes;
    for (std::int64_t c = 0; c < confusion.classes; ++c)
        classes.push_back({names[static_cast<std::size_t>(c)], confusion.actual(c), confusion.predicted(c), confusion.precision(c), confusion.recall(c), confusion.f1(c)});
    return classes;
}

/// Always the same answer: the class most training rows have, or the mean of their numbers (0 when standardised).
Scores constantBaseline(const TaskType& task, const PreparedData& data, const std::vector<std::int64_t>& trainingRows, const std::vector<std::int64_t>& rows) {
    ItemSums sums = emptySums(data);
    const auto& target = data.preparation().target;
    if (target.classes) {
        std::vector<std::int64_t> counts(static_cast<std::size_t>(sums.confusion.classes), 0);
        for (auto row : trainingRows) ++counts[static_cast<std::size_t>(data.label(row))];
        const auto answer = std::max_element(counts.begin(), counts.end()) - counts.begin();
        for (auto row : rows) sums.confusion.add(data.label(row), answer);
    } else {
        for (auto row : rows) sums.numbers.add(target.mean, target.original(data.target(row)));
    }
    return scoresOf(task, sums);
}

Network linearNetwork(const PreparedData& data) {
    Network network;
    std::string last = network.append("input", {{"shape", data.inputShape()}});
    if (data.inputShape().size() > 1) last = network.append("flatten", nlohmann::json::object(), last);
    last = network.append("dense", {{"units", data.preparation().outputCount()}}, last);
    if (data.preparation().target.classes) network.append("softmax", nlohmann::json::object(), last);
    return network;
}

}  // namespace

double Evaluation::score(const std::string& metric) const {
    for (const auto& [id, value] : scores)
        if (id == metric) return value;
    return 0;
}

Result<Evaluation> evaluate(const Network& network, ParameterStore& store, const TaskType& task, const TrainingObjective& objective, const PreparedData& data,
                            std::vector<std::int64_t> rows, const CancelToken& cancel) {
    Evaluation evaluation;
    evaluation.task = task.id;
    evaluation.skipped = dropUnknown(data, rows);
    ItemSums sums = emptySums(data);
    ForwardPass pass(network, store, &objective);
    LAMINA_TRY(sums.loss, pass.run(data, rows, 256, [&](const Batch& batch, std::span<const float> output) { addOutputs(sums, data, batch, output); }, cancel));
    evaluation.items = sums.items;
    evaluation.loss = sums.meanLoss();
    evaluation.scores = scoresOf(task, sums);
    evaluation.confusion = sums.confusion;
    evaluation.classes = classScores(sums.confusion, data.preparation().target.classNames);
    return evaluation;
}

Result<std::vector<std::pair<std::string, Scores>>> computeBaselines(const TaskType& task, const PreparedData& data, std::vector<std::int64_t> trainingRows,
                                                                     std::vector<std::int64_t> rows, Device& device, const CancelToken& cancel) {
    dropUnknown(data, trainingRows);
    dropUnknown(data, rows);
    std::vector<std::pair<std::string, Scores>> baselines;
    baselines.emplace_back(data.preparation().target.classes ? "most_frequent" : "mean", constantBaseline(task, data, trainingRows, rows));
    if (cancel.cancelled()) return fail("job.cancelled");

    // About 2,000 steps of Adam: enough for a linear model on standardised inputs, seconds even on large tables.
    TrainingJob job;
    job.network = linearNetwork(data);
    job.task = &task;
    job.data = &data;
    job.device = &device;
    job.plan.phases[0].objectives[0].loss = task.defaultLoss;
    job.plan.phases[0].optimizerSettings = {{"learning_rate", 0.003}};
    const auto count = std::max<std::int64_t>(1, static_cast<std::int64_t>(trainingRows.size()));
    job.plan.epochs = std::clamp<std::int64_t>(2000 * job.plan.batchSize / count, 3, 300);
    job.trainingRows = std::move(trainingRows);
    const Network network = job.network;
    TrainingSession session(std::move(job));
    const TrainingResult& trained = session.wait();
    if (trained.error) return *trained.error;
    LAMINA_TRY(const auto checkpoint, checkpointFromBytes(trained.best));
    ParameterStore store(device);
    LAMINA_CHECK(restoreParameters(checkpoint, store));
    TrainingObjective objective{findLoss(task.defaultLoss), findLoss(task.defaultLoss)->defaults};
    LAMINA_TRY(const auto evaluation, evaluate(network, store, task, objective, data, std::move(rows), cancel));
    baselines.emplace_back("linear", evaluation.scores);
    return baselines;
}

nlohmann::json evaluationToJson(const Evaluation& e) {
    auto scores = [](const Scores& list) {
        nlohmann::json json = nlohmann::json::object();
        for (const auto& [id, value] : list) json[id] = value;
        return json;
    };
    nlohmann::json json{{"task", e.task}, {"items", e.items}, {"skipped", e.skipped}, {"loss", e.loss}, {"scores", scores(e.scores)}};
    json["baselines"] = nlohmann::json::object();
    for (const auto& [name, list] : e.baselines) json["baselines"][name] = scores(list);
    if (e.confusion.classes == 0) return json;
    json["classes"] = nlohmann::json::array();
    for (const auto& c : e.classes)
        json["classes"].push_back({{"name", c.name}, {"items", c.items}, {"predicted", c.predicted}, {"precision", c.precision}, {"recall", c.recall}, {"f1", c.f1}});
    json["confusion"] = nlohmann::json::array();
    for (std::int64_t a = 0; a < e.confusion.classes; ++a) {
        nlohmann::json row = nlohmann::json::array();
        for (std::int64_t p = 0; p < e.confusion.classes; ++p) row.push_back(e.confusion.at(a, p));
        json["confusion"].push_back(row);
    }
    return json;
}

}  // namespace lamina
