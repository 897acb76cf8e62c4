#include "app/pages/train/output_rows.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>
#include <set>

#include "app/workspace/language.h"
#include "core/training/resolved_phase.h"

namespace lamina {
namespace {

struct OutputWords {
    Q_DECLARE_TR_FUNCTIONS(lamina::OutputRows)
};

const std::string outputPrefix = "output.", columnPrefix = "column:", settingPrefix = "loss.";
constexpr const char* numbersLoss = "mse";

/// What the row of targets says of an objective.
std::string aimOf(const PlanObjective& objective) {
    if (objective.weight == 0) return "none";
    return objective.target.empty() ? "data" : namesColumn(objective) ? columnPrefix + objective.target : "input";
}

const TargetOffer* offerOf(const PlanObjective& objective, const std::vector<TargetOffer>& targets) {
    const auto found = std::find_if(targets.begin(), targets.end(), [&](const TargetOffer& offer) { return offer.column == objective.target; });
    return found == targets.end() ? nullptr : &*found;
}

/// The task of what the objective learns: the data's answer, or another column; nullptr: numbers without a task (its input).
const TaskType* taskOf(const PlanObjective& objective, const std::string& mainTask, const std::vector<TargetOffer>& targets) {
    if (objective.target.empty()) return findTask(mainTask);
    if (!namesColumn(objective)) return nullptr;
    const TargetOffer* offer = offerOf(objective, targets);
    return findTask(offer && !offer->number ? "classification" : "regression");
}

std::vector<const LossType*> lossesFor(const TaskType* task) {
    std::vector<const LossType*> losses;
    for (const LossType* loss : lossCatalogue()) {
        const bool fits = task ? std::count(task->losses.begin(), task->losses.end(), loss->id) > 0 : loss->target == TargetKind::Numbers;
        if (fits) losses.push_back(loss);
    }
    return losses;
}

std::string lossName(const PlanObjective& objective, const TaskType* task) { return objective.loss.empty() && task ? task->defaultLoss : objective.loss; }

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

PropertyRow aimRow(std::size_t place, const QString& layer, const PlanObjective& objective, const PlanObjective& standard, const std::vector<TargetOffer>& targets) {
    PropertyRow row = outputRow(place, "target", OutputWords::tr("%1 learns").arg(layer), OutputWords::tr("What this output of the network is to give."),
                                PropertyRow::Kind::Choice, aimOf(objective), aimOf(standard));
    row.limits.choices = {"data", "input", "none"};
    row.choiceTitles = {OutputWords::tr("the data's answer"), OutputWords::tr("its own input again"), OutputWords::tr("nothing")};
    for (const TargetOffer& offer : targets) {
        row.limits.choices.push_back(columnPrefix + offer.column);
        row.choiceTitles.append(OutputWords::tr("the column %1").arg(QString::fromStdString(offer.column)));
    }
    // One that is not there any more can still be seen.
    if (namesColumn(objective) && !offerOf(objective, targets)) {
        row.limits.choices.push_back(columnPrefix + objective.target);
        row.choiceTitles.append(OutputWords::tr("the column %1").arg(QString::fromStdString(objective.target)));
    }
    return row;
}

PropertyRow lossRow(std::size_t place, const QString& layer, const PlanObjective& objective, const PlanObjective& standard, const TaskType* task) {
    PropertyRow row = outputRow(place, "loss", OutputWords::tr("Loss of %1").arg(layer), OutputWords::tr("How wrong this output is."),
                                PropertyRow::Kind::Choice, lossName(objective, task), task ? task->defaultLoss : standard.loss);
    for (const LossType* loss : lossesFor(task)) {
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

/// The loss's own settings, which several outputs have each for itself.
void addSettingRows(std::vector<PlanRow>& rows, std::size_t place, const QString& layer, const PlanObjective& objective, const std::string& loss) {
    const std::size_t first = rows.size();
    addLossSettings(rows, loss, objective.settings, outputPrefix + std::to_string(place) + "." + settingPrefix);
    for (std::size_t i = first; i < rows.size(); ++i) rows[i].row.title = OutputWords::tr("%1 (%2)").arg(rows[i].row.title, layer);
}

/// The one column of numbers that no Input names, where they name others; empty where there is none, or more than one.
std::string onlyFreeNumber(const std::vector<TargetOffer>& targets) {
    std::string found;
    if (std::none_of(targets.begin(), targets.end(), [](const TargetOffer& offer) { return offer.taken; })) return found;
    for (const TargetOffer& offer : targets) {
        if (offer.taken || !offer.number) continue;
        if (!found.empty()) return {};
        found = offer.column;
    }
    return found;
}

void setAim(PlanObjective& objective, const std::string& aim) {
    objective.weight = aim == "none" ? 0 : objective.weight == 0 ? 1 : objective.weight;
    if (aim == "none" || aim == aimOf(objective)) return;
    const bool input = aim == "input";
    objective.target = input ? "input" : aim.starts_with(columnPrefix) ? aim.substr(columnPrefix.size()) : "";
    objective.loss = input ? numbersLoss : "";  // what fits the column
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

std::vector<PlanObjective> proposedObjectives(const std::vector<NetworkOutput>& outputs, const PlanObjective& standard,
                                              const std::vector<TargetOffer>& targets) {
    if (outputs.empty()) return {standard};
    const auto head = std::find_if(outputs.begin(), outputs.end(), [](const auto& output) { return output.isHead; });
    const NetworkOutput& main = head == outputs.end() ? outputs.front() : *head;
    std::vector<PlanObjective> objectives;
    for (const NetworkOutput& output : outputs) {
        PlanObjective objective = standard;
        objective.output = output.layer;
        if (output.shape != main.shape) {
            const std::string column = output.shape == Shape{1} ? onlyFreeNumber(targets) : std::string();
            objective.weight = output.likeInput || !column.empty() ? 1 : 0;
            if (!column.empty()) objective.target = column, objective.loss = numbersLoss, objective.settings = nlohmann::json::object();
            else if (output.likeInput) objective.target = "input", objective.loss = numbersLoss, objective.settings = nlohmann::json::object();
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
        const QString aim = place == 0              ? OutputWords::tr("The main output: its figures decide which epoch is the best.")
                            : objective.weight == 0 ? OutputWords::tr("It is left as it is.")
                                                    : QString();
        const TargetOffer* offer = offerOf(objective, choice.targets);
        const bool twice = offer && offer->taken && objective.weight != 0;
        rows.push_back({aimRow(place, layer, objective, usual, place == 0 ? std::vector<TargetOffer>{} : choice.targets),
                        twice ? OutputWords::tr("An Input of the network takes this column: untick it there, on the Model page.") : aim, true});
        if (objective.weight == 0) continue;
        const TaskType* task = taskOf(objective, standard.task, choice.targets);
        rows.push_back({lossRow(place, layer, objective, usual, task), {}, true});
        addSettingRows(rows, place, layer, objective, lossName(objective, task));
        rows.push_back({weightRow(place, layer, objective, usual), {}, true});
    }
}

bool setOutputValue(TrainingChoice& choice, const std::string& id, const PropertyValue& value) {
    if (!id.starts_with(outputPrefix)) return false;
    auto& objectives = choice.plan.phases.front().objectives;
    const auto dot = id.find('.', outputPrefix.size());
    const auto place = static_cast<std::size_t>(std::stoul(id.substr(outputPrefix.size(), dot - outputPrefix.size())));
    if (place >= objectives.size()) return true;
    PlanObjective& objective = objectives[place];
    const std::string what = id.substr(dot + 1);
    const auto* word = std::get_if<std::string>(&value);
    const auto* number = std::get_if<double>(&value);
    if (what == "target" && word) setAim(objective, *word);
    // Named, so that whole numbers are not taken for classes.
    if (namesColumn(objective) && objective.loss.empty()) objective.loss = taskOf(objective, choice.task, choice.targets)->defaultLoss;
    if (what == "weight" && number) objective.weight = *number;
    if (what == "loss" && word && objective.loss != *word) {
        objective.loss = *word;
        objective.settings = nlohmann::json::object();
    }
    if (what.starts_with(settingPrefix)) {
        const std::string loss = lossName(objective, taskOf(objective, choice.task, choice.targets));
        setLossSetting(objective, loss, what.substr(settingPrefix.size()), value);
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
