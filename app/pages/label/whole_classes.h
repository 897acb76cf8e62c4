// Classes of an item as a whole: one that replaces the others, or several beside each other.
#pragma once

#include "app/pages/label/label_gestures.h"

namespace lamina {

/// This class alone. Nothing happens (no revisions) where it is so already.
NamedGesture onlyClass(std::int64_t number, const LabelItemRecord& item, const std::vector<LabelClassRecord>& classes, LabelHeads& heads);
/// This class too, beside what it has; one that a person gave goes again, one that a model proposes becomes a person's.
NamedGesture toggledClass(std::int64_t number, const LabelItemRecord& item, const std::vector<LabelClassRecord>& classes, LabelHeads& heads);

}  // namespace lamina
