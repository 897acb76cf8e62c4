#include "app/pages/train/output_rows.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>
#include <set>

#include "app/workspace/language.h"

namespace lamina {
namespace {

struct OutputWords {
    Q_DECLARE_TR_FUNCTIONS(lamina::OutputRows)
};

const std::string outputPrefix = "output.";
constexpr const char* numbersLoss = "mse";

/// What the row of targets says of an objective.
std::string aimOf(const PlanObjective& objective) { return objective.weight == 0 ? "none" : objective.target.empty() ? "data" : "input"; }

/// Losses for the data's answer are the task's; for the input those of numbers.
std::vector<const LossType*> lossesFor(const PlanObjective& objective, const std::string& taskId) {
    std::vector<const LossType*> losses;
    const TaskType* task = findTask(taskId);
    for (const LossType* loss : lossCatalogue()) {
        const bool fits = objective.target.empty() ? task && std::count(task->losses.begin(), task->losses.end(), loss->id) > 0
                                                   : loss->target == TargetKind::Numbers;
        if (fits) losses.push_back(loss);
    }
    return losses;
}

std::string nameOf(const PlanObjective& objective, const std::string& taskId) {
    const TaskType* task = findTask(taskId);
    return objective.loss.empty() && task ? task->defaultLoss : objective.loss;
}

PropertyRow outputRow(std::size_t place, const char* what, const QString& title, const QString& help, PropertyRow::Kind kind, PropertyValue value,
                      PropertyValue standard) {
    PropertyRow row;
    row.id = QString::fromStdString(outputPrefix + std::to_string(place) + "." + what);
    row.title = title;
    row.help = help;
    row.kind = kind;
    row.value = std::move(value);
    row.standard = std::move(standard);
    return row;
}

PropertyRow aimRow(std::size_t place, const QString& layer, const PlanObjective& objective, const PlanObjective& standard) {
    PropertyRow row = outputRow(place, "target", OutputWords::tr("%1 learns").arg(layer), OutputWords::tr("What this output of the network is to give."),
                                PropertyRow::Kind::Choice, aimOf(objective), aimOf(standard));
    row.limits.choices = {"data", "input", "none"};
    row.choiceTitles = {OutputWords::tr("the data's answer"), OutputWords::tr("its own input again"), OutputWords::tr("nothing")};
    return row;
}

PropertyRow lossRow(std::size_t place, const QString& layer, const PlanObjective& objective, const PlanObjective& standard, const std::string& task) {
    PropertyRow row = outputRow(place, "loss", OutputWords::tr("Loss of %1").arg(layer), OutputWords::tr("How wrong this output is."),
                                PropertyRow::Kind::Choice, nameOf(objective, task), nameOf(standard, task));
    for (const LossType* loss : lossesFor(objective, task)) {
        row.limits.choices.push_back(loss->id);
        row.choiceTitles.append(messageText("loss." + loss->id + ".title", QString::fromStdString(loss->title)));
    }
    return row;
}

PropertyRow weightRow(std::size_t place, const QString& layer, const PlanObjective& objective, const PlanObjective& standard) {
    PropertyRow row = outputRow(place, "weight", OutputWords::tr("Weight of %1").arg(layer),
                                OutputWords::tr("How much its loss counts beside those of the other outputs."), PropertyRow::Kind::Number, objective.weight,
                                standard.weight == 0 ? 1.0 : standard.weight);
    row.limits.minimum = 0;
    row.limits.maximum = 1e6;
    return row;
}

void setAim(PlanObjective& objective, const std::string& aim) {
    objective.weight = aim == "none" ? 0 : objective.weight == 0 ? 1 : objective.weight;
    const bool input = aim == "input";
    if (aim == "none" || input == !objective.target.empty()) return;
    objective.target = input ? "input" : "";
    objective.loss = input ? numbersLoss : "";  // the task's own
    objective.settings = nlohmann::json::object();
}

}  // namespace

std::vector<NetworkOutput> outputsOf(const Network& network, const NetworkReport& report, const TaskType& task) {
    std::set<std::string> feeding;
    for (const auto& edge : network.edges) feeding.insert(edge.from);
    std::int64_t read = 0;
    for (const auto& node : report.nodes)
        if (node.type == "input") read += elementCount(node.shape);
    std::vector<NetworkOutput> outputs;
    for (const auto& node : network.nodes) {
        if (feeding.count(node.id)) continue;
        for (const auto& seen : report.nodes)
            if (seen.node == node.name) outputs.push_back({node.name, seen.shape, node.type == task.head, elementCount(seen.shape) == read});
    }
    return outputs;
}

std::vector<PlanObjective> proposedObjectives(const std::vector<NetworkOutput>& outputs, const PlanObjective& standard) {
    if (outputs.empty()) return {standard};
    const auto head = std::find_if(outputs.begin(), outputs.end(), [](const auto& output) { return output.isHead; });
    const NetworkOutput& main = head == outputs.end() ? outputs.front() : *head;
    std::vector<PlanObjective> objectives;
    for (const NetworkOutput& output : outputs) {
        PlanObjective objective = standard;
        objective.output = output.layer;
        if (output.shape != main.shape) {
            objective.weight = output.likeInput ? 1 : 0;
            if (output.likeInput) objective.target = "input", objective.loss = numbersLoss, objective.settings = nlohmann::json::object();
        }
        objectives.insert(&output == &main ? objectives.begin() : objectives.end(), std::move(objective));
    }
    return objectives;
}

void addOutputRows(std::vector<PlanRow>& rows, const TrainingChoice& choice, const DefaultPlan& standard) {
    const auto& objectives = choice.plan.phases.front().objectives;
    const auto& proposed = standard.plan.phases.front().objectives;
    if (objectives.size() < 2) return;
    for (std::size_t place = 0; place < objectives.size(); ++place) {
        const PlanObjective& objective = objectives[place];
        const PlanObjective& usual = place < proposed.size() ? proposed[place] : objective;
        const QString layer = QString::fromStdString(objective.output);
        const QString aim = place == 0              ? OutputWords::tr("This output is what evaluation, predictions and the export use.")
                            : objective.weight == 0 ? OutputWords::tr("It is left as it is.")
                                                    : QString();
        rows.push_back({aimRow(place, layer, objective, usual), aim, true});
        if (objective.weight == 0) continue;
        rows.push_back({lossRow(place, layer, objective, usual, standard.task), {}, true});
        rows.push_back({weightRow(place, layer, objective, usual), {}, true});
    }
}

bool setOutputValue(TrainingPlan& plan, const std::string& id, const PropertyValue& value) {
    if (!id.starts_with(outputPrefix)) return false;
    auto& objectives = plan.phases.front().objectives;
    const auto dot = id.find('.', outputPrefix.size());
    const auto place = static_cast<std::size_t>(std::stoul(id.substr(outputPrefix.size(), dot - outputPrefix.size())));
    if (place >= objectives.size()) return true;
    PlanObjective& objective = objectives[place];
    const std::string what = id.substr(dot + 1);
    const auto* word = std::get_if<std::string>(&value);
    const auto* number = std::get_if<double>(&value);
    if (what == "target" && word) setAim(objective, *word);
    if (what == "weight" && number) objective.weight = *number;
    if (what == "loss" && word && objective.loss != *word) {
        objective.loss = *word;
        objective.settings = nlohmann::json::object();
    }
    return true;
}

TrainingPlan withTrainedOutputs(TrainingPlan plan) {
    for (PlanPhase& phase : plan.phases) {
        auto& objectives = phase.objectives;
        if (objectives.size() < 2) continue;
        const auto trained = [](const PlanObjective& objective) { return objective.weight != 0; };
        if (std::any_of(objectives.begin(), objectives.end(), trained)) std::erase_if(objectives, std::not_fn(trained));
        std::stable_partition(objectives.begin(), objectives.end(), [](const PlanObjective& objective) { return objective.target.empty(); });
    }
    return plan;
}

}  // namespace lamina
