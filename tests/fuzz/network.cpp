// Any text as a network's JSON, followed through the compiler as far as it goes: shapes or problems, never a crash.
#include <cstddef>
#include <cstdint>

#include "core/compiler/compiler.h"
#include "tests/fuzz/targets.h"

LAMINA_FUZZ_TARGET(network)(const std::uint8_t* data, std::size_t size) {
    const auto json = nlohmann::json::parse(data, data + size, nullptr, false);
    if (json.is_discarded()) return 0;
    const auto network = lamina::networkFromJson(json);
    if (network) (void)lamina::describeNetwork(*network);
    return 0;
}
