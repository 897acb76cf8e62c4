#include "core/data/cleaning/steps/privacy.h"

#include <algorithm>

#include "core/base/sha256.h"

namespace lamina {
namespace {

std::string bytesOfHex(const std::string& hex) {
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) bytes += static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1]));
    return bytes;
}

}  // namespace

std::string hmacSha256(std::string_view key, std::string_view message) {
    constexpr std::size_t blockSize = 64;
    std::string block = key.size() > blockSize ? bytesOfHex(sha256(key.data(), key.size())) : std::string(key);
    block.resize(blockSize);
    std::string inner = block, outer = block;
    for (char& c : inner) c = static_cast<char>(c ^ 0x36);
    for (char& c : outer) c = static_cast<char>(c ^ 0x5c);
    inner += message;
    outer += bytesOfHex(sha256(inner.data(), inner.size()));
    return sha256(outer.data(), outer.size());
}

Result<AnonymityCount> countAnonymity(const CleanTable& table, const std::vector<std::string>& columns, std::int64_t k, const CleaningContext& context) {
    LAMINA_TRY(const auto chosen, stepColumns(table.table, columns));
    LAMINA_TRY(const KeyGroups groups, groupRows(table, chosen, context));
    AnonymityCount count;
    count.groups = static_cast<std::int64_t>(groups.size());
    for (const std::int64_t rows : groups.count)
        if (rows < k) count.rowsBelow += rows;
    if (groups.size() == 0) return count;
    const auto smallest = std::min_element(groups.count.begin(), groups.count.end());
    count.smallest = *smallest;
    const auto group = static_cast<std::int32_t>(smallest - groups.count.begin());
    for (std::size_t row = 0; row < groups.group.size(); ++row)
        if (groups.group[row] == group) count.rowsOfSmallest.push_back(static_cast<std::int64_t>(row));
    return count;
}

}  // namespace lamina
