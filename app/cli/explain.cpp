#include "app/cli/command.h"
#include "app/cli/report.h"
#include "app/cli/shared.h"

namespace lamina {
namespace {

struct Arguments {
    std::string project, network;
    std::int64_t batch = 64;
    bool inference = false;
    int threads = 0;
};

nlohmann::json stepToJson(const PlannedOp& step) {
    return {{"operation", step.op}, {"layer", step.origin}, {"implementation", step.implementation}, {"note", step.note}, {"flops", step.flops}};
}

Result<nlohmann::json> explain(const Arguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::ReadOnly, console));
    LAMINA_TRY(const auto record, findNetwork(*project, arguments.network));
    LAMINA_TRY(const auto explanation, explainNetwork(record, arguments.batch, !arguments.inference, arguments.threads));
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
    console.say("cli.explain.memory", {{"operations", std::to_string(steps.size())}, {"arena", std::to_string(explanation.arenaBytes)},
                                       {"parameters", std::to_string(explanation.parameterBytes)}, {"gflop", decimal(explanation.flops * 1e-9, 3)},
                                       {"batch", std::to_string(arguments.batch)}, {"device", explanation.device}});
    return nlohmann::json{{"network", networkReportToJson(explanation.report)}, {"steps", steps}, {"arena_bytes", explanation.arenaBytes},
                          {"parameter_bytes", explanation.parameterBytes}, {"flops", explanation.flops}, {"device", explanation.device}, {"batch", arguments.batch}};
}

}  // namespace

void explain_command(Command& command) {
    auto arguments = std::make_shared<Arguments>();
    command.argument("project", arguments->project);
    command.option("network", arguments->network);
    command.option("batch", arguments->batch).between(1, 1000000);
    command.flag("inference", arguments->inference);
    command.option("threads", arguments->threads).between(0, 1024);
    command.run = [arguments](Console& console) { return explain(*arguments, console); };
}

}  // namespace lamina
