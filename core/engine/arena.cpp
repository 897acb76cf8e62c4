#include <algorithm>
#include <numeric>

#include "core/engine/program.h"

namespace lamina {

namespace {

constexpr std::size_t alignment = 64;
std::size_t aligned(std::size_t bytes) { return (bytes + alignment - 1) / alignment * alignment; }

bool liveTogether(const DevicePlan::Buffer& a, const DevicePlan::Buffer& b) {
    return a.firstStep <= std::max(b.firstStep, b.lastStep) && b.firstStep <= std::max(a.firstStep, a.lastStep);
}

}  // namespace

std::size_t planArena(const std::vector<DevicePlan::Buffer>& buffers, const std::vector<bool>& inArena, std::vector<std::size_t>& offsets) {
    offsets.assign(buffers.size(), 0);
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < buffers.size(); ++i)
        if (inArena[i] && buffers[i].bytes > 0) order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return buffers[a].bytes > buffers[b].bytes; });

    std::vector<std::size_t> placed;  // in the order of their offsets
    std::size_t total = 0;
    for (std::size_t buffer : order) {
        std::size_t offset = 0;
        for (std::size_t other : placed) {
            if (!liveTogether(buffers[buffer], buffers[other])) continue;
            if (offset + buffers[buffer].bytes <= offsets[other]) break;
            offset = std::max(offset, aligned(offsets[other] + buffers[other].bytes));
        }
        offsets[buffer] = offset;
        total = std::max(total, aligned(offset + buffers[buffer].bytes));
        placed.insert(std::upper_bound(placed.begin(), placed.end(), buffer, [&](auto a, auto b) { return offsets[a] < offsets[b]; }), buffer);
    }
    return total;
}

}  // namespace lamina
