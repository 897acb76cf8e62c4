#include "app/bench/peers.h"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

namespace lamina::bench {

namespace {

std::string quoted(const std::string& text) {
    std::string result = "'";
    for (char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return result + "'";
}

/// OpenBLAS on OpenMP, where it is installed, is the best that Debian's PyTorch can be linked with.
std::string environmentOf(int threads) {
    const std::string count = std::to_string(threads), blas = "/usr/lib/x86_64-linux-gnu/openblas-openmp";
    std::string text = "OMP_NUM_THREADS=" + count + " OPENBLAS_NUM_THREADS=" + count + " ";
    if (std::filesystem::exists(blas)) text += "LD_LIBRARY_PATH=" + blas + " ";
    return text;
}

std::string commandOf(const std::string& python, const std::string& program) {
    return quoted(python) + " " + quoted(std::string(LAMINA_BENCH_PEERS) + "/" + program);
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

std::optional<nlohmann::json> parsed(const std::string& text) {
    auto json = nlohmann::json::parse(text, nullptr, false);
    if (json.is_discarded()) return std::nullopt;
    return json;
}

}  // namespace

std::string peerPython(const std::string& wanted) {
    if (!wanted.empty()) return wanted;
    const char* const set = std::getenv("LAMINA_PYTHON");
    return set && *set ? set : "/usr/bin/python3";
}

std::optional<nlohmann::json> runPeer(const std::string& python, const std::string& program, const std::vector<std::string>& arguments, int threads) {
    std::string command = environmentOf(threads) + commandOf(python, program);
    for (const std::string& argument : arguments) command += " " + quoted(argument);
    return parsed(outputOf(command + " 2>/dev/null"));
}

std::optional<nlohmann::json> runSelf(const std::vector<std::string>& arguments) {
    std::string command = quoted(std::filesystem::read_symlink("/proc/self/exe").string());
    for (const std::string& argument : arguments) command += " " + quoted(argument);
    return parsed(outputOf(command));
}

Peer::Peer(const std::string& python, const std::string& program, int threads, const std::string& waiting) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return;
    const std::string wait = waiting == "passive" ? "OMP_WAIT_POLICY=passive GOMP_SPINCOUNT=0 " : "";
    const std::string command = wait + environmentOf(threads) + "exec " + commandOf(python, program) + " 2>/dev/null";
    m_process = fork();
    if (m_process == 0) {
        dup2(ends[1], STDIN_FILENO);
        dup2(ends[1], STDOUT_FILENO);
        execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
        _exit(127);
    }
    close(ends[1]);
    m_socket = ends[0];
}

Peer::~Peer() { end(); }

void Peer::end() {
    if (m_socket >= 0) close(m_socket);
    m_socket = -1;
    if (m_process <= 0) return;
    kill(m_process, SIGKILL);
    waitpid(m_process, nullptr, 0);
    m_process = -1;
}

std::optional<std::string> Peer::readLine(double seconds) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    for (;;) {
        if (const auto end = m_read.find('\n'); end != std::string::npos) {
            std::string line = m_read.substr(0, end);
            m_read.erase(0, end + 1);
            return line;
        }
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
        pollfd waiting{m_socket, POLLIN, 0};
        if (left <= 0 || poll(&waiting, 1, static_cast<int>(left)) <= 0) return std::nullopt;
        std::array<char, 4096> part;
        const ssize_t count = read(m_socket, part.data(), part.size());
        if (count <= 0) return std::nullopt;
        m_read.append(part.data(), static_cast<std::size_t>(count));
    }
}

std::optional<nlohmann::json> Peer::ask(const nlohmann::json& question, double seconds) {
    if (m_socket < 0) return std::nullopt;
    const std::string text = question.dump() + "\n";
    if (send(m_socket, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size()))
        if (const auto line = readLine(seconds))
            if (auto answer = parsed(*line)) return answer;
    end();
    return std::nullopt;
}

}  // namespace lamina::bench
