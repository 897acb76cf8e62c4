// The file layer: every durable write of Lamina goes through it, so that tests can fail the Nth call or fill the disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace lamina {

using Path = std::filesystem::path;

/// An open file being written. Errors carry {file} and {reason}.
class OutputFile {
public:
    virtual ~OutputFile() = default;
    virtual Result<void> write(const void* bytes, std::size_t count) = 0;
    /// Overwrites bytes written earlier (a header whose numbers are known at the end).
    virtual Result<void> writeAt(std::uint64_t offset, const void* bytes, std::size_t count) = 0;
    /// Data reaches the disk (fsync). After a failed sync the file is given up, never synced again.
    virtual Result<void> sync() = 0;
    virtual Result<void> close() = 0;
};

/// The system calls that can fail, replaceable in tests.
class FileSystem {
public:
    virtual ~FileSystem() = default;
    virtual Result<std::unique_ptr<OutputFile>> create(const Path& path);  ///< truncates; mode 0600
    virtual Result<void> rename(const Path& from, const Path& to);         ///< atomic, then fsync of the folder
    virtual Result<void> move(const Path& from, const Path& to);           ///< atomic; a power cut may undo it until syncAll()
    virtual Result<void> syncAll(const Path& folder);                      ///< all that was written to the disk that holds `folder` (syncfs)
    virtual Result<void> remove(const Path& path);                         ///< no error where there is none
    virtual Result<void> makeFolder(const Path& path);                     ///< with parents; mode 0700
    virtual Result<std::uint64_t> freeBytes(const Path& path);             ///< on the disk that holds `path`
};

FileSystem& files();
/// Tests only: replaces the file layer until the guard dies.
std::shared_ptr<void> replaceFiles(FileSystem& replacement);

/// Writes a file that is there whole or not at all: temporary neighbour, sync, rename, sync of the folder.
Result<void> writeFileAtomically(const Path& path, std::span<const std::byte> bytes);
Result<void> writeFileAtomically(const Path& path, std::string_view text);
/// One of thousands, quick: whole or not at all where the program is killed, but a power cut may take it until files().syncAll() came back.
/// For folders in which something else says until then that they are unfinished.
Result<void> writeFileOfMany(const Path& path, std::span<const std::byte> bytes);
Result<void> writeFileOfMany(const Path& path, std::string_view text);

/// The whole file; refuses ("file.too_large") before allocating where it is larger than `limit`.
Result<std::vector<std::byte>> readFile(const Path& path, std::uint64_t limit = 1ull << 32);
Result<std::string> readTextFile(const Path& path, std::uint64_t limit = 1ull << 28);

/// A file mapped for reading. The file must not shrink while it is mapped (ours are immutable once named by their hash).
class MappedFile {
public:
    static Result<MappedFile> open(const Path& path);
    MappedFile() = default;
    MappedFile(MappedFile&&) noexcept;
    MappedFile& operator=(MappedFile&&) noexcept;
    ~MappedFile();
    std::span<const std::byte> bytes() const { return {m_data, m_size}; }
    std::string_view text() const { return {reinterpret_cast<const char*>(m_data), m_size}; }

private:
    const std::byte* m_data = nullptr;
    std::size_t m_size = 0;
};

/// Fails with "disk.full" {file, needed, free} where fewer than `bytes` (plus a reserve of 16 MiB) are free beside `path`.
Result<void> checkFreeSpace(const Path& path, std::uint64_t bytes);

}  // namespace lamina
