// Content files that a job has put into the project; taken out again unless what names them was committed.
#pragma once

#include <string>
#include <vector>

#include "core/project/project.h"

namespace lamina {

class AddedFiles {
public:
    explicit AddedFiles(Project& project) : m_project(project) {}
    ~AddedFiles() {
        // Files that something else names too stay: the project refuses to remove them.
        for (const auto& hash : m_hashes) (void)m_project.removeFile(hash);
    }
    AddedFiles(const AddedFiles&) = delete;

    Result<std::string> add(const Path& file) {
        LAMINA_TRY(auto hash, m_project.addFile(file));
        m_hashes.push_back(hash);
        return hash;
    }
    void keep() { m_hashes.clear(); }

private:
    Project& m_project;
    std::vector<std::string> m_hashes;
};

}  // namespace lamina
