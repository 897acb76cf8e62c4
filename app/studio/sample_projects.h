// The sample projects: real data that is there or can be read from this computer, brought as far as a network that is ready to train.
#pragma once

#include <QString>

#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/project/project.h"

namespace lamina {

struct SampleProject {
    QString id;           ///< "garments", "iris"
    QString title, text;  ///< in the language in use
    std::string source;   ///< file or folder to import; a text that begins with ":/" is a file inside the program
    bool available = true;
};

/// GUI thread.
std::vector<SampleProject> sampleProjects();

/// Removes what starts that were killed while they made a sample left in `folder`; what a living process makes stays. Blocks; not in the GUI thread.
void sweepSampleWork(const Path& folder);

/// Makes the project in `folder` under a free name: imports, splits, adds the network that fits. Blocks; not in the GUI thread.
/// On error or cancel no project is left. Gives its file.
Result<Path> makeSampleProject(const SampleProject& sample, const Path& folder, const CancelToken& cancel, const ProgressFunction& progress);

}  // namespace lamina
