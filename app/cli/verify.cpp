#include <algorithm>

#include "app/cli/command.h"
#include "app/cli/shared.h"
#include "app/jobs/dataset_jobs.h"
#include "app/jobs/split_jobs.h"
#include "core/data/image_reader.h"
#include "core/data/image_reference.h"

namespace lamina {
namespace verify_command_parts {

struct Arguments {
    std::string project;
    bool full = false;
};

/// Pictures that stayed where they were are no content of the project: that they are gone is told, and the project is whole.
Result<void> lookForPictures(const Project& project, const DatasetRecord& dataset, const CancelToken& cancel, std::vector<Issue>& issues) {
    const auto isPicture = [](const ColumnRecord& column) { return column.kind == columnKindName(ColumnKind::Image); };
    if (std::none_of(dataset.columns.begin(), dataset.columns.end(), isPicture)) return {};
    LAMINA_TRY(const Table table, openTable(project, dataset));
    const ImageReader reader(pictureFolders(dataset, project.file()));
    std::int64_t gone = 0;
    std::string first;
    for (std::size_t c = 0; c < table.columnCount(); ++c) {
        if (!isPicture(dataset.columns[c])) continue;
        for (std::int64_t row = 0; row < table.rows(); ++row) {
            if (row % 256 == 0 && cancel.cancelled()) return fail("job.cancelled");
            const auto value = table.view(c).text(row);
            if (reader.isThere(value)) continue;
            if (gone++ == 0) first = readImageReference(value).path;
        }
    }
    if (gone > 0)
        issues.push_back({Severity::Warning, fail("dataset.pictures_gone", {{"dataset", dataset.name}, {"file", first}, {"found", std::to_string(gone)}}), gone});
    return {};
}

Result<nlohmann::json> verifyProject(const Arguments& arguments, Console& console) {
    LAMINA_TRY(auto project, Project::open(projectPath(arguments.project), StoreAccess::ReadOnly));
    const VerifyLevel level = arguments.full ? VerifyLevel::Full : VerifyLevel::Quick;
    LAMINA_TRY(auto issues, project->verify(level, console.cancel(), console.progress()));
    warnAll(console, issues);
    console.say(issues.empty() ? "cli.verify.well" : "cli.verify.problems", {{"project", project->name()}, {"count", std::to_string(issues.size())}});
    if (!issues.empty()) console.setExitCode(ExitCode::Project);
    const bool whole = issues.empty();
    std::vector<Issue> remarks;
    if (whole) {
        LAMINA_TRY(const auto datasets, project->datasets().all());
        for (const DatasetRecord& dataset : datasets) LAMINA_CHECK(lookForPictures(*project, dataset, console.cancel(), remarks));
        warnAll(console, remarks);
        issues.insert(issues.end(), remarks.begin(), remarks.end());
    }
    return nlohmann::json{{"ok", whole}, {"issues", issuesToJson(issues, console.language())}, {"sqlite", sqliteVersion()}};
}

}  // namespace verify_command_parts

void verify_command(Command& command) {
    using namespace verify_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.argument("project", arguments->project);
    command.flag("full", arguments->full);
    command.run = [arguments](Console& console) { return verifyProject(*arguments, console); };
}

}  // namespace lamina
