// Runs a fuzz target without a fuzzer: every file of its corpus, then deterministic mutations of them, for SECONDS (0.3).
//   fuzz_replay NAME CORPUS_FOLDER [SECONDS]
// A crash, a hang (the test's time limit) or a sanitizer report is the failure. Where it crashes, the input lies in
// ./fuzz_<name>.last.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/files.h"
#include "tests/fuzz/targets.h"

namespace lamina {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// A small generator of its own (SplitMix64, Steele et al. 2014): the mutations are the same on every machine.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : m_state(seed) {}
    std::size_t below(std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(next() % n); }

private:
    std::uint64_t next() {
        m_state += 0x9E3779B97F4A7C15ull;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }
    std::uint64_t m_state;
};

std::vector<Bytes> readCorpus(const Path& folder) {
    std::vector<Path> paths;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        if (entry.is_regular_file()) paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::vector<Bytes> corpus;
    for (const auto& path : paths) {
        const auto bytes = readFile(path);
        if (!bytes) continue;
        const auto* first = reinterpret_cast<const std::uint8_t*>(bytes->data());
        corpus.emplace_back(first, first + bytes->size());
    }
    return corpus;
}

void flipBit(Bytes& bytes, Dice& dice) { bytes[dice.below(bytes.size())] ^= static_cast<std::uint8_t>(1u << dice.below(8)); }

void setByte(Bytes& bytes, Dice& dice) {
    static constexpr std::uint8_t telling[] = {0x00, 0xff, 0x7f, 0x80, '"', '\n', '\r', ',', ';', '\t', '{', '}', '-', '0', '9'};
    bytes[dice.below(bytes.size())] = telling[dice.below(std::size(telling))];
}

/// A size field that lies: 2, 4 or 8 bytes of ones or zeros, or a large number in either byte order.
void setWord(Bytes& bytes, Dice& dice) {
    const std::size_t width = std::size_t{2} << dice.below(3);
    if (bytes.size() < width) return;
    const std::size_t at = dice.below(bytes.size() - width + 1);
    const std::uint8_t fill = dice.below(2) == 0 ? 0x00 : 0xff;
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), width, fill);
    if (dice.below(2) == 0) bytes[at + (dice.below(2) == 0 ? 0 : width - 1)] = 0x7f;
}

void truncate(Bytes& bytes, Dice& dice) { bytes.resize(dice.below(bytes.size())); }

void repeatRange(Bytes& bytes, Dice& dice) {
    const std::size_t at = dice.below(bytes.size());
    const std::size_t count = 1 + dice.below(std::min<std::size_t>(bytes.size() - at, 64));
    const Bytes range(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.begin() + static_cast<std::ptrdiff_t>(at + count));
    bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(at), range.begin(), range.end());
}

void eraseRange(Bytes& bytes, Dice& dice) {
    const std::size_t at = dice.below(bytes.size());
    const std::size_t count = 1 + dice.below(std::min<std::size_t>(bytes.size() - at, 64));
    bytes.erase(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.begin() + static_cast<std::ptrdiff_t>(at + count));
}

Bytes mutated(Bytes bytes, Dice& dice) {
    static constexpr void (*ways[])(Bytes&, Dice&) = {flipBit, setByte, setWord, truncate, repeatRange, eraseRange};
    for (std::size_t n = 1 + dice.below(4); n > 0 && !bytes.empty(); --n) ways[dice.below(std::size(ways))](bytes, dice);
    return bytes;
}

/// The input is on disk before it is tried, so that a crash leaves it behind.
class Runner {
public:
    explicit Runner(const FuzzTarget& target) : m_target(target), m_lastPath("fuzz_" + std::string(target.name) + ".last") {}
    void operator()(const Bytes& bytes) {
        if (std::FILE* file = std::fopen(m_lastPath.c_str(), "wb")) {
            if (!bytes.empty()) std::fwrite(bytes.data(), 1, bytes.size(), file);
            std::fclose(file);
        }
        m_target.run(bytes.data(), bytes.size());
        ++m_count;
    }
    ~Runner() { std::remove(m_lastPath.c_str()); }
    long count() const { return m_count; }

private:
    const FuzzTarget& m_target;
    std::string m_lastPath;
    long m_count = 0;
};

int replay(const FuzzTarget& target, const Path& folder, double seconds) {
    const auto corpus = readCorpus(folder);
    if (corpus.empty()) {
        std::fprintf(stderr, "No file in %s: nothing was tried.\n", folder.c_str());
        return 1;
    }
    Runner run(target);
    run({});
    for (const auto& bytes : corpus) run(bytes);
    const Stopwatch watch;
    Dice dice(1);
    while (watch.seconds() < seconds) run(mutated(corpus[dice.below(corpus.size())], dice));
    std::printf("%ld inputs from %zu files: no crash\n", run.count(), corpus.size());
    return 0;
}

}  // namespace
}  // namespace lamina

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "Usage: %s NAME CORPUS_FOLDER [SECONDS]\n", argv[0]);
        return 2;
    }
    for (const auto& target : lamina::fuzzTargets())
        if (target.name == std::string_view(argv[1])) return lamina::replay(target, argv[2], argc > 3 ? std::atof(argv[3]) : 0.3);
    std::fprintf(stderr, "There is no fuzz target named %s.\n", argv[1]);
    return 2;
}
