#include "core/base/memory.h"

#include <sys/resource.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <sstream>

namespace lamina {
namespace {

constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

/// The number after a word that begins a line ("MemAvailable:", "inactive_file"); `otherwise` where there is none.
std::uint64_t numberAfter(const Path& file, const std::string& word, std::uint64_t otherwise) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string first;
        std::uint64_t number = 0;
        if (words >> first >> number && first == word) return number;
    }
    return otherwise;
}

/// The number in a file of one; `otherwise` where it says "max" or is not there.
std::uint64_t numberIn(const Path& file, std::uint64_t otherwise) {
    std::uint64_t number = 0;
    return std::ifstream(file) >> number ? number : otherwise;
}

std::uint64_t kilobytes(const Path& file, const std::string& word) {
    const std::uint64_t found = numberAfter(file, word, unlimited);
    return found == unlimited ? unlimited : found * 1024;
}

std::uint64_t left(std::uint64_t limit, std::uint64_t used) { return limit == unlimited ? unlimited : limit - std::min(limit, used); }

struct GroupFiles {
    const char *limit, *used, *cache;
};

/// What is left of one group's limit.
std::uint64_t leftInGroup(const Path& folder, const GroupFiles& names) {
    const std::uint64_t limit = numberIn(folder / names.limit, unlimited), used = numberIn(folder / names.used, 0);
    const std::uint64_t cache = numberAfter(folder / "memory.stat", names.cache, 0);
    return left(limit, used - std::min(used, cache));
}

/// The group and all those around it. In a container its path may not be there; its files then lie at the top.
std::uint64_t leftInGroups(const Path& top, const Path& inside, const GroupFiles& names) {
    std::uint64_t least = leftInGroup(top, names);
    for (Path path = inside.relative_path(); !path.empty(); path = path.parent_path()) least = std::min(least, leftInGroup(top / path, names));
    return least;
}

std::uint64_t groupMemory(const Path& proc, const Path& groups) {
    std::uint64_t least = unlimited;
    std::ifstream in(proc / "self/cgroup");
    for (std::string line; std::getline(in, line);) {
        const auto first = line.find(':'), second = line.find(':', first + 1);
        if (second == std::string::npos) continue;
        const std::string kinds = line.substr(first + 1, second - first - 1), path = line.substr(second + 1);
        if (kinds.empty()) least = std::min(least, leftInGroups(groups, path, {"memory.max", "memory.current", "inactive_file"}));
        if (("," + kinds + ",").find(",memory,") != std::string::npos)
            least = std::min(least, leftInGroups(groups / "memory", path, {"memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"}));
    }
    return least;
}

/// Addresses of this process, in one look: other threads begin heaps meanwhile.
struct Addresses {
    std::uint64_t used = 0;      ///< all of them
    std::uint64_t setAside = 0;  ///< that nothing may be written to: heaps that threads have set aside and not begun, which come and go from one start to the next
};
Addresses addressesIn(const Path& maps) {
    Addresses found;
    std::ifstream in(maps);
    for (std::string line; std::getline(in, line);) {
        std::uint64_t first = 0, end = 0;
        char dash = 0;
        std::string rights;
        std::istringstream words(line);
        if (!(words >> std::hex >> first >> dash >> end >> rights) || end <= first) continue;
        found.used += end - first;
        if (rights.starts_with("---")) found.setAside += end - first;
    }
    return found;
}

/// Stacks and heaps that the threads of a few jobs set aside: addresses alone, hardly any memory. Those that are set aside already count once.
constexpr std::uint64_t forThreads = std::uint64_t{224} << 20;

std::uint64_t addressSpace(const Path& proc) {
    rlimit limit{};
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return unlimited;
    const Addresses addresses = addressesIn(proc / "self/maps");
    if (addresses.used == 0) return unlimited;
    return left(limit.rlim_cur, addresses.used - std::min(addresses.setAside, forThreads) + forThreads);
}

std::uint64_t ofThisProcess(const char* word) {
    const std::uint64_t found = kilobytes("/proc/self/status", word);
    return found == unlimited ? 0 : found;
}

}  // namespace

std::uint64_t residentMemory() { return ofThisProcess("VmRSS:"); }
std::uint64_t peakMemory() { return ofThisProcess("VmHWM:"); }

std::uint64_t availableMemory(const Path& proc, const Path& groups) {
    return std::min({kilobytes(proc / "meminfo", "MemAvailable:"), groupMemory(proc, groups), addressSpace(proc)});
}

}  // namespace lamina
