#include "core/project/label_edits.h"

#include <cstdlib>

namespace lamina {

EditName addedLabel(const LabelItemRecord& item, const std::string& className) {
    return editName("edit.add_label", {{"item", std::to_string(item.key)}, {"name", item.identity}, {"class", className}});
}

EditName changedLabel(const LabelItemRecord& item, const std::string& className) {
    return editName("edit.change_label", {{"item", std::to_string(item.key)}, {"name", item.identity}, {"class", className}});
}

EditName removedLabel(const LabelItemRecord& item, const std::string& className) {
    return editName("edit.remove_label", {{"item", std::to_string(item.key)}, {"name", item.identity}, {"class", className}});
}

EditName acceptedLabel(const LabelItemRecord& item, const std::string& className) {
    return editName("edit.accept_label", {{"item", std::to_string(item.key)}, {"name", item.identity}, {"class", className}});
}

std::int64_t itemOfEdit(const EditName& name) {
    std::int64_t item = 0;
    for (const auto& [key, value] : name.arguments) {
        if (key == "item") item = std::atoll(value.c_str());
        if (key == "items" && value != "1") return 0;
    }
    return item;
}

}  // namespace lamina
