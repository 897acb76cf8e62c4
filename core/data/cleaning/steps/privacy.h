// What makes tables harder to trace back to people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/cleaning/steps/row_groups.h"

namespace lamina {

/// HMAC-SHA256 (RFC 2104) as 64 hexadecimal characters.
std::string hmacSha256(std::string_view key, std::string_view message);

/// How well people hide among others that look the same in some columns.
struct AnonymityCount {
    std::int64_t smallest = 0;       ///< the rows of the smallest group: the table is k-anonymous up to this k; 0: there are no rows
    std::int64_t groups = 0;
    std::int64_t rowsBelow = 0;      ///< rows in groups smaller than k
    std::vector<std::int64_t> rowsOfSmallest;  ///< the row numbers of one smallest group
};
/// Over the rows that are there.
Result<AnonymityCount> countAnonymity(const CleanTable& table, const std::vector<std::string>& columns, std::int64_t k, const CleaningContext& context);

}  // namespace lamina
