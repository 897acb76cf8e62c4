// Both sides of a comparison take turns in one run, round by round and in rotating order, so that a noisy machine hits both.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/bench/peers.h"

namespace lamina::bench {

double median(std::vector<double> values);

/// Samples per second: on the clock, and of processor time. 0: could not be measured.
struct Rate {
    double wall = 0, processor = 0;
};

/// Somebody who takes part: what it is called and how it measures itself.
struct Contender {
    std::string name;
    std::function<Rate(double seconds)> rate;
};

/// rates[contender][round].
std::vector<std::vector<Rate>> takeTurns(const std::vector<Contender>& contenders, int rounds, double seconds);

/// The set-ups of a peer that are worth a place in the rounds: the best `count` of those that `fits`.
std::vector<std::string> bestSetUps(const nlohmann::json& rates, std::size_t count, const std::function<bool(const std::string&)>& fits);

}  // namespace lamina::bench
