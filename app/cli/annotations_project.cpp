// `lamina annotations` on a project: its labels in, out, counted and changed.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>

#include "app/cli/annotations.h"
#include "app/cli/shared.h"
#include "app/jobs/annotation_agreement.h"
#include "app/jobs/annotation_jobs.h"

namespace lamina {
namespace annotations_project_parts {

using nlohmann::json;

/// Says that an edit is done.
void tellEdit(const EditReceipt& receipt, json& edits, Console& console) {
    if (receipt.id.empty()) return;  // it was so already
    console.acknowledge(receipt.id);
    console.say("cli.annotations.edited", {{"edit", editText(receipt.name, console.language())}});
    edits.push_back(receiptToJson(receipt, console.language()));
}

/// To be changed; in a package in the name of the person it was made for.
Result<std::unique_ptr<Project>> openToChange(const AnnotationsArguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.source, StoreAccess::Write, console));
    LAMINA_TRY(const auto package, project->labelSessions().package());
    if (package) project->setAuthor(package->settings.value("annotator", project->author()));
    return project;
}

Result<json> importInto(const AnnotationsArguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openToChange(arguments, console));
    AnnotationImportRequest request;
    request.source = arguments.imported;
    request.format = arguments.format;
    request.dataset = arguments.dataset;
    request.pictures = arguments.pictures;
    request.name = arguments.name;
    LAMINA_TRY(const auto outcome, importAnnotations(*project, request, {console.progress(), console.cancel(), 0}));
    auto edits = json::array();
    for (const EditReceipt& receipt : outcome.receipts) tellEdit(receipt, edits, console);
    console.say("cli.annotations.imported", {{"format", console.text("annotation." + outcome.format->id + ".title")},
                                             {"labels", std::to_string(outcome.labels)},
                                             {"items", std::to_string(outcome.items)},
                                             {"dataset", outcome.dataset.name},
                                             {"classes", std::to_string(outcome.newClasses)}});
    warnAll(console, outcome.issues);
    LAMINA_CHECK(project->close());
    return json{{"format", outcome.format->id},
                {"dataset", outcome.dataset.id},
                {"name", outcome.dataset.name},
                {"items", outcome.items},
                {"labels", outcome.labels},
                {"new_classes", outcome.newClasses},
                {"split", outcome.split ? outcome.split->id : ""},
                {"edits", edits},
                {"issues", issuesToJson(outcome.issues, console.language())}};
}

Result<json> exportFrom(const AnnotationsArguments& arguments, Console& console) {
    if (arguments.out.empty()) return fail("cli.annotations_out");
    LAMINA_TRY(auto project, openProject(arguments.source, StoreAccess::ReadOnly, console));
    AnnotationExportRequest request;
    request.dataset = arguments.dataset;
    request.format = arguments.to;
    request.folder = arguments.out;
    request.pictures = arguments.withPictures;
    request.proposals = arguments.proposals;
    request.blur = arguments.blur;
    for (const std::string& name : arguments.parts)
        for (const Part part : {Part::Training, Part::Validation, Part::Test})
            if (name == partName(part)) request.parts.push_back(part);
    if (request.parts.size() != arguments.parts.size()) return fail("cli.annotations_part");
    if (arguments.checked) request.states = {ItemState::Checked, ItemState::CheckedEmpty};
    else if (const auto state = itemStateFromName(arguments.state)) request.states = {*state};
    LAMINA_TRY(const auto outcome, exportAnnotations(*project, request, {console.progress(), console.cancel(), 0}));
    console.say("cli.annotations.exported",
                {{"labels", std::to_string(outcome.labels)}, {"items", std::to_string(outcome.items)}, {"folder", arguments.out}});
    warnAll(console, outcome.issues);
    return json{{"items", outcome.items},           {"labels", outcome.labels},
                {"files", outcome.files.size()},    {"class_map", outcome.classMap.string()},
                {"renumbered", outcome.renumbered}, {"issues", issuesToJson(outcome.issues, console.language())}};
}

bool changesClasses(const AnnotationsArguments& arguments) {
    return !arguments.added.empty() || !arguments.changed.empty() || !arguments.renamed.empty() || !arguments.merged.empty() || !arguments.retired.empty();
}

bool isColour(const std::string& text) {
    const auto isHex = [](unsigned char c) { return std::isxdigit(c) != 0; };
    return text.size() == 7 && text[0] == '#' && std::all_of(text.begin() + 1, text.end(), isHex);
}

/// What is not said stays as it is.
Result<LabelClassRecord> withLooks(LabelClassRecord record, const AnnotationsArguments& arguments, const std::vector<LabelClassRecord>& all) {
    if (!arguments.colour.empty() && !isColour(arguments.colour)) return fail("cli.annotations_colour", {{"colour", arguments.colour}});
    const bool isKey = arguments.key.size() == 1 && std::isalnum(static_cast<unsigned char>(arguments.key[0])) != 0;
    if (!arguments.key.empty() && !isKey) return fail("cli.annotations_key", {{"key", arguments.key}});
    if (!arguments.colour.empty()) record.colour = arguments.colour;
    if (isKey) record.key = static_cast<char>(std::toupper(static_cast<unsigned char>(arguments.key[0])));
    for (const LabelClassRecord& other : all)
        if (isKey && other.id != record.id && other.key == record.key) return fail("cli.annotations_key_taken", {{"key", record.key}, {"class", other.name}});
    if (!arguments.parent.empty()) record.parent = arguments.parent;
    if (!arguments.description.empty()) record.description = arguments.description;
    return record;
}

Result<json> changeClasses(const AnnotationsArguments& arguments, Console& console) {
    if (arguments.added.size() > 1 && !arguments.key.empty()) return fail("cli.annotations_one_key");
    LAMINA_TRY(auto project, openToChange(arguments, console));
    auto& classes = project->labelClasses();
    LAMINA_TRY(const auto all, classes.all());
    auto edits = json::array();
    std::int64_t last = -1;
    for (const LabelClassRecord& record : all) last = std::max(last, record.order);
    for (const std::string& name : arguments.added) {
        LabelClassRecord record;
        record.name = name;
        record.order = ++last;
        LAMINA_TRY(record, withLooks(std::move(record), arguments, all));
        LAMINA_TRY(const auto receipt, classes.add(std::move(record)).get());
        tellEdit(receipt, edits, console);
    }
    if (!arguments.changed.empty()) {
        LAMINA_TRY(auto record, classes.find(arguments.changed));
        LAMINA_TRY(record, withLooks(std::move(record), arguments, all));
        LAMINA_TRY(const auto receipt, classes.change(record).get());
        tellEdit(receipt, edits, console);
    }
    if (!arguments.renamed.empty()) {
        LAMINA_TRY(const auto record, classes.find(arguments.renamed[0]));
        LAMINA_TRY(const auto receipt, classes.rename(record.id, arguments.renamed[1]).get());
        tellEdit(receipt, edits, console);
    }
    if (!arguments.merged.empty()) {
        LAMINA_TRY(const auto from, classes.find(arguments.merged[0]));
        LAMINA_TRY(const auto into, classes.find(arguments.merged[1]));
        LAMINA_TRY(const auto receipt, classes.merge(from.id, into.id).get());
        tellEdit(receipt, edits, console);
    }
    for (const std::string& name : arguments.retired) {
        LAMINA_TRY(const auto record, classes.find(name));
        LAMINA_TRY(const auto receipt, classes.setRetired(record.id, true).get());
        tellEdit(receipt, edits, console);
    }
    LAMINA_CHECK(project->close());
    return json{{"edits", edits}};
}

/// Labels of each class, of all labelled datasets or of one.
Result<LabelCounts> countsOf(Project& project, const std::string& dataset, std::int64_t& labelled) {
    LAMINA_TRY(const auto datasets, project.datasets().all());
    LabelCounts sum;
    labelled = 0;
    for (const DatasetRecord& record : datasets) {
        if (!dataset.empty() && dataset != record.id && dataset != record.name) continue;
        LAMINA_TRY(const auto labelling, project.labelItems().ofDataset(record.id));
        if (!labelling) continue;
        ++labelled;
        LAMINA_TRY(const auto counts, project.labelItems().counts(labelling->key));
        sum.add(counts);
    }
    return sum;
}

json showClassTable(const std::vector<LabelClassRecord>& classes, const LabelCounts& counts, Console& console) {
    const ClassNumbers numbers(classes);
    std::map<std::int64_t, std::int64_t> labels, proposals;
    for (const auto& [number, count] : counts.classes) labels[numbers.current(number)] += count;
    for (const auto& [number, count] : counts.proposals) proposals[numbers.current(number)] += count;
    std::map<std::int64_t, std::string> names;
    for (const LabelClassRecord& record : classes) names[record.number] = record.name;
    TerminalTable table({{console.text("cli.head.number"), TerminalTable::Align::Right},
                         {console.text("cli.head.class")},
                         {console.text("cli.annotations.labels"), TerminalTable::Align::Right},
                         {console.text("cli.annotations.proposed"), TerminalTable::Align::Right},
                         {console.text("cli.head.key")},
                         {console.text("cli.head.note")}});
    auto list = json::array();
    for (const LabelClassRecord& record : classes) {
        const std::string note = record.mergedInto != 0 ? console.text("cli.annotations.merged_into", {{"class", names[record.mergedInto]}})
                                 : record.retired       ? console.text("cli.annotations.retired")
                                                        : "";
        const auto number = [&](std::map<std::int64_t, std::int64_t>& all) { return record.mergedInto != 0 ? "–" : std::to_string(all[record.number]); };
        table.add({std::to_string(record.number), record.name, number(labels), number(proposals), record.key, note});
        list.push_back({{"id", record.id},
                        {"number", record.number},
                        {"name", record.name},
                        {"labels", record.mergedInto != 0 ? 0 : labels[record.number]},
                        {"proposals", record.mergedInto != 0 ? 0 : proposals[record.number]},
                        {"colour", record.colour},
                        {"key", record.key},
                        {"order", record.order},
                        {"description", record.description},
                        {"parent", record.parent},
                        {"retired", record.retired},
                        {"merged_into", record.mergedInto},
                        {"points", record.points}});
    }
    console.table(table);
    return list;
}

json showStates(const LabelCounts& counts, Console& console) {
    TerminalTable table({{console.text("cli.head.state")}, {console.text("cli.head.items"), TerminalTable::Align::Right}});
    json states = json::object();
    for (int i = 0; i < itemStates; ++i) {
        const auto number = counts.states[static_cast<std::size_t>(i)];
        const std::string name = itemStateName(static_cast<ItemState>(i));
        table.add({console.text("item_state." + name), std::to_string(number)});
        states[name] = number;
    }
    console.table(table);
    return states;
}

Result<json> showCounts(const AnnotationsArguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.source, StoreAccess::ReadOnly, console));
    std::int64_t labelled = 0;
    LAMINA_TRY(const auto counts, countsOf(*project, arguments.dataset, labelled));
    LAMINA_TRY(const auto classes, project->labelClasses().all());
    if (labelled == 0 && classes.empty()) {
        console.say("cli.annotations.nothing");
        return json{{"items", 0}, {"labels", 0}, {"proposals", 0}, {"states", json::object()}, {"classes", json::array()}};
    }
    json result{{"items", counts.items()}, {"labels", counts.labels()}, {"proposals", counts.proposed()}, {"flagged", counts.flagged}, {"commented", counts.commented}};
    result["states"] = showStates(counts, console);
    result["classes"] = showClassTable(classes, counts, console);
    return result;
}

Result<json> listItems(const AnnotationsArguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.source, StoreAccess::ReadOnly, console));
    LAMINA_TRY(const auto dataset, findDataset(*project, arguments.dataset));
    LAMINA_TRY(const auto labelling, labellingOf(*project, dataset));
    ItemFilter filter;
    filter.state = itemStateFromName(arguments.state);
    if (!arguments.className.empty()) {
        LAMINA_TRY(const auto record, project->labelClasses().find(arguments.className));
        LAMINA_TRY(const auto classes, project->labelClasses().all());
        filter.classNumbers = ClassNumbers(classes).behind(record.number);
    }
    LAMINA_TRY(const auto items, project->labelItems().list(labelling.key, filter, 0, arguments.limit));
    TerminalTable table({{console.text("cli.head.number"), TerminalTable::Align::Right},
                         {console.text("cli.head.name")},
                         {console.text("cli.head.state")},
                         {console.text("cli.annotations.labels"), TerminalTable::Align::Right},
                         {console.text("cli.annotations.proposed"), TerminalTable::Align::Right},
                         {console.text("cli.head.note")}});
    auto list = json::array();
    for (const LabelItemRecord& item : items) {
        LAMINA_TRY(const auto all, project->annotations().ofItem(item.key));
        const auto proposals = std::count_if(all.begin(), all.end(), [](const AnnotationRecord& label) { return !label.model.empty(); });
        const auto labels = std::ssize(all) - proposals;
        const std::string note = item.state == ItemState::Skipped ? item.reason : item.comment;
        table.add({std::to_string(item.position + 1), item.identity, console.text(std::string("item_state.") + itemStateName(item.state)),
                   std::to_string(labels), std::to_string(proposals), note});
        list.push_back({{"item", item.key},
                        {"row", item.position},
                        {"name", item.identity},
                        {"state", itemStateName(item.state)},
                        {"labels", labels},
                        {"proposals", proposals},
                        {"flagged", item.flagged},
                        {"comment", item.comment},
                        {"reason", item.reason}});
    }
    console.table(table);
    return json{{"items", list}};
}

Result<json> showRemarks(const AnnotationsArguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.source, StoreAccess::ReadOnly, console));
    LAMINA_TRY(const auto dataset, findDataset(*project, arguments.dataset));
    LAMINA_TRY(const auto labelling, labellingOf(*project, dataset));
    auto list = json::array();
    for (const auto& remark : labelling.report) {
        if (!remark.is_object() || !remark.contains("code") || !remark["code"].is_string() || !remark.contains("arguments")) continue;
        Error what{remark["code"].get<std::string>(), {}};
        for (const auto& argument : remark["arguments"])
            if (argument.is_array() && argument.size() == 2 && argument[0].is_string() && argument[1].is_string())
                what.arguments.emplace_back(argument[0].get<std::string>(), argument[1].get<std::string>());
        const std::string text = message(what, console.language());
        console.line(text);
        list.push_back(remark);
        list.back()["message"] = text;
    }
    if (list.empty()) console.say("cli.annotations.no_remarks");
    return json{{"remarks", list}};
}

json numberOrNothing(double value) { return std::isnan(value) ? json() : json(value); }

Result<json> showAgreement(const AnnotationsArguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.source, StoreAccess::ReadOnly, console));
    LAMINA_TRY(const auto dataset, findDataset(*project, arguments.dataset));
    LAMINA_TRY(const auto report, annotatorAgreement(*project, dataset, arguments.agreement[0], arguments.agreement[1], console.cancel()));
    TerminalTable table({{console.text("cli.annotations.measure")}, {console.text("cli.annotations.value"), TerminalTable::Align::Right}});
    table.add({console.text("cli.annotations.common_items"), std::to_string(report.items)});
    table.add({console.text("cli.annotations.cohen"), decimal(report.cohen)});
    table.add({console.text("cli.annotations.krippendorff"), decimal(report.krippendorff)});
    table.add({console.text("cli.annotations.matched"),
               std::to_string(report.matched) + " / " + std::to_string(report.shapesA) + " / " + std::to_string(report.shapesB)});
    table.add({console.text("cli.annotations.overlap"), decimal(report.overlap)});
    table.add({console.text("cli.annotations.cohen_shapes"), decimal(report.cohenOfShapes)});
    console.table(table);
    return json{{"items", report.items},
                {"classified", report.classified},
                {"cohen_kappa", numberOrNothing(report.cohen)},
                {"krippendorff_alpha", numberOrNothing(report.krippendorff)},
                {"shapes", {report.shapesA, report.shapesB}},
                {"matched", report.matched},
                {"mean_iou", numberOrNothing(report.overlap)},
                {"cohen_kappa_of_shapes", numberOrNothing(report.cohenOfShapes)}};
}

}  // namespace annotations_project_parts

Result<nlohmann::json> projectAnnotations(const AnnotationsArguments& arguments, Console& console) {
    using namespace annotations_project_parts;
    if (!arguments.imported.empty()) return importInto(arguments, console);
    if (!arguments.to.empty()) return exportFrom(arguments, console);
    if (changesClasses(arguments)) return changeClasses(arguments, console);
    if (!arguments.agreement.empty()) return showAgreement(arguments, console);
    if (arguments.remarks) return showRemarks(arguments, console);
    if (arguments.list || !arguments.state.empty() || !arguments.className.empty()) return listItems(arguments, console);
    return showCounts(arguments, console);
}

}  // namespace lamina
