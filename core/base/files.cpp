#include "core/base/files.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>

#include "core/base/uuid.h"

namespace lamina {
namespace {

Error systemError(const char* what, const Path& path, int number) {
    const std::string reason = std::strerror(number);
    if (number == ENOSPC || number == EDQUOT) return fail("disk.full_while_writing", {{"file", path.string()}, {"reason", reason}});
    if (number == ENOENT) return fail("file.not_found", {{"file", path.string()}});
    if (number == EACCES || number == EPERM || number == EROFS) return fail("file.no_permission", {{"file", path.string()}, {"reason", reason}});
    return fail("file.failed", {{"file", path.string()}, {"call", what}, {"reason", reason}});
}

class SystemFile final : public OutputFile {
public:
    SystemFile(int descriptor, Path path) : m_descriptor(descriptor), m_path(std::move(path)) {}
    ~SystemFile() override {
        if (m_descriptor >= 0) ::close(m_descriptor);
    }
    Result<void> write(const void* bytes, std::size_t count) override {
        const char* at = static_cast<const char*>(bytes);
        while (count > 0) {
            const auto n = ::write(m_descriptor, at, count);
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) return systemError("write", m_path, errno);
            at += n;
            count -= static_cast<std::size_t>(n);
        }
        return {};
    }
    Result<void> writeAt(std::uint64_t offset, const void* bytes, std::size_t count) override {
        const char* at = static_cast<const char*>(bytes);
        while (count > 0) {
            const auto n = ::pwrite(m_descriptor, at, count, static_cast<off_t>(offset));
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) return systemError("write", m_path, errno);
            at += n;
            offset += static_cast<std::uint64_t>(n);
            count -= static_cast<std::size_t>(n);
        }
        return {};
    }
    Result<void> sync() override {
        if (::fsync(m_descriptor) != 0) return systemError("fsync", m_path, errno);
        return {};
    }
    Result<void> close() override {
        const int descriptor = std::exchange(m_descriptor, -1);
        if (descriptor >= 0 && ::close(descriptor) != 0) return systemError("close", m_path, errno);
        return {};
    }

private:
    int m_descriptor;
    Path m_path;
};

Result<void> syncFolder(const Path& folder) {
    const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return systemError("open", folder, errno);
    const int failed = ::fsync(descriptor) != 0 ? errno : 0;
    ::close(descriptor);
    if (failed != 0 && failed != EINVAL) return systemError("fsync", folder, failed);
    return {};
}

FileSystem systemFiles;
std::atomic<FileSystem*> currentFiles{&systemFiles};

}  // namespace

Result<std::unique_ptr<OutputFile>> FileSystem::create(const Path& path) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) return systemError("open", path, errno);
    return std::unique_ptr<OutputFile>(new SystemFile(descriptor, path));
}

Result<void> FileSystem::rename(const Path& from, const Path& to) {
    LAMINA_CHECK(FileSystem::move(from, to));
    return syncFolder(to.parent_path());
}

Result<void> FileSystem::move(const Path& from, const Path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) return systemError("rename", to, errno);
    return {};
}

Result<void> FileSystem::syncAll(const Path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return systemError("open", folder, errno);
    const int failed = ::syncfs(descriptor) != 0 ? errno : 0;
    ::close(descriptor);
    if (failed != 0) return systemError("syncfs", folder, failed);
    return {};
}

Result<void> FileSystem::remove(const Path& path) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return systemError("unlink", path, errno);
    return {};
}

Result<void> FileSystem::makeFolder(const Path& path) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) return {};
    if (path.has_parent_path() && path.parent_path() != path) LAMINA_CHECK(makeFolder(path.parent_path()));
    if (::mkdir(path.c_str(), 0700) == 0) return {};
    const int number = errno;
    if (std::filesystem::is_directory(path, error)) return {};  // somebody else was faster
    return systemError("mkdir", path, number);
}

Result<std::uint64_t> FileSystem::freeBytes(const Path& path) {
    std::error_code error;
    Path existing = std::filesystem::absolute(path, error);
    while (!existing.empty() && existing != existing.root_path() && !std::filesystem::exists(existing, error)) existing = existing.parent_path();
    struct statvfs status {};
    if (::statvfs(existing.c_str(), &status) != 0) return systemError("statvfs", existing, errno);
    return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
}

FileSystem& files() { return *currentFiles.load(); }

std::shared_ptr<void> replaceFiles(FileSystem& replacement) {
    FileSystem* before = currentFiles.exchange(&replacement);
    return std::shared_ptr<void>(nullptr, [before](void*) { currentFiles = before; });
}

namespace {

Result<void> writeWhole(const Path& path, std::span<const std::byte> bytes, bool durable) {
    const Path temporary = path.parent_path() / ("." + path.filename().string() + "." + newUuid().substr(24) + ".part");
    auto write = [&]() -> Result<void> {
        LAMINA_TRY(auto file, files().create(temporary));
        LAMINA_CHECK(file->write(bytes.data(), bytes.size()));
        if (durable) LAMINA_CHECK(file->sync());
        LAMINA_CHECK(file->close());
        return durable ? files().rename(temporary, path) : files().move(temporary, path);
    };
    auto written = write();
    // The first error is the one to tell; the left-over is swept at the next opening where even this fails.
    if (!written) (void)files().remove(temporary);
    return written;
}

std::span<const std::byte> bytesOf(std::string_view text) { return std::as_bytes(std::span(text.data(), text.size())); }

}  // namespace

Result<void> writeFileAtomically(const Path& path, std::span<const std::byte> bytes) { return writeWhole(path, bytes, true); }
Result<void> writeFileAtomically(const Path& path, std::string_view text) { return writeWhole(path, bytesOf(text), true); }
Result<void> writeFileOfMany(const Path& path, std::span<const std::byte> bytes) { return writeWhole(path, bytes, false); }
Result<void> writeFileOfMany(const Path& path, std::string_view text) { return writeWhole(path, bytesOf(text), false); }

Result<MappedFile> MappedFile::open(const Path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return systemError("open", path, errno);
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) {
        const int number = errno;
        ::close(descriptor);
        return systemError("stat", path, number);
    }
    if (!S_ISREG(status.st_mode)) {
        ::close(descriptor);
        return fail("file.not_a_file", {{"file", path.string()}});
    }
    MappedFile mapped;
    mapped.m_size = static_cast<std::size_t>(status.st_size);
    if (mapped.m_size > 0) {
        void* data = ::mmap(nullptr, mapped.m_size, PROT_READ, MAP_PRIVATE, descriptor, 0);
        const int number = errno;
        ::close(descriptor);
        if (data == MAP_FAILED) {
            mapped.m_size = 0;
            return systemError("mmap", path, number);
        }
        mapped.m_data = static_cast<const std::byte*>(data);
    } else {
        ::close(descriptor);
    }
    return mapped;
}

MappedFile::MappedFile(MappedFile&& other) noexcept : m_data(std::exchange(other.m_data, nullptr)), m_size(std::exchange(other.m_size, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    return *this;
}

MappedFile::~MappedFile() {
    if (m_data) ::munmap(const_cast<std::byte*>(m_data), m_size);
}

Result<std::vector<std::byte>> readFile(const Path& path, std::uint64_t limit) {
    LAMINA_TRY(auto mapped, MappedFile::open(path));
    if (mapped.bytes().size() > limit)
        return fail("file.too_large", {{"file", path.string()}, {"size", std::to_string(mapped.bytes().size())}, {"limit", std::to_string(limit)}});
    return std::vector<std::byte>(mapped.bytes().begin(), mapped.bytes().end());
}

Result<std::string> readTextFile(const Path& path, std::uint64_t limit) {
    LAMINA_TRY(auto bytes, readFile(path, limit));
    return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

Result<void> checkFreeSpace(const Path& path, std::uint64_t bytes) {
    constexpr std::uint64_t reserve = 16u << 20;
    LAMINA_TRY(const auto free, files().freeBytes(path));
    const std::uint64_t usable = free < reserve ? 0 : free - reserve;
    if (usable < bytes) return fail("disk.full", {{"file", path.string()}, {"needed", std::to_string(bytes)}, {"free", std::to_string(usable)}});
    return {};
}

}  // namespace lamina
