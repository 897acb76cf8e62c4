// Which rows count: those that no cleaning step has removed.
#pragma once

#include <cstdint>
#include <span>

namespace lamina {

/// `removedBy`: one per row, 0: there; empty: all are there.
inline bool rowIsThere(std::span<const std::uint16_t> removedBy, std::int64_t row) {
    return removedBy.empty() || removedBy[static_cast<std::size_t>(row)] == 0;
}

}  // namespace lamina
