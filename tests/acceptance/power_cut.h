// A disk whose power can be cut: what was written but not synced is then gone. Under SQLite, for this whole process.
#pragma once

#include <cstdint>

#include "core/base/files.h"

namespace lamina {

class PowerCutDisk {
public:
    /// From now on every SQLite file of this process is watched. `syncs`: false: the disk says that it syncs, but does not.
    static void install();
    static void setHonest(bool syncs);
    /// The power fails at the write after so many more.
    static void cutAfter(std::int64_t writes);
    static bool isCut();
    /// What lies on the disk after the cut: a copy of the SQLite files of `from` in `to`, without what was not synced. `keepShare`: of the writes
    /// since the last sync, in their order, so many of 1 still reached the disk.
    static void saveDisk(const Path& from, const Path& to, double keepShare);
    /// The power is back; the files that were open before are forgotten.
    static void restore();
};

}  // namespace lamina
