#include <algorithm>

#include "app/cli/command.h"
#include "app/cli/report.h"
#include "app/cli/settings_words.h"
#include "app/cli/shared.h"
#include "app/jobs/derived_dataset.h"
#include "app/jobs/kept_run.h"
#include "app/jobs/recipe_edits.h"
#include "app/jobs/recipe_keys.h"
#include "app/jobs/split_jobs.h"
#include "app/jobs/table_export.h"
#include "core/data/cleaning/value_clusters.h"

namespace lamina {
namespace clean_command_parts {

struct Arguments {
    std::string project, dataset, added, save, load, asDataset, out, format, target, spellings;
    std::vector<std::string> settings, comment;
    std::vector<std::int64_t> moved, off, on;
    std::int64_t edited = 0, removed = 0, at = 0, rows = 10, upTo = 0;
    bool preview = false, catalogue = false, byteOrderMark = false, asItIs = false, force = false, withKeys = false;

    bool edits() const {
        return !added.empty() || edited || removed || !moved.empty() || !off.empty() || !on.empty() || !comment.empty() || !load.empty() || !target.empty();
    }
    bool writes() const { return edits() || !asDataset.empty(); }
};

std::string titleOf(const std::string& type, Language language) {
    const CleaningStepType* known = findCleaningStep(type);
    return textOr(stepTitleId(type), language, known ? known->title : type);
}

std::string settingsText(const nlohmann::json& settings) {
    std::string line;
    for (const auto& [name, value] : settings.items()) line += (line.empty() ? "" : ", ") + name + "=" + (value.is_string() ? value.get<std::string>() : value.dump());
    return line;
}

// The catalogue

const char* effectName(RowEffect effect) {
    switch (effect) {
        case RowEffect::Keeps: return "keeps";
        case RowEffect::Removes: return "removes";
        case RowEffect::TrainingOnly: return "training_only";
        case RowEffect::Reshapes: return "reshapes";
    }
    return "";
}

nlohmann::json stepTypeToJson(const CleaningStepType& type, Language language) {
    const auto defaults = propertiesToJson(type.properties, type.defaults);
    auto properties = nlohmann::json::array();
    for (const Property& property : type.properties) {
        const std::string id = "cleaning." + type.id + "." + property.id;
        properties.push_back({{"id", property.id}, {"title", textOr(id + ".title", language, property.title)}, {"help", textOr(id + ".help", language, property.help)},
                              {"default", defaults.value(property.id, nlohmann::json())}, {"choices", property.limits.choices}, {"meaning", property.limits.meaning}});
    }
    return {{"id", type.id}, {"title", titleOf(type.id, language)}, {"category", type.category}, {"rows", effectName(type.rows)},
            {"summary", textOr("cleaning." + type.id + ".summary", language, type.summary)}, {"properties", properties}};
}

nlohmann::json showCatalogue(Console& console) {
    auto list = nlohmann::json::array();
    for (const CleaningStepType* type : cleaningStepCatalogue()) {
        list.push_back(stepTypeToJson(*type, console.language()));
        console.line(type->id + "  –  " + list.back()["title"].get<std::string>() + ": " + list.back()["summary"].get<std::string>());
        for (const auto& property : list.back()["properties"]) {
            std::string line = "    " + property["id"].get<std::string>() + " = " + property["default"].dump() + "  " + property["help"].get<std::string>();
            if (!property["choices"].empty()) line += "  " + property["choices"].dump();
            console.line(line);
        }
    }
    return {{"steps", list}};
}

// Edits

/// One command may hold several edits; each is one of the journal.
class RecipeEdits {
public:
    RecipeEdits(Project& project, DatasetRecord& dataset, const Arguments& arguments, Console& console)
        : m_project(project), m_dataset(dataset), m_arguments(arguments), m_console(console) {}

    Result<nlohmann::json> run() {
        LAMINA_CHECK(load());
        LAMINA_CHECK(add());
        LAMINA_CHECK(edit());
        LAMINA_CHECK(comment());
        for (const std::int64_t number : m_arguments.off) LAMINA_CHECK(switchTo(number, false));
        for (const std::int64_t number : m_arguments.on) LAMINA_CHECK(switchTo(number, true));
        LAMINA_CHECK(move());
        LAMINA_CHECK(remove());
        if (m_arguments.target.empty()) return std::move(m_done);
        LAMINA_TRY(const auto receipts, chooseTarget(m_project, m_dataset, m_arguments.target));
        for (const EditReceipt& receipt : receipts) tell(receipt);
        return std::move(m_done);
    }

private:
    Result<void> load() {
        if (m_arguments.load.empty()) return {};
        LAMINA_TRY(const auto text, readTextFile(m_arguments.load));
        const auto document = nlohmann::json::parse(text, nullptr, false);
        if (document.is_discarded()) return fail("recipe.not_json", {{"file", m_arguments.load}});
        auto recipe = recipeFromJson(document);
        if (!recipe) return recipe.takeError().with("file", m_arguments.load);
        return change([&](Recipe& changed) -> Result<EditName> {
            changed = *recipe;
            for (const std::size_t number : stepsWithoutKey(m_project, changed))
                m_console.warn({Severity::Warning, fail("recipe.key_missing", {{"number", std::to_string(number)}}), 1});
            return takenRecipe(Path(m_arguments.load).filename().string());
        });
    }

    Result<void> add() {
        if (m_arguments.added.empty()) return {};
        const CleaningStepType* type = findCleaningStep(m_arguments.added);
        if (!type) return fail("cleaning.unknown_step", {{"step", m_arguments.added}, {"known", known()}});
        LAMINA_TRY(const auto settings, settingsFromWords(type->properties, type->defaults, m_arguments.settings));
        return change([&](Recipe& recipe) -> Result<EditName> {
            RecipeStep step;
            step.type = type->id;
            step.settings = settings;
            const auto place = m_arguments.at > 0 ? std::min<std::int64_t>(m_arguments.at - 1, std::ssize(recipe.steps)) : std::ssize(recipe.steps);
            recipe.steps.insert(recipe.steps.begin() + place, step);
            return addedStep(step);
        });
    }

    Result<void> edit() {
        if (m_arguments.edited == 0) return {};
        return changeStep(m_arguments.edited, [&](RecipeStep& step) -> Result<EditName> {
            const CleaningStepType* type = findCleaningStep(step.type);
            LAMINA_TRY(const auto settings, settingsFromWords(type->properties, type->defaults, m_arguments.settings));
            step.settings.update(settings);
            return changedStep(step);
        });
    }

    Result<void> comment() {
        if (m_arguments.comment.empty()) return {};
        return changeStep(std::atoll(m_arguments.comment[0].c_str()), [&](RecipeStep& step) -> Result<EditName> {
            step.comment = m_arguments.comment[1];
            return commentedStep(step);
        });
    }

    Result<void> switchTo(std::int64_t number, bool enabled) {
        return changeStep(number, [&](RecipeStep& step) -> Result<EditName> {
            step.enabled = enabled;
            return switchedStep(step);
        });
    }

    Result<void> move() {
        if (m_arguments.moved.empty()) return {};
        return change([&](Recipe& recipe) -> Result<EditName> {
            LAMINA_TRY(const std::size_t from, placeOf(recipe, m_arguments.moved[0]));
            LAMINA_TRY(const std::size_t to, placeOf(recipe, m_arguments.moved[1]));
            const RecipeStep step = recipe.steps[from];
            recipe.steps.erase(recipe.steps.begin() + static_cast<std::ptrdiff_t>(from));
            recipe.steps.insert(recipe.steps.begin() + static_cast<std::ptrdiff_t>(to), step);
            return movedStep(step);
        });
    }

    Result<void> remove() {
        if (m_arguments.removed == 0) return {};
        return change([&](Recipe& recipe) -> Result<EditName> {
            LAMINA_TRY(const std::size_t place, placeOf(recipe, m_arguments.removed));
            const RecipeStep step = recipe.steps[place];
            recipe.steps.erase(recipe.steps.begin() + static_cast<std::ptrdiff_t>(place));
            return removedStep(step);
        });
    }

    template <class Change>
    Result<void> changeStep(std::int64_t number, Change work) {
        return change([&](Recipe& recipe) -> Result<EditName> {
            LAMINA_TRY(const std::size_t place, placeOf(recipe, number));
            return work(recipe.steps[place]);
        });
    }

    template <class Change>
    Result<void> change(Change work) {
        LAMINA_TRY(const auto read, readRecipe(m_project, m_dataset.id));
        Recipe changed = read.recipe;
        LAMINA_TRY(auto name, work(changed));
        LAMINA_TRY(const auto receipt, writeRecipe(m_project, read, changed, std::move(name)));
        tell(receipt);
        return {};
    }

    void tell(const EditReceipt& receipt) {
        if (receipt.id.empty()) return;
        m_console.acknowledge(receipt.id);
        m_console.say("cli.clean.edited", {{"edit", editText(receipt.name, m_console.language())}});
        m_done.push_back(receiptToJson(receipt, m_console.language()));
    }

    static Result<std::size_t> placeOf(const Recipe& recipe, std::int64_t number) {
        if (number < 1 || number > std::ssize(recipe.steps))
            return fail("recipe.no_step", {{"number", std::to_string(number)}, {"count", std::to_string(recipe.steps.size())}});
        return static_cast<std::size_t>(number - 1);
    }

    static std::string known() {
        std::string list;
        for (const CleaningStepType* type : cleaningStepCatalogue()) list += (list.empty() ? "" : ", ") + type->id;
        return list;
    }

    Project& m_project;
    DatasetRecord& m_dataset;
    const Arguments& m_arguments;
    Console& m_console;
    nlohmann::json m_done = nlohmann::json::array();
};

// What the steps do

nlohmann::json stepsToJson(const Recipe& recipe, Language language) {
    auto list = nlohmann::json::array();
    for (std::size_t i = 0; i < recipe.steps.size(); ++i) {
        const RecipeStep& step = recipe.steps[i];
        list.push_back({{"number", i + 1}, {"id", step.id}, {"type", step.type}, {"title", titleOf(step.type, language)}, {"enabled", step.enabled},
                        {"comment", step.comment}, {"settings", step.settings}});
    }
    return list;
}

void listSteps(const Recipe& recipe, Console& console) {
    TerminalTable table({{console.text("cli.head.number"), TerminalTable::Align::Right}, {console.text("cli.head.step")}, {console.text("cli.head.settings")},
                         {console.text("cli.head.state")}, {console.text("cli.head.note"), TerminalTable::Align::Left, true}});
    for (std::size_t i = 0; i < recipe.steps.size(); ++i) {
        const RecipeStep& step = recipe.steps[i];
        table.add({std::to_string(i + 1), titleOf(step.type, console.language()), settingsText(step.settings), console.text(step.enabled ? "cli.clean.step_on" : "cli.clean.step_off"),
                   step.comment});
    }
    if (table.empty()) console.say("cli.clean.no_steps");
    else console.table(table);
}

nlohmann::json resultToJson(const StepResult& result, Language language) {
    auto refused = nlohmann::json::array();
    for (const RefusedCell& cell : result.report.refused) refused.push_back({{"column", cell.column}, {"row", cell.row}, {"text", cell.text}});
    nlohmann::json json{{"changed", result.report.changedCells}, {"removed", result.report.removedRows}, {"refused", result.report.refusedCount},
                        {"refused_cells", refused}, {"issues", issuesToJson(result.report.issues, language)}, {"seconds", result.seconds}};
    if (result.error) json["error"] = {{"code", result.error->code}, {"message", message(*result.error, language)}};
    return json;
}

void showResults(const RecipeResult& result, Console& console) {
    using Align = TerminalTable::Align;
    TerminalTable table({{console.text("cli.head.number"), Align::Right}, {console.text("cli.head.step")}, {console.text("cli.head.changed"), Align::Right},
                         {console.text("cli.head.removed"), Align::Right}, {console.text("cli.head.refused"), Align::Right}, {console.text("cli.head.remark"), Align::Left, true}});
    for (std::size_t i = 0; i < result.steps.size(); ++i) {
        const StepResult& step = result.steps[i];
        const std::string remark = !result.recipe.steps[i].enabled ? console.text("cli.clean.step_off") : step.error ? message(*step.error, console.language()) : std::string();
        table.add({std::to_string(i + 1), titleOf(result.recipe.steps[i].type, console.language()), std::to_string(step.report.changedCells),
                   std::to_string(step.report.removedRows), std::to_string(step.report.refusedCount), remark});
    }
    console.table(table);
    for (std::size_t i = 0; i < result.steps.size(); ++i) {
        const auto& refused = result.steps[i].report.refused;
        for (std::size_t k = 0; k < std::min<std::size_t>(refused.size(), 5); ++k)
            console.say("cli.clean.refused_cell", {{"number", std::to_string(i + 1)}, {"column", refused[k].column}, {"row", std::to_string(refused[k].row + 1)}, {"text", refused[k].text}});
        for (const Issue& issue : result.steps[i].report.issues) console.warn(issue);
    }
}

std::int64_t rowsThere(const CleanTable& clean) {
    std::int64_t rows = 0;
    for (std::int64_t row = 0; row < clean.table.rows(); ++row) rows += !clean.isRemoved(row);
    return rows;
}

Result<nlohmann::json> preview(Project& project, const DatasetRecord& dataset, const Recipe& recipe, const Arguments& arguments, Console& console) {
    CleanRequest request;
    request.cancel = console.cancel();
    request.progress = console.progress();
    if (arguments.upTo > 0) request.steps = static_cast<std::size_t>(arguments.upTo);
    LAMINA_TRY(const auto result, tryRecipe(project, dataset, recipe, request));
    const Table& table = result.clean.table;
    std::vector<TerminalTable::Column> heads;
    nlohmann::json json{{"rows", table.rows()}, {"rows_left", rowsThere(result.clean)}, {"columns", nlohmann::json::array()}, {"first_rows", nlohmann::json::array()},
                        {"results", nlohmann::json::array()}};
    for (std::size_t c = 0; c < table.columnCount(); ++c) {
        heads.push_back({table.info(c).name});
        json["columns"].push_back({{"name", table.info(c).name}, {"kind", columnKindName(table.info(c).kind)}, {"missing", table.info(c).missing}});
    }
    TerminalTable shown(std::move(heads));
    for (std::int64_t row = 0; row < table.rows() && std::cmp_less(json["first_rows"].size(), arguments.rows); ++row) {
        if (result.clean.isRemoved(row)) continue;
        json["first_rows"].push_back(table.rowText(row));
        shown.add(table.rowText(row));
    }
    for (const StepResult& step : result.steps) json["results"].push_back(resultToJson(step, console.language()));
    if (!result.steps.empty()) showResults(result, console);
    console.say("cli.clean.rows_left", {{"rows", std::to_string(table.rows())}, {"left", std::to_string(json["rows_left"].get<std::int64_t>())}});
    console.table(shown);
    return json;
}

Result<nlohmann::json> writeOut(Project& project, const DatasetRecord& dataset, const Arguments& arguments, Console& console) {
    CleanRequest how;
    how.cancel = console.cancel();
    how.progress = console.progress();
    if (arguments.upTo > 0) how.steps = static_cast<std::size_t>(arguments.upTo);
    if (const auto split = findSplit(project, dataset, {})) how.split = *split;
    LAMINA_TRY(const auto cleaned, cleanTable(project, dataset, how));
    warnAll(console, remarksOf(cleaned));
    TableExport request{arguments.out, arguments.format, arguments.force, arguments.byteOrderMark, arguments.asItIs, console.cancel(), console.progress()};
    LAMINA_TRY(const auto outcome, exportTable(cleaned.clean, request));
    warnAll(console, outcome.issues);
    console.say("cli.clean.written", {{"rows", std::to_string(outcome.rows)}, {"file", outcome.file.string()}});
    return nlohmann::json{{"file", outcome.file.string()}, {"format", outcome.format}, {"rows", outcome.rows}, {"issues", issuesToJson(outcome.issues, console.language())}};
}

Result<nlohmann::json> makeDataset(Project& project, const DatasetRecord& dataset, const Arguments& arguments, Console& console) {
    DerivedRequest request;
    request.name = arguments.asDataset;
    request.cancel = console.cancel();
    request.progress = console.progress();
    if (arguments.upTo > 0) request.steps = static_cast<std::size_t>(arguments.upTo);
    LAMINA_TRY(const auto outcome, makeDatasetOfState(project, dataset, request));
    console.acknowledge(outcome.receipt.id);
    warnAll(console, outcome.issues);
    console.say("cli.clean.made_dataset", {{"name", outcome.dataset.name}, {"rows", std::to_string(outcome.dataset.rows)}});
    return datasetToJson(outcome.dataset);
}

/// Values that seem to mean the same, by each method.
Result<nlohmann::json> spellings(Project& project, const DatasetRecord& dataset, const std::string& name, Console& console) {
    CleanRequest how;
    how.cancel = console.cancel();
    how.progress = console.progress();
    LAMINA_TRY(const auto cleaned, cleanTable(project, dataset, how));
    const Table& table = cleaned.clean.table;
    LAMINA_TRY(const std::size_t column, table.find(name));
    TerminalTable shown({{console.text("cli.clean.method")}, {console.text("cli.clean.suggestion")}, {console.text("cli.clean.values"), TerminalTable::Align::Left, true}});
    auto list = nlohmann::json::array();
    for (const ClusterMethod method : {ClusterMethod::Fingerprint, ClusterMethod::NgramFingerprint, ClusterMethod::EditDistance}) {
        LAMINA_TRY(const auto clusters, clusterValues(table.view(column), method, console.cancel()));
        for (const ValueCluster& cluster : clusters) {
            std::string words;
            auto values = nlohmann::json::array();
            for (const auto& [value, rows] : cluster.values) {
                words += (words.empty() ? "" : ", ") + value + " (" + std::to_string(rows) + ")";
                values.push_back({{"value", value}, {"rows", rows}});
            }
            shown.add({clusterMethodName(method), cluster.suggestion, words});
            list.push_back({{"method", clusterMethodName(method)}, {"suggestion", cluster.suggestion}, {"values", values}});
        }
    }
    if (shown.empty()) console.say("cli.clean.no_spellings", {{"column", name}});
    else console.table(shown);
    return list;
}

/// Rows of their own are divided by a split of their own. Which rows they are is known only where the recipe is run, as training does.
void warnAboutSplit(Project& project, const DatasetRecord& dataset, const Recipe& recipe, Console& console) {
    const auto split = findSplit(project, dataset, {});
    if (split && reshapes(recipe) == rowsKeyIn(split->method).empty()) console.warn({Severity::Warning, fail("recipe.split_of_other_rows", {{"dataset", dataset.name}}), 1});
}

Result<nlohmann::json> clean(const Arguments& arguments, Console& console) {
    if (arguments.catalogue) return showCatalogue(console);
    if (arguments.project.empty()) return fail("cli.clean_needs_project");
    LAMINA_TRY(auto project, openProject(arguments.project, arguments.writes() ? StoreAccess::Write : StoreAccess::ReadOnly, console));
    LAMINA_TRY(auto dataset, findDataset(*project, arguments.dataset));
    nlohmann::json json{{"dataset", dataset.name}};
    if (arguments.edits()) {
        LAMINA_TRY(json["edits"], RecipeEdits(*project, dataset, arguments, console).run());
    }
    LAMINA_TRY(const auto read, readRecipe(*project, dataset.id));
    if (arguments.edits()) warnAboutSplit(*project, dataset, read.recipe, console);
    json["steps"] = stepsToJson(read.recipe, console.language());
    if (!arguments.spellings.empty()) {
        LAMINA_TRY(json["spellings"], spellings(*project, dataset, arguments.spellings, console));
    }
    const bool more = !arguments.spellings.empty() || arguments.preview || !arguments.out.empty() || !arguments.asDataset.empty() || !arguments.save.empty();
    if (!more) listSteps(read.recipe, console);
    if (arguments.preview) {
        LAMINA_TRY(json["preview"], preview(*project, dataset, read.recipe, arguments, console));
    }
    if (!arguments.save.empty()) {
        const Recipe saved = arguments.withKeys ? withKeys(*project, read.recipe) : withoutKeys(read.recipe);
        LAMINA_CHECK(writeFileAtomically(arguments.save, toJson(saved).dump(2) + "\n"));
        if (hasKeys(read.recipe)) console.warn({arguments.withKeys ? Severity::Warning : Severity::Note, arguments.withKeys ? fail("recipe.with_keys") : fail("recipe.without_keys"), 1});
        console.say("cli.clean.saved", {{"file", arguments.save}});
    }
    if (!arguments.out.empty()) {
        LAMINA_TRY(json["export"], writeOut(*project, dataset, arguments, console));
    }
    if (!arguments.asDataset.empty()) {
        LAMINA_TRY(json["made"], makeDataset(*project, dataset, arguments, console));
    }
    LAMINA_CHECK(project->close());
    return json;
}

}  // namespace clean_command_parts

void clean_command(Command& command) {
    using namespace clean_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.commits();
    command.argument("project", arguments->project).optional();
    command.argument("dataset", arguments->dataset).optional();
    command.flag("steps", arguments->catalogue);
    command.option("add", arguments->added);
    command.option("set", arguments->settings).oneWordEach();
    command.option("at", arguments->at).positive();
    command.option("edit", arguments->edited).positive();
    command.option("remove", arguments->removed).positive();
    command.option("move", arguments->moved).words(2);
    command.option("off", arguments->off).oneWordEach();
    command.option("on", arguments->on).oneWordEach();
    command.option("comment", arguments->comment).words(2);
    command.option("target", arguments->target);
    command.option("load", arguments->load);
    command.option("save", arguments->save);
    command.flag("preview", arguments->preview);
    command.option("spellings", arguments->spellings);
    command.option("rows", arguments->rows).notNegative();
    command.option("up-to", arguments->upTo).positive();
    command.option("as-dataset", arguments->asDataset);
    command.option("out", arguments->out);
    command.option("format", arguments->format).oneOf({"csv", "xlsx", "jsonl", "npz"});
    command.flag("bom", arguments->byteOrderMark);
    command.flag("as-is", arguments->asItIs);
    command.flag("force", arguments->force);
    command.flag("with-keys", arguments->withKeys);
    command.run = [arguments](Console& console) { return clean(*arguments, console); };
}

}  // namespace lamina
