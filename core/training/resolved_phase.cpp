#include "core/training/resolved_phase.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace lamina {
namespace {

/// The kind of this id with the plan's settings in place of its defaults.
template <class Type>
Result<std::any> settingsFor(const Type& type, const nlohmann::json& json) {
    std::any settings = type.defaults;
    LAMINA_CHECK(propertiesFromJson(type.properties, json, settings));
    return settings;
}

bool matches(std::string_view pattern, std::string_view name) {
    if (pattern.empty()) return name.empty();
    if (pattern[0] == '*') return matches(pattern.substr(1), name) || (!name.empty() && matches(pattern, name.substr(1)));
    return !name.empty() && pattern[0] == name[0] && matches(pattern.substr(1), name.substr(1));
}

std::vector<std::string> wordsOf(const std::string& text) {
    std::vector<std::string> words(1);
    for (const char c : text) {
        if (c == ',') words.emplace_back();
        else if (c != ' ' || !words.back().empty()) words.back() += c;
    }
    for (auto& word : words) word.erase(word.find_last_not_of(' ') + 1);
    return words;
}

/// The last node, in running order, that has parameters.
Result<std::string> headOf(const Network& network) {
    std::string head;
    for (const auto& node : describeNetwork(network).nodes)
        if (node.parameters > 0) head = node.node;
    if (head.empty()) return fail("network.nothing_to_train");
    return head;
}

Result<Network> freezeOthers(Network network, const PlanPhase& phase) {
    if (phase.trainable == "all") return network;
    auto words = wordsOf(phase.trainable);
    if (phase.trainable == "head") {
        LAMINA_TRY(words[0], headOf(network));
    }
    bool any = false;
    for (auto& node : network.nodes) {
        const bool named = std::any_of(words.begin(), words.end(), [&](const std::string& word) { return matches(word, node.name); });
        node.frozen = node.frozen || !named;
        any = any || !node.frozen;
    }
    if (!any) return fail("plan.nothing_trainable", {{"phase", phase.name}, {"trainable", phase.trainable}});
    return network;
}

Result<ResolvedPhase> resolvePhase(const TrainingPlan& plan, std::size_t index, const Network& network, const TaskType& task, const Preparation* preparation) {
    ResolvedPhase phase;
    phase.plan = plan.phases[index];
    for (const auto& objective : phase.plan.objectives) {
        LAMINA_TRY(auto resolved, resolveObjective(objective, task, preparation));
        phase.training.objectives.push_back(std::move(resolved));
    }
    phase.training.optimizer = findOptimizer(phase.plan.optimizer);
    if (!phase.training.optimizer) return fail("plan.unknown_optimizer", {{"optimizer", phase.plan.optimizer}});
    LAMINA_TRY(phase.training.optimizerSettings, settingsFor(*phase.training.optimizer, phase.plan.optimizerSettings));
    phase.schedule = findSchedule(phase.plan.schedule);
    if (!phase.schedule) return fail("plan.unknown_schedule", {{"schedule", phase.plan.schedule}});
    LAMINA_TRY(phase.scheduleSettings, settingsFor(*phase.schedule, phase.plan.scheduleSettings));
    phase.training.rules = {plan.clipValue, plan.clipNorm, plan.l1, plan.l2, plan.ema, index == 0 ? "" : "@" + std::to_string(index + 1)};
    LAMINA_TRY(phase.training.precision, precisionOf(plan));
    LAMINA_TRY(phase.network, freezeOthers(network, phase.plan));
    return phase;
}

/// Of the classes that the objective learns; empty where it learns none.
std::vector<std::int64_t> classCounts(const TrainingObjective& objective, const PreparedData& data, std::span<const std::int64_t> rows) {
    const int found = objective.column.empty() ? 0 : data.preparation().targetPlace(objective.column);
    if (found < 0 || !objective.target.empty()) return {};
    const auto place = static_cast<std::size_t>(found);
    const TargetColumn& target = data.preparation().targetAt(place);
    if (!target.classes) return {};
    std::vector<std::int64_t> counts(target.classNames.size(), 0);
    for (const auto row : rows)
        if (const auto label = data.label(row, place); label >= 0) ++counts[static_cast<std::size_t>(label)];
    return counts;
}

}  // namespace

bool ResolvedPhase::predicts() const { return training.objectives[0].feed.empty() && training.objectives[0].target.empty(); }

const TaskType* taskOf(const TargetColumn& target) { return findTask(target.classes ? "classification" : "regression"); }

bool namesColumn(const PlanObjective& objective) {
    const std::string& target = objective.target;
    if (target.empty() || target == "input" || target.starts_with("input:")) return false;
    char* end = nullptr;
    const double number = std::strtod(target.c_str(), &end);
    return *end != '\0' || !std::isfinite(number);
}

std::vector<TargetWish> namedTargets(const TrainingPlan& plan) {
    std::vector<TargetWish> wishes;
    for (const auto& phase : plan.phases)
        for (const auto& objective : phase.objectives) {
            const bool known = std::any_of(wishes.begin(), wishes.end(), [&](const TargetWish& wish) { return wish.column == objective.target; });
            if (known || !namesColumn(objective)) continue;
            const LossType* loss = findLoss(objective.loss);
            const bool open = !loss || loss->eitherTarget;
            wishes.push_back({objective.target, open ? "" : loss->target == TargetKind::ClassIndex ? "classification" : "regression"});
        }
    return wishes;
}

std::vector<PhaseOutput> phaseOutputs(const ResolvedPhase& phase, const Preparation& preparation) {
    std::vector<PhaseOutput> outputs;
    for (std::size_t term = 0; term < phase.training.objectives.size(); ++term) {
        const TrainingObjective& objective = phase.training.objectives[term];
        auto found = std::find_if(outputs.begin(), outputs.end(), [&](const PhaseOutput& output) { return output.layer == objective.output; });
        if (found == outputs.end()) {
            outputs.push_back({objective.output, -1, nullptr, {}});
            found = outputs.end() - 1;
        }
        found->terms.push_back(term);
        if (!objective.feed.empty() || !objective.target.empty() || found->target >= 0) continue;
        found->target = objective.column.empty() ? 0 : preparation.targetPlace(objective.column);
        if (found->target >= 0) found->task = taskOf(preparation.targetAt(static_cast<std::size_t>(found->target)));
    }
    return outputs.size() < 2 ? std::vector<PhaseOutput>() : outputs;
}

namespace {

/// The target that the objective names, in the form of the others: of the first one the task's, of another its own.
Result<const TaskType*> lookAtColumn(TrainingObjective& objective, const Preparation& preparation) {
    const int place = preparation.targetPlace(objective.target);
    if (place < 0) return fail("plan.unknown_target", {{"target", objective.target}});
    if (place > 0) objective.column = objective.target;
    objective.target.clear();
    return taskOf(preparation.targetAt(static_cast<std::size_t>(place)));
}

}  // namespace

Result<TrainingObjective> resolveObjective(const PlanObjective& wanted, const TaskType& mainTask, const Preparation* preparation) {
    TrainingObjective objective;
    const TaskType* task = &mainTask;
    objective.target = wanted.target;
    if (preparation && namesColumn(wanted)) {
        LAMINA_TRY(task, lookAtColumn(objective, *preparation));
    }
    const std::string& id = wanted.loss.empty() ? task->defaultLoss : wanted.loss;
    objective.loss = findLoss(id);
    if (!objective.loss) return fail("plan.unknown_loss", {{"loss", id}});
    if (objective.target.empty() && objective.loss->target != task->target && !objective.loss->eitherTarget)
        return fail("plan.loss_does_not_fit", {{"loss", id}, {"task", task->id}});
    LAMINA_TRY(objective.settings, settingsFor(*objective.loss, wanted.settings));
    objective.weight = wanted.weight;
    objective.output = wanted.output;
    objective.feed = wanted.feed;
    objective.targetKind = task->target;
    return objective;
}

Result<std::vector<ResolvedPhase>> resolvePhases(const TrainingPlan& plan, const Network& network, const TaskType& task, const Preparation* preparation) {
    LAMINA_CHECK(checkPlan(plan));
    std::vector<ResolvedPhase> phases;
    for (std::size_t i = 0; i < plan.phases.size(); ++i) {
        LAMINA_TRY(auto phase, resolvePhase(plan, i, network, task, preparation));
        phases.push_back(std::move(phase));
    }
    return phases;
}

Result<void> fitPlan(TrainingPlan& plan, const TaskType& task, const PreparedData& data, std::span<const std::int64_t> trainingRows) {
    const bool onlyNumbers = !data.preparation().target.classes && data.preparation().moreTargets.empty();
    if (onlyNumbers) return {};
    for (auto& phase : plan.phases)
        for (auto& objective : phase.objectives) {
            LAMINA_TRY(auto resolved, resolveObjective(objective, task, &data.preparation()));
            if (objective.loss.empty() && namesColumn(objective)) objective.loss = resolved.loss->id;
            if (!resolved.loss->fit || objective.settings.empty()) continue;
            const auto counts = classCounts(resolved, data, trainingRows);
            if (counts.empty()) continue;
            resolved.loss->fit(resolved.settings, counts);
            objective.settings = propertiesToJson(resolved.loss->properties, resolved.settings);
        }
    return {};
}

}  // namespace lamina
