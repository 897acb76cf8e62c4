#include <algorithm>
#include <map>
#include <string_view>

#include "app/cli/command.h"
#include "app/cli/report.h"
#include "app/cli/settings_words.h"
#include "app/cli/shared.h"
#include "core/base/uuid.h"

namespace lamina {
namespace import_command_parts {

struct Arguments {
    std::string project, second;  ///< the project and the source, or the source alone where no project is touched
    std::string importer, name, target;
    std::vector<std::string> settings, inner;  ///< inner: of what an archive holds
    bool preview = false, dryRun = false, noTarget = false;

    const std::string& source() const { return second.empty() ? project : second; }
};

Result<const ImporterType*> chooseImporter(const Arguments& arguments) {
    if (arguments.importer.empty()) return importerFor(arguments.source());
    if (const ImporterType* importer = findImporter(arguments.importer)) return importer;
    return fail("import.unknown_importer", {{"importer", arguments.importer}});
}

Result<nlohmann::json> showPreview(const ImporterType& importer, const Arguments& arguments, const nlohmann::json& settings, Console& console) {
    LAMINA_TRY(const auto preview, previewWith(importer, arguments.source(), settings));
    std::vector<TerminalTable::Column> heads;
    auto columns = nlohmann::json::array();
    for (const ColumnInfo& column : preview.columns) {
        heads.push_back({column.name});
        columns.push_back({{"name", column.name}, {"kind", columnKindName(column.kind)}});
    }
    TerminalTable table(std::move(heads));
    for (const auto& row : preview.rows) table.add(row);
    warnAll(console, preview.issues);
    console.table(table);
    return nlohmann::json{{"importer", importer.id}, {"columns", columns}, {"rows", preview.rows}, {"detected", preview.detected},
                          {"issues", issuesToJson(preview.issues, console.language())}};
}

/// A folder of its own among the temporary ones, gone with this.
class DryRunFolder {
public:
    DryRunFolder() : m_path(std::filesystem::temp_directory_path() / ("lamina-dry-run-" + newUuid())) {}
    ~DryRunFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    DryRunFolder(const DryRunFolder&) = delete;
    DryRunFolder& operator=(const DryRunFolder&) = delete;
    const Path& path() const { return m_path; }

private:
    const Path m_path;
};

/// How many values of each column could not be read: issues that name a column and count values.
std::map<std::string, std::int64_t> refusedByColumn(const std::vector<Issue>& issues) {
    std::map<std::string, std::int64_t> refused;
    for (const Issue& issue : issues)
        if (issue.what.code.ends_with("values_became_missing")) refused[issue.what.argument("column")] += issue.count;
    return refused;
}

/// Rows of tables that were left out, pictures and texts that could not be read.
bool refusesRows(const std::string& code) {
    if (code.ends_with("rows_skipped") || code == "csv.wrong_encoding") return true;
    if (code.starts_with("text_folder.")) return code != "text_folder.without_class";
    constexpr std::string_view pictures[] = {"image.damaged",     "image.unknown_format", "image.too_large", "image.file_too_large",
                                             "image.no_page", "image.out_of_memory",  "image.more_refused"};
    return std::find(std::begin(pictures), std::end(pictures), code) != std::end(pictures);
}

std::int64_t refusedRows(const std::vector<Issue>& issues) {
    std::int64_t rows = 0;
    for (const Issue& issue : issues)
        if (refusesRows(issue.what.code)) rows += issue.count;
    return rows;
}

/// What the settings that were "auto" turned out to be.
nlohmann::json dialectOf(const ImporterType& importer, const Arguments& arguments, const nlohmann::json& settings, const ImportedTable& table) {
    auto dialect = nlohmann::json::object();
    if (const auto preview = previewWith(importer, arguments.source(), settings, 1); preview && preview->detected.is_object()) dialect = preview->detected;
    if (table.detected.is_object()) dialect.update(table.detected);
    return dialect;
}

nlohmann::json dryRunToJson(const ImporterType& importer, const ImportedTable& table, const nlohmann::json& dialect, Language language) {
    const auto refused = refusedByColumn(table.issues);
    auto columns = nlohmann::json::array();
    for (const StoredColumn& column : table.columns) {
        const auto found = refused.find(column.info.name);
        columns.push_back({{"name", column.info.name},
                           {"type", columnKindName(column.info.kind)},
                           {"missing", column.info.missing},
                           {"refused", found == refused.end() ? 0 : found->second}});
    }
    return {{"importer", importer.id},   {"rows", table.rows}, {"refused_rows", refusedRows(table.issues)}, {"columns", columns}, {"dialect", dialect},
            {"issues", issuesToJson(table.issues, language)}};
}

void showDryRun(Console& console, const nlohmann::json& result) {
    TerminalTable table({{console.text("cli.import.column")},
                         {console.text("cli.import.type")},
                         {console.text("cli.import.missing"), TerminalTable::Align::Right},
                         {console.text("cli.import.refused"), TerminalTable::Align::Right}});
    for (const auto& column : result["columns"])
        table.add({column["name"], column["type"], std::to_string(column["missing"].get<std::int64_t>()), std::to_string(column["refused"].get<std::int64_t>())});
    console.table(table);
    console.say("cli.import.dry_run_done", {{"rows", std::to_string(result["rows"].get<std::int64_t>())},
                                            {"refused", std::to_string(result["refused_rows"].get<std::int64_t>())}});
}

/// Reads all of the source as an import does, into a folder that is removed again.
Result<nlohmann::json> dryRun(const ImporterType& importer, const Arguments& arguments, const nlohmann::json& settings, Console& console) {
    const DryRunFolder folder;
    LAMINA_TRY(const auto table, importWith(importer, arguments.source(), settings, folder.path(), {console.progress(), console.cancel(), 0}));
    auto result = dryRunToJson(importer, table, dialectOf(importer, arguments, settings, table), console.language());
    warnAll(console, table.issues);
    showDryRun(console, result);
    return result;
}

Result<nlohmann::json> importSource(const Arguments& arguments, Console& console) {
    if (arguments.second.empty() && !arguments.dryRun && !arguments.preview) return fail("cli.import_needs_project", {{"source", arguments.source()}});
    LAMINA_TRY(const ImporterType* importer, chooseImporter(arguments));
    LAMINA_TRY(auto settings, settingsFromWords(importer->properties, importer->defaults, arguments.settings));
    if (!arguments.inner.empty()) settings["inner"] = arguments.inner;
    if (arguments.preview) return showPreview(*importer, arguments, settings, console);
    if (arguments.dryRun) return dryRun(*importer, arguments, settings, console);
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::Write, console));
    const Stopwatch watch;
    const ImportRequest request{arguments.source(), importer->id, settings, arguments.name, arguments.target, arguments.noTarget};
    LAMINA_TRY(const auto outcome, importDataset(*project, request, {console.progress(), console.cancel(), 0}));
    console.acknowledge(outcome.receipt.id);
    showImport(console, outcome, watch.seconds());
    LAMINA_CHECK(project->close());
    auto result = datasetToJson(outcome.dataset);
    result["issues"] = issuesToJson(outcome.issues, console.language());
    result["edit"] = outcome.receipt.id;
    result["seconds"] = watch.seconds();
    return result;
}

}  // namespace import_command_parts

void import_command(Command& command) {
    using namespace import_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.commits();
    command.argument("project", arguments->project);
    command.argument("source", arguments->second).optional();
    command.option("importer", arguments->importer);
    command.option("name", arguments->name);
    command.option("target", arguments->target);
    command.flag("no-target", arguments->noTarget);
    command.option("set", arguments->settings);
    command.option("inner", arguments->inner).oneWordEach();
    command.flag("preview", arguments->preview);
    command.flag("dry-run", arguments->dryRun);
    command.run = [arguments](Console& console) { return importSource(*arguments, console); };
}

}  // namespace lamina
