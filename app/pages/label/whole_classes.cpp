#include "app/pages/label/whole_classes.h"

#include <algorithm>

namespace lamina {

namespace {

bool isOfTheWhole(const AnnotationRecord& record) { return record.document.empty() && record.classNumber != 0; }

}  // namespace

NamedGesture onlyClass(std::int64_t number, const LabelItemRecord& item, const std::vector<LabelClassRecord>& classes, LabelHeads& heads) {
    const ClassNumbers numbers(classes);
    std::vector<LabelChange> changes;
    bool kept = false;
    for (const auto& [label, head] : heads) {
        if (!isOfTheWhole(head)) continue;
        const bool same = numbers.current(head.classNumber) == number && head.model.empty();
        if (same && !kept) kept = true;
        else changes.push_back({label, 0, nlohmann::json::object(), true, {}});
    }
    if (changes.size() < 2 && !(kept && !changes.empty())) return wholeClass(number, item, classes, heads);
    if (!kept) {
        changes.front().removed = false;
        changes.front().classNumber = number;
    }
    return gestureOf(changes, item, classes, "class", heads);
}

NamedGesture toggledClass(std::int64_t number, const LabelItemRecord& item, const std::vector<LabelClassRecord>& classes, LabelHeads& heads) {
    const ClassNumbers numbers(classes);
    const auto there = std::find_if(heads.begin(), heads.end(), [&](const auto& head) { return isOfTheWhole(head.second) && numbers.current(head.second.classNumber) == number; });
    LabelChange change{there == heads.end() ? newUuid() : there->first, number, nlohmann::json::object(), false, {}};
    change.removed = there != heads.end() && there->second.model.empty();
    if (change.removed) {
        const auto named = std::find_if(classes.begin(), classes.end(), [&](const auto& record) { return record.number == number; });
        change.words = named == classes.end() ? std::to_string(number) : named->name;
    }
    return gestureOf(std::vector<LabelChange>{change}, item, classes, "class", heads);
}

}  // namespace lamina
