#include "core/store/file_lock.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace lamina {
namespace {

Error lockError(const Path& file, const char* call, int number) {
    if (number == EACCES || number == EPERM || number == EROFS)
        return fail("file.no_permission", {{"file", file.string()}, {"reason", std::strerror(number)}});
    return fail("file.failed", {{"file", file.string()}, {"call", call}, {"reason", std::strerror(number)}});
}

std::string holderOf(int descriptor) {
    char text[300];
    const auto n = ::pread(descriptor, text, sizeof text, 0);
    std::string holder(text, n > 0 ? static_cast<std::size_t>(n) : 0);
    while (!holder.empty() && holder.back() == '\n') holder.pop_back();
    return holder.empty() ? "?" : holder;
}

std::string ownName() {
    char host[256] = "";
    ::gethostname(host, sizeof host - 1);
    return "process " + std::to_string(::getpid()) + " on " + host + "\n";
}

}  // namespace

Result<FileLock> FileLock::take(const Path& file) {
    FileLock lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (lock.m_descriptor < 0) return lockError(file, "open", errno);
    // The lock belongs to the open file, not to the process: a second opener in this process is refused as well.
    struct flock range {};
    range.l_type = F_WRLCK;
    range.l_whence = SEEK_SET;
    if (::fcntl(lock.m_descriptor, F_OFD_SETLK, &range) != 0) {
        if (errno == EAGAIN || errno == EACCES) return fail("project.locked", {{"file", file.string()}, {"holder", holderOf(lock.m_descriptor)}});
        return lockError(file, "lock", errno);
    }
    const std::string name = ownName();
    // The name is for people only; a disk too full for it must not keep the owner out.
    if (::ftruncate(lock.m_descriptor, 0) == 0 && ::pwrite(lock.m_descriptor, name.data(), name.size(), 0) < 0) (void)::ftruncate(lock.m_descriptor, 0);
    return lock;
}

bool FileLock::held(const Path& file) {
    const FileLock look(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (look.m_descriptor < 0) return false;
    struct flock range {};
    range.l_type = F_RDLCK;  // what a file that is open for reading may ask about; a writer's lock stands in its way
    range.l_whence = SEEK_SET;
    return ::fcntl(look.m_descriptor, F_OFD_GETLK, &range) == 0 && range.l_type != F_UNLCK;
}

FileLock::FileLock(FileLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

FileLock::~FileLock() {
    if (m_descriptor >= 0) ::close(m_descriptor);
}

}  // namespace lamina
