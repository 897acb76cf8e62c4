// Which content files the project names, and where. Inside core/project only.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/store/store.h"

namespace lamina {

struct FileReference {
    std::string hash;
    std::string owner;  ///< what it belongs to, in the user's names ("iris / sepal_length")
};

/// Sorted by hash.
Result<std::vector<FileReference>> fileReferences(const Store& store);
/// Does anything name it, also something that was taken back and could be redone?
Result<bool> isFileInUse(const Store& store, const std::string& hash);

}  // namespace lamina
