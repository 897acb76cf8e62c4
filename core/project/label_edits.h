// What edits of labels are called. Each says which item it is about ("item": its key, "name"), so that whoever takes it back can show it first.
#pragma once

#include <string>

#include "core/project/label_item_record.h"

namespace lamina {

EditName addedLabel(const LabelItemRecord& item, const std::string& className);
EditName changedLabel(const LabelItemRecord& item, const std::string& className);
EditName removedLabel(const LabelItemRecord& item, const std::string& className);
EditName acceptedLabel(const LabelItemRecord& item, const std::string& className);  ///< of a model
/// The item that an edit is about; 0: it is about none, or about several.
std::int64_t itemOfEdit(const EditName& name);

}  // namespace lamina
