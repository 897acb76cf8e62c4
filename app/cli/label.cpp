// `lamina label`: work on the labels of a project with models: order, suspects, proposals, learning, review.
#include <cmath>

#include "app/cli/command.h"
#include "app/cli/label.h"
#include "app/cli/shared.h"
#include "app/jobs/annotation_jobs.h"
#include "app/jobs/label_proposals.h"
#include "app/jobs/label_queue.h"
#include "core/project/label_edits.h"

namespace lamina {
namespace label_command_parts {

using nlohmann::json;

Result<std::unique_ptr<Project>> openFor(const LabelArguments& arguments, StoreAccess access, Console& console) {
    LAMINA_TRY(auto project, openProject(arguments.project, access, console));
    if (!arguments.annotator.empty()) {
        project->setAuthor(arguments.annotator);
        return project;
    }
    LAMINA_TRY(const auto package, project->labelSessions().package());
    if (package) project->setAuthor(package->settings.value("annotator", project->author()));
    return project;
}

}  // namespace label_command_parts

Result<LabelCommandDesk> openLabelCommand(const LabelArguments& arguments, StoreAccess access, Console& console) {
    LabelCommandDesk desk;
    LAMINA_TRY(desk.project, label_command_parts::openFor(arguments, access, console));
    LAMINA_TRY(desk.dataset, findDataset(*desk.project, arguments.dataset));
    LAMINA_TRY(desk.labelling, labellingOf(*desk.project, desk.dataset));
    return desk;
}

nlohmann::json labelReceipts(const EditReceipt& receipt, Console& console) {
    if (receipt.id.empty()) return nlohmann::json::array();
    console.acknowledge(receipt.id);
    return nlohmann::json::array({receiptToJson(receipt, console.language())});
}

std::map<std::int64_t, std::string> namesOfLabelClasses(Project& project) {
    std::map<std::int64_t, std::string> names;
    if (const auto classes = project.labelClasses().all())
        for (const LabelClassRecord& record : *classes) names[record.number] = record.name;
    return names;
}

Result<std::vector<LabelItemRecord>> labelItemsOfRows(const LabelCommandDesk& desk, const LabelArguments& arguments) {
    std::vector<LabelItemRecord> items;
    for (const std::int64_t row : arguments.rows) {
        LAMINA_TRY(auto item, desk.project->labelItems().at(desk.labelling.key, row - 1));
        if (!item) return fail("label_item.not_found", {{"item", std::to_string(row)}});
        items.push_back(std::move(*item));
    }
    return items;
}

namespace label_command_parts {

ImportJob jobOf(Console& console) { return {console.progress(), console.cancel(), 0}; }

Result<json> begin(const LabelArguments& arguments, Console& console) {
    LAMINA_TRY(auto project, openFor(arguments, StoreAccess::Write, console));
    LAMINA_TRY(const auto dataset, findDataset(*project, arguments.dataset));
    LAMINA_TRY(const auto known, project->labelItems().ofDataset(dataset.id));
    if (known) return fail("labelling.exists", {{"dataset", dataset.name}});
    LabellingRecord labelling;
    if (arguments.column.empty()) {
        LAMINA_TRY(labelling, beginLabelling(*project, dataset, jobOf(console)));
    } else {
        LAMINA_TRY(labelling, beginLabellingFrom(*project, dataset, arguments.column, jobOf(console)));
    }
    LAMINA_TRY(const auto counts, project->labelItems().counts(labelling.key));
    console.say("cli.label.begun", {{"dataset", dataset.name}, {"items", std::to_string(counts.items())}, {"labels", std::to_string(counts.labels())}});
    LAMINA_CHECK(project->close());
    return json{{"items", counts.items()}, {"labels", counts.labels()}};
}

/// The next items of the order, with what is proposed for them.
Result<json> showNext(const LabelCommandDesk& desk, std::int64_t limit, Console& console) {
    LAMINA_TRY(const auto order, desk.project->labelOrders().of(desk.labelling.key));
    if (!order) {
        console.say("cli.label.no_order");
        return json{{"order", "rows"}, {"items", json::array()}};
    }
    const auto names = namesOfLabelClasses(*desk.project);
    const auto nameOf = [&](std::int64_t number) { return names.count(number) ? names.at(number) : std::string(); };
    LAMINA_TRY(const auto classes, desk.project->annotations().wholeClasses(desk.labelling.key));
    std::map<std::int64_t, const WholeClass*> byKey;
    for (const WholeClass& item : classes) byKey[item.item] = &item;
    TerminalTable table({{console.text("cli.head.number"), TerminalTable::Align::Right},
                         {console.text("cli.head.class")},
                         {console.text("cli.label.proposed")},
                         {console.text("cli.label.score"), TerminalTable::Align::Right}});
    auto list = json::array();
    for (const OrderEntry& entry : order->entries) {
        if (std::ssize(list) >= limit) break;
        const auto item = byKey.find(entry.item);
        if (item == byKey.end()) continue;
        const WholeClass& whole = *item->second;
        table.add({std::to_string(whole.position + 1), nameOf(whole.classNumber), nameOf(entry.suggestion), decimal(static_cast<double>(entry.score))});
        list.push_back({{"item", whole.item}, {"row", whole.position}, {"class", nameOf(whole.classNumber)}, {"proposed", nameOf(entry.suggestion)}, {"score", entry.score}});
    }
    console.table(table);
    return json{{"order", order->kind}, {"settings", order->settings}, {"length", order->entries.size()}, {"items", list}};
}

Result<json> order(const LabelArguments& arguments, Console& console) {
    LAMINA_TRY(const auto desk, openLabelCommand(arguments, StoreAccess::Write, console));
    OrderRequest request;
    request.dataset = desk.dataset.id;
    request.kind = *orderFromName(arguments.by);
    request.seed = static_cast<std::uint64_t>(arguments.seed);
    request.folds = static_cast<std::int32_t>(arguments.folds);
    request.threads = arguments.threads;
    LAMINA_TRY(const auto outcome, orderItems(*desk.project, request, jobOf(console)));
    console.say("cli.label.ordered", {{"items", std::to_string(outcome.order.entries.size())}, {"order", console.text("label_order." + arguments.by)}});
    if (request.kind == OrderKind::Suspects)
        console.say("cli.label.doubts", {{"doubted", std::to_string(outcome.doubted)}, {"errors", std::to_string(std::llround(outcome.expectedErrors))}});
    LAMINA_TRY(auto result, showNext(desk, arguments.limit, console));
    result["doubted"] = outcome.doubted;
    result["expected_errors"] = outcome.expectedErrors;
    LAMINA_CHECK(desk.project->close());
    return result;
}

Result<json> next(const LabelArguments& arguments, Console& console) {
    LAMINA_TRY(const auto desk, openLabelCommand(arguments, StoreAccess::ReadOnly, console));
    return showNext(desk, arguments.limit, console);
}

Result<json> learn(const LabelArguments& arguments, Console& console) {
    LAMINA_TRY(const auto desk, openLabelCommand(arguments, StoreAccess::Write, console));
    LAMINA_TRY(const auto outcome, learnLabels(*desk.project, {desk.dataset.id, arguments.afresh, arguments.threads}, jobOf(console)));
    console.say(outcome.wentOn ? "cli.label.went_on" : "cli.label.learned",
                {{"labels", std::to_string(outcome.model.labels)}, {"changed", std::to_string(outcome.changed)}, {"seconds", decimal(outcome.learnSeconds, 1)}});
    const std::int64_t tried = outcome.model.heldOut;
    if (!std::isnan(outcome.model.accuracy))
        console.say("cli.label.accuracy", {{"right", std::to_string(std::llround(outcome.model.accuracy * static_cast<double>(tried)))}, {"tried", std::to_string(tried)}, {"accuracy", decimal(outcome.model.accuracy)}});
    LAMINA_CHECK(desk.project->close());
    return json{{"labels", outcome.model.labels},
                {"classes", outcome.model.numbers},
                {"accuracy", std::isnan(outcome.model.accuracy) ? json() : json(outcome.model.accuracy)},
                {"held_out", tried},
                {"went_on", outcome.wentOn},
                {"changed", outcome.changed},
                {"learn_seconds", outcome.learnSeconds},
                {"order_seconds", outcome.orderSeconds},
                {"order", outcome.order ? outcome.order->kind : ""}};
}

Result<json> propose(const LabelArguments& arguments, Console& console) {
    LAMINA_TRY(const auto desk, openLabelCommand(arguments, StoreAccess::Write, console));
    LAMINA_TRY(const auto outcome, proposeLabels(*desk.project, {desk.dataset.id, arguments.proposer, arguments.run, arguments.above, arguments.threads}, jobOf(console)));
    console.say("cli.label.proposals", {{"proposed", std::to_string(outcome.proposed)}, {"asked", std::to_string(outcome.asked)}});
    for (const std::string& name : outcome.unknownClasses) console.warn({Severity::Note, fail("labelling.class_unknown", {{"class", name}}), 1});
    const json edits = labelReceipts(outcome.receipt, console);
    LAMINA_CHECK(desk.project->close());
    return json{{"asked", outcome.asked}, {"proposed", outcome.proposed}, {"model", outcome.model}, {"unknown_classes", outcome.unknownClasses}, {"edits", edits}};
}

Result<json> judge(const LabelArguments& arguments, bool accept, Console& console) {
    LAMINA_TRY(const auto desk, openLabelCommand(arguments, StoreAccess::Write, console));
    LAMINA_TRY(const auto items, labelItemsOfRows(desk, arguments));
    JudgeProposals request{desk.dataset.id, accept, arguments.above, arguments.below, {}};
    for (const LabelItemRecord& item : items) request.items.push_back(item.key);
    LAMINA_TRY(const auto outcome, judgeProposals(*desk.project, request, jobOf(console)));
    console.say(accept ? "cli.label.accepted" : "cli.label.rejected", {{"items", std::to_string(outcome.items)}});
    const json edits = labelReceipts(outcome.receipt, console);
    LAMINA_CHECK(desk.project->close());
    return json{{"items", outcome.items}, {"edits", edits}};
}

/// --also: beside the classes that the item has; --not: this one goes. Nothing where it is so already.
Result<std::optional<AnnotationRecord>> besideOthers(Project& project, const LabelItemRecord& item, std::int64_t number, bool taken) {
    LAMINA_TRY(const auto known, project.labelClasses().all());
    LAMINA_TRY(const auto labels, project.annotations().ofItem(item.key));
    const ClassNumbers numbers(known);
    AnnotationRecord label;
    label.classNumber = number;
    label.tool = "class";
    label.removed = taken;
    for (const AnnotationRecord& there : labels) {
        if (!there.document.empty() || there.pass > 1 || numbers.current(there.classNumber) != number) continue;
        if (!taken && there.model.empty()) return std::optional<AnnotationRecord>();
        label.parent = there.id;
    }
    return taken && label.parent.empty() ? std::optional<AnnotationRecord>() : std::optional(std::move(label));
}

/// A class for whole items, in the place of what they had or beside it.
Result<json> set(const LabelArguments& arguments, Console& console) {
    LAMINA_TRY(const auto desk, openLabelCommand(arguments, StoreAccess::Write, console));
    LAMINA_TRY(const auto items, labelItemsOfRows(desk, arguments));
    LAMINA_TRY(const auto record, desk.project->labelClasses().find(arguments.className));
    LAMINA_TRY(const auto classes, desk.project->annotations().wholeClasses(desk.labelling.key));
    auto edits = json::array();
    for (const LabelItemRecord& item : items) {
        AnnotationRecord label;
        for (const WholeClass& whole : classes)
            if (whole.item == item.key) label.parent = !whole.revision.empty() ? whole.revision : whole.proposal;
        label.classNumber = record.number;
        label.tool = "class";
        if (arguments.also || arguments.taken) {
            LAMINA_TRY(auto beside, besideOthers(*desk.project, item, record.number, arguments.taken));
            if (!beside) continue;
            label = std::move(*beside);
        }
        EditName name = label.removed ? removedLabel(item, record.name) : label.parent.empty() ? addedLabel(item, record.name) : changedLabel(item, record.name);
        LAMINA_TRY(const auto receipt, desk.project->annotations().apply(std::move(name), LabelGesture{item.key, {label}, std::nullopt, {}, false}).get());
        for (const json& entry : labelReceipts(receipt, console)) edits.push_back(entry);
    }
    console.say(arguments.taken ? "cli.label.not_labelled" : "cli.label.labelled", {{"items", std::to_string(items.size())}, {"class", record.name}});
    LAMINA_CHECK(desk.project->close());
    return json{{"items", items.size()}, {"edits", edits}};
}

json reviewToJson(const ReviewRecord& review) {
    return {{"accepted", review.accepted}, {"comment", review.comment}, {"reviewer", review.reviewer}, {"time", review.time}, {"current", review.current}};
}

/// With rows: says what a reviewer thinks of them. Without: what waits for review and what was rejected.
Result<json> review(const LabelArguments& arguments, Console& console) {
    LAMINA_TRY(const auto desk, openLabelCommand(arguments, arguments.rows.empty() ? StoreAccess::ReadOnly : StoreAccess::Write, console));
    if (!arguments.rows.empty()) {
        LAMINA_TRY(const auto items, labelItemsOfRows(desk, arguments));
        auto edits = json::array();
        for (const LabelItemRecord& item : items) {
            ReviewRecord record;
            record.item = item.key;
            record.accepted = !arguments.refuse;
            record.comment = arguments.comment;
            LAMINA_TRY(const auto receipt, desk.project->reviews().add(std::move(record)).get());
            for (const json& entry : labelReceipts(receipt, console)) edits.push_back(entry);
        }
        console.say("cli.label.reviewed", {{"items", std::to_string(items.size())}});
        LAMINA_CHECK(desk.project->close());
        return json{{"items", items.size()}, {"edits", edits}};
    }
    json result;
    TerminalTable table({{console.text("cli.head.number"), TerminalTable::Align::Right}, {console.text("cli.head.name")}, {console.text("cli.head.note")}});
    for (const auto& [name, which] : {std::pair{"waiting", ReviewQueue::Waiting}, {"rejected", ReviewQueue::Rejected}}) {
        LAMINA_TRY(const auto items, desk.project->reviews().queue(desk.labelling.key, which, 0, arguments.limit));
        result[name] = json::array();
        for (const LabelItemRecord& item : items) {
            LAMINA_TRY(const auto reviews, desk.project->reviews().ofItem(item.key));
            const std::string comment = reviews.empty() ? std::string() : reviews.front().comment;
            table.add({std::to_string(item.position + 1), item.identity, console.text(std::string("label_review.") + name) + (comment.empty() ? "" : ": " + comment)});
            auto list = json::array();
            for (const ReviewRecord& one : reviews) list.push_back(reviewToJson(one));
            result[name].push_back({{"item", item.key}, {"row", item.position}, {"name", item.identity}, {"reviews", list}});
        }
    }
    console.table(table);
    return result;
}

Result<json> act(const LabelArguments& arguments, Console& console) {
    if (arguments.action == "begin") return arguments.blind ? labelBlindPass(arguments, console) : begin(arguments, console);
    if (arguments.action == "order") return order(arguments, console);
    if (arguments.action == "learn") return learn(arguments, console);
    if (arguments.action == "propose") return propose(arguments, console);
    if (arguments.action == "accept" || arguments.action == "reject") return judge(arguments, arguments.action == "accept", console);
    if (arguments.action == "set") return set(arguments, console);
    if (arguments.action == "dataset") return labelDataset(arguments, console);
    if (arguments.action == "ranges") return labelRanges(arguments, console);
    if (arguments.action == "interpolate") return labelInterpolate(arguments, console);
    if (arguments.action == "session") return labelSession(arguments, console);
    if (arguments.action == "disputes") return labelDisputes(arguments, console);
    if (arguments.action == "settle") return labelSettle(arguments, console);
    if (arguments.action == "agreement") return labelAgreement(arguments, console);
    return arguments.action == "review" ? review(arguments, console) : next(arguments, console);
}

}  // namespace label_command_parts

void label_command(Command& command) {
    using namespace label_command_parts;
    auto arguments = std::make_shared<LabelArguments>();
    command.commits();
    command.argument("project", arguments->project);
    command.argument("action", arguments->action)
        .oneOf({"begin", "order", "next", "learn", "propose", "accept", "reject", "set", "review", "dataset", "ranges", "interpolate", "session", "disputes", "settle", "agreement"});
    command.argument("what", arguments->what).optional();
    command.argument("file", arguments->file).optional();
    command.option("dataset", arguments->dataset);
    command.option("from-column", arguments->column);
    command.option("by", arguments->by).oneOf({"rows", "random", "entropy", "margin", "different", "suspects"});
    command.option("seed", arguments->seed).notNegative();
    command.option("folds", arguments->folds).between(2, 20);
    command.option("limit", arguments->limit).notNegative();
    command.flag("afresh", arguments->afresh);
    command.option("proposer", arguments->proposer);
    command.option("run", arguments->run);
    command.option("above", arguments->above);
    command.option("below", arguments->below);
    command.option("row", arguments->rows).oneWordEach();
    command.option("class", arguments->className);
    command.flag("also", arguments->also);
    command.flag("not", arguments->taken);
    command.flag("refuse", arguments->refuse);
    command.option("comment", arguments->comment);
    command.option("as", arguments->annotator);
    command.option("person", arguments->people).oneWordEach();
    command.option("items", arguments->items);
    command.option("state", arguments->state).oneOf({"unlabelled", "labelled", "checked", "checked_empty", "skipped"});
    command.option("part", arguments->part).positive();
    command.option("parts", arguments->parts).positive();
    command.flag("not-out", arguments->notOut);
    command.flag("blind", arguments->blind);
    command.flag("with-pictures", arguments->pictures);
    command.option("choose", arguments->choose).notNegative();
    command.option("threads", arguments->threads).notNegative();
    command.run = [arguments](Console& console) { return act(*arguments, console); };
}

}  // namespace lamina
