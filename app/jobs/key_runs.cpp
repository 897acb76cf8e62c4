#include "app/jobs/key_runs.h"

#include <algorithm>
#include <cmath>

namespace lamina {

nlohmann::json keyRuns(std::vector<std::int64_t> keys) {
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    auto runs = nlohmann::json::array();
    for (std::size_t at = 0; at < keys.size();) {
        const std::int64_t step = at + 1 < keys.size() ? keys[at + 1] - keys[at] : 1;
        std::size_t end = at + 1;
        while (end < keys.size() && keys[end] - keys[end - 1] == step) ++end;
        runs.push_back({keys[at], step, end - at});
        at = end;
    }
    return runs;
}

std::vector<std::int64_t> keysOfRuns(const nlohmann::json& runs) {
    constexpr std::size_t most = 100'000'000;
    constexpr double largest = 1e15;  // no key is, and nothing overflows
    std::vector<std::int64_t> keys;
    if (!runs.is_array()) return keys;
    for (const auto& run : runs) {
        if (!run.is_array() || run.size() != 3 || !std::all_of(run.begin(), run.end(), [](const auto& number) { return number.is_number_integer(); })) continue;
        if (std::abs(run[0].get<double>()) + std::abs(run[1].get<double>()) * std::abs(run[2].get<double>()) > largest) continue;
        const auto first = run[0].get<std::int64_t>(), step = run[1].get<std::int64_t>(), count = run[2].get<std::int64_t>();
        for (std::int64_t i = 0; i < count && keys.size() < most; ++i) keys.push_back(first + i * step);
    }
    std::sort(keys.begin(), keys.end());
    return keys;
}

}  // namespace lamina
