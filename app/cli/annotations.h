// What `lamina annotations` was asked for: of files of other programs, or of a project's labels.
#pragma once

#include <string>
#include <vector>

#include "app/cli/console.h"
#include "core/annotation/formats/format_type.h"

namespace lamina {

struct AnnotationsArguments {
    std::string source;  ///< annotations, or a project
    std::string format, to, out;
    std::string imported, pictures, dataset, name;
    std::vector<std::string> parts;  ///< of the split, to be written
    bool withPictures = false, proposals = false, checked = false;
    bool classes = false, list = false, remarks = false;
    std::vector<std::string> renamed, merged, retired, added;
    std::string changed;  ///< a class; its looks are what follows, and those of added ones
    std::string colour, key, parent, description;
    std::vector<std::string> blur;  ///< classes
    std::string state, className;
    std::int64_t limit = 50;
    std::vector<std::string> agreement;  ///< two annotators
};

/// Of a project: import, export, classes, items, remarks, agreement; else the counts.
Result<nlohmann::json> projectAnnotations(const AnnotationsArguments& arguments, Console& console);

}  // namespace lamina
