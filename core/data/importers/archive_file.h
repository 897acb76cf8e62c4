// An archive (zip, tar, also compressed) or a single compressed file, read front to back. What an archive claims is never believed: bytes are
// counted as they come out, names are looked at before they become paths.
#pragma once

#include <optional>
#include <string>

#include "core/base/cancel.h"
#include "core/data/source_file.h"

struct archive;

namespace lamina {

struct ArchiveEntry {
    std::string name;  ///< as the archive says it, in UTF-8 where it can be had; a single compressed file: the archive's name without its last ending
    bool file = false;  ///< a regular file (no folder, link, device)
    bool folder = false;
};

/// How much may come out of an archive; beyond it reading ends with "archive.too_large", "archive.too_many_entries".
struct ArchiveLimits {
    std::uint64_t bytes = std::uint64_t{1} << 40;
    std::uint64_t entries = 300'000;
    /// Behind the first 64 MiB more than this many bytes for each byte of the archive is no honest file. (Deflate gives 1032 at most, sheets some 150.)
    std::uint64_t ratio = 400;
};

class ArchiveFile {
public:
    /// "archive.unreadable" {file, reason} and what SourceFile::open() gives. `single`: also a file that is compressed and no archive.
    static Result<ArchiveFile> open(const Path& path, bool single = false, ArchiveLimits limits = {});
    ArchiveFile(ArchiveFile&& other) noexcept;
    ArchiveFile& operator=(ArchiveFile&&) = delete;
    ~ArchiveFile();

    /// The next entry; nothing after the last. "archive.password", "archive.damaged" {file, reason}.
    Result<std::optional<ArchiveEntry>> next();
    /// Up to bytes.size() bytes of the entry; 0 at its end.
    Result<std::size_t> read(std::span<std::byte> bytes);
    /// The rest of the entry into a file, counted against the free space. "job.cancelled".
    Result<void> extract(const Path& to, const CancelToken& cancel, std::uint64_t mostBytes = UINT64_MAX);
    /// The rest of the entry; "archive.too_large" beyond `limit`.
    Result<std::string> text(std::size_t limit);
    bool holdsArchive() const { return !m_single; }

private:
    explicit ArchiveFile(Path path) : m_path(std::move(path)) {}
    Error damaged() const;

    Path m_path;
    archive* m_archive = nullptr;
    int m_descriptor = -1;
    ArchiveLimits m_limits;
    std::uint64_t m_size = 0, m_read = 0, m_entries = 0;
    bool m_single = false;
};

/// The name as a path that stays within a folder: "" where it leads out of it, is absolute, has a drive letter, control characters or names of its
/// own for "here" and "above". Both slashes part folders.
std::string safeRelativeName(const std::string& name);

}  // namespace lamina
