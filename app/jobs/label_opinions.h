// What several people say about one item, side by side, and the decision between them. Blocks; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/annotation/annotation.h"
#include "core/project/project.h"

namespace lamina {

/// What one pass over an item says, or where revisions of one label met, what one of its authors says.
struct LabelOpinion {
    std::string who;         ///< names of all whose labels it holds, one after the other
    std::int64_t pass = 1;
    std::int64_t time = 0;   ///< of its newest label
    std::vector<AnnotationRecord> labels;
    std::optional<ItemState> state;  ///< skipped, or checked with nothing there: said in a package, of an item of which something else was said here
    std::string reason;              ///< of ItemState::Skipped
};

/// The opinions on an item as they were given: decisions between them do not count, proposals of models neither. By pass, then by name.
std::vector<LabelOpinion> opinionsIn(const std::vector<AnnotationRecord>& history);
/// Behind them states that packages brought, that differ from what was said here and that nobody has settled yet.
Result<std::vector<LabelOpinion>> opinionsOf(Project& project, std::int64_t item);

/// Do they say the same: equal classes of the whole, and shapes of the same classes that overlap by `alikeFrom` or more?
bool isAlike(const LabelOpinion& a, const LabelOpinion& b, const ClassNumbers& numbers, const LabelItemRecord& item);
inline constexpr double alikeFrom = 0.7;

/// What an item's labels of one opinion are as values; `label`: number of the class.
std::vector<AnnotationShape> shapesOf(const LabelOpinion& opinion, const ClassNumbers& numbers);
/// Classes of the item as a whole, ascending.
std::vector<std::int64_t> classesOf(const LabelOpinion& opinion, const ClassNumbers& numbers);

/// The gesture that decides for an opinion (of opinionsOf()): its labels count from now on, all others do not, and nothing is open any more. They keep
/// what was said; who decided is in the revisions. To skip an item leaves its labels alone. Without an opinion: what counts now is the decision.
LabelGesture decisionFor(const LabelItemRecord& item, const std::vector<AnnotationRecord>& history, const LabelOpinion* opinion);

/// One edit. `opinion`: index into opinionsOf(); -1: what counts now. "label_item.not_found", "labelling.no_opinion" {number, known}.
Result<EditReceipt> settleItem(Project& project, std::int64_t item, int opinion);

}  // namespace lamina
