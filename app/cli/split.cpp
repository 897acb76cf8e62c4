#include "app/cli/command.h"
#include "app/cli/report.h"
#include "app/cli/shared.h"
#include "app/jobs/usual_split.h"

namespace lamina {
namespace split_command_parts {

struct Arguments {
    std::string project, dataset, target, split, extended, key;
    SplitSettings settings;
    bool noStratify = false, leaks = false, mend = false, again = false;
    std::int64_t fold = 0;
};

std::string methodOnCommandLine(const std::string& word) { return word == "near-duplicates" ? "near_duplicates" : word; }

nlohmann::json outcomeToJson(const SplitOutcome& outcome, Language language) {
    auto result = splitToJson(outcome.record, outcome.split);
    result["edit"] = outcome.receipt.id;
    if (!outcome.ignoredColumn.empty()) result["ignored_column"] = outcome.ignoredColumn;
    result["issues"] = issuesToJson(outcome.split.issues, language);
    return result;
}

/// The settings asked for; what is not said follows from the data.
Result<SplitSettings> settingsFor(Project& project, const DatasetRecord& dataset, const Arguments& arguments, Console& console) {
    SplitSettings settings = arguments.settings;
    settings.method = methodOnCommandLine(settings.method);
    settings.stratify = !arguments.noStratify;
    if (arguments.fold > 0) settings.fold = arguments.fold;
    if (settings.method.empty() && settings.subset.empty()) {
        LAMINA_TRY(const auto usual, usualSplit(project, dataset, console.cancel()));
        settings.subset = usual.subset;
        settings.method = usual.method;
        settings.column = usual.column;
    }
    const bool byColumn = settings.method == "group" || settings.method == "folder" || settings.method == "time" || settings.method == "given";
    if (byColumn && settings.column.empty()) return fail("split.needs_column", {{"method", settings.method}});
    if (settings.folds >= 2) {
        // The validation part is a fold: its share goes to what the folds are made of.
        settings.training += settings.validation;
        settings.validation = 0;
    }
    return settings;
}

Result<nlohmann::json> drawSplits(Project& project, const DatasetRecord& dataset, const Arguments& arguments, Console& console) {
    LAMINA_TRY(const auto settings, settingsFor(project, dataset, arguments, console));
    std::vector<SplitOutcome> outcomes;
    if (settings.folds >= 2 && arguments.fold == 0) {
        LAMINA_TRY(outcomes, splitIntoFolds(project, dataset, settings, console.cancel()));
    } else {
        LAMINA_TRY(auto outcome, splitDataset(project, dataset, settings, console.cancel()));
        outcomes.push_back(std::move(outcome));
    }
    auto folds = nlohmann::json::array();
    for (const SplitOutcome& outcome : outcomes) {
        console.acknowledge(outcome.receipt.id);
        showSplit(console, outcome);
        folds.push_back(outcomeToJson(outcome, console.language()));
    }
    nlohmann::json result = folds.back();
    if (outcomes.size() > 1) result["folds"] = std::move(folds);
    return result;
}

Result<nlohmann::json> extendSplitOf(Project& project, const DatasetRecord& dataset, const Arguments& arguments, Console& console) {
    LAMINA_TRY(const auto old, project.splits().find(arguments.extended));
    LAMINA_TRY(const auto extended, extendDatasetSplit(project, dataset, old, arguments.key, console.cancel()));
    console.acknowledge(extended.outcome.receipt.id);
    const auto number = [](std::int64_t value) { return std::to_string(value); };
    console.say("cli.split.extended", {{"known", number(extended.known)}, {"added", number(extended.added)}, {"gone", number(extended.gone)}});
    showSplit(console, extended.outcome);
    auto result = outcomeToJson(extended.outcome, console.language());
    result.update({{"known", extended.known}, {"added", extended.added}, {"gone", extended.gone}});
    return result;
}

nlohmann::json leaksToJson(const SplitLeaks& leaks) {
    auto relations = nlohmann::json::array();
    for (const RelationLeaks& one : leaks.relations) {
        auto pairs = nlohmann::json::array();
        for (const LeakPair& pair : one.examples)
            pairs.push_back({{"rows", {pair.a, pair.b}}, {"parts", {partName(pair.partA), partName(pair.partB)}}});
        relations.push_back({{"relation", one.relation},
                             {"groups", one.groups},
                             {"rows", one.rows},
                             {"pairs", one.pairs},
                             {"of_part", {{"training", one.ofPart[0]}, {"validation", one.ofPart[1]}, {"test", one.ofPart[2]}}},
                             {"examples", pairs}});
    }
    return {{"relations", relations}, {"rows", leaks.rows}, {"large_groups", leaks.largeGroups}};
}

void showLeaks(const SplitLeaks& leaks, Console& console) {
    using Align = TerminalTable::Align;
    TerminalTable table({{console.text("cli.head.relation")},
                         {console.text("cli.head.groups"), Align::Right},
                         {console.text("cli.head.pairs"), Align::Right},
                         {console.text("cli.head.training"), Align::Right},
                         {console.text("cli.head.validation"), Align::Right},
                         {console.text("cli.head.test"), Align::Right}});
    std::int64_t pairs = 0;
    for (const RelationLeaks& one : leaks.relations) {
        pairs += one.pairs;
        table.add({console.text("split.relation." + one.relation), std::to_string(one.groups), std::to_string(one.pairs),
                   std::to_string(one.ofPart[0]), std::to_string(one.ofPart[1]), std::to_string(one.ofPart[2])});
    }
    console.table(table);
    if (leaks.largeGroups > 0) console.say("cli.split.large_groups", {{"groups", std::to_string(leaks.largeGroups)}});
    console.say(pairs > 0 ? "cli.split.leaks_found" : "cli.split.no_leaks", {{"pairs", std::to_string(pairs)}});
}

Result<nlohmann::json> tellLeaks(Project& project, const DatasetRecord& dataset, const SplitRecord& record, Console& console) {
    LAMINA_TRY(const auto leaks, findSplitLeaks(project, dataset, record, console.cancel(), console.progress()));
    showLeaks(leaks, console);
    auto result = leaksToJson(leaks);
    result["split"] = record.id;
    return result;
}

Result<nlohmann::json> mendLeaksOf(Project& project, const DatasetRecord& dataset, const SplitRecord& record, Console& console) {
    LAMINA_TRY(const auto mended, mendSplit(project, dataset, record, console.cancel(), console.progress()));
    showLeaks(mended.after, console);
    console.say("cli.split.mended", {{"moved", std::to_string(mended.report.moved.size())}, {"groups", std::to_string(mended.report.groups)}});
    if (mended.report.leftGroups > 0)
        console.say("cli.split.left_apart", {{"groups", std::to_string(mended.report.leftGroups)}, {"rows", std::to_string(mended.report.leftRows)}});
    nlohmann::json result{{"split", record.id}};
    if (mended.outcome) {
        console.acknowledge(mended.outcome->receipt.id);
        showSplit(console, *mended.outcome);
        result = outcomeToJson(*mended.outcome, console.language());
    }
    result.update({{"before", leaksToJson(mended.before)},
                   {"after", leaksToJson(mended.after)},
                   {"moved", mended.report.moved},
                   {"mended_groups", mended.report.groups},
                   {"left_groups", mended.report.leftGroups},
                   {"left_rows", mended.report.leftRows}});
    return result;
}

Result<nlohmann::json> split(const Arguments& arguments, Console& console) {
    const bool only = arguments.leaks && !arguments.mend;
    LAMINA_TRY(auto project, openProject(arguments.project, only ? StoreAccess::ReadOnly : StoreAccess::Write, console));
    LAMINA_TRY(auto dataset, findDataset(*project, arguments.dataset));
    if (!arguments.target.empty() && !only) {
        LAMINA_TRY(const auto receipts, chooseTarget(*project, dataset, arguments.target));
        for (const auto& receipt : receipts) console.acknowledge(receipt.id);
    }
    nlohmann::json result;
    if (arguments.leaks || arguments.mend) {
        LAMINA_TRY(const auto record, findSplit(*project, dataset, arguments.split));
        LAMINA_TRY(result, arguments.mend ? mendLeaksOf(*project, dataset, record, console) : tellLeaks(*project, dataset, record, console));
    } else if (arguments.again) {
        LAMINA_TRY(const auto record, findSplit(*project, dataset, arguments.split));
        LAMINA_TRY(const auto outcome, redrawSplit(*project, dataset, record, {}, console.cancel()));
        console.acknowledge(outcome.receipt.id);
        showSplit(console, outcome);
        result = outcomeToJson(outcome, console.language());
    } else if (!arguments.extended.empty()) {
        LAMINA_TRY(result, extendSplitOf(*project, dataset, arguments, console));
    } else {
        LAMINA_TRY(result, drawSplits(*project, dataset, arguments, console));
    }
    LAMINA_CHECK(project->close());
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
    command.option("method", arguments->settings.method).oneOf({"random", "stratified", "group", "folder", "near-duplicates", "time", "given"});
    command.option("column", arguments->settings.column);
    command.option("folds", arguments->settings.folds).between(2, 1000);
    command.option("fold", arguments->fold).between(1, 1000);
    command.option("subset", arguments->settings.subset);
    command.flag("no-stratify", arguments->noStratify);
    command.option("split", arguments->split);
    command.flag("leaks", arguments->leaks);
    command.flag("mend", arguments->mend);
    command.flag("again", arguments->again);
    command.option("extend", arguments->extended);
    command.option("key", arguments->key);
    command.run = [arguments](Console& console) { return split(*arguments, console); };
}

}  // namespace lamina
