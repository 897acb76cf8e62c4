// What pictures of a dataset's columns were seen to be, kept beside the project's other caches. Nothing names these files: they may go at any time.
#pragma once

#include <optional>

#include "core/data/seen_picture.h"
#include "core/project/project.h"

namespace lamina {

/// For profiles of a dataset's own columns, in their order. A column that has no content file of its own (a step made it) is neither found nor kept. The
/// project must live as long as this is used. Any thread.
PictureMemory pictureMemory(const Project& project, const DatasetRecord& dataset);

}  // namespace lamina
