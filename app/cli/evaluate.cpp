#include "app/cli/command.h"
#include "app/cli/report.h"
#include "app/cli/shared.h"
#include "core/base/clock.h"

namespace lamina {
namespace evaluate_command_parts {

struct Arguments {
    std::string project, run, part = "validation";
    bool noBaselines = false, more = false;
    int threads = 0;
};

Part partOf(const std::string& name) { return name == "training" ? Part::Training : name == "test" ? Part::Test : Part::Validation; }

/// The earlier looks at the test part, told before its figures are.
Result<nlohmann::json> tellEarlierLooks(Project& project, const EvaluationOutcome& outcome, const std::string& split, Console& console) {
    LAMINA_TRY(auto times, project.evaluations().finalCheckTimes(split));
    if (!times.empty()) times.pop_back();
    auto earlier = nlohmann::json::array();
    std::string list;
    for (const std::int64_t time : times) {
        earlier.push_back(isoTime(time));
        list += (list.empty() ? "" : ", ") + isoTime(time).substr(0, 16);
    }
    if (!times.empty()) console.say("cli.evaluate.earlier", {{"count", std::to_string(outcome.record.count)}, {"times", list}});
    return earlier;
}

Result<nlohmann::json> evaluateModel(const Arguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::Write, console));
    LAMINA_TRY(auto model, TrainedModel::load(*project, arguments.run, arguments.threads));
    if (console.showsProgress()) console.progressLine().show(console.text("cli.stage.evaluate"), true);
    LAMINA_TRY(const auto outcome, evaluateRun(*project, model, partOf(arguments.part), !arguments.noBaselines, console.cancel()));
    console.acknowledge(outcome.record.id);
    warnAll(console, outcome.issues);
    nlohmann::json earlier;
    if (outcome.record.finalCheck) {
        LAMINA_TRY(earlier, tellEarlierLooks(*project, outcome, model.run.splitId, console));
    }
    showEvaluation(console, outcome, arguments.more);
    if (!arguments.more) console.say("cli.evaluate.hint_more");
    LAMINA_CHECK(project->close());
    auto result = evaluationToJson(outcome.evaluation);
    result["run"] = model.run.id;
    result["part"] = arguments.part;
    if (outcome.record.finalCheck) {
        result["final_check"] = outcome.record.count;
        result["earlier_final_checks"] = std::move(earlier);
    }
    return result;
}

}  // namespace evaluate_command_parts

void evaluate_command(Command& command) {
    using namespace evaluate_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.commits();
    command.argument("project", arguments->project);
    command.option("run", arguments->run);
    command.option("part", arguments->part).oneOf({"training", "validation", "test"});
    command.flag("no-baselines", arguments->noBaselines);
    command.flag("more", arguments->more);
    command.option("threads", arguments->threads).between(0, 1024);
    command.run = [arguments](Console& console) { return evaluateModel(*arguments, console); };
}

}  // namespace lamina
