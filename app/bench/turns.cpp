#include "app/bench/turns.h"

#include <algorithm>

namespace lamina::bench {

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 ? values[half] : (values[half - 1] + values[half]) / 2;
}

std::vector<std::vector<Rate>> takeTurns(const std::vector<Contender>& contenders, int rounds, double seconds) {
    std::vector<std::vector<Rate>> rates(contenders.size());
    for (int round = 0; round < rounds; ++round)
        for (std::size_t turn = 0; turn < contenders.size(); ++turn) {
            const std::size_t i = (turn + static_cast<std::size_t>(round)) % contenders.size();
            rates[i].push_back(contenders[i].rate(seconds));
        }
    return rates;
}

std::vector<std::string> bestSetUps(const nlohmann::json& rates, std::size_t count, const std::function<bool(const std::string&)>& fits) {
    std::vector<std::pair<double, std::string>> sorted;
    for (const auto& [name, rate] : rates.items())
        if (fits(name)) sorted.emplace_back(-rate.get<double>(), name);
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::string> best;
    for (std::size_t i = 0; i < std::min(count, sorted.size()); ++i) best.push_back(sorted[i].second);
    return best;
}

}  // namespace lamina::bench
