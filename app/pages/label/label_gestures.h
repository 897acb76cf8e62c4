// From what a hand did on the canvas to what the project keeps.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/project/annotation_record.h"
#include "core/project/label_edits.h"
#include "widgets/canvas/canvas_shape.h"

namespace lamina {

/// A gesture with its name; `heads` (label → the revision that counts) is brought up to date, so that the next gesture can be made before this one is
/// written.
struct NamedGesture {
    EditName name;
    LabelGesture gesture;
    std::map<std::int64_t, std::int64_t> classes;    ///< how many labels of people more (or fewer) there are of each class number
    std::map<std::int64_t, std::int64_t> proposals;  ///< the same of models' proposals
};
using LabelHeads = std::map<std::string, AnnotationRecord>;

/// What a desk without a canvas says of a label.
struct LabelChange {
    std::string label;             ///< of one that is known, or the UUID of a new one
    std::int64_t classNumber = 0;  ///< 0: none
    nlohmann::json document = nlohmann::json::object();
    bool removed = false;
    std::string words;             ///< what the edit speaks of; empty: the class
};

NamedGesture gestureOf(const std::vector<LabelChange>& changes, const LabelItemRecord& item, const std::vector<LabelClassRecord>& classes, const std::string& tool, LabelHeads& heads);
NamedGesture gestureOf(const CanvasEdit& edit, const LabelItemRecord& item, const std::vector<LabelClassRecord>& classes, const std::string& tool, LabelHeads& heads);
/// The class of the picture as a whole; 0 takes it away. Nothing happens (no revisions) where it has it already.
NamedGesture wholeClass(std::int64_t number, const LabelItemRecord& item, const std::vector<LabelClassRecord>& classes, LabelHeads& heads);
/// An earlier revision counts again; the newest one of its label is its parent. Nothing happens where it counts already.
NamedGesture restoration(const AnnotationRecord& earlier, const AnnotationRecord& newest, const LabelItemRecord& item, const std::vector<LabelClassRecord>& classes, LabelHeads& heads);
/// The state that an item has after a gesture, as the project will find it.
ItemState stateAfter(const LabelGesture& gesture, ItemState before, const LabelHeads& heads);
/// The proposals of models among these labels become a person's.
NamedGesture acceptance(const LabelItemRecord& item, const std::vector<LabelClassRecord>& classes, LabelHeads& heads);

}  // namespace lamina
