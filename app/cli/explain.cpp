#include "app/cli/command.h"
#include "app/cli/report.h"
#include "app/cli/shared.h"
#include "app/jobs/training_run.h"
#include "core/base/memory.h"

namespace lamina {
namespace explain_command_parts {

struct Arguments {
    std::string project, network;
    std::int64_t batch = 64;
    bool inference = false, memory = false;
    int threads = 0;
    TrainingPlan plan;
};

nlohmann::json stepToJson(const PlannedOp& step) {
    return {{"operation", step.op}, {"layer", step.origin}, {"implementation", step.implementation}, {"note", step.note}, {"flops", step.flops}};
}

/// What training it would take of this machine's memory.
Result<nlohmann::json> explainMemory(const Arguments& arguments, Project& project, Console& console) {
    TrainingRequest request;
    request.network = arguments.network;
    request.plan.epochs = 1;
    request.plan.batchSize = arguments.batch;
    request.plan.precision = arguments.plan.precision;
    request.threads = arguments.threads;
    request.device = "cpu";
    request.cancel = console.cancel();
    LAMINA_TRY(const MemoryPlan plan, TrainingRun::planMemory(project, request));
    const std::uint64_t now = residentMemory(), program = now + plan.running, peak = now + plan.bytes(), available = availableMemory();
    console.say("cli.explain.peak", {{"batch", std::to_string(arguments.batch)}, {"peak", std::to_string(peak)}, {"program", std::to_string(program)},
                                     {"parameters", std::to_string(plan.parameters)}, {"programs", std::to_string(plan.programs)},
                                     {"batches", std::to_string(plan.batches)}, {"checkpoints", std::to_string(plan.checkpoints)},
                                     {"available", std::to_string(available)}});
    return nlohmann::json{{"peak_bytes", peak}, {"program_bytes", program}, {"parameter_bytes", plan.parameters}, {"working_bytes", plan.programs},
                          {"batch_bytes", plan.batches}, {"checkpoint_bytes", plan.checkpoints}, {"available_bytes", available}};
}

Result<nlohmann::json> explain(const Arguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::ReadOnly, console));
    LAMINA_TRY(const auto record, findNetwork(*project, arguments.network));
    LAMINA_TRY(const auto explanation, explainNetwork(record, arguments.batch, !arguments.inference, arguments.threads, arguments.plan));
    showNetwork(console, record.name, explanation.report);
    TerminalTable table({{console.text("cli.head.layer")}, {console.text("cli.head.operation")}, {console.text("cli.head.implementation")}, {"MFLOP", TerminalTable::Align::Right},
                         {console.text("cli.head.note")}});
    auto steps = nlohmann::json::array();
    for (const PlannedOp& step : explanation.steps) {
        steps.push_back(stepToJson(step));
        table.add({step.origin, step.op, step.implementation, decimal(step.flops * 1e-6, 2), step.note});
    }
    console.line("");
    console.table(table);
    console.say("cli.explain.total", {{"operations", std::to_string(steps.size())}, {"arena", std::to_string(explanation.arenaBytes)},
                                       {"parameters", std::to_string(explanation.parameterBytes)}, {"gflop", decimal(explanation.flops * 1e-9, 3)},
                                       {"batch", std::to_string(arguments.batch)}, {"device", explanation.device}});
    nlohmann::json result{{"network", networkReportToJson(explanation.report)}, {"steps", steps}, {"arena_bytes", explanation.arenaBytes},
                          {"parameter_bytes", explanation.parameterBytes}, {"flops", explanation.flops}, {"device", explanation.device}, {"batch", arguments.batch}};
    if (!arguments.memory) return result;
    LAMINA_TRY(result["memory"], explainMemory(arguments, *project, console));
    return result;
}

}  // namespace explain_command_parts

void explain_command(Command& command) {
    using namespace explain_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.argument("project", arguments->project);
    command.option("network", arguments->network);
    command.option("batch", arguments->batch).between(1, 1000000);
    command.flag("inference", arguments->inference);
    command.option("optimizer", arguments->plan.phases[0].optimizer);
    command.option("loss", arguments->plan.phases[0].objectives[0].loss);
    command.option("clip-norm", arguments->plan.clipNorm).notNegative();
    command.option("ema", arguments->plan.ema).notNegative();
    command.option("precision", arguments->plan.precision).oneOf(precisionNames());
    command.flag("memory", arguments->memory);
    command.option("threads", arguments->threads).between(0, 1024);
    command.run = [arguments](Console& console) { return explain(*arguments, console); };
}

}  // namespace lamina
