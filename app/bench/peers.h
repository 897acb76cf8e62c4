// Runs the Python programs in app/bench/peers and reads the JSON line they print.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace lamina::bench {

/// Runs peers/`program` with Debian's Python, `threads` OpenMP threads and, where it is installed, OpenBLAS on OpenMP (the best
/// that Debian's PyTorch can be linked with). Empty where it could not run.
std::optional<nlohmann::json> runPeer(const std::string& program, const std::vector<std::string>& arguments, int threads);

/// Runs this program with other arguments, in a process (and a memory) of its own, and reads its JSON line.
std::optional<nlohmann::json> runSelf(const std::vector<std::string>& arguments);

struct PeerResult {
    double samplesPerSecond = 0;
    std::string setUp;  ///< "foreach, channels_last"
    std::string version;
};
/// The best of all set-ups of peers/torch_steps.py.
std::optional<PeerResult> bestTorch(const std::string& kind, int batch, int threads, double seconds);

}  // namespace lamina::bench
