#include "app/pages/train/plan_rows.h"

#include <QCoreApplication>

#include <algorithm>
#include <any>
#include <limits>

#include "app/pages/train/output_rows.h"
#include "app/workspace/language.h"
#include "app/workspace/workspace.h"
#include "core/engine/device.h"
#include "core/optimizers/optimizer_type.h"
#include "core/schedules/schedule_type.h"
#include "core/tasks/task_type.h"

namespace lamina {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(lamina::PlanRows)
};

constexpr std::int64_t mostEpochs = 1000000, mostInBatch = 1 << 20;
constexpr const char* learningRate = "learning_rate";
const std::string optimizerPrefix = "optimizer.", schedulePrefix = "schedule.", lossPrefix = "loss.";

/// Settings of an optimizer or schedule, filled from the plan's JSON.
template <class Type>
std::any settingsOf(const Type& type, const nlohmann::json& json) {
    std::any settings = type.defaults;
    if (!propertiesFromJson(type.properties, json, settings)) settings = type.defaults;
    return settings;
}

PropertyRow integerRow(const char* id, const QString& title, const QString& help, std::int64_t value, std::int64_t standard, double least,
                       double most) {
    PropertyRow row;
    row.id = QString::fromLatin1(id);
    row.title = title;
    row.help = help;
    row.kind = PropertyRow::Kind::Integer;
    row.value = value;
    row.standard = standard;
    row.limits.minimum = least;
    row.limits.maximum = most;
    return row;
}

PropertyRow numberRow(const char* id, const QString& title, const QString& help, double value, double standard, double most) {
    PropertyRow row = integerRow(id, title, help, 0, 0, 0, most);
    row.kind = PropertyRow::Kind::Number;
    row.value = value;
    row.standard = standard;
    return row;
}

template <class Types>
PropertyRow kindRow(const char* id, const QString& title, const QString& help, const Types& types, const std::string& textPrefix,
                    const std::string& value, const std::string& standard) {
    PropertyRow row;
    row.id = QString::fromLatin1(id);
    row.title = title;
    row.help = help;
    row.kind = PropertyRow::Kind::Choice;
    row.value = value;
    row.standard = standard;
    for (const auto* type : types) {
        row.limits.choices.push_back(type->id);
        row.choiceTitles.append(messageText(textPrefix + type->id + ".title", QString::fromStdString(type->title)));
    }
    return row;
}

/// The default plan's words where its value still stands, else what it would propose.
QString reasonOf(const DefaultPlan& standard, const char* entry, std::int64_t value, std::int64_t proposed) {
    if (value != proposed) return Words::tr("Proposed for this data: %1.").arg(proposed);
    for (const PlanReason& reason : standard.reasons)
        if (reason.entry == entry) return Workspace::words(reason.why);
    return {};
}

PropertyRow rowOf(const Property& property, const std::string& prefix, const std::string& textPrefix, const std::any& settings,
                  const std::any& defaults) {
    PropertyRow row = propertyRow(property, messageText(textPrefix + property.id + ".title", QString::fromStdString(property.title)),
                                  messageText(textPrefix + property.id + ".help", QString::fromStdString(property.help)), property.get(settings),
                                  property.get(defaults));
    row.id = QString::fromStdString(prefix + property.id);
    for (const std::string& choice : property.limits.choices)
        row.choiceTitles.append(messageText(textPrefix + property.id + ".choice." + choice, QString::fromStdString(choice)));
    return row;
}

/// The losses that fit the task.
std::vector<const LossType*> lossesOf(const std::string& taskId) {
    std::vector<const LossType*> losses;
    if (const TaskType* task = findTask(taskId))
        for (const std::string& id : task->losses)
            if (const LossType* loss = findLoss(id)) losses.push_back(loss);
    return losses;
}

void addLoss(std::vector<PlanRow>& more, const PlanObjective& objective, const DefaultPlan& standard) {
    const LossType* type = findLoss(objective.loss);
    if (!type) return;
    more.push_back({kindRow("loss", Words::tr("Loss"), Words::tr("What the training makes small: how wrong the model is."), lossesOf(standard.task), "loss.",
                            objective.loss, standard.plan.phases.front().objectives.front().loss),
                    messageText("loss." + type->id + ".summary", QString::fromStdString(type->summary)), false});
    addLossSettings(more, objective.loss, objective.settings, lossPrefix);
}

/// What keeps a training steady or a model simple; all of it off in the beginning.
void addRules(std::vector<PlanRow>& more, const TrainingChoice& choice, const TrainingPlan& standard) {
    const TrainingPlan& plan = choice.plan;
    more.push_back({integerRow("head_epochs", Words::tr("Last layer first"),
                               Words::tr("So many epochs the last layer alone is trained, then everything: for networks with trained layers. 0: everything at once."),
                               choice.headEpochs, 0, 0, mostEpochs),
                    {},
                    false});
    more.push_back({numberRow("clip_norm", Words::tr("Gradient clipping"),
                              Words::tr("All gradients together are scaled down to this length: steadies trainings that explode. 0: off; 1 is usual."), plan.clipNorm,
                              standard.clipNorm, 1e6),
                    {},
                    false});
    more.push_back({numberRow("clip_value", Words::tr("Gradient limit"), Words::tr("Every single gradient is cut to this size. 0: off."), plan.clipValue,
                              standard.clipValue, 1e6),
                    {},
                    false});
    more.push_back({numberRow("l2", Words::tr("L2 penalty"), Words::tr("Makes large weights costly, against overfitting. 0: off; 0.0001 is usual."), plan.l2,
                              standard.l2, 1e3),
                    {},
                    false});
    more.push_back({numberRow("l1", Words::tr("L1 penalty"), Words::tr("Pulls weights that are of little use to exactly 0. 0: off."), plan.l1, standard.l1, 1e3), {}, false});
    more.push_back({numberRow("ema", Words::tr("Averaged weights"),
                              Words::tr("The model keeps a running average of its weights, which is often a little better: how much of it stays in each step. 0: off; "
                                        "0.999 is usual."),
                              plan.ema, standard.ema, 0.9999999),
                    {},
                    false});
}

void addOptimizer(std::vector<PlanRow>& rows, std::vector<PlanRow>& more, const PlanPhase& phase, const PlanPhase& standard) {
    const OptimizerType* type = findOptimizer(phase.optimizer);
    if (!type) return;
    const std::any settings = settingsOf(*type, phase.optimizerSettings);
    const QString title = messageText("optimizer." + type->id + ".title", QString::fromStdString(type->title));
    for (const Property& property : type->properties) {
        PlanRow row{rowOf(property, optimizerPrefix, "optimizer." + type->id + ".", settings, type->defaults), {}, property.id == learningRate};
        if (row.basic) {
            row.reason = row.row.value == row.row.standard ? Words::tr("A good first choice with %1.").arg(title)
                                                           : Words::tr("%1 usually works well with %2.").arg(title, valueText(row.row.standard));
        }
        (row.basic ? rows : more).push_back(std::move(row));
    }
    rows.push_back({kindRow("optimizer", Words::tr("Optimizer"), Words::tr("How the weights are changed in every step."), optimizerCatalogue(),
                            "optimizer.", phase.optimizer, standard.optimizer),
                    messageText("optimizer." + type->id + ".summary", QString::fromStdString(type->summary)), true});
}

void addSchedule(std::vector<PlanRow>& rows, std::vector<PlanRow>& more, const PlanPhase& phase, const PlanPhase& standard) {
    const ScheduleType* type = findSchedule(phase.schedule);
    if (!type) return;
    rows.push_back({kindRow("schedule", Words::tr("Schedule"), Words::tr("How the learning rate changes in the course of the training."),
                            scheduleCatalogue(), "schedule.", phase.schedule, standard.schedule),
                    messageText("schedule." + type->id + ".summary", QString::fromStdString(type->summary)), true});
    const std::any settings = settingsOf(*type, phase.scheduleSettings);
    for (const Property& property : type->properties)
        more.push_back({rowOf(property, schedulePrefix, "schedule." + type->id + ".", settings, type->defaults), {}, false});
}

PropertyRow deviceRow(const std::string& device) {
    PropertyRow row;
    row.id = "device";
    row.title = Words::tr("Device");
    row.help = Words::tr("What computes. Results of different devices differ in the last digits.");
    row.kind = PropertyRow::Kind::Choice;
    row.value = device;
    row.standard = std::string("auto");
    row.limits.choices = {"auto", "cpu", "cuda"};
    row.choiceTitles = {Words::tr("Automatic"), Words::tr("Processor (CPU)"), Words::tr("NVIDIA GPU")};
    return row;
}

PropertyRow precisionRow(const std::string& precision) {
    PropertyRow row;
    row.id = "precision";
    row.title = Words::tr("Precision");
    row.help = Words::tr("Bfloat16 multiplies with 8 bits of mantissa and keeps weights and sums in 32 bits: quicker where dense layers, attention and larger "
                         "convolutions take most of the time, with about the same result.");
    row.kind = PropertyRow::Kind::Choice;
    row.value = precision;
    row.standard = std::string("float32");
    row.limits.choices = precisionNames();
    row.choiceTitles = {Words::tr("32 bits (float32)"), Words::tr("16 bits (bfloat16)")};
    return row;
}

QString precisionReason(const TrainingChoice& choice) {
    if (choice.plan.precision == "float32") return {};
    if (!cpuHasBfloat16()) return Words::tr("This processor has no instruction for bfloat16: training will not be quicker.");
    return choice.device == "cpu" ? QString() : Words::tr("On the processor alone: a GPU refuses it.");
}

QString deviceReason(const std::string& device) {
    if (device == "cpu") return Words::tr("Works everywhere.");
    if (device == "cuda") return Words::tr("Says so where it cannot be used.");
    return Words::tr("The GPU where there is one that can be used, else the processor.");
}

void setSetting(nlohmann::json& settings, const std::vector<Property>& properties, const std::any& defaults, const std::string& id,
                const PropertyValue& value) {
    std::any all = defaults;
    if (!propertiesFromJson(properties, settings, all)) all = defaults;
    for (const Property& property : properties)
        if (property.id == id && property.check(value)) property.set(all, value);
    settings = propertiesToJson(properties, all);
}

}  // namespace

void addLossSettings(std::vector<PlanRow>& rows, const std::string& loss, const nlohmann::json& json, const std::string& prefix) {
    const LossType* type = findLoss(loss);
    if (!type) return;
    const std::any settings = settingsOf(*type, json);
    for (const Property& property : type->properties) {
        if (property.id == "weights" && (!json.is_object() || json.value("class_weights", std::string("off")) != "by_hand")) continue;
        rows.push_back({rowOf(property, prefix, "loss." + type->id + ".", settings, type->defaults), {}, false});
    }
}

void setLossSetting(PlanObjective& objective, const std::string& loss, const std::string& id, const PropertyValue& value) {
    if (const LossType* type = findLoss(loss)) setSetting(objective.settings, type->properties, type->defaults, id, value);
}

std::vector<PlanRow> planRows(const TrainingChoice& choice, const DefaultPlan& standard) {
    const TrainingPlan &plan = choice.plan, &proposed = standard.plan;
    std::vector<PlanRow> rows, more;
    rows.push_back({integerRow("epochs", Words::tr("Epochs"), Words::tr("How often all training rows are gone through."), plan.epochs,
                               proposed.epochs, 1, mostEpochs),
                    reasonOf(standard, "epochs", plan.epochs, proposed.epochs), true});
    rows.push_back({integerRow("batch_size", Words::tr("Batch size"), Words::tr("How many rows are looked at for one step."), plan.batchSize,
                               proposed.batchSize, 1, mostInBatch),
                    reasonOf(standard, "batchSize", plan.batchSize, proposed.batchSize), true});
    addOptimizer(rows, more, plan.phases.front(), proposed.phases.front());
    addSchedule(rows, more, plan.phases.front(), proposed.phases.front());
    if (plan.phases.front().objectives.size() > 1) addOutputRows(rows, choice, standard);
    else addLoss(more, plan.phases.front().objectives.front(), standard);
    addRules(more, choice, proposed);
    rows.push_back({integerRow("patience", Words::tr("Stop early after"),
                               Words::tr("Epochs without a better validation result before the training stops; 0: never."), plan.patience,
                               proposed.patience, 0, mostEpochs),
                    plan.patience > 0 ? Words::tr("Stops after %n epoch(s) without a better validation result. The best one is kept.", nullptr,
                                                  static_cast<int>(plan.patience))
                                      : Words::tr("0: all epochs are trained. The best one is kept anyway."),
                    true});
    rows.push_back({integerRow("seed", Words::tr("Seed"), Words::tr("The beginning of all random numbers."), static_cast<std::int64_t>(plan.seed),
                               static_cast<std::int64_t>(proposed.seed), 0, 1e15),
                    Words::tr("The same seed gives the same result again."), true});
    rows.push_back({deviceRow(choice.device), deviceReason(choice.device), true});
    more.push_back({integerRow("threads", Words::tr("Threads"), Words::tr("How many threads compute; 0: one for each core. The result is the same."),
                               choice.threads, 0, 0, 1024),
                    {},
                    false});
    more.push_back({precisionRow(plan.precision), precisionReason(choice), false});
    more.push_back({integerRow("metrics_every", Words::tr("Steps per curve point"), Words::tr("After so many steps the training curve gets a point."),
                               plan.metricsEvery, proposed.metricsEvery, 1, 1e6),
                    {},
                    false});
    std::move(more.begin(), more.end(), std::back_inserter(rows));
    return rows;
}

void setPlanValue(TrainingChoice& choice, const std::string& id, const PropertyValue& value) {
    TrainingPlan& plan = choice.plan;
    if (setOutputValue(choice, id, value)) return;
    PlanPhase& phase = plan.phases.front();
    const auto* whole = std::get_if<std::int64_t>(&value);
    const auto* word = std::get_if<std::string>(&value);
    const auto* number = std::get_if<double>(&value);
    PlanObjective& objective = phase.objectives.front();
    if (id == "epochs" && whole) plan.epochs = *whole;
    if (id == "batch_size" && whole) plan.batchSize = *whole;
    if (id == "patience" && whole) plan.patience = *whole;
    if (id == "seed" && whole) plan.seed = static_cast<std::uint64_t>(*whole);
    if (id == "threads" && whole) choice.threads = static_cast<int>(*whole);
    if (id == "metrics_every" && whole) plan.metricsEvery = *whole;
    if (id == "head_epochs" && whole) choice.headEpochs = *whole;
    if (id == "clip_norm" && number) plan.clipNorm = *number;
    if (id == "clip_value" && number) plan.clipValue = *number;
    if (id == "l1" && number) plan.l1 = *number;
    if (id == "l2" && number) plan.l2 = *number;
    if (id == "ema" && number) plan.ema = *number;
    if (id == "loss" && word && objective.loss != *word) {
        objective.loss = *word;
        objective.settings = nlohmann::json::object();
    }
    if (id == "device" && word) choice.device = *word;
    if (id == "precision" && word) plan.precision = *word;
    if (id == "optimizer" && word && phase.optimizer != *word) {
        phase.optimizer = *word;
        phase.optimizerSettings = nlohmann::json::object();
    }
    if (id == "schedule" && word && phase.schedule != *word) {
        phase.schedule = *word;
        phase.scheduleSettings = nlohmann::json::object();
    }
    if (const OptimizerType* type = findOptimizer(phase.optimizer); type && id.starts_with(optimizerPrefix))
        setSetting(phase.optimizerSettings, type->properties, type->defaults, id.substr(optimizerPrefix.size()), value);
    if (const ScheduleType* type = findSchedule(phase.schedule); type && id.starts_with(schedulePrefix))
        setSetting(phase.scheduleSettings, type->properties, type->defaults, id.substr(schedulePrefix.size()), value);
    if (id.starts_with(lossPrefix)) setLossSetting(objective, objective.loss, id.substr(lossPrefix.size()), value);
}

TrainingPlan planOf(const TrainingChoice& choice) {
    TrainingPlan plan = withTrainedOutputs(choice.plan);
    if (choice.headEpochs > 0) trainHeadFirst(plan, choice.headEpochs);
    return plan;
}

std::vector<std::pair<double, double>> scheduleCurve(const TrainingPlan& plan) {
    const PlanPhase& phase = plan.phases.front();
    const ScheduleType* schedule = findSchedule(phase.schedule);
    const OptimizerType* optimizer = findOptimizer(phase.optimizer);
    if (!schedule || !optimizer) return {};
    const std::any settings = settingsOf(*schedule, phase.scheduleSettings);
    const double rate = optimizer->learningRate(settingsOf(*optimizer, phase.optimizerSettings));
    constexpr std::int64_t steps = 400;
    std::vector<std::pair<double, double>> curve;
    for (std::int64_t step = 0; step < steps; ++step)
        curve.emplace_back(static_cast<double>(step) / (steps - 1), rate * schedule->factor(settings, step, steps));
    return curve;
}

}  // namespace lamina
