// Where the main job (`lamina road`) takes its data from and where it puts its project.
#pragma once

#include <string>

#include "core/base/files.h"

namespace lamina {

/// "fashion-mnist": where Debian's dataset-fashion-mnist is ("road.no_fashion_mnist" where it is not installed); else the path itself.
Result<Path> roadSource(const std::string& dataset);
/// `wanted` with ".lamina", or with a number where that is taken: nothing is overwritten.
Path freeProjectFile(const Path& wanted);

}  // namespace lamina
