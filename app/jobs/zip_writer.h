// Writes a zip file piece by piece: there whole or not at all.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "core/base/cancel.h"
#include "core/base/files.h"

struct archive;

namespace lamina {

/// One thread at a time. Errors are those of core/base/files.h and "zip.failed" {file, reason}.
class ZipWriter {
public:
    /// Writes beside `file`; nothing is there under its name before finish().
    static Result<std::unique_ptr<ZipWriter>> create(const Path& file);
    ~ZipWriter();
    ZipWriter(const ZipWriter&) = delete;

    /// A file of exactly so many bytes. `compress` false: stored as it is.
    Result<void> begin(const std::string& name, std::uint64_t bytes, bool compress);
    Result<void> write(std::span<const std::byte> bytes);
    /// begin() and write() of a file's bytes; what its beginning shows not to become smaller is stored. "job.cancelled".
    Result<void> addFile(const std::string& name, const Path& file, const CancelToken& cancel);
    Result<void> finish();

private:
    explicit ZipWriter(Path file);
    Error failed() const;

    Path m_file, m_temporary;
    std::unique_ptr<OutputFile> m_output;
    archive* m_archive = nullptr;
    Result<void> m_written;  ///< what the file layer said
    bool m_finished = false;

    friend struct ZipOutput;
};

}  // namespace lamina
