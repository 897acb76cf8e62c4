// The main job in one go: a new project, import, split, network, training, final check, export with proof.
#pragma once

#include <functional>
#include <string>

#include "app/jobs/export_jobs.h"
#include "app/jobs/network_jobs.h"
#include "app/jobs/split_jobs.h"
#include "app/jobs/training_run.h"

namespace lamina {

/// Where Debian's dataset-fashion-mnist is, or the path itself. "road.no_fashion_mnist" where the package is not installed.
Result<Path> roadSource(const std::string& dataset);
/// `wanted` with ".lamina", or with a number where that is taken: nothing is overwritten.
Path freeProjectFile(const Path& wanted);

}  // namespace lamina
