// Sorting rows by their texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace lamina {

/// A row and what is left of its text to be looked at.
struct TextEntry {
    std::uint64_t value = 0;  ///< the next bytes as a number
    const char* at = nullptr;
    std::uint32_t size = 0;
    std::uint32_t row = 0;

    static TextEntry of(std::string_view text, std::uint32_t row);
};

/// By the bytes of the texts, A–Z as a–z; texts that are equal in that keep their order. Every byte is looked at no more than a few times, however
/// much the texts have in common. goOn(done 0 … 1) is asked often; false where it said so: then the entries are in any order.
bool sortTextEntries(std::vector<TextEntry>& entries, bool descending, const std::function<bool(double)>& goOn);

}  // namespace lamina
