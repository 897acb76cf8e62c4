#include "app/bench/peers.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>

namespace lamina::bench {

namespace {

std::string quoted(const std::string& text) {
    std::string result = "'";
    for (char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return result + "'";
}

std::string commandOf(const std::string& program, const std::vector<std::string>& arguments, int threads) {
    const std::string count = std::to_string(threads), blas = "/usr/lib/x86_64-linux-gnu/openblas-openmp";
    std::string command = "OMP_NUM_THREADS=" + count + " OPENBLAS_NUM_THREADS=" + count + " ";
    if (std::filesystem::exists(blas)) command += "LD_LIBRARY_PATH=" + blas + " ";
    command += "/usr/bin/python3 " + quoted(std::string(LAMINA_BENCH_PEERS) + "/" + program);
    for (const std::string& argument : arguments) command += " " + quoted(argument);
    return command + " 2>/dev/null";
}

std::string outputOf(const std::string& command) {
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    std::string output;
    std::array<char, 4096> part;
    while (pipe)
        if (const std::size_t count = std::fread(part.data(), 1, part.size(), pipe.get())) output.append(part.data(), count);
        else break;
    return output;
}

std::optional<nlohmann::json> jsonOf(const std::string& command) {
    auto json = nlohmann::json::parse(outputOf(command), nullptr, false);
    if (json.is_discarded()) return std::nullopt;
    return json;
}

}  // namespace

std::optional<nlohmann::json> runPeer(const std::string& program, const std::vector<std::string>& arguments, int threads) {
    return jsonOf(commandOf(program, arguments, threads));
}

std::optional<nlohmann::json> runSelf(const std::vector<std::string>& arguments) {
    std::string command = quoted(std::filesystem::read_symlink("/proc/self/exe").string());
    for (const std::string& argument : arguments) command += " " + quoted(argument);
    return jsonOf(command);
}

std::optional<PeerResult> bestTorch(const std::string& kind, int batch, int threads, double seconds) {
    const auto json = runPeer("torch_steps.py", {kind, std::to_string(batch), std::to_string(threads), std::to_string(seconds)}, threads);
    if (!json) return std::nullopt;
    PeerResult best;
    best.version = json->at("version").get<std::string>();
    for (const auto& [setUp, rate] : json->at("samples_per_second").items())
        if (rate.get<double>() > best.samplesPerSecond) {
            best.samplesPerSecond = rate.get<double>();
            best.setUp = setUp;
        }
    return best;
}

}  // namespace lamina::bench
