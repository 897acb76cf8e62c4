// How much memory this process has and may still take.
#pragma once

#include <cstdint>

#include "core/base/files.h"

namespace lamina {

/// Of this process, in bytes: in memory now, and the most there ever was. 0 where the system does not say.
std::uint64_t residentMemory();
std::uint64_t peakMemory();

/// What this process may still take without anything being swapped out or ended: the least of what the machine has to spare, what is left of the
/// limits of its control groups (versions 1 and 2; what they hold only as a cache counts as free), and what is left of its address space
/// (`ulimit -v`). `proc` and `groups` are where the system tells it.
std::uint64_t availableMemory(const Path& proc = "/proc", const Path& groups = "/sys/fs/cgroup");

}  // namespace lamina
