// A file of the user's, read in pieces. Another program may cut it short or write to it meanwhile: that is an error, never a crash
// (which a memory mapping of such a file could be).
#pragma once

#include <cstdint>
#include <span>

#include "core/base/files.h"

namespace lamina {

class SourceFile {
public:
    /// "file.not_found", "file.no_permission", "file.not_a_file", "file.failed".
    static Result<SourceFile> open(const Path& path);
    SourceFile(SourceFile&& other) noexcept;
    SourceFile& operator=(SourceFile&& other) noexcept;
    ~SourceFile();

    const Path& path() const { return m_path; }
    /// Bytes when it was opened.
    std::uint64_t size() const { return m_size; }
    /// Exactly these bytes, which must lie within size(); any number of threads. "file.changed_while_reading" {file} where they are
    /// not there any more.
    Result<void> read(std::uint64_t offset, std::span<std::byte> bytes) const;
    /// After the last read: "file.changed_while_reading" where its size or its time of change is not what it was.
    Result<void> checkUnchanged() const;

private:
    SourceFile() = default;
    Path m_path;
    int m_descriptor = -1;
    std::uint64_t m_size = 0;
    std::int64_t m_changedSeconds = 0, m_changedNanoseconds = 0;
};

}  // namespace lamina
