// A folder for files that are needed only while a job works.
#pragma once

#include <string_view>

#include "core/project/project.h"

namespace lamina {

/// Inside the project, so that finished files move without a copy; where the project is only read, in the system's place for such
/// folders. The folder is made by whoever writes into it, and gone with all that is in it when the guard dies.
class WorkFolder {
public:
    WorkFolder(const Project& project, std::string_view purpose);
    ~WorkFolder();
    WorkFolder(const WorkFolder&) = delete;
    const Path& path() const { return m_path; }

private:
    Path m_path;
};

}  // namespace lamina
