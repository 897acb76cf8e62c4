// Names for new things that nothing of their kind has yet.
#pragma once

#include <algorithm>
#include <string>

#include "core/base/result.h"

namespace lamina {

/// `wanted` where it is free, else with the first free number from 2 on. `numbered`: with a number from 1 on in any case.
template <class Records>
std::string freeName(const Result<Records>& records, const std::string& wanted, bool numbered = false) {
    const auto taken = [&](const std::string& name) {
        return records && std::any_of(records->begin(), records->end(), [&](const auto& record) { return record.name == name; });
    };
    if (!numbered && !taken(wanted)) return wanted;
    for (int n = numbered ? 1 : 2;; ++n)
        if (std::string name = wanted + " " + std::to_string(n); !taken(name)) return name;
}

}  // namespace lamina
