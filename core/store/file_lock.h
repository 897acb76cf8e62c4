// The one writer: a lock the kernel takes back when the process dies, however it dies.
#pragma once

#include "core/base/files.h"
#include "core/base/result.h"

namespace lamina {

/// An open-file-description lock on a small file that names its holder. Never waits. The file stays when the lock goes.
class FileLock {
public:
    /// "project.locked" {file, holder} where somebody else (also within this process) holds it; errors of the file layer otherwise.
    static Result<FileLock> take(const Path& file);
    /// Whether somebody else holds it now. Takes nothing, writes nothing; false where there is no such file.
    static bool held(const Path& file);
    FileLock() = default;
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    ~FileLock();

private:
    explicit FileLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor = -1;
};

}  // namespace lamina
