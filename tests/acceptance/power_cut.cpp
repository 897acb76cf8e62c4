#include "tests/acceptance/power_cut.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace lamina {
namespace {

/// What a write changed, so that it can be taken back.
struct Undo {
    std::int64_t offset = 0, sizeBefore = 0;
    std::vector<char> before;
};

struct Disk {
    std::mutex mutex;
    std::map<std::string, std::vector<Undo>> unsynced;  ///< by path
    std::int64_t writesLeft = -1;
    bool cut = false, honest = true;
    sqlite3_vfs* real = nullptr;
    sqlite3_vfs vfs{};
};

Disk& disk() {
    static Disk all;
    return all;
}

/// SQLite allocates the file; ours stands before the real one's bytes.
struct CutFile {
    sqlite3_file base;
    const char* name;
    sqlite3_file* real;
};

sqlite3_file* realOf(sqlite3_file* file) { return reinterpret_cast<CutFile*>(file)->real; }
const char* nameOf(sqlite3_file* file) { return reinterpret_cast<CutFile*>(file)->name; }

/// Counts; false where the power is out.
bool powerIsOn() {
    if (disk().cut) return false;
    if (disk().writesLeft > 0 && --disk().writesLeft == 0) disk().cut = true;
    return !disk().cut;
}

void remember(sqlite3_file* file, std::int64_t offset, std::int64_t length) {
    if (!nameOf(file)) return;
    Undo undo;
    undo.offset = offset;
    realOf(file)->pMethods->xFileSize(realOf(file), reinterpret_cast<sqlite3_int64*>(&undo.sizeBefore));
    const std::int64_t there = std::clamp<std::int64_t>(undo.sizeBefore - offset, 0, length);
    undo.before.resize(static_cast<std::size_t>(there));
    if (there > 0) realOf(file)->pMethods->xRead(realOf(file), undo.before.data(), static_cast<int>(there), offset);
    disk().unsynced[nameOf(file)].push_back(std::move(undo));
}

int cutClose(sqlite3_file* file) { return realOf(file)->pMethods->xClose(realOf(file)); }
int cutRead(sqlite3_file* file, void* bytes, int count, sqlite3_int64 offset) {
    return realOf(file)->pMethods->xRead(realOf(file), bytes, count, offset);
}

int cutWrite(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
    const std::lock_guard guard(disk().mutex);
    if (!powerIsOn()) return SQLITE_IOERR_WRITE;
    remember(file, offset, count);
    return realOf(file)->pMethods->xWrite(realOf(file), bytes, count, offset);
}

int cutTruncate(sqlite3_file* file, sqlite3_int64 size) {
    const std::lock_guard guard(disk().mutex);
    if (!powerIsOn()) return SQLITE_IOERR_TRUNCATE;
    sqlite3_int64 before = 0;
    realOf(file)->pMethods->xFileSize(realOf(file), &before);
    remember(file, size, std::max<std::int64_t>(0, before - size));
    return realOf(file)->pMethods->xTruncate(realOf(file), size);
}

int cutSync(sqlite3_file* file, int) {
    const std::lock_guard guard(disk().mutex);
    if (disk().cut) return SQLITE_IOERR_FSYNC;
    // A real sync would cost the time of the real disk and prove nothing more.
    if (disk().honest && nameOf(file)) disk().unsynced[nameOf(file)].clear();
    return SQLITE_OK;
}

int cutFileSize(sqlite3_file* file, sqlite3_int64* size) { return realOf(file)->pMethods->xFileSize(realOf(file), size); }
int cutLock(sqlite3_file* file, int level) { return realOf(file)->pMethods->xLock(realOf(file), level); }
int cutUnlock(sqlite3_file* file, int level) { return realOf(file)->pMethods->xUnlock(realOf(file), level); }
int cutCheckLock(sqlite3_file* file, int* locked) { return realOf(file)->pMethods->xCheckReservedLock(realOf(file), locked); }
int cutControl(sqlite3_file* file, int what, void* argument) { return realOf(file)->pMethods->xFileControl(realOf(file), what, argument); }
int cutSector(sqlite3_file* file) { return realOf(file)->pMethods->xSectorSize(realOf(file)); }
int cutDevice(sqlite3_file* file) { return realOf(file)->pMethods->xDeviceCharacteristics(realOf(file)); }
int cutShmMap(sqlite3_file* file, int page, int size, int extend, void volatile** bytes) {
    return realOf(file)->pMethods->xShmMap(realOf(file), page, size, extend, bytes);
}
int cutShmLock(sqlite3_file* file, int offset, int count, int flags) { return realOf(file)->pMethods->xShmLock(realOf(file), offset, count, flags); }
void cutShmBarrier(sqlite3_file* file) { realOf(file)->pMethods->xShmBarrier(realOf(file)); }
int cutShmUnmap(sqlite3_file* file, int remove) { return realOf(file)->pMethods->xShmUnmap(realOf(file), remove); }

// Version 2: shared memory, no memory mapping of the file itself.
const sqlite3_io_methods methods{2,          cutClose,      cutRead,      cutWrite,   cutTruncate, cutSync,   cutFileSize,
                                 cutLock,    cutUnlock,     cutCheckLock, cutControl, cutSector,   cutDevice, cutShmMap,
                                 cutShmLock, cutShmBarrier, cutShmUnmap,  nullptr,    nullptr};

int cutOpen(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* outFlags) {
    auto* ours = reinterpret_cast<CutFile*>(file);
    ours->name = name;
    ours->real = reinterpret_cast<sqlite3_file*>(ours + 1);
    const int code = disk().real->xOpen(disk().real, name, ours->real, flags, outFlags);
    ours->base.pMethods = ours->real->pMethods ? &methods : nullptr;
    return code;
}

int cutDelete(sqlite3_vfs*, const char* name, int syncFolder) {
    const std::lock_guard guard(disk().mutex);
    if (disk().cut) return SQLITE_IOERR_DELETE;
    disk().unsynced.erase(name);
    return disk().real->xDelete(disk().real, name, syncFolder);
}

void takeBack(std::vector<char>& bytes, const Undo& undo) {
    if (bytes.size() < static_cast<std::size_t>(undo.offset) + undo.before.size())
        bytes.resize(static_cast<std::size_t>(undo.offset) + undo.before.size());
    std::copy(undo.before.begin(), undo.before.end(), bytes.begin() + undo.offset);
    bytes.resize(static_cast<std::size_t>(undo.sizeBefore));
}

}  // namespace

void PowerCutDisk::install() {
    disk().real = sqlite3_vfs_find(nullptr);
    disk().vfs = *disk().real;
    disk().vfs.zName = "powercut";
    disk().vfs.pNext = nullptr;
    disk().vfs.szOsFile = static_cast<int>(sizeof(CutFile)) + disk().real->szOsFile;
    disk().vfs.xOpen = cutOpen;
    disk().vfs.xDelete = cutDelete;
    sqlite3_vfs_register(&disk().vfs, 1);
}

void PowerCutDisk::setHonest(bool syncs) { disk().honest = syncs; }

void PowerCutDisk::cutAfter(std::int64_t writes) {
    const std::lock_guard guard(disk().mutex);
    disk().writesLeft = writes;
}

bool PowerCutDisk::isCut() {
    const std::lock_guard guard(disk().mutex);
    return disk().cut;
}

void PowerCutDisk::saveDisk(const Path& from, const Path& to, double keepShare) {
    const std::lock_guard guard(disk().mutex);
    for (const char* ending : {"", "-wal"}) {
        const std::string name = from.string() + ending;
        std::ifstream file(name, std::ios::binary);
        if (!file) continue;
        std::vector<char> bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
        const auto& undos = disk().unsynced[name];
        const auto kept = static_cast<std::size_t>(keepShare * static_cast<double>(undos.size()));
        for (std::size_t i = undos.size(); i > kept; --i) takeBack(bytes, undos[i - 1]);
        std::ofstream(to.string() + ending, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
}

void PowerCutDisk::restore() {
    const std::lock_guard guard(disk().mutex);
    disk().unsynced.clear();
    disk().writesLeft = -1;
    disk().cut = false;
}

}  // namespace lamina
