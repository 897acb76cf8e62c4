// Drawing a split anew or around rows that have their part already.
#pragma once

#include "core/data/split_units.h"

namespace lamina {

struct SplitInput {
    const Table& table;
    SplitSettings settings;
    const SplitRows& rows;
    CancelToken cancel;
};

/// makeSplit(); `known`: per row the part it keeps, or partToDraw; empty: all are drawn.
Result<Split> dealSplit(const SplitInput& input, std::span<const std::uint8_t> known);

}  // namespace lamina
