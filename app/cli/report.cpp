#include "app/cli/report.h"

#include <algorithm>
#include <cmath>

#include "app/cli/display_width.h"
#include "app/cli/shared.h"
#include "core/metrics/metric_type.h"

namespace lamina {
namespace {

using Align = TerminalTable::Align;

std::string grouped(std::int64_t number) {
    std::string digits = std::to_string(number);
    for (std::ptrdiff_t at = std::ssize(digits) - 3; at > (number < 0 ? 1 : 0); at -= 3) digits.insert(static_cast<std::size_t>(at), 1, ',');
    return digits;
}

bool isHeadline(const Evaluation& evaluation, const std::string& metric) {
    const TaskType* task = findTask(evaluation.task);
    return !task || std::find(task->metrics.begin(), task->metrics.end(), metric) != task->metrics.end();
}

std::string metricLine(const Evaluation& evaluation, const Scores& scores, Language language) {
    std::string line;
    for (const auto& [id, value] : scores)
        if (isHeadline(evaluation, id)) line += (line.empty() ? "" : "   ") + metricTitle(id, language) + " " + decimal(value);
    return line;
}

double scoreIn(const Scores& scores, const std::string& metric) {
    for (const auto& [id, value] : scores)
        if (id == metric) return value;
    return std::nan("");
}

void showMoreMetrics(Console& console, const Evaluation& evaluation) {
    std::vector<TerminalTable::Column> heads{{console.text("cli.head.metric")}, {console.text("cli.head.this_model"), Align::Right}};
    for (const auto& [name, scores] : evaluation.baselines) heads.push_back({console.text("cli.baseline." + name), Align::Right});
    heads.push_back({console.text("cli.head.meaning")});
    TerminalTable table(std::move(heads));
    for (const auto& [id, value] : evaluation.scores) {
        if (isHeadline(evaluation, id)) continue;
        std::vector<std::string> cells{metricTitle(id, console.language()), decimal(value)};
        for (const auto& [name, scores] : evaluation.baselines) cells.push_back(decimal(scoreIn(scores, id)));
        cells.push_back(textOr("metric." + id + ".summary", console.language(), ""));
        table.add(std::move(cells));
    }
    console.line("");
    console.table(table);
}

void showClasses(Console& console, const Evaluation& evaluation) {
    TerminalTable table({{console.text("cli.head.class")}, {console.text("cli.head.items"), Align::Right}, {console.text("cli.head.precision"), Align::Right},
                         {console.text("cli.head.recall"), Align::Right}, {console.text("cli.head.f1"), Align::Right}, {console.text("cli.head.specificity"), Align::Right},
                         {console.text("cli.head.roc_auc"), Align::Right}});
    for (const ClassScores& c : evaluation.classes)
        table.add({c.name, grouped(c.items), decimal(c.precision), decimal(c.recall), decimal(c.f1), decimal(c.specificity), decimal(c.rocArea)});
    console.table(table);
}

/// Wide matrices do not fit a terminal; --json has them.
void showConfusion(Console& console, const Evaluation& evaluation) {
    const auto classes = evaluation.confusion.classes;
    if (classes > 12) return;
    std::vector<TerminalTable::Column> columns{{""}};
    for (const ClassScores& c : evaluation.classes) columns.push_back({clipToWidth(printable(c.name), 8), Align::Right});
    TerminalTable table(std::move(columns));
    for (std::int64_t actual = 0; actual < classes; ++actual) {
        std::vector<std::string> cells{evaluation.classes[static_cast<std::size_t>(actual)].name};
        for (std::int64_t predicted = 0; predicted < classes; ++predicted) cells.push_back(std::to_string(evaluation.confusion.at(actual, predicted)));
        table.add(std::move(cells));
    }
    console.line("");
    console.say("cli.evaluate.confusion");
    console.table(table);
}

}  // namespace

std::string metricTitle(const std::string& id, Language language) {
    const MetricType* metric = findMetric(id);
    return textOr("metric." + id + ".title", language, metric ? metric->title : id);
}

nlohmann::json datasetToJson(const DatasetRecord& dataset) {
    auto columns = nlohmann::json::array();
    for (const auto& column : dataset.columns)
        columns.push_back({{"name", column.name}, {"kind", column.kind}, {"role", column.role}, {"missing", column.info.value("missing", 0)}});
    return {{"id", dataset.id}, {"name", dataset.name}, {"importer", dataset.importer}, {"source", dataset.sourcePath}, {"source_hash", dataset.sourceHash},
            {"rows", dataset.rows}, {"target", targetColumn(dataset)}, {"columns", columns}};
}

nlohmann::json splitToJson(const SplitRecord& record, const Split& split) {
    auto counts = [](const PartCounts& rows) {
        nlohmann::json json = nlohmann::json::object();
        for (int part = 0; part < partCount; ++part) json[partName(static_cast<Part>(part))] = rows[static_cast<std::size_t>(part)];
        return json;
    };
    auto classes = nlohmann::json::array();
    for (const ClassCounts& c : split.classes) classes.push_back({{"name", c.name}, {"rows", counts(c.rows)}});
    return {{"id", record.id}, {"dataset", record.datasetId}, {"seed", record.seed}, {"method", record.method}, {"counts", counts(split.counts)}, {"classes", classes}};
}

nlohmann::json networkReportToJson(const NetworkReport& report) {
    auto nodes = nlohmann::json::array();
    for (const NodeReport& node : report.nodes)
        nodes.push_back({{"name", node.node}, {"type", node.type}, {"shape", node.shape}, {"parameters", node.parameters}, {"flops", node.flops}});
    return {{"layers", nodes}, {"parameters", report.parameters}, {"flops", report.flops}};
}

nlohmann::json proofToJson(const ProofReport& proof) {
    return {{"checked_by", proof.checkedBy}, {"items", proof.items}, {"largest_difference", proof.largestDifference}, {"differing_labels", proof.differingTexts}};
}

void showImport(Console& console, const ImportOutcome& outcome, double seconds) {
    warnAll(console, outcome.issues);
    console.say("cli.import.done", {{"name", outcome.dataset.name}, {"rows", grouped(outcome.dataset.rows)}, {"columns", std::to_string(outcome.dataset.columns.size())},
                                    {"time", seconds < 10 ? decimal(seconds, 1) + " s" : shortDuration(seconds, console.language())}});
}

void showSplit(Console& console, const SplitOutcome& outcome) {
    warnAll(console, outcome.split.issues);
    const auto& counts = outcome.split.counts;
    console.say("cli.split.done", {{"training", grouped(counts[0])}, {"validation", grouped(counts[1])}, {"test", grouped(counts[2])}, {"seed", std::to_string(outcome.record.seed)}});
    if (!outcome.ignoredColumn.empty()) console.say("cli.split.column_ignored", {{"column", outcome.ignoredColumn}});
    if (outcome.split.classes.empty() || outcome.split.classes.size() > 30) return;
    TerminalTable table({{console.text("cli.head.class")}, {console.text("cli.head.training"), Align::Right}, {console.text("cli.head.validation"), Align::Right},
                         {console.text("cli.head.test"), Align::Right}});
    for (const ClassCounts& c : outcome.split.classes) table.add({c.name, grouped(c.rows[0]), grouped(c.rows[1]), grouped(c.rows[2])});
    console.table(table);
}

void showNetwork(Console& console, const std::string& name, const NetworkReport& report) {
    console.say("cli.build.done", {{"name", name}, {"layers", std::to_string(report.nodes.size())}, {"parameters", grouped(report.parameters)}});
    TerminalTable table({{console.text("cli.head.layer")}, {console.text("cli.head.kind")}, {console.text("cli.head.shape")}, {console.text("cli.head.parameters"), Align::Right}});
    for (const NodeReport& node : report.nodes) table.add({node.node, node.type, shapeText(node.shape), grouped(node.parameters)});
    console.table(table);
}

namespace {

void showFigures(Console& console, const Evaluation& e, bool more) {
    if (!e.output.empty()) console.say("cli.evaluate.output", {{"output", e.output}, {"target", e.target}});
    console.line(metricLine(e, e.scores, console.language()));
    for (const auto& [name, scores] : e.baselines)
        console.say("cli.evaluate.baseline", {{"name", console.text("cli.baseline." + name)}, {"scores", metricLine(e, scores, console.language())}});
    if (more) showMoreMetrics(console, e);
    if (e.classes.empty()) return;
    console.line("");
    showClasses(console, e);
    showConfusion(console, e);
}

}  // namespace

void showEvaluation(Console& console, const EvaluationOutcome& outcome, bool more) {
    const Evaluation& e = outcome.evaluation;
    console.say("cli.evaluate.items", {{"count", grouped(e.items)}, {"part", console.text("cli.part." + outcome.record.split)}});
    if (outcome.record.finalCheck) console.say("cli.evaluate.final", {{"count", std::to_string(outcome.record.count)}});
    showFigures(console, e, more);
    for (const Evaluation& other : e.more) {
        console.line("");
        showFigures(console, other, more);
    }
}

void showExport(Console& console, const ExportOutcome& outcome) {
    console.say("cli.export.done", {{"file", outcome.file.string()}, {"size", std::to_string(outcome.bytes)}});
    if (outcome.proof.items == 0) return;
    char difference[32];
    std::snprintf(difference, sizeof difference, "%.2g", outcome.proof.largestDifference);
    console.say("cli.export.proof", {{"items", grouped(outcome.proof.items)}, {"difference", difference}, {"by", outcome.proof.checkedBy}});
    if (outcome.proof.reason) console.warn({Severity::Note, *outcome.proof.reason, 1});
}

}  // namespace lamina
