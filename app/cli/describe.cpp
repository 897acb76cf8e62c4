#include "app/cli/command.h"
#include "app/cli/report.h"
#include "app/cli/shared.h"
#include "core/data/describe.h"
#include "core/data/time_text.h"

namespace lamina {
namespace describe_command_parts {

struct Arguments {
    std::string project, dataset;
    std::int64_t rows = 0;
};

std::string valuesText(const ColumnSummary& column) {
    if (column.kind == ColumnKind::Tensor) return column.shape;
    std::string line;
    for (const auto& [value, count] : column.values) line += (line.empty() ? "" : ", ") + value + " " + std::to_string(count);
    if (!line.empty() || !column.hasMoments) return line;
    if (column.kind == ColumnKind::Time) return timeText(static_cast<std::int64_t>(column.minimum)) + " … " + timeText(static_cast<std::int64_t>(column.maximum));
    return decimal(column.minimum, 3) + " … " + decimal(column.maximum, 3) + "  (" + decimal(column.mean, 3) + " ± " + decimal(column.deviation, 3) + ")";
}

void showRows(Console& console, const Table& table, std::int64_t count) {
    std::vector<TerminalTable::Column> heads;
    for (std::size_t c = 0; c < table.columnCount(); ++c) heads.push_back({table.info(c).name});
    TerminalTable shown(std::move(heads));
    for (auto& row : table.head(count)) shown.add(std::move(row));
    console.line("");
    console.table(shown);
}

Result<nlohmann::json> describeDataset(const Project& project, const DatasetRecord& dataset, std::int64_t rows, Console& console) {
    LAMINA_TRY(const auto table, openTable(project, dataset));
    TerminalTable shown({{console.text("cli.head.name")}, {console.text("cli.head.kind")}, {console.text("cli.head.role")},
                         {console.text("cli.head.missing"), TerminalTable::Align::Right}, {console.text("cli.head.values")}});
    auto json = datasetToJson(dataset);
    json["columns"] = nlohmann::json::array();
    LAMINA_TRY(const auto summaries, describeTable(table, console.cancel()));
    for (std::size_t c = 0; c < summaries.size(); ++c) {
        const ColumnSummary& summary = summaries[c];
        const std::string& role = dataset.columns[c].role;
        json["columns"].push_back(toJson(summary));
        json["columns"].back()["role"] = role;
        shown.add({summary.name, console.text("cli.kind." + dataset.columns[c].kind), console.text("cli.role." + role), std::to_string(summary.missing), valuesText(summary)});
    }
    console.say("cli.describe.table", {{"name", dataset.name}, {"rows", std::to_string(dataset.rows)}, {"source", dataset.sourcePath}});
    console.table(shown);
    if (rows > 0) showRows(console, table, rows);
    if (rows > 0) json["first_rows"] = table.head(rows);
    return json;
}

Result<nlohmann::json> describeSplits(Project& project, const DatasetRecord& dataset) {
    LAMINA_TRY(const auto splits, project.splits().ofDataset(dataset.id));
    auto list = nlohmann::json::array();
    for (const SplitRecord& split : splits)
        list.push_back({{"id", split.id}, {"method", split.method}, {"seed", split.seed}, {"training", split.counts[0]}, {"validation", split.counts[1]}, {"test", split.counts[2]}});
    return list;
}

Result<nlohmann::json> describeProject(const Arguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::ReadOnly, console));
    LAMINA_TRY(const auto datasets, project->datasets().all());
    LAMINA_TRY(const auto networks, project->networks().all());
    LAMINA_TRY(const auto runs, project->runs().all());
    console.say("cli.describe.summary", {{"project", project->name()}, {"datasets", std::to_string(datasets.size())}, {"networks", std::to_string(networks.size())},
                                         {"runs", std::to_string(runs.size())}});
    nlohmann::json json{{"project", project->file().string()}, {"datasets", nlohmann::json::array()}, {"networks", nlohmann::json::array()}, {"runs", nlohmann::json::array()}};
    for (const DatasetRecord& dataset : datasets) {
        if (!arguments.dataset.empty() && dataset.id != arguments.dataset && dataset.name != arguments.dataset) continue;
        LAMINA_TRY(auto described, describeDataset(*project, dataset, arguments.rows, console));
        LAMINA_TRY(described["splits"], describeSplits(*project, dataset));
        json["datasets"].push_back(std::move(described));
    }
    if (!arguments.dataset.empty() && json["datasets"].empty()) return fail("dataset.not_found", {{"dataset", arguments.dataset}});
    for (const NetworkRecord& network : networks) json["networks"].push_back({{"id", network.id}, {"name", network.name}, {"task", network.taskId}});
    for (const RunRecord& run : runs) json["runs"].push_back({{"id", run.id}, {"name", run.name}, {"status", runStatusId(run.status)}, {"best", run.best}});
    return json;
}

}  // namespace describe_command_parts

void describe_command(Command& command) {
    using namespace describe_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.argument("project", arguments->project);
    command.option("dataset", arguments->dataset);
    command.option("rows", arguments->rows).between(0, 1000);
    command.run = [arguments](Console& console) { return describeProject(*arguments, console); };
}

}  // namespace lamina
