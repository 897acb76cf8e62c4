#include "app/jobs/label_opinions.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "core/annotation/agreement.h"
#include "core/annotation/shape_document.h"

namespace lamina {
namespace {

bool isDecision(const AnnotationRecord& revision) { return revision.tool == AnnotationRepository::settlingTool; }

/// What nobody replaced and nobody took away, decisions and models left out.
std::vector<const AnnotationRecord*> headsOf(const std::vector<AnnotationRecord>& history) {
    std::map<std::string, std::string> parentOfDecision;
    for (const AnnotationRecord& revision : history)
        if (isDecision(revision)) parentOfDecision[revision.id] = revision.parent;
    std::set<std::string> replaced;
    for (const AnnotationRecord& revision : history) {
        if (isDecision(revision)) continue;
        std::string parent = revision.parent;
        for (auto found = parentOfDecision.find(parent); found != parentOfDecision.end(); found = parentOfDecision.find(parent)) parent = found->second;
        replaced.insert(parent);
    }
    std::vector<const AnnotationRecord*> heads;
    for (const AnnotationRecord& revision : history)
        if (!isDecision(revision) && revision.model.empty() && replaced.count(revision.id) == 0) heads.push_back(&revision);
    return heads;
}

/// Labels of a pass that ended in more than one head.
std::set<std::string> partedLabels(const std::vector<const AnnotationRecord*>& heads) {
    std::map<std::string, int> counts;
    std::set<std::string> parted;
    for (const auto* head : heads)
        if (++counts[head->label] > 1) parted.insert(head->label);
    return parted;
}

void addToOpinion(LabelOpinion& opinion, const AnnotationRecord& head) {
    opinion.time = std::max(opinion.time, head.time);
    if (opinion.who.empty()) opinion.who = head.annotator;
    else if ((", " + opinion.who + ", ").find(", " + head.annotator + ", ") == std::string::npos) opinion.who += ", " + head.annotator;
    if (!head.removed) opinion.labels.push_back(head);
}

/// One pass; where heads of one label met, one opinion for each of their authors, with all that they have in common.
void addPass(std::vector<LabelOpinion>& opinions, std::int64_t pass, const std::vector<const AnnotationRecord*>& heads) {
    const auto parted = partedLabels(heads);
    std::set<std::string> authors;
    for (const auto* head : heads)
        if (parted.count(head->label)) authors.insert(head->annotator);
    if (authors.empty()) authors.insert(std::string());
    for (const std::string& author : authors) {
        LabelOpinion opinion;
        opinion.pass = pass;
        opinion.who = author;
        for (const auto* head : heads) {
            const bool common = parted.count(head->label) == 0;
            if (!common && head->annotator != author) continue;
            if (common && !author.empty()) {
                if (!head->removed) opinion.labels.push_back(*head);
            } else {
                addToOpinion(opinion, *head);
            }
        }
        const bool said = !opinion.labels.empty() || !author.empty();
        if (said) opinions.push_back(std::move(opinion));
    }
}

AnnotationRecord decided(const AnnotationRecord& from, std::string parent, bool removed) {
    AnnotationRecord record = from;
    record.id = newUuid();
    record.parent = std::move(parent);
    record.removed = removed;
    record.annotator.clear();
    record.tool = AnnotationRepository::settlingTool;
    record.model.clear();
    record.confidence = std::numeric_limits<double>::quiet_NaN();
    record.pass = 1;
    record.time = 0;
    record.live = true;
    return record;
}

/// What a package brought of an item and what did not count at once; what a damaged file holds there instead says nothing.
std::optional<LabelOpinion> stateOpinion(const LabelSessionRecord& session, std::int64_t item) {
    const auto all = session.settings.find(statesInDispute);
    if (session.isPackage || all == session.settings.end() || !all->is_object()) return {};
    const auto said = all->find(std::to_string(item));
    if (said == all->end() || !said->is_object() || said->contains("settled")) return {};
    LabelOpinion opinion;
    opinion.state = itemStateFromName(said->value("state", std::string()));
    opinion.reason = said->value("reason", std::string());
    opinion.who = said->value("who", std::string());
    opinion.time = said->value("time", std::int64_t{0});
    return opinion.state ? std::optional(std::move(opinion)) : std::nullopt;
}

bool isOf(const LabelOpinion& opinion, const AnnotationRecord& record) {
    return std::any_of(opinion.labels.begin(), opinion.labels.end(), [&](const AnnotationRecord& label) { return label.id == record.id; });
}

}  // namespace

std::vector<LabelOpinion> opinionsIn(const std::vector<AnnotationRecord>& history) {
    std::map<std::int64_t, std::vector<const AnnotationRecord*>> passes;
    for (const auto* head : headsOf(history)) passes[head->pass].push_back(head);
    std::vector<LabelOpinion> opinions;
    for (const auto& [pass, heads] : passes) addPass(opinions, pass, heads);
    return opinions;
}

Result<std::vector<LabelOpinion>> opinionsOf(Project& project, std::int64_t item) {
    LAMINA_TRY(const auto history, project.annotations().history(item));
    LAMINA_TRY(const auto sessions, project.labelSessions().all());
    auto opinions = opinionsIn(history);
    for (const LabelSessionRecord& session : sessions)
        if (auto said = stateOpinion(session, item)) opinions.push_back(std::move(*said));
    return opinions;
}

std::vector<AnnotationShape> shapesOf(const LabelOpinion& opinion, const ClassNumbers& numbers) {
    std::vector<AnnotationShape> shapes;
    for (const AnnotationRecord& label : opinion.labels)
        if (auto shape = shapeFromDocument(label.document, std::to_string(numbers.current(label.classNumber)))) shapes.push_back(std::move(*shape));
    return shapes;
}

std::vector<std::int64_t> classesOf(const LabelOpinion& opinion, const ClassNumbers& numbers) {
    std::vector<std::int64_t> classes;
    for (const AnnotationRecord& label : opinion.labels)
        if (label.document.empty() && label.classNumber != 0) classes.push_back(numbers.current(label.classNumber));
    std::sort(classes.begin(), classes.end());
    return classes;
}

bool isAlike(const LabelOpinion& a, const LabelOpinion& b, const ClassNumbers& numbers, const LabelItemRecord& item) {
    if (classesOf(a, numbers) != classesOf(b, numbers)) return false;
    const auto first = shapesOf(a, numbers), second = shapesOf(b, numbers);
    if (first.size() != second.size()) return false;
    const auto matches = matchShapes(first, second, alikeFrom, item.width, item.height);
    return matches.size() == first.size() &&
           std::all_of(matches.begin(), matches.end(), [&](const ShapeMatch& match) { return first[match.a].label == second[match.b].label; });
}

LabelGesture decisionFor(const LabelItemRecord& item, const std::vector<AnnotationRecord>& history, const LabelOpinion* opinion) {
    LabelGesture gesture;
    gesture.item = item.key;
    gesture.settles = true;
    if (!opinion) {
        gesture.state = item.state == ItemState::Labelled ? ItemState::Checked : item.state;
        gesture.reason = item.reason;
        return gesture;
    }
    if (opinion->state == ItemState::Skipped) {
        gesture.state = opinion->state;
        gesture.reason = opinion->reason;
        return gesture;
    }
    std::set<std::string> standing;  // labels of the opinion that count already
    for (const AnnotationRecord& record : history) {
        if (!record.live || record.removed || record.pass > 1) continue;  // later passes stay as they were said
        const bool chosen = isOf(*opinion, record) && standing.insert(record.label).second;
        gesture.revisions.push_back(decided(record, record.id, !chosen));
    }
    for (const AnnotationRecord& label : opinion->labels) {
        if (standing.count(label.label) && label.pass == 1) continue;
        AnnotationRecord record = decided(label, {}, false);
        record.label.clear();
        gesture.revisions.push_back(std::move(record));
    }
    gesture.state = opinion->labels.empty() ? ItemState::CheckedEmpty : ItemState::Checked;
    return gesture;
}

Result<EditReceipt> settleItem(Project& project, std::int64_t item, int opinion) {
    LAMINA_TRY(const auto record, project.labelItems().find(item));
    LAMINA_TRY(const auto history, project.annotations().history(item));
    LAMINA_TRY(const auto opinions, opinionsOf(project, item));
    if (opinion >= static_cast<int>(opinions.size()))
        return fail("labelling.no_opinion", {{"number", std::to_string(opinion + 1)}, {"known", std::to_string(opinions.size())}});
    EditName name = editName("edit.settle_item", {{"item", std::to_string(item)}, {"name", record.identity}});
    return project.annotations().apply(std::move(name), decisionFor(record, history, opinion < 0 ? nullptr : &opinions[static_cast<std::size_t>(opinion)])).get();
}

}  // namespace lamina
