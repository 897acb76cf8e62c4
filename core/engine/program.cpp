#include "core/engine/program.h"

#include <algorithm>
#include <numeric>

#include "core/engine/numbers.h"

namespace lamina {

namespace {

using Buffers = std::vector<DevicePlan::Buffer>;

std::size_t rootOf(const Buffers& buffers, std::size_t index) {
    while (buffers[index].aliasOf != noValue) index = static_cast<std::size_t>(buffers[index].aliasOf);
    return index;
}

/// One buffer per shared piece of memory: it lives as long as any of those that share it, and is as large as the largest.
Buffers mergedByAlias(const Buffers& buffers) {
    Buffers merged = buffers;
    for (std::size_t i = 0; i < buffers.size(); ++i) {
        auto& root = merged[rootOf(buffers, i)];
        root.bytes = std::max(root.bytes, buffers[i].bytes);
        root.firstStep = std::min(root.firstStep, buffers[i].firstStep);
        root.lastStep = std::max(root.lastStep, buffers[i].lastStep);
        if (buffers[i].aliasOf != noValue) merged[i].bytes = 0;
    }
    return merged;
}

/// Roots that need memory of their own: what the caller writes or reads, what lives in the store, constants, and what stays from run to run.
std::vector<bool> outsideArena(const Graph& graph, const Buffers& buffers, const std::vector<ValueId>& kept) {
    std::vector<bool> outside(buffers.size(), false);
    for (std::size_t i = 0; i < buffers.size(); ++i)
        if (buffers[i].lasting) outside[rootOf(buffers, i)] = true;
    for (std::size_t i = 0; i < graph.values.size(); ++i)
        if (graph.values[i].role != ValueRole::Computed) outside[rootOf(buffers, i)] = true;
    for (ValueId id : kept)
        if (id != noValue) outside[rootOf(buffers, static_cast<std::size_t>(id))] = true;
    return outside;
}

bool isStored(const Graph& graph, std::size_t index) {
    return index < graph.values.size() && (graph.values[index].role == ValueRole::Parameter || graph.values[index].role == ValueRole::State);
}

}  // namespace

Result<std::unique_ptr<Program>> Program::create(Graph graph, Device& device, ParameterStore& store, std::vector<ValueId> kept, std::uint64_t seed) {
    if (graph.error()) return *graph.error();
    std::unique_ptr<Program> program(new Program);
    LAMINA_TRY(program->m_plan, device.plan(graph, kept));
    program->m_graph = std::move(graph);
    program->m_device = &device;
    program->m_real = device.real();
    LAMINA_CHECK(program->placeBuffers(device, store, kept, seed));
    for (const auto& [id, numbers] : program->m_graph.constants)
        if (void* memory = program->data(id)) setNumbersAt(memory, program->typeOf(id), numbers);
    LAMINA_CHECK(program->m_plan->bind(program->m_addresses));
    return program;
}

Result<void> Program::placeBuffers(Device& device, ParameterStore& store, const std::vector<ValueId>& kept, std::uint64_t seed) {
    const Buffers buffers = m_plan->buffers(), merged = mergedByAlias(buffers);
    const std::vector<bool> outside = outsideArena(m_graph, buffers, kept);
    std::vector<bool> inArena(outside);
    inArena.flip();
    std::vector<std::size_t> offsets;
    m_arenaBytes = planArena(merged, inArena, offsets);
    m_arena = store.workspace(m_arenaBytes);
    m_addresses.assign(buffers.size(), nullptr);
    for (std::size_t i = 0; i < buffers.size(); ++i) {
        if (buffers[i].aliasOf != noValue) continue;
        if (isStored(m_graph, i)) {
            const Value& value = m_graph.values[i];
            LAMINA_TRY(m_addresses[i], store.ensure(value, seed));
            m_stored.push_back(store.entries().at(value.name).memory);
        } else if (merged[i].bytes == 0) {
            continue;
        } else if (outside[i]) {
            m_owned.push_back(device.allocate(merged[i].bytes));
            m_addresses[i] = m_owned.back().get();
        } else {
            m_addresses[i] = static_cast<std::byte*>(m_arena.get()) + offsets[i];
        }
    }
    for (std::size_t i = 0; i < buffers.size(); ++i) m_addresses[i] = m_addresses[rootOf(buffers, i)];
    return {};
}

DType Program::typeOf(ValueId value) const {
    const DType type = m_graph.value(value).type;
    return type == DType::Float32 ? m_real : type;
}

void* Program::data(ValueId value) const { return m_addresses[static_cast<std::size_t>(value)]; }

std::vector<double> Program::read(ValueId value) const {
    m_device->makeReadable(data(value));
    return numbersAt(data(value), typeOf(value), static_cast<std::size_t>(elementCount(m_graph.shape(value))));
}

void Program::write(ValueId value, std::span<const double> numbers) {
    const auto count = static_cast<std::size_t>(elementCount(m_graph.shape(value)));
    m_device->makeReadable(data(value));  // where fewer numbers are given, the others stay
    setNumbersAt(data(value), typeOf(value), numbers.first(std::min(count, numbers.size())));
    m_device->noteWritten(data(value));
}

}  // namespace lamina
