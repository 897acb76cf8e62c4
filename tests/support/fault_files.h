// A file layer whose calls fail on demand, for tests of everything that must survive a bad disk.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/files.h"

namespace lamina {

/// Wraps the real file layer and counts every call that changes something: create, write, writeAt, sync, close, rename, remove,
/// makeFolder (not freeBytes). Install it with replaceFiles(). Not for several threads at once.
///     FaultFiles faults;
///     const auto guard = replaceFiles(faults);
///     faults.failCall(3);          // the third call from now fails, the fourth works
class FaultFiles final : public FileSystem {
public:
    enum class Often { Once, ForEver };

    /// The nth call from now (1 = the next one) fails with "file.failed"; after it all go on failing, or all work again.
    void failCall(int nth, Often often = Often::Once) {
        m_calls.clear();
        m_failAt = nth;
        m_often = often;
    }
    /// A disk with this much room: a write beyond it writes what fits and fails with "disk.full_while_writing"; freeBytes tells the rest.
    void setRoom(std::uint64_t bytes) {
        m_limited = true;
        m_room = bytes;
    }
    /// Everything works again; the count starts anew.
    void heal() {
        failCall(0);
        m_limited = false;
    }
    /// The names of the calls since failCall() or heal(), those that failed included: how many moments a job can fail at.
    const std::vector<std::string>& calls() const { return m_calls; }

    Result<std::unique_ptr<OutputFile>> create(const Path& path) override;
    Result<void> rename(const Path& from, const Path& to) override {
        LAMINA_CHECK(enter("rename", to));
        return FileSystem::rename(from, to);
    }
    Result<void> move(const Path& from, const Path& to) override {
        LAMINA_CHECK(enter("rename", to));
        return FileSystem::move(from, to);
    }
    Result<void> syncAll(const Path& folder) override {
        LAMINA_CHECK(enter("syncfs", folder));
        return FileSystem::syncAll(folder);
    }
    Result<void> remove(const Path& path) override {
        LAMINA_CHECK(enter("remove", path));
        return FileSystem::remove(path);
    }
    Result<void> makeFolder(const Path& path) override {
        LAMINA_CHECK(enter("makeFolder", path));
        return m_real.makeFolder(path);
    }
    Result<std::uint64_t> freeBytes(const Path& path) override {
        if (m_limited) return m_room;
        return FileSystem::freeBytes(path);
    }

private:
    class File;

    Result<void> enter(const char* call, const Path& path) {
        m_calls.emplace_back(call);
        const int n = static_cast<int>(m_calls.size());
        const bool failing = m_failAt > 0 && (n == m_failAt || (n > m_failAt && m_often == Often::ForEver));
        if (failing) return fail("file.failed", {{"file", path.string()}, {"call", call}, {"reason", "injected by the test"}});
        return {};
    }
    /// How many of `count` bytes still fit.
    std::size_t take(std::size_t count) {
        if (!m_limited) return count;
        const auto fits = static_cast<std::size_t>(std::min<std::uint64_t>(count, m_room));
        m_room -= fits;
        return fits;
    }

    FileSystem m_real;
    std::vector<std::string> m_calls;
    int m_failAt = 0;
    Often m_often = Often::Once;
    bool m_limited = false;
    std::uint64_t m_room = 0;
};

class FaultFiles::File final : public OutputFile {
public:
    File(FaultFiles& faults, std::unique_ptr<OutputFile> real, Path path)
        : m_faults(faults), m_real(std::move(real)), m_path(std::move(path)) {}
    Result<void> write(const void* bytes, std::size_t count) override {
        LAMINA_CHECK(m_faults.enter("write", m_path));
        const std::size_t fits = m_faults.take(count);
        LAMINA_CHECK(m_real->write(bytes, fits));
        if (fits < count) return fail("disk.full_while_writing", {{"file", m_path.string()}, {"reason", "injected by the test"}});
        return {};
    }
    /// Overwrites what has its place already, so it needs no room.
    Result<void> writeAt(std::uint64_t offset, const void* bytes, std::size_t count) override {
        LAMINA_CHECK(m_faults.enter("writeAt", m_path));
        return m_real->writeAt(offset, bytes, count);
    }
    Result<void> sync() override {
        LAMINA_CHECK(m_faults.enter("sync", m_path));
        return m_real->sync();
    }
    Result<void> close() override {
        LAMINA_CHECK(m_faults.enter("close", m_path));
        return m_real->close();
    }

private:
    FaultFiles& m_faults;
    std::unique_ptr<OutputFile> m_real;
    Path m_path;
};

inline Result<std::unique_ptr<OutputFile>> FaultFiles::create(const Path& path) {
    LAMINA_CHECK(enter("create", path));
    LAMINA_TRY(auto real, FileSystem::create(path));
    return std::unique_ptr<OutputFile>(new File(*this, std::move(real), path));
}

}  // namespace lamina
