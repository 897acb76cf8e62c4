#include "core/project/disk_reserve.h"

#include <algorithm>
#include <vector>

namespace lamina {
namespace {

/// Bytes that a disk which packs its files cannot make smaller.
std::vector<std::uint64_t> noise(std::size_t count) {
    std::vector<std::uint64_t> words(count);
    std::uint64_t state = 0x9E3779B97F4A7C15ull;
    for (std::uint64_t& word : words) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        word = state;
    }
    return words;
}

Result<void> writeNoise(const Path& file, std::uint64_t bytes) {
    LAMINA_TRY(auto out, files().create(file));
    const auto words = noise((1 << 20) / sizeof(std::uint64_t));
    for (std::uint64_t written = 0; written < bytes; written += 1 << 20)
        LAMINA_CHECK(out->write(words.data(), static_cast<std::size_t>(std::min<std::uint64_t>(1 << 20, bytes - written))));
    LAMINA_CHECK(out->sync());
    return out->close();
}

}  // namespace

Result<void> DiskReserve::make(std::uint64_t bytes) {
    const std::lock_guard guard(m_mutex);
    std::error_code error;
    if (std::filesystem::file_size(m_file, error) == bytes && !error) {
        m_state = State::Made;
        return {};
    }
    LAMINA_CHECK(checkFreeSpace(m_file, bytes * 3));
    if (auto written = writeNoise(m_file, bytes); !written) {
        (void)files().remove(m_file);
        return written;
    }
    m_state = State::Made;
    return {};
}

bool DiskReserve::giveUp() {
    const std::lock_guard guard(m_mutex);
    std::error_code error;
    if (!std::filesystem::exists(m_file, error) || !files().remove(m_file)) return false;
    m_state = State::GivenUp;
    return true;
}

}  // namespace lamina
