// A folder of a test's own, gone with the test.
#pragma once

#include <algorithm>
#include <string>
#include <system_error>
#include <vector>

#include "core/base/files.h"
#include "core/base/uuid.h"

namespace lamina {

class TemporaryFolder {
public:
    TemporaryFolder() : m_path(std::filesystem::temp_directory_path() / ("lamina-test-" + newUuid())) { std::filesystem::create_directories(m_path); }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const Path& path() const { return m_path; }
    Path operator/(const std::string& name) const { return m_path / name; }
    /// The names in it, sorted: what a job left behind.
    std::vector<std::string> names() const {
        std::vector<std::string> found;
        for (const auto& entry : std::filesystem::directory_iterator(m_path)) found.push_back(entry.path().filename().string());
        std::sort(found.begin(), found.end());
        return found;
    }

private:
    Path m_path;
};

}  // namespace lamina
