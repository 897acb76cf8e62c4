#include "app/pages/label/label_gestures.h"

#include <algorithm>
#include <limits>

#include "core/annotation/shape_document.h"

namespace lamina {

namespace {

std::int64_t numberOf(const std::vector<LabelClassRecord>& classes, const std::string& name) {
    const auto found = std::find_if(classes.begin(), classes.end(), [&](const auto& record) { return record.name == name && record.mergedInto == 0; });
    return found == classes.end() ? 0 : found->number;
}

std::string nameOf(const std::vector<LabelClassRecord>& classes, std::int64_t number) {
    const auto found = std::find_if(classes.begin(), classes.end(), [&](const auto& record) { return record.number == number; });
    return found == classes.end() ? std::to_string(number) : found->name;
}

/// The next revision of a label, or its first; a person's, whoever proposed it.
AnnotationRecord nextRevision(const LabelHeads& heads, const std::string& label, std::int64_t item, const std::string& tool) {
    AnnotationRecord record;
    if (const auto head = heads.find(label); head != heads.end()) {
        record = head->second;
        record.id = newUuid();
        record.parent = head->second.id;
        record.model.clear();
        record.confidence = std::numeric_limits<double>::quiet_NaN();
        record.annotator.clear();
        record.time = 0;
    } else {
        record.id = label;
    }
    record.label = label;
    record.item = item;
    record.tool = tool;
    return record;
}

const CanvasShape* sameShape(const std::vector<CanvasShape>& shapes, const QString& id) {
    const auto found = std::find_if(shapes.begin(), shapes.end(), [&](const auto& shape) { return shape.id == id; });
    return found == shapes.end() ? nullptr : &*found;
}

void take(NamedGesture& named, AnnotationRecord record, LabelHeads& heads) {
    if (const auto head = heads.find(record.label); head != heads.end()) --(head->second.model.empty() ? named.classes : named.proposals)[head->second.classNumber];
    if (!record.removed) ++named.classes[record.classNumber];
    if (record.removed)
        heads.erase(record.label);
    else
        heads[record.label] = record;
    named.gesture.revisions.push_back(std::move(record));
}

}  // namespace

NamedGesture gestureOf(const CanvasEdit& edit, const LabelItemRecord& item, const std::vector<LabelClassRecord>& classes, const std::string& tool, LabelHeads& heads) {
    NamedGesture named;
    named.gesture.item = item.key;
    const auto& shown = edit.after.empty() ? edit.before : edit.after;
    const std::string className = shown.empty() ? std::string() : shown[0].shape.label;
    named.name = edit.after.empty() ? removedLabel(item, className) : edit.before.empty() ? addedLabel(item, className) : changedLabel(item, className);
    for (const auto& gone : edit.before) {
        if (sameShape(edit.after, gone.id)) continue;
        auto record = nextRevision(heads, gone.id.toStdString(), item.key, tool);
        record.removed = true;
        take(named, std::move(record), heads);
    }
    for (const auto& shape : edit.after) {
        auto record = nextRevision(heads, shape.id.toStdString(), item.key, tool);
        record.classNumber = numberOf(classes, shape.shape.label);
        record.document = shapeToDocument(shape.shape);
        take(named, std::move(record), heads);
    }
    return named;
}

NamedGesture gestureOf(const std::vector<LabelChange>& changes, const LabelItemRecord& item, const std::vector<LabelClassRecord>& classes, const std::string& tool, LabelHeads& heads) {
    NamedGesture named;
    named.gesture.item = item.key;
    if (changes.empty()) return named;
    const auto& first = changes.front();
    const std::string words = first.words.empty() ? nameOf(classes, first.classNumber) : first.words;
    named.name = first.removed ? removedLabel(item, words) : heads.count(first.label) == 0 ? addedLabel(item, words) : changedLabel(item, words);
    for (const auto& change : changes) {
        auto record = nextRevision(heads, change.label, item.key, tool);
        if (change.removed) {
            record.removed = true;
        } else {
            record.classNumber = change.classNumber;
            record.document = change.document;
        }
        take(named, std::move(record), heads);
    }
    return named;
}

NamedGesture wholeClass(std::int64_t number, const LabelItemRecord& item, const std::vector<LabelClassRecord>& classes, LabelHeads& heads) {
    NamedGesture named;
    named.gesture.item = item.key;
    const auto there = std::find_if(heads.begin(), heads.end(), [](const auto& head) { return head.second.document.empty(); });
    if (there != heads.end() && there->second.classNumber == number && there->second.model.empty()) return named;
    if (there == heads.end() && number == 0) return named;
    const std::string name = nameOf(classes, number != 0 ? number : there->second.classNumber);
    named.name = number == 0 ? removedLabel(item, name) : there == heads.end() ? addedLabel(item, name) : changedLabel(item, name);
    auto record = nextRevision(heads, there == heads.end() ? newUuid() : there->first, item.key, "class");
    record.document = nlohmann::json::object();
    if (number == 0)
        record.removed = true;
    else
        record.classNumber = number;
    take(named, std::move(record), heads);
    return named;
}

NamedGesture acceptance(const LabelItemRecord& item, const std::vector<LabelClassRecord>& classes, LabelHeads& heads) {
    NamedGesture named;
    named.gesture.item = item.key;
    const LabelHeads before = heads;
    for (const auto& [label, head] : before) {
        if (head.model.empty()) continue;
        if (named.gesture.revisions.empty()) named.name = acceptedLabel(item, nameOf(classes, head.classNumber));
        take(named, nextRevision(before, label, item.key, "accept"), heads);
    }
    return named;
}

NamedGesture restoration(const AnnotationRecord& earlier, const AnnotationRecord& newest, const LabelItemRecord& item, const std::vector<LabelClassRecord>& classes, LabelHeads& heads) {
    NamedGesture named;
    named.gesture.item = item.key;
    if (earlier.removed || earlier.id == newest.id) return named;
    named.name = changedLabel(item, nameOf(classes, earlier.classNumber));
    AnnotationRecord record = earlier;
    record.id = newUuid();
    record.parent = newest.id;
    record.tool = "restore";
    record.model.clear();
    record.confidence = std::numeric_limits<double>::quiet_NaN();
    record.annotator.clear();
    record.time = 0;
    record.live = true;
    take(named, std::move(record), heads);
    return named;
}

ItemState stateAfter(const LabelGesture& gesture, ItemState before, const LabelHeads& heads) {
    if (gesture.state) return *gesture.state;
    if (gesture.revisions.empty()) return before;
    if (heads.empty()) return before == ItemState::Labelled || before == ItemState::Checked ? ItemState::Unlabelled : before;
    return before == ItemState::Checked ? before : ItemState::Labelled;
}

}  // namespace lamina
