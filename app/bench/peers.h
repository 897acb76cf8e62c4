// Other people's programs that figures are compared with: Python programs in app/bench/peers, each a process of its own.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace lamina::bench {

/// Which Python runs the peers: what was asked for (--python, LAMINA_PYTHON), else the system's.
std::string peerPython(const std::string& wanted);

/// Runs peers/`program` with `threads` OpenMP threads and reads the one JSON line it prints. Empty where it could not run.
std::optional<nlohmann::json> runPeer(const std::string& python, const std::string& program, const std::vector<std::string>& arguments, int threads);

/// Runs this program with other arguments, in a process (and a memory) of its own, and reads its JSON line.
std::optional<nlohmann::json> runSelf(const std::vector<std::string>& arguments);

/// A peer that stays: it answers every line of JSON with one, so that both sides can take turns without starting it anew.
class Peer {
public:
    /// `waiting`: what its OpenMP threads do between two pieces of work, "active" (they spin) or "passive" (they sleep).
    Peer(const std::string& python, const std::string& program, int threads, const std::string& waiting);
    ~Peer();
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    /// The answer; empty where the peer has gone or answers nothing for `seconds` (it is then ended and stays silent).
    std::optional<nlohmann::json> ask(const nlohmann::json& question, double seconds);

private:
    void end();
    std::optional<std::string> readLine(double seconds);

    int m_process = -1, m_socket = -1;
    std::string m_read;
};

}  // namespace lamina::bench
