// `lamina label` for several people: packages out and back, disputes, decisions, agreement.
#include <cctype>
#include <charconv>
#include <cmath>

#include "app/cli/label.h"
#include "app/cli/shared.h"
#include "app/jobs/annotation_agreement.h"
#include "app/jobs/label_opinions.h"
#include "app/jobs/label_sessions.h"
#include "app/jobs/pack_jobs.h"

namespace lamina {
namespace label_people_parts {

using nlohmann::json;

ImportJob jobOfPeople(Console& console) { return {console.progress(), console.cancel(), 0}; }

/// "1-200,305": rows counted from 1.
Result<std::vector<std::int64_t>> rowsOfText(const std::string& text) {
    std::vector<std::int64_t> rows;
    constexpr std::int64_t mostRows = 10'000'000;
    for (const char* at = text.data(); at < text.data() + text.size(); ++at) {
        std::int64_t first = 0;
        auto read = std::from_chars(at, text.data() + text.size(), first);
        std::int64_t last = first;
        if (read.ec == std::errc() && read.ptr < text.data() + text.size() && *read.ptr == '-') read = std::from_chars(read.ptr + 1, text.data() + text.size(), last);
        const bool ends = read.ptr == text.data() + text.size() || *read.ptr == ',';
        if (read.ec != std::errc() || !ends || first < 1 || last < first || last - first > mostRows) return fail("cli.label_items", {{"items", text}});
        for (std::int64_t row = first; row <= last; ++row) rows.push_back(row - 1);
        at = read.ptr;
    }
    return rows;
}

Result<SessionRequest> requestOf(const LabelArguments& arguments) {
    SessionRequest request;
    request.dataset = arguments.dataset;
    request.person = arguments.people.empty() ? arguments.annotator : arguments.people.front();
    request.blind = arguments.blind;
    request.pictures = arguments.pictures;
    request.state = itemStateFromName(arguments.state);
    request.notOut = arguments.notOut;
    request.part = arguments.part;
    request.parts = arguments.parts;
    if (request.part > request.parts) return fail("cli.label_part", {{"part", std::to_string(request.part)}, {"parts", std::to_string(request.parts)}});
    LAMINA_TRY(request.rows, rowsOfText(arguments.items));
    for (const std::int64_t row : arguments.rows) request.rows.push_back(row - 1);
    return request;
}

Result<json> send(const LabelArguments& arguments, const Path& file, Console& console) {
    LAMINA_TRY(const auto request, requestOf(arguments));
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::Write, console));
    LAMINA_TRY(const auto outcome, sendSession(*project, file, request, jobOfPeople(console)));
    console.say("cli.label.session_out", {{"file", file.string()}, {"items", std::to_string(outcome.items)}, {"person", request.person}});
    warnAll(console, outcome.issues);
    const json edits = labelReceipts(outcome.receipt, console);
    LAMINA_CHECK(project->close());
    return json{{"session", outcome.session.id}, {"file", file.string()}, {"items", outcome.items}, {"labels", outcome.labels},
                {"bytes", outcome.bytes},        {"edits", edits},       {"issues", issuesToJson(outcome.issues, console.language())}};
}

Result<json> takeIn(const LabelArguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::Write, console));
    LAMINA_TRY(const auto outcome, mergeSession(*project, arguments.file, jobOfPeople(console)));
    console.say(outcome.items == 0 ? "cli.label.session_known" : "cli.label.session_in",
                {{"items", std::to_string(outcome.items)}, {"revisions", std::to_string(outcome.revisions)}, {"disputes", std::to_string(outcome.disputes)}});
    warnAll(console, outcome.issues);
    const json edits = labelReceipts(outcome.receipt, console);
    LAMINA_CHECK(project->close());
    return json{{"session", outcome.session.id}, {"items", outcome.items}, {"revisions", outcome.revisions}, {"disputes", outcome.disputes}, {"new_classes", outcome.newClasses}, {"edits", edits},
                {"issues", issuesToJson(outcome.issues, console.language())}};
}

Result<json> openPackage(const LabelArguments& arguments, Console& console) {
    LAMINA_TRY(const auto file, openSession(arguments.file, console.cancel(), console.progress()));
    console.say("cli.label.session_opened", {{"file", file.string()}});
    return json{{"project", file.string()}};
}

/// The project of a package as a file to send back.
Result<json> giveBack(const LabelArguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::ReadOnly, console));
    LAMINA_TRY(const auto package, project->labelSessions().package());
    if (!package) return fail("label_session.not_a_session", {{"file", project->file().string()}});
    LAMINA_TRY(const auto packed, packProject(*project, arguments.file, {false, false, console.cancel(), console.progress()}));
    console.say("cli.label.session_back", {{"file", arguments.file}});
    return json{{"file", arguments.file}, {"bytes", packed.bytes}};
}

Result<json> listSessions(const LabelArguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.project, StoreAccess::ReadOnly, console));
    LAMINA_TRY(const auto sessions, project->labelSessions().all());
    TerminalTable table({{console.text("cli.head.name")},
                         {console.text("cli.label.who")},
                         {console.text("cli.head.items"), TerminalTable::Align::Right},
                         {console.text("cli.head.state")}});
    auto list = json::array();
    for (const LabelSessionRecord& session : sessions) {
        const auto name = session.settings.value("name", std::string()), person = session.settings.value("annotator", std::string());
        const auto items = session.settings.value("items", std::int64_t{0});
        const char* state = session.isPackage ? "cli.label.is_package" : session.merged != 0 ? "cli.label.is_back" : "cli.label.is_out";
        table.add({name, person, std::to_string(items), console.text(state)});
        list.push_back({{"id", session.id}, {"name", name}, {"person", person}, {"items", items}, {"package", session.isPackage}, {"created", session.created}, {"merged", session.merged}});
    }
    console.table(table);
    return json{{"sessions", list}};
}

/// "cat, box dog": what an opinion says, in short.
std::string wordsOf(const LabelOpinion& opinion, const std::map<std::int64_t, std::string>& names) {
    std::string words;
    if (opinion.state) words = itemStateName(*opinion.state) + (opinion.reason.empty() ? std::string() : ": " + opinion.reason);
    for (const AnnotationRecord& label : opinion.labels) {
        const auto name = names.find(label.classNumber);
        const std::string kind = label.document.value("kind", std::string());
        words += (words.empty() ? "" : ", ") + (kind.empty() ? "" : kind + " ") + (name == names.end() ? std::to_string(label.classNumber) : name->second);
    }
    return words;
}

json opinionToJson(const LabelOpinion& opinion, const std::map<std::int64_t, std::string>& names) {
    auto labels = json::array();
    for (const AnnotationRecord& label : opinion.labels) {
        const auto name = names.find(label.classNumber);
        labels.push_back({{"class", name == names.end() ? "" : name->second}, {"document", label.document}, {"annotator", label.annotator}, {"tool", label.tool}, {"time", label.time}});
    }
    json said{{"who", opinion.who}, {"pass", opinion.pass}, {"labels", labels}};
    if (opinion.state) said["state"] = itemStateName(*opinion.state);
    if (!opinion.reason.empty()) said["reason"] = opinion.reason;
    return said;
}

json figure(double value) { return std::isnan(value) ? json() : json(value); }

}  // namespace label_people_parts

Result<nlohmann::json> labelSession(const LabelArguments& arguments, Console& console) {
    using namespace label_people_parts;
    if (arguments.what == "list") return listSessions(arguments, console);
    const bool known = arguments.what == "out" || arguments.what == "in" || arguments.what == "open" || arguments.what == "back";
    if (!known || arguments.file.empty()) return fail("cli.label_session");
    if (arguments.what == "in") return takeIn(arguments, console);
    if (arguments.what == "open") return openPackage(arguments, console);
    if (arguments.what == "back") return giveBack(arguments, console);
    Path file = arguments.file;
    if (file.extension() != sessionEnding) file += sessionEnding;
    return send(arguments, file, console);
}

Result<nlohmann::json> labelBlindPass(const LabelArguments& arguments, Console& console) {
    const Path project = projectPath(arguments.project);
    const std::string person = !arguments.people.empty() ? arguments.people.front() : arguments.annotator;
    if (person.empty()) return fail("label_session.no_person");
    std::string name = person;
    for (char& letter : name)
        if (static_cast<unsigned char>(letter) < 128 && std::isalnum(static_cast<unsigned char>(letter)) == 0) letter = '_';
    return label_people_parts::send(arguments, project.parent_path() / (project.stem().string() + "-" + name + ".lamina"), console);
}

Result<nlohmann::json> labelDisputes(const LabelArguments& arguments, Console& console) {
    using namespace label_people_parts;
    LAMINA_TRY(const auto desk, openLabelCommand(arguments, StoreAccess::ReadOnly, console));
    LAMINA_TRY(const auto items, desk.project->reviews().openItems(desk.labelling.key, 0, arguments.limit));
    const auto names = namesOfLabelClasses(*desk.project);
    TerminalTable table({{console.text("cli.head.number"), TerminalTable::Align::Right}, {console.text("cli.head.name")}, {console.text("cli.label.opinion")}, {console.text("cli.label.who")},
                         {console.text("cli.head.class")}});
    auto list = json::array();
    for (const LabelItemRecord& item : items) {
        LAMINA_TRY(const auto opinions, opinionsOf(*desk.project, item.key));
        auto said = json::array();
        for (std::size_t i = 0; i < opinions.size(); ++i) {
            table.add({i == 0 ? std::to_string(item.position + 1) : "", i == 0 ? item.identity : "", std::to_string(i + 1), opinions[i].who, wordsOf(opinions[i], names)});
            said.push_back(opinionToJson(opinions[i], names));
        }
        list.push_back({{"item", item.key}, {"row", item.position}, {"name", item.identity}, {"opinions", said}});
    }
    if (list.empty()) console.say("cli.label.no_disputes");
    else console.table(table);
    return json{{"items", list}};
}

Result<nlohmann::json> labelSettle(const LabelArguments& arguments, Console& console) {
    LAMINA_TRY(const auto desk, openLabelCommand(arguments, StoreAccess::Write, console));
    LAMINA_TRY(const auto items, labelItemsOfRows(desk, arguments));
    auto edits = nlohmann::json::array();
    for (const LabelItemRecord& item : items) {
        LAMINA_TRY(const auto receipt, settleItem(*desk.project, item.key, static_cast<int>(arguments.choose) - 1));
        for (const auto& entry : labelReceipts(receipt, console)) edits.push_back(entry);
    }
    console.say("cli.label.settled", {{"items", std::to_string(items.size())}});
    LAMINA_CHECK(desk.project->close());
    return nlohmann::json{{"items", items.size()}, {"edits", edits}};
}

Result<nlohmann::json> labelAgreement(const LabelArguments& arguments, Console& console) {
    using namespace label_people_parts;
    LAMINA_TRY(const auto desk, openLabelCommand(arguments, StoreAccess::ReadOnly, console));
    LAMINA_TRY(const auto group, groupAgreement(*desk.project, desk.dataset, arguments.people, console.cancel()));
    TerminalTable table({{console.text("cli.label.who")}, {console.text("cli.label.who")}, {console.text("cli.annotations.common_items"), TerminalTable::Align::Right},
                         {console.text("cli.annotations.cohen"), TerminalTable::Align::Right}, {console.text("cli.annotations.cohen_shapes"), TerminalTable::Align::Right},
                         {console.text("cli.annotations.overlap"), TerminalTable::Align::Right}});
    auto pairs = json::array();
    for (const AgreementPair& pair : group.pairs) {
        table.add({pair.a, pair.b, std::to_string(pair.report.items), decimal(pair.report.cohen), decimal(pair.report.cohenOfShapes), decimal(pair.report.overlap)});
        pairs.push_back({{"people", {pair.a, pair.b}}, {"items", pair.report.items}, {"classified", pair.report.classified}, {"cohen_kappa", figure(pair.report.cohen)},
                         {"matched", pair.report.matched}, {"shapes", {pair.report.shapesA, pair.report.shapesB}}, {"mean_iou", figure(pair.report.overlap)},
                         {"cohen_kappa_of_shapes", figure(pair.report.cohenOfShapes)}});
    }
    console.table(table);
    console.say("cli.label.agreement", {{"fleiss", decimal(group.fleiss)}, {"complete", std::to_string(group.complete)}, {"alpha", decimal(group.krippendorff)}, {"items", std::to_string(group.items)},
                                        {"overlap", decimal(group.overlap)}});
    return json{{"people", group.people}, {"items", group.items}, {"complete", group.complete}, {"fleiss_kappa", figure(group.fleiss)}, {"krippendorff_alpha", figure(group.krippendorff)},
                {"matched", group.matched}, {"mean_iou", figure(group.overlap)}, {"pairs", pairs}};
}

}  // namespace lamina
