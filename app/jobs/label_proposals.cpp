#include "app/jobs/label_proposals.h"

#include <algorithm>
#include <map>

#include "app/jobs/annotation_jobs.h"

namespace lamina {
namespace {

Result<const ProposerType*> proposerNamed(const std::string& id) {
    if (id.empty()) return proposerCatalogue().front();
    std::string known;
    for (const ProposerType* type : proposerCatalogue()) {
        if (type->id == id) return type;
        known += (known.empty() ? "" : ", ") + type->id;
    }
    return fail("labelling.unknown_proposer", {{"proposer", id}, {"known", known}});
}

bool waitsForAProposal(const WholeClass& item) { return item.classNumber == 0 && item.state == ItemState::Unlabelled; }

/// A proposal leaves the item as it is: unlabelled.
LabelGesture proposalGesture(const WholeClass& item, const Proposal& proposal, const std::string& tool, const std::string& model) {
    AnnotationRecord record;
    record.parent = item.proposal;
    record.classNumber = proposal.classNumber;
    record.tool = tool;
    record.model = model;
    record.confidence = proposal.score;
    LabelGesture gesture;
    gesture.item = item.item;
    gesture.revisions.push_back(std::move(record));
    gesture.state = item.state;
    return gesture;
}

LabelGesture judgedGesture(const WholeClass& item, bool accept) {
    AnnotationRecord record;
    record.parent = item.proposal;
    record.classNumber = item.proposed;
    record.tool = accept ? "accept" : "reject";
    record.removed = !accept;
    LabelGesture gesture;
    gesture.item = item.item;
    gesture.revisions.push_back(std::move(record));
    if (!accept) gesture.state = item.state;
    return gesture;
}

}  // namespace

Result<ProposeOutcome> proposeLabels(Project& project, const ProposeRequest& request, const ImportJob& job) {
    LAMINA_TRY(const ProposerType* proposer, proposerNamed(request.proposer));
    LAMINA_TRY(const auto dataset, findDataset(project, request.dataset));
    LAMINA_TRY(const auto labelling, labellingOf(project, dataset));
    LAMINA_TRY(auto items, project.annotations().wholeClasses(labelling.key));
    std::erase_if(items, [](const WholeClass& item) { return !waitsForAProposal(item); });
    ProposeOutcome outcome;
    outcome.asked = std::ssize(items);
    if (items.empty()) return outcome;
    LAMINA_TRY(auto proposals, proposer->propose({project, dataset, labelling, items, request.run, request.threads, job}));
    outcome.model = proposals.model;
    outcome.unknownClasses = std::move(proposals.unknownClasses);
    std::map<std::int64_t, const WholeClass*> byKey;
    for (const WholeClass& item : items) byKey[item.item] = &item;
    LabelEdit edit;
    for (const Proposal& proposal : proposals.list) {
        const auto item = byKey.find(proposal.item);
        if (item == byKey.end() || proposal.score < request.threshold) continue;
        edit.gestures.push_back(proposalGesture(*item->second, proposal, "proposer:" + proposer->id, proposals.model));
    }
    outcome.proposed = std::ssize(edit.gestures);
    if (edit.gestures.empty()) return outcome;
    EditName name = editName("edit.propose_labels", {{"items", std::to_string(outcome.proposed)}});
    LAMINA_TRY(outcome.receipt, project.annotations().apply(std::move(name), std::move(edit)).get());
    return outcome;
}

Result<JudgeOutcome> judgeProposals(Project& project, const JudgeProposals& request, const ImportJob& job) {
    LAMINA_TRY(const auto dataset, findDataset(project, request.dataset));
    LAMINA_TRY(const auto labelling, labellingOf(project, dataset));
    LAMINA_TRY(const auto items, project.annotations().wholeClasses(labelling.key));
    LabelEdit edit;
    for (const WholeClass& item : items) {
        if (job.cancel.cancelled()) return fail("job.cancelled");
        if (item.proposed == 0 || item.confidence < request.from || item.confidence >= request.below) continue;
        if (!request.items.empty() && std::find(request.items.begin(), request.items.end(), item.item) == request.items.end()) continue;
        edit.gestures.push_back(judgedGesture(item, request.accept));
    }
    JudgeOutcome outcome;
    outcome.items = std::ssize(edit.gestures);
    if (edit.gestures.empty()) return outcome;
    EditName name = request.accept ? editName("edit.accept_proposals", {{"items", std::to_string(outcome.items)}})
                                   : editName("edit.reject_proposals", {{"items", std::to_string(outcome.items)}});
    LAMINA_TRY(outcome.receipt, project.annotations().apply(std::move(name), std::move(edit)).get());
    return outcome;
}

}  // namespace lamina
