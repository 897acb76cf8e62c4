// Any bytes as a checkpoint: a checkpoint or an error, never a crash, and never more numbers than the bytes hold. The hash is put right
// first, so that what lies behind it is reached too.
#include <cstdlib>
#include <cstring>
#include <vector>

#include "core/base/sha256.h"
#include "core/training/checkpoint.h"
#include "tests/fuzz/targets.h"

namespace {

void check(std::span<const std::byte> bytes) {
    const auto checkpoint = lamina::checkpointFromBytes(bytes);
    if (!checkpoint) return;
    std::size_t numbers = 0;
    for (const auto& [name, tensor] : checkpoint->tensors) numbers += tensor.numbers.size();
    if (numbers * sizeof(float) > bytes.size()) std::abort();
}

}  // namespace

LAMINA_FUZZ_TARGET(checkpoint)(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t hashSize = 64;
    std::vector<std::byte> bytes(size);
    if (size > 0) std::memcpy(bytes.data(), data, size);
    check(bytes);
    if (size <= hashSize) return 0;
    const std::string hash = lamina::sha256(bytes.data(), size - hashSize);
    std::memcpy(bytes.data() + size - hashSize, hash.data(), hashSize);
    check(bytes);
    return 0;
}
