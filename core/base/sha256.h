// Content hashes: SHA-256, as 64 lower-case hexadecimal characters.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace lamina {

class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    void add(const void* bytes, std::size_t count);
    /// The digest of all that was added; the object is used up.
    std::string finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

std::string sha256(const void* bytes, std::size_t count);

}  // namespace lamina
