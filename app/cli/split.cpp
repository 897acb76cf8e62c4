#include "app/cli/command.h"
#include "app/cli/report.h"
#include "app/cli/shared.h"

namespace lamina {
namespace split_command_parts {

struct Arguments {
    std::string project, dataset, target;
    SplitSettings settings;
    bool noStratify = false;
};

Result<nlohmann::json> split(const Arguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::Write, console));
    LAMINA_TRY(auto dataset, findDataset(*project, arguments.dataset));
    if (!arguments.target.empty()) {
        LAMINA_TRY(const auto receipts, chooseTarget(*project, dataset, arguments.target));
        for (const auto& receipt : receipts) console.acknowledge(receipt.id);
    }
    SplitSettings settings = arguments.settings;
    settings.stratify = !arguments.noStratify;
    if (settings.subset.empty()) settings.subset = subsetColumn(dataset);
    LAMINA_TRY(const auto outcome, splitDataset(*project, dataset, settings, console.cancel()));
    console.acknowledge(outcome.receipt.id);
    showSplit(console, outcome);
    LAMINA_CHECK(project->close());
    auto result = splitToJson(outcome.record, outcome.split);
    result["edit"] = outcome.receipt.id;
    result["issues"] = issuesToJson(outcome.split.issues, console.language());
    return result;
}

}  // namespace split_command_parts

void split_command(Command& command) {
    using namespace split_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.commits();
    command.argument("project", arguments->project);
    command.option("dataset", arguments->dataset);
    command.option("target", arguments->target);
    command.option("seed", arguments->settings.seed);
    command.option("training", arguments->settings.training);
    command.option("validation", arguments->settings.validation);
    command.option("test", arguments->settings.test);
    command.option("subset", arguments->settings.subset);
    command.flag("no-stratify", arguments->noStratify);
    command.run = [arguments](Console& console) { return split(*arguments, console); };
}

}  // namespace lamina
