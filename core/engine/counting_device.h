// A device for plans that nobody runs: what would they take?
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/engine/device.h"

namespace lamina {

/// Plans like the real CPU device. Its memory is there for whoever writes to it, but none is taken before that.
class CountingDevice : public Device {
public:
    explicit CountingDevice(Device& real) : m_real(real) {}

    std::string id() const override { return m_real.id(); }
    std::string description() const override { return m_real.description(); }
    DType real() const override { return m_real.real(); }
    Result<std::unique_ptr<DevicePlan>> plan(const Graph& graph, const std::vector<ValueId>& kept) override { return m_real.plan(graph, kept); }
    /// std::bad_alloc where there is not even the address space.
    std::shared_ptr<void> allocate(std::size_t bytes) override;

    /// What the real device would have taken so far.
    std::uint64_t bytes() const { return m_bytes; }
    /// What the real device takes for a block of so many bytes: large ones begin and end at huge pages.
    static std::size_t blockBytes(std::size_t bytes);

private:
    Device& m_real;
    std::uint64_t m_bytes = 0;
};

}  // namespace lamina
