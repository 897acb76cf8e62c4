#include <algorithm>
#include <cmath>

#include "app/cli/command.h"
#include "app/cli/report.h"
#include "app/cli/shared.h"
#include "app/jobs/profile_jobs.h"
#include "core/data/profile/profile_json.h"
#include "core/data/time_text.h"

namespace lamina {
namespace profile_command_parts {

using Align = TerminalTable::Align;

constexpr std::int64_t mostPatterns = 10;
constexpr std::size_t mostPairs = 15;
constexpr double leastCorrelation = 0.3;  ///< weaker ones are told by --json

struct Arguments {
    std::string project, dataset, column, rowsOf;
    bool noPictures = false;
    int threads = 0;
};

std::string boundText(const ProfiledColumn& column, double value) {
    return column.kind == ColumnKind::Time ? timeText(static_cast<std::int64_t>(value)) : decimal(value, value == std::round(value) ? 0 : 3);
}

/// What there is to say about a column's values in one cell.
std::string valuesText(const ProfiledColumn& column) {
    if (column.pictures && column.pictures->read > 0) return column.pictures->sizes.front().text;
    if (column.numbers && column.numbers->count > 0 && column.kind != ColumnKind::Boolean) {
        const auto& q = column.numbers->quantiles;
        return boundText(column, q.minimum) + " … " + boundText(column, q.median) + " … " + boundText(column, q.maximum);
    }
    std::string line;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, column.frequent.size()); ++i)
        line += (line.empty() ? "" : ", ") + column.frequent[i].text + " " + std::to_string(column.frequent[i].rows);
    return line;
}

std::string remarksText(const ProfiledColumn& column, Console& console) {
    std::vector<std::string> remarks;
    if (column.constant) remarks.push_back(console.text("profile.constant"));
    if (column.identifier) remarks.push_back(console.text("profile.identifier"));
    if (column.wrong > 0) remarks.push_back(console.text("profile.wrong." + column.wrongReason));
    if (column.numbers && column.numbers->lowOutliers + column.numbers->highOutliers > 0)
        remarks.push_back(console.text("profile.outliers", {{"count", std::to_string(column.numbers->lowOutliers + column.numbers->highOutliers)}}));
    if (column.text && column.text->placeholders > 0)
        remarks.push_back(console.text("profile.placeholders", {{"count", std::to_string(column.text->placeholders)}}));
    std::string line;
    for (const auto& remark : remarks) line += (line.empty() ? "" : ", ") + remark;
    return line;
}

void showColumns(const DatasetProfile& profile, Console& console) {
    TerminalTable table({{console.text("cli.head.name")},
                         {console.text("cli.head.kind")},
                         {console.text("cli.head.missing"), Align::Right},
                         {console.text("cli.head.wrong"), Align::Right},
                         {console.text("cli.head.distinct"), Align::Right},
                         {console.text("cli.head.values")},
                         {console.text("cli.head.strength"), Align::Right},
                         {console.text("cli.head.note")}});
    for (const ProfiledColumn& column : profile.columns) {
        const std::string strength = column.relation.measure.empty()
                                         ? ""
                                         : decimal(column.relation.strength, 2) + " " + console.text("profile.measure." + column.relation.measure);
        table.add({column.name, console.text(std::string("cli.kind.") + columnKindName(column.kind)), std::to_string(column.missing),
                   std::to_string(column.wrong), std::to_string(column.distinct), valuesText(column), strength, remarksText(column, console)});
    }
    console.table(table);
}

void sayGroups(const char* text, const RowGroups& groups, Console& console) {
    if (groups.groups.empty()) return;
    console.say(text, {{"groups", std::to_string(groups.groups.size())}, {"rows", std::to_string(groups.repeated())}});
}

/// Which columns lack their values in the same rows.
void showMissing(const DatasetProfile& profile, Console& console) {
    TerminalTable table({{console.text("profile.head.rows"), Align::Right}, {console.text("profile.head.missing_in"), Align::Left, true}});
    std::int64_t complete = 0, shown = 0, others = profile.missingPatternCount;
    for (const MissingPattern& pattern : profile.missingPatterns) {
        if (pattern.columns.empty()) {
            complete = pattern.rows;
            --others;
            continue;
        }
        if (++shown > mostPatterns) continue;
        --others;
        std::string names;
        for (const std::string& name : pattern.columns) names += (names.empty() ? "" : ", ") + name;
        table.add({std::to_string(pattern.rows), names});
    }
    if (table.empty()) return;
    console.say("profile.complete", {{"rows", std::to_string(complete)}});
    console.table(table);
    if (others > 0) console.say("profile.more_patterns", {{"count", std::to_string(others)}});
}

/// Pairs of columns whose numbers rise and fall together, the strongest first.
void showCorrelations(const CorrelationMatrix& matrix, Console& console) {
    struct Pair {
        std::size_t a, b;
        double value;
    };
    std::vector<Pair> pairs;
    for (std::size_t a = 0; a < matrix.columns.size(); ++a)
        for (std::size_t b = a + 1; b < matrix.columns.size(); ++b)
            if (const double value = matrix.at(a, b); std::abs(value) >= leastCorrelation) pairs.push_back({a, b, value});
    if (pairs.empty()) return;
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& x, const Pair& y) { return std::abs(x.value) > std::abs(y.value); });
    console.say("profile.correlations", {{"count", std::to_string(pairs.size())}, {"least", decimal(leastCorrelation, 1)}});
    TerminalTable table({{console.text("profile.head.correlation"), Align::Right}, {console.text("profile.head.column")}, {console.text("profile.head.other_column")}});
    for (std::size_t i = 0; i < std::min(mostPairs, pairs.size()); ++i)
        table.add({decimal(pairs[i].value, 2), matrix.columns[pairs[i].a], matrix.columns[pairs[i].b]});
    console.table(table);
}

void showWhole(const DatasetProfile& profile, Console& console) {
    sayGroups("profile.duplicates", profile.duplicates, console);
    if (profile.alikeButIdentifiers.rows > profile.duplicates.rows) {
        sayGroups("profile.alike", profile.alikeButIdentifiers, console);
        std::string names;
        for (const std::string& name : profile.identifiers) names += (names.empty() ? "" : ", ") + name;
        console.say("profile.left_out", {{"columns", names}});
    }
    for (const ProfiledValue& one : profile.rareClasses()) console.say("profile.rare_class", {{"class", one.text}, {"rows", std::to_string(one.rows)}});
    for (const NearDuplicates& one : profile.nearDuplicates) {
        sayGroups("profile.near_duplicates", one.groups, console);
        const auto large = std::count_if(one.groups.groups.begin(), one.groups.groups.end(), [](const auto& group) { return group.large; });
        if (large > 0) console.say("profile.large_groups", {{"groups", std::to_string(large)}});
    }
    for (const LeakSuspect& one : profile.suspects) console.say("profile.suspect", {{"column", one.column}, {"score", decimal(100 * one.score, 0)}});
    const std::int64_t elsewhere = profile.alsoElsewhere[1] + profile.alsoElsewhere[2];
    if (elsewhere > 0) console.say("profile.elsewhere", {{"rows", std::to_string(elsewhere)}});
    showMissing(profile, console);
    showCorrelations(profile.correlations, console);
}

Result<nlohmann::json> tellRows(const ProfiledDataset& profiled, const Arguments& arguments, Console& console) {
    LAMINA_TRY(const auto query, profileQueryFromText(arguments.rowsOf, arguments.column));
    LAMINA_TRY(const auto rows, rowsOf(profiled.input(), profiled.profile, query, console.cancel()));
    console.say("profile.rows_found", {{"count", std::to_string(rows.size())}});
    constexpr std::size_t most = 20;
    std::vector<TerminalTable::Column> heads{{console.text("cli.head.row"), Align::Right}};
    const Table& table = profiled.cleaned.clean.table;
    for (std::size_t c = 0; c < table.columnCount(); ++c) heads.push_back({table.info(c).name});
    TerminalTable shown(std::move(heads));
    for (std::size_t i = 0; i < std::min(most, rows.size()); ++i) {
        auto cells = table.rowText(rows[i]);
        cells.insert(cells.begin(), std::to_string(rows[i] + 1));
        shown.add(std::move(cells));
    }
    if (!rows.empty()) console.table(shown);
    return nlohmann::json{{"query", arguments.rowsOf}, {"column", arguments.column}, {"count", rows.size()}, {"rows", rows}};
}

Result<nlohmann::json> tellColumn(const ProfiledDataset& profiled, const std::string& name, Console& console) {
    LAMINA_TRY(const auto index, profiled.cleaned.clean.table.find(name));
    const ProfiledColumn& column = profiled.profile.columns[index];
    DatasetProfile one;
    one.columns = {column};
    showColumns(one, console);
    for (std::size_t bin = 0; bin < column.histogram.rows.size(); ++bin)
        console.line(boundText(column, column.histogram.edges[bin]) + " … " + boundText(column, column.histogram.edges[bin + 1]) + "  " +
                     std::to_string(column.histogram.rows[bin]));
    for (const ProfiledValue& value : column.frequent) console.line(std::to_string(value.rows) + "  " + value.text);
    return toJson(column);
}

Result<nlohmann::json> tellProfile(const Arguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::ReadOnly, console));
    LAMINA_TRY(const auto dataset, findDataset(*project, arguments.dataset));
    ProfileSettings settings;
    settings.threads = arguments.threads;
    settings.pictures = !arguments.noPictures;
    settings.cancel = console.cancel();
    settings.progress = console.progress();
    LAMINA_TRY(const auto profiled, profileDataset(*project, dataset, settings));
    if (!arguments.rowsOf.empty()) return tellRows(profiled, arguments, console);
    if (!arguments.column.empty()) return tellColumn(profiled, arguments.column, console);
    console.say("profile.done", {{"name", dataset.name},
                                 {"rows", std::to_string(profiled.profile.rows)},
                                 {"columns", std::to_string(profiled.profile.columns.size())},
                                 {"time", decimal(profiled.profile.seconds, 2)}});
    showColumns(profiled.profile, console);
    showWhole(profiled.profile, console);
    auto result = toJson(profiled.profile);
    result["dataset"] = dataset.id;
    return result;
}

}  // namespace profile_command_parts

void profile_command(Command& command) {
    using namespace profile_command_parts;
    auto arguments = std::make_shared<Arguments>();
    command.argument("project", arguments->project);
    command.argument("dataset", arguments->dataset).optional();
    command.option("column", arguments->column);
    command.option("rows-of", arguments->rowsOf);
    command.flag("no-pictures", arguments->noPictures);
    command.option("threads", arguments->threads).between(0, 1024);
    command.run = [arguments](Console& console) { return tellProfile(*arguments, console); };
}

}  // namespace lamina
