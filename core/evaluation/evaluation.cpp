#include "core/evaluation/evaluation.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/training/session.h"

namespace lamina {
namespace {

std::int64_t dropUnknown(const PreparedData& data, std::vector<std::int64_t>& rows) {
    if (!data.preparation().target.classes) return 0;
    return static_cast<std::int64_t>(std::erase_if(rows, [&](std::int64_t row) { return data.label(row) < 0; }));
}

ItemSums emptySums(const PreparedData& data) {
    ItemSums sums;
    if (!data.preparation().target.classes) return sums;
    sums.confusion = ConfusionMatrix(data.preparation().outputCount());
    sums.scores = ScoreSums(sums.confusion.classes);
    return sums;
}

std::vector<ClassScores> classScores(const ItemSums& sums, const std::vector<std::string>& names) {
    const auto& confusion = sums.confusion;
    const ScoreSummary summary = sums.scores.summary();
    std::vector<ClassScores> classes;
    for (std::int64_t c = 0; c < confusion.classes; ++c) {
        const auto place = static_cast<std::size_t>(c);
        classes.push_back({names[place], confusion.actual(c), confusion.predicted(c), confusion.precision(c), confusion.recall(c), confusion.f1(c),
                           confusion.specificity(c), summary.rocAreas[place], summary.averagePrecisions[place]});
    }
    return classes;
}

constexpr std::size_t mostCurves = 20, mostCurvePoints = 150;

/// The classes whose curves are kept: the least well told apart first where there are too many, then in the order of classes.
std::vector<std::size_t> shownClasses(const std::vector<ClassScores>& classes) {
    std::vector<std::size_t> shown;
    for (std::size_t c = 0; c < classes.size(); ++c)
        if (!std::isnan(classes[c].rocArea)) shown.push_back(c);
    if (shown.size() <= mostCurves) return shown;
    std::stable_sort(shown.begin(), shown.end(), [&](auto a, auto b) { return classes[a].rocArea < classes[b].rocArea; });
    shown.resize(mostCurves);
    std::sort(shown.begin(), shown.end());
    return shown;
}

ClassCurve classCurve(std::size_t place, const ThresholdCurve& sides) {
    ClassCurve curve{place, {}, {}, {}};
    for (const auto& point : thinned(sides, mostCurvePoints)) {
        const auto hits = static_cast<double>(point.hits), falseAlarms = static_cast<double>(point.falseAlarms);
        curve.recall.push_back(hits / static_cast<double>(sides.positives));
        curve.falseAlarms.push_back(falseAlarms / static_cast<double>(sides.negatives));
        curve.precision.push_back(hits / (hits + falseAlarms));
    }
    return curve;
}

/// Always the same answer: the share that every class has among the training rows, or the mean of their numbers (0 when standardised).
Scores constantBaseline(const TaskType& task, const PreparedData& data, const std::vector<std::int64_t>& trainingRows, const std::vector<std::int64_t>& rows) {
    ItemSums sums = emptySums(data);
    const auto& target = data.preparation().target;
    if (target.classes) {
        std::vector<double> counts(static_cast<std::size_t>(sums.confusion.classes), 0);
        for (auto row : trainingRows) ++counts[static_cast<std::size_t>(data.label(row))];
        const auto answer = std::max_element(counts.begin(), counts.end()) - counts.begin();
        std::vector<float> shares;
        for (const double count : counts) shares.push_back(static_cast<float>(count / static_cast<double>(std::max<std::size_t>(trainingRows.size(), 1))));
        for (auto row : rows) {
            sums.confusion.add(data.label(row), answer);
            sums.scores.add(shares, data.label(row));
        }
    } else {
        for (auto row : rows) sums.numbers.add(target.mean, target.original(data.target(row)));
    }
    return metricsOf(allMetrics(task, sums.confusion.classes), sums);
}

/// Where the newest known value of the column to forecast stands among a row's numbers: "x_t" of the target "x_t+3" is a column of its own, or the first
/// number of the last step of a sequence "x_t-11..t" (core/data/cleaning/steps/windows.cpp).
struct NewestValue {
    std::int64_t place = 0;
    double mean = 0, deviation = 1;
};
std::optional<NewestValue> newestValue(const Preparation& preparation) {
    const auto ahead = preparation.target.name.rfind("_t+");
    if (preparation.target.classes || ahead == std::string::npos) return {};
    const std::string now = preparation.target.name.substr(0, ahead) + "_t";
    for (const FeatureColumn& feature : preparation.features) {
        if (feature.kind == FeatureKind::Number && feature.name == now) return NewestValue{feature.outputOffset, feature.mean, feature.deviation};
        const bool sequence = feature.kind == FeatureKind::Tensor && feature.elementShape.size() == 2 && feature.channelMean.size() == 1;
        if (!sequence || (feature.name != now && !(feature.name.starts_with(now + "-") && feature.name.ends_with("..t")))) continue;
        return NewestValue{(feature.elementShape[0] - 1) * feature.elementShape[1], feature.channelMean[0], feature.channelDeviation[0]};
    }
    return {};
}

/// The forecast that nothing changes.
Scores lastValueBaseline(const TaskType& task, const PreparedData& data, const NewestValue& newest, const std::vector<std::int64_t>& rows) {
    ItemSums sums = emptySums(data);
    std::vector<float> input(static_cast<std::size_t>(data.inputCount()));
    for (const auto row : rows) {
        data.writeInput(row, input.data());
        const double value = static_cast<double>(input[static_cast<std::size_t>(newest.place)]) * newest.deviation + newest.mean;
        sums.numbers.add(value, data.preparation().target.original(data.target(row)));
    }
    return metricsOf(allMetrics(task, sums.confusion.classes), sums);
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
    evaluation.scores = metricsOf(allMetrics(task, sums.confusion.classes), sums);
    evaluation.confusion = sums.confusion;
    evaluation.classes = classScores(sums, data.preparation().target.classNames);
    for (const auto place : shownClasses(evaluation.classes)) evaluation.curves.push_back(classCurve(place, sums.scores.curve(static_cast<std::int64_t>(place))));
    return evaluation;
}

Result<std::vector<std::pair<std::string, Scores>>> computeBaselines(const TaskType& task, const PreparedData& data, std::vector<std::int64_t> trainingRows,
                                                                     std::vector<std::int64_t> rows, Device& device, const CancelToken& cancel) {
    dropUnknown(data, trainingRows);
    dropUnknown(data, rows);
    std::vector<std::pair<std::string, Scores>> baselines;
    baselines.emplace_back(data.preparation().target.classes ? "most_frequent" : "mean", constantBaseline(task, data, trainingRows, rows));
    if (const auto newest = newestValue(data.preparation())) baselines.emplace_back("last_value", lastValueBaseline(task, data, *newest, rows));
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
    LAMINA_CHECK(restoreForUse(checkpoint, store));
    TrainingObjective objective{findLoss(task.defaultLoss), findLoss(task.defaultLoss)->defaults};
    LAMINA_TRY(const auto evaluation, evaluate(network, store, task, objective, data, std::move(rows), cancel));
    baselines.emplace_back("linear", evaluation.scores);
    return baselines;
}

namespace {

/// Four digits are more than any picture shows; the document stays small.
nlohmann::json rounded(const std::vector<double>& shares) {
    auto list = nlohmann::json::array();
    for (const double share : shares) list.push_back(std::round(share * 1e4) / 1e4);
    return list;
}

}  // namespace

nlohmann::json evaluationToJson(const Evaluation& e) {
    auto scores = [](const Scores& list) {
        nlohmann::json json = nlohmann::json::object();
        for (const auto& [id, value] : list) json[id] = value;
        return json;
    };
    nlohmann::json json{{"task", e.task}, {"items", e.items}, {"skipped", e.skipped}, {"loss", e.loss}, {"scores", scores(e.scores)}};
    json["baselines"] = nlohmann::json::object();
    for (const auto& [name, list] : e.baselines) json["baselines"][name] = scores(list);
    if (!e.output.empty()) json.update({{"output", e.output}, {"target", e.target}});
    for (const Evaluation& other : e.more) json["more_outputs"].push_back(evaluationToJson(other));
    if (e.confusion.classes == 0) return json;
    json["classes"] = nlohmann::json::array();
    for (const auto& c : e.classes)
        json["classes"].push_back({{"name", c.name}, {"items", c.items}, {"predicted", c.predicted}, {"precision", c.precision}, {"recall", c.recall}, {"f1", c.f1},
                                   {"specificity", c.specificity}, {"roc_auc", c.rocArea}, {"pr_auc", c.averagePrecision}});
    json["curves"] = nlohmann::json::array();
    for (const auto& curve : e.curves)
        json["curves"].push_back({{"class", e.classes[curve.place].name}, {"recall", rounded(curve.recall)}, {"false_alarms", rounded(curve.falseAlarms)},
                                  {"precision", rounded(curve.precision)}});
    json["confusion"] = nlohmann::json::array();
    for (std::int64_t a = 0; a < e.confusion.classes; ++a) {
        nlohmann::json row = nlohmann::json::array();
        for (std::int64_t p = 0; p < e.confusion.classes; ++p) row.push_back(e.confusion.at(a, p));
        json["confusion"].push_back(row);
    }
    return json;
}

}  // namespace lamina
