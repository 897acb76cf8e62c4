// Content files that a job has put into the project; taken out again unless what names them was committed.
#pragma once

#include <map>
#include <string>

#include "core/project/project.h"

namespace lamina {

class AddedFiles {
public:
    explicit AddedFiles(Project& project) : m_project(project) {}
    ~AddedFiles() {
        // Files that something else names too stay: the project refuses to remove them.
        for (const auto& [path, hash] : m_hashOf) (void)m_project.removeFile(hash);
    }
    AddedFiles(const AddedFiles&) = delete;

    /// Files of equal content are one file: columns alike name the same path twice.
    Result<std::string> add(const Path& file) {
        if (const auto known = m_hashOf.find(file); known != m_hashOf.end()) return known->second;
        LAMINA_TRY(auto hash, m_project.addFile(file));
        m_hashOf.emplace(file, hash);
        return hash;
    }
    void keep() { m_hashOf.clear(); }

private:
    Project& m_project;
    std::map<Path, std::string> m_hashOf;
};

}  // namespace lamina
