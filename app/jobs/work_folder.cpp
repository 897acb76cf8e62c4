#include "app/jobs/work_folder.h"

#include "core/base/uuid.h"

namespace lamina {

WorkFolder::WorkFolder(const Project& project, std::string_view purpose)
    : m_path(project.readOnly() ? std::filesystem::temp_directory_path() / ("lamina-" + newUuid()) : project.temporaryFile(purpose)) {}

WorkFolder::~WorkFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

}  // namespace lamina
