#include "app/pages/curves/run_numbers.h"

#include <algorithm>
#include <cmath>

#include "core/training/training_plan.h"

namespace lamina {
namespace {

/// A curve of more points than this is read condensed; what is drawn hardly differs.
constexpr std::int64_t maximumPoints = 200000;
constexpr std::string_view batchPrefix = "batch_";
/// Fewer rows within an epoch say less than the row of the whole epoch.
constexpr double rowsPerEpoch = 2;

}  // namespace

Result<RunNews> RunNumbers::read(Project& project) {
    LAMINA_TRY(const RunRecord record, project.runs().find(m_run));
    RunNews news;
    news.status = record.status;
    if (!m_begun) LAMINA_CHECK(readPlan(project, record));
    LAMINA_CHECK(readAttempts(project));
    LAMINA_TRY(const auto names, project.metrics().names(m_run));
    for (const SeriesName& name : names)
        if (!metricOf(name, names).empty()) LAMINA_CHECK(readCurve(project, name, news));
    m_begun = true;
    news.epoch = m_epoch;
    return news;
}

Result<void> RunNumbers::readPlan(Project& project, const RunRecord& record) {
    const auto plan = planFromJson(record.settings);
    const auto split = project.splits().find(record.splitId);
    if (!plan || !split || plan->batchSize <= 0) return {};
    m_stepsPerEpoch = std::ceil(static_cast<double>(split->counts[0]) / static_cast<double>(plan->batchSize));
    m_everyFewSteps = m_stepsPerEpoch >= rowsPerEpoch * static_cast<double>(plan->metricsEvery);
    return {};
}

Result<void> RunNumbers::readAttempts(Project& project) {
    LAMINA_TRY(const auto attempts, project.runs().attempts(m_run));
    m_attempts.clear();
    double before = 0;
    for (std::size_t i = 0; i < attempts.size(); ++i) {
        m_attempts.push_back({attempts[i].started, before});
        // Of an attempt that died nobody knows when.
        const std::int64_t ended = attempts[i].ended > 0     ? attempts[i].ended
                                   : i + 1 < attempts.size() ? attempts[i + 1].started
                                                             : attempts[i].started;
        before += static_cast<double>(ended - attempts[i].started) / 1000.0;
    }
    return {};
}

std::string RunNumbers::metricOf(const SeriesName& name, const std::vector<SeriesName>& all) const {
    if (name.split == "validation") return name.name;
    if (name.split != "training") return {};
    if (name.name.starts_with(batchPrefix)) return m_everyFewSteps ? name.name.substr(batchPrefix.size()) : std::string();
    const bool byStep = std::find(all.begin(), all.end(), SeriesName{"training", std::string(batchPrefix) + name.name}) != all.end();
    return byStep && m_everyFewSteps ? std::string() : name.name;
}

Result<void> RunNumbers::readCurve(Project& project, const SeriesName& name, RunNews& news) {
    Known& known = m_known[{name.split, name.name}];
    LAMINA_TRY(const auto series,
               known.last == 0 ? project.metrics().series(m_run, name.name, name.split, 0, std::numeric_limits<std::int64_t>::max(), maximumPoints)
                               : project.metrics().pointsAfter(m_run, name.name, name.split, known.last));
    known.last = series.last;
    NewPoints curve{metricOf(name, {name}), name.split == "validation", {}, {}};
    if (curve.metric.empty()) curve.metric = name.name;
    if (!series.points.empty()) m_epoch = std::max(m_epoch, series.points.back().epoch);
    for (const SeriesPoint& point : series.points) take(point, known, curve, news.curves);
    if (!curve.points.empty()) news.curves.push_back(std::move(curve));
    return {};
}

void RunNumbers::take(const SeriesPoint& point, Known& known, NewPoints& curve, std::vector<NewPoints>& done) const {
    if (static_cast<double>(point.stepFrom) <= known.lastStep) {
        NewPoints again{curve.metric, curve.validation, static_cast<double>(point.stepFrom), {}};
        if (!curve.points.empty() || curve.replacedFrom) done.push_back(std::move(curve));
        curve = std::move(again);
    }
    const auto add = [&](std::int64_t at, double value) {
        const double step = static_cast<double>(at);
        const double seconds = point.wallTime > 0 ? secondsAt(point.wallTime) : known.lastSeconds;
        const double epoch = m_stepsPerEpoch > 0 ? step / m_stepsPerEpoch : static_cast<double>(point.epoch);
        curve.points.push_back({step, epoch, seconds, value});
        known.lastSeconds = seconds;
    };
    // Of many points in one both extremes are drawn.
    add(point.stepFrom, point.minimum);
    if (point.points > 1 && point.maximum != point.minimum) add(point.stepTo, point.maximum);
    known.lastStep = static_cast<double>(point.stepTo);
}

double RunNumbers::secondsAt(std::int64_t wallTime) const {
    const auto after = std::upper_bound(m_attempts.begin(), m_attempts.end(), wallTime,
                                        [](std::int64_t time, const Attempt& attempt) { return time < attempt.started; });
    if (after == m_attempts.begin()) return 0;
    const Attempt& attempt = *std::prev(after);
    return attempt.before + static_cast<double>(wallTime - attempt.started) / 1000.0;
}

}  // namespace lamina
