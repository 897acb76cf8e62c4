#include "core/data/source_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace lamina {
namespace {

Error systemError(const char* call, const Path& path, int number) {
    if (number == ENOENT) return fail("file.not_found", {{"file", path.string()}});
    if (number == EACCES || number == EPERM) return fail("file.no_permission", {{"file", path.string()}, {"reason", std::strerror(number)}});
    return fail("file.failed", {{"file", path.string()}, {"call", call}, {"reason", std::strerror(number)}});
}

Error changed(const Path& path) { return fail("file.changed_while_reading", {{"file", path.string()}}); }

}  // namespace

Result<SourceFile> SourceFile::open(const Path& path) {
    SourceFile file;
    file.m_path = path;
    // A pipe without a writer must not hold us up.
    file.m_descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file.m_descriptor < 0) return systemError("open", path, errno);
    struct stat status {};
    if (::fstat(file.m_descriptor, &status) != 0) return systemError("fstat", path, errno);
    if (!S_ISREG(status.st_mode)) return fail("file.not_a_file", {{"file", path.string()}});
    file.m_size = static_cast<std::uint64_t>(status.st_size);
    file.m_changedSeconds = status.st_mtim.tv_sec;
    file.m_changedNanoseconds = status.st_mtim.tv_nsec;
    return file;
}

SourceFile::SourceFile(SourceFile&& other) noexcept { *this = std::move(other); }

SourceFile& SourceFile::operator=(SourceFile&& other) noexcept {
    std::swap(m_path, other.m_path);
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_size, other.m_size);
    std::swap(m_changedSeconds, other.m_changedSeconds);
    std::swap(m_changedNanoseconds, other.m_changedNanoseconds);
    return *this;
}

SourceFile::~SourceFile() {
    if (m_descriptor >= 0) ::close(m_descriptor);
}

Result<void> SourceFile::read(std::uint64_t offset, std::span<std::byte> bytes) const {
    while (!bytes.empty()) {
        const ssize_t got = ::pread(m_descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return systemError("pread", m_path, errno);
        if (got == 0) return changed(m_path);
        offset += static_cast<std::uint64_t>(got);
        bytes = bytes.subspan(static_cast<std::size_t>(got));
    }
    return {};
}

Result<void> SourceFile::checkUnchanged() const {
    struct stat status {};
    if (::fstat(m_descriptor, &status) != 0) return systemError("fstat", m_path, errno);
    const bool same = static_cast<std::uint64_t>(status.st_size) == m_size && status.st_mtim.tv_sec == m_changedSeconds &&
                      status.st_mtim.tv_nsec == m_changedNanoseconds;
    if (!same) return changed(m_path);
    return {};
}

}  // namespace lamina
