// A graph made ready for one device: memory planned, ops prepared. A run computes all of it.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/engine/device.h"

namespace lamina {

/// Parameters and states by name ("conv_1/weight", "conv_1/weight#adam_m"), in the device's memory, plain row-major.
/// Shared by the Programs of one training (batch sizes, training and inference). One thread at a time.
class ParameterStore {
public:
    explicit ParameterStore(Device& device) : m_device(device) {}

    struct Entry {
        Shape shape;
        ValueRole role = ValueRole::Parameter;
        std::shared_ptr<void> memory;
    };
    /// The entry's memory; where it is new: made and filled by the initializer with RandomStream(seed, streamOf("initialize:" + name)).
    /// Fails ("engine.parameter_shape") where it exists with another shape.
    Result<void*> ensure(const Value& value, std::uint64_t seed);
    bool contains(const std::string& name) const { return m_entries.count(name) != 0; }
    const std::map<std::string, Entry>& entries() const { return m_entries; }
    /// Copies out / in as float32 or float64, whatever the device's real number is.
    std::vector<double> read(const std::string& name) const;
    std::vector<float> readFloats(const std::string& name) const;
    Result<void> write(const std::string& name, std::span<const double> numbers);
    Result<void> writeFloats(const std::string& name, const Shape& shape, ValueRole role, std::span<const float> numbers);
    Device& device() const { return m_device; }
    /// Memory of at least this size for what a run needs in between. Programs of one store run one after the other, so they get the same; where one
    /// asks for more than there is, it and those after it get a larger one.
    std::shared_ptr<void> workspace(std::size_t bytes);

private:
    Device& m_device;
    std::map<std::string, Entry> m_entries;
    std::weak_ptr<void> m_workspace;
    std::size_t m_workspaceBytes = 0;
};

class Program {
public:
    /// Plans and binds; the device must outlive the Program. `kept`: values read after a run. Parameters that the store lacks are made with `seed`.
    static Result<std::unique_ptr<Program>> create(Graph graph, Device& device, ParameterStore& store, std::vector<ValueId> kept, std::uint64_t seed);

    /// Memory of an input or a kept value, in the device's type. Host memory on CPU devices.
    void* data(ValueId value) const;
    template <class T> std::span<T> span(ValueId value) const {
        return {static_cast<T*>(data(value)), static_cast<std::size_t>(elementCount(m_graph.shape(value)))};
    }
    /// Any kept value, input or parameter as doubles; and an input from doubles (tests, small things).
    std::vector<double> read(ValueId value) const;
    void write(ValueId value, std::span<const double> numbers);

    void run(const StepContext& context) { m_plan->run(context); }

    const Graph& graph() const { return m_graph; }
    std::vector<PlannedOp> describe() const { return m_plan->describe(); }
    std::size_t arenaBytes() const { return m_arenaBytes; }

private:
    /// An address for every buffer of the plan: the store's, an own one, or a place in the arena.
    Result<void> placeBuffers(Device& device, ParameterStore& store, const std::vector<ValueId>& kept, std::uint64_t seed);
    /// The type in the device's memory.
    DType typeOf(ValueId value) const;

    Graph m_graph;
    Device* m_device = nullptr;
    DType m_real = DType::Float32;
    std::unique_ptr<DevicePlan> m_plan;
    std::shared_ptr<void> m_arena;
    std::vector<std::shared_ptr<void>> m_owned;
    std::vector<std::shared_ptr<void>> m_stored;
    std::vector<void*> m_addresses;
    std::size_t m_arenaBytes = 0;
};

/// Offsets for buffers that live between steps, none of two that live at once overlapping; greedy by size. Returns the total.
std::size_t planArena(const std::vector<DevicePlan::Buffer>& buffers, const std::vector<bool>& inArena, std::vector<std::size_t>& offsets);

}  // namespace lamina
