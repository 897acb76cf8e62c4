// Runs the built program `lamina` as a user does, and what it is fed with.
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.h"

namespace lamina {

struct Outcome {
    int exitCode = -1;  ///< negative: ended by this signal
    std::string out, err;
    /// The last line of stdout; null where it is not JSON.
    nlohmann::json json() const {
        const auto end = out.find_last_not_of('\n');
        const auto start = end == std::string::npos ? std::string::npos : out.rfind('\n', end);
        const auto parsed = nlohmann::json::parse(out.substr(start == std::string::npos ? 0 : start + 1), nullptr, false);
        return parsed.is_discarded() ? nlohmann::json() : parsed;
    }
    std::string errorCode() const { return json().is_object() && json().contains("error") ? json()["error"].value("code", "") : ""; }
};

/// One start of the program in `folder`. Output goes to files there, so that nothing waits for a reader.
class RunningProgram {
public:
    RunningProgram(const TemporaryFolder& folder, const std::vector<std::string>& arguments, const std::string& locale = "C")
        : m_out(folder / ("out-" + newUuid())), m_err(folder / ("err-" + newUuid())) {
        std::vector<std::string> words{"/bin/sh", "-c", "cd \"$0\" && exec \"$@\" >\"" + m_out.string() + "\" 2>\"" + m_err.string() + "\"", folder.path().string(),
                                       std::string(LAMINA_BINARY_DIR) + "/bin/lamina"};
        words.insert(words.end(), arguments.begin(), arguments.end());
        std::vector<char*> argv;
        for (auto& word : words) argv.push_back(word.data());
        argv.push_back(nullptr);
        m_environment = environmentWith(locale);
        std::vector<char*> environment;
        for (auto& entry : m_environment) environment.push_back(entry.data());
        environment.push_back(nullptr);
        posix_spawn(&m_pid, "/bin/sh", nullptr, nullptr, argv.data(), environment.data());
    }
    void signal(int number) const { kill(m_pid, number); }
    Outcome wait() {
        int status = 0;
        waitpid(m_pid, &status, 0);
        return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), contents(m_out), contents(m_err)};
    }
    std::string errorOutput() const { return contents(m_err); }
    std::string output() const { return contents(m_out); }

private:
    static std::string contents(const Path& file) {
        std::stringstream text;
        text << std::ifstream(file).rdbuf();
        return text.str();
    }
    static std::vector<std::string> environmentWith(const std::string& locale) {
        std::vector<std::string> entries{"LC_ALL=" + locale};
        for (char** entry = environ; *entry; ++entry)
            if (std::string(*entry).rfind("LC_ALL=", 0) != 0) entries.push_back(*entry);
        return entries;
    }

    Path m_out, m_err;
    std::vector<std::string> m_environment;
    pid_t m_pid = -1;
};

inline Outcome lamina(const TemporaryFolder& folder, const std::vector<std::string>& arguments, const std::string& locale = "C") {
    return RunningProgram(folder, arguments, locale).wait();
}

/// Three kinds of trees that two numbers tell apart, a text column with gaps beside them.
inline void writeTrees(const Path& file, int rows = 180) {
    std::mt19937 random(5);
    std::normal_distribution<double> noise(0, 0.4);
    std::ofstream csv(file);
    csv << "height,width,soil,tree\n";
    for (int i = 0; i < rows; ++i) {
        const int kind = i % 3;
        csv << kind * 2 + noise(random) << "," << 5 - kind + noise(random) << "," << (i % 5 == 0 ? "" : i % 2 ? "clay" : "sand") << ","
            << (kind == 0 ? "ash" : kind == 1 ? "birch" : "cedar") << "\n";
    }
}

inline void writeBigEndian(std::ofstream& file, std::uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) file.put(static_cast<char>(number >> shift));
}

/// Images 8×8 whose bright half tells their class, as a pair of IDX files "<name>-images-idx3-ubyte", "<name>-labels-idx1-ubyte".
inline void writeIdx(const Path& folder, const std::string& name, int items) {
    std::mt19937 random(3);
    std::ofstream images(folder / (name + "-images-idx3-ubyte"), std::ios::binary), labels(folder / (name + "-labels-idx1-ubyte"), std::ios::binary);
    for (const std::uint32_t number : {0x803u, static_cast<std::uint32_t>(items), 8u, 8u}) writeBigEndian(images, number);
    for (const std::uint32_t number : {0x801u, static_cast<std::uint32_t>(items)}) writeBigEndian(labels, number);
    for (int i = 0; i < items; ++i) {
        labels.put(static_cast<char>(i % 2));
        for (int pixel = 0; pixel < 64; ++pixel) images.put(static_cast<char>(random() % 60 + (pixel / 32 == i % 2 ? 150 : 0)));
    }
}

}  // namespace lamina
