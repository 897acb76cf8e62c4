#include "app/cli/command.h"
#include "app/cli/report.h"
#include "app/cli/shared.h"

namespace lamina {
namespace build_command_parts {

struct Arguments {
    std::string project, file;
    BuildRequest request;
};

Result<nlohmann::json> build(const Arguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::Write, console));
    BuildRequest request = arguments.request;
    request.file = arguments.file;
    request.cancel = console.cancel();
    LAMINA_TRY(const auto outcome, buildNetwork(*project, request));
    console.acknowledge(outcome.receipt.id);
    showNetwork(console, outcome.record.name, outcome.report);
    LAMINA_CHECK(project->close());
    auto result = networkReportToJson(outcome.report);
    result["id"] = outcome.record.id;
    result["name"] = outcome.record.name;
    result["task"] = outcome.record.taskId;
    result["edit"] = outcome.receipt.id;
    return result;
}

}  // namespace build_command_parts

void build_command(Command& command) {
    using namespace build_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.commits();
    command.argument("project", arguments->project);
    command.option("template", arguments->request.templateId);
    command.option("from", arguments->file);
    command.option("dataset", arguments->request.dataset);
    command.option("task", arguments->request.task);
    command.option("name", arguments->request.name);
    command.option("also-predict", arguments->request.alsoPredicted).oneWordEach();
    command.run = [arguments](Console& console) { return build(*arguments, console); };
}

}  // namespace lamina
