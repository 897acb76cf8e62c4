// Large immutable files in the project's folder, named by the SHA-256 of their bytes. Inside core/project only.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/files.h"
#include "core/base/result.h"

namespace lamina {

/// Lies in `folder`/files. Any thread.
class ContentFiles {
public:
    explicit ContentFiles(Path folder) : m_folder(std::move(folder)) {}

    Path temporary(std::string_view purpose) const;
    Path path(const std::string& hash) const { return m_folder / "files" / hash; }
    bool has(const std::string& hash) const;
    Result<std::string> take(const Path& temporary);
    Result<std::string> add(std::string_view bytes);
    Result<void> remove(const std::string& hash);

    /// Makes the folders and removes what unfinished work left behind. For the writer only.
    Result<void> prepare();
    /// The hashes of all files that are there, sorted.
    std::vector<std::string> all() const;
    /// Compares a file with its name: "project.file_changed" {file}, "file.not_found", "job.cancelled".
    Result<void> check(const std::string& hash, const CancelToken& cancel) const;

private:
    Path m_folder;
    std::mutex m_mutex;
};

/// 64 lower-case hexadecimal characters, and so never a path that leads elsewhere.
bool isContentHash(const std::string& text);

}  // namespace lamina
