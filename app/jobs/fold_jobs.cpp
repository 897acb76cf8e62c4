#include "app/jobs/fold_jobs.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "app/jobs/free_name.h"
#include "app/jobs/network_jobs.h"
#include "app/jobs/split_jobs.h"

namespace lamina {
namespace fold_jobs_parts {

using nlohmann::json;

/// What is the same in all folds of one draw.
std::string drawOf(const SplitRecord& record) {
    SplitSettings settings = settingsOf(record);
    settings.fold = 1;
    return json{splitMethodText(settings), rowsKeyIn(record.method), record.seed, record.fractions, record.stratifyColumn}.dump();
}

struct FoldPlace {
    std::string series;
    std::int64_t fold = 0, of = 0;
};

/// Of a file from elsewhere nothing is taken for granted.
FoldPlace placeOf(const RunRecord& run) {
    FoldPlace place;
    const auto folds = run.dataVersion.is_object() ? run.dataVersion.find("folds") : run.dataVersion.end();
    if (folds == run.dataVersion.end() || !folds->is_object()) return place;
    const json series = folds->value("series", json()), fold = folds->value("fold", json()), of = folds->value("of", json());
    if (!series.is_string() || !fold.is_number_integer() || !of.is_number_integer()) return place;
    return {series.get<std::string>(), fold.get<std::int64_t>(), of.get<std::int64_t>()};
}

std::int64_t bestEpoch(const RunRecord& run) {
    const json epoch = run.best.is_object() ? run.best.value("epoch", json()) : json();
    return epoch.is_number_integer() ? epoch.get<std::int64_t>() : 0;
}

/// The validation's figures at the best epoch.
Result<std::map<std::string, double>> figuresOf(Project& project, const RunRecord& run) {
    constexpr std::int64_t mostPoints = 1 << 20;
    std::map<std::string, double> figures;
    LAMINA_TRY(const auto names, project.metrics().names(run.id));
    for (const SeriesName& curve : names) {
        if (curve.split != "validation") continue;
        LAMINA_TRY(const auto series, project.metrics().series(run.id, curve.name, curve.split, 0, std::numeric_limits<std::int64_t>::max(), mostPoints));
        for (const SeriesPoint& point : series.points)
            if (point.epoch == bestEpoch(run)) figures[curve.name] = point.mean;
    }
    return figures;
}

FoldMetric summary(const std::string& name, std::vector<double> values) {
    FoldMetric metric{name, std::move(values), 0, std::nan("")};
    const auto count = static_cast<double>(metric.values.size());
    for (const double value : metric.values) metric.mean += value / count;
    if (metric.values.size() < 2) return metric;
    double squares = 0;
    for (const double value : metric.values) squares += (value - metric.mean) * (value - metric.mean);
    metric.deviation = std::sqrt(squares / (count - 1));
    return metric;
}

/// Figures that every fold has; those of the plan's monitor first.
std::vector<FoldMetric> summaries(const std::vector<std::map<std::string, double>>& figures, const std::string& first) {
    std::vector<FoldMetric> metrics;
    for (const auto& [name, ignored] : figures.front()) {
        std::vector<double> values;
        for (const auto& one : figures)
            if (const auto found = one.find(name); found != one.end()) values.push_back(found->second);
        if (values.size() == figures.size()) metrics.push_back(summary(name, std::move(values)));
    }
    std::stable_partition(metrics.begin(), metrics.end(), [&](const FoldMetric& metric) { return metric.name == first; });
    return metrics;
}

std::string withoutFold(const std::string& name) {
    const std::size_t blank = name.rfind(' ');
    return blank == std::string::npos || name.find('/', blank) == std::string::npos ? name : name.substr(0, blank);
}

Result<FoldSeries> seriesOf(Project& project, const std::string& id, const std::map<std::int64_t, const RunRecord*>& folds) {
    FoldSeries series;
    series.id = id;
    std::vector<std::map<std::string, double>> figures;
    for (const auto& [fold, run] : folds) {
        series.folds = placeOf(*run).of;
        if (series.name.empty()) series.name = withoutFold(run->name);
        if (bestEpoch(*run) == 0) continue;
        LAMINA_TRY(auto of, figuresOf(project, *run));
        series.runs.push_back(run->id);
        figures.push_back(std::move(of));
    }
    if (!figures.empty()) series.metrics = summaries(figures, folds.begin()->second->best.value("name", std::string()));
    return series;
}

}  // namespace fold_jobs_parts

Result<std::vector<SplitRecord>> foldSplits(Project& project, const DatasetRecord& dataset, const std::string& split) {
    using namespace fold_jobs_parts;
    LAMINA_TRY(const auto all, project.splits().ofDataset(dataset.id));
    const auto wanted = std::find_if(all.rbegin(), all.rend(), [&](const SplitRecord& record) {
        return settingsOf(record).folds >= 2 && (split.empty() || record.id == split);
    });
    if (wanted == all.rend()) return fail("jobs.no_folds", {{"dataset", dataset.name}});
    const std::string draw = drawOf(*wanted);
    const std::int64_t count = settingsOf(*wanted).folds;
    std::map<std::int64_t, SplitRecord> folds;
    for (const SplitRecord& record : all)
        if (drawOf(record) == draw) folds[settingsOf(record).fold] = record;
    std::vector<SplitRecord> found;
    std::string missing;
    for (std::int64_t fold = 1; fold <= count; ++fold) {
        if (const auto it = folds.find(fold); it != folds.end()) found.push_back(it->second);
        else missing += (missing.empty() ? "" : ", ") + std::to_string(fold);
    }
    if (!missing.empty()) return fail("jobs.folds_missing", {{"missing", missing}, {"folds", std::to_string(count)}});
    return found;
}

void markFold(nlohmann::json& dataVersion, const std::string& series, const SplitRecord& split) {
    const SplitSettings settings = settingsOf(split);
    dataVersion["folds"] = {{"series", series}, {"fold", settings.fold}, {"of", settings.folds}};
}

Network withInputsFor(Network network, const Preparation& preparation) {
    NetworkNeeds needs;
    needs.columns = offeredColumns(preparation);
    needs.input = preparation.inputShape();
    for (const InputWish& wish : wishesOf(network).inputs) {
        if (wish.shape.size() != 1) continue;
        const auto shape = inputShapeFor(network, needs, wish.layer);
        if (!shape || shape->size() != 1) continue;
        for (NetworkNode& node : network.nodes)
            if (node.type == "input" && node.name == wish.layer) node.settings["shape"] = *shape;
    }
    return network;
}

std::string foldSeriesIn(const RunRecord& run) { return fold_jobs_parts::placeOf(run).series; }

std::string foldRunName(const std::string& name, const SplitRecord& split) {
    const SplitSettings settings = settingsOf(split);
    return name + ' ' + std::to_string(settings.fold) + '/' + std::to_string(settings.folds);
}

Result<std::string> freeSeriesName(Project& project, const std::string& network) {
    auto runs = project.runs().all();
    if (!runs) return runs.takeError();
    for (RunRecord& run : *runs)
        if (!foldSeriesIn(run).empty()) run.name = fold_jobs_parts::withoutFold(run.name);
    return freeName(runs, network, true);
}

Result<std::vector<FoldSeries>> foldSeriesOf(Project& project, const std::vector<RunRecord>& runs) {
    using namespace fold_jobs_parts;
    std::vector<std::string> order;
    std::map<std::string, std::map<std::int64_t, const RunRecord*>> folds;
    for (const RunRecord& run : runs) {
        const FoldPlace place = placeOf(run);
        if (place.series.empty()) continue;
        if (!folds.contains(place.series)) order.push_back(place.series);
        folds[place.series][place.fold] = &run;
    }
    std::vector<FoldSeries> all;
    for (const std::string& id : order) {
        LAMINA_TRY(auto series, seriesOf(project, id, folds[id]));
        all.push_back(std::move(series));
    }
    return all;
}

nlohmann::json toJson(const FoldSeries& series) {
    nlohmann::json metrics = nlohmann::json::object();
    for (const FoldMetric& metric : series.metrics) metrics[metric.name] = {{"mean", metric.mean}, {"deviation", metric.deviation}, {"values", metric.values}};
    return {{"series", series.id}, {"name", series.name}, {"folds", series.folds}, {"runs", series.runs}, {"metrics", std::move(metrics)}};
}

}  // namespace lamina
