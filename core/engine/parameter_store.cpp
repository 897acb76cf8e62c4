#include "core/engine/initializer.h"
#include "core/engine/numbers.h"
#include "core/engine/program.h"

namespace lamina {

namespace {

std::size_t countOf(const Shape& shape) { return static_cast<std::size_t>(elementCount(shape)); }

}  // namespace

Result<void*> ParameterStore::ensure(const Value& value, std::uint64_t seed) {
    if (auto found = m_entries.find(value.name); found != m_entries.end()) {
        if (found->second.shape == value.shape) return found->second.memory.get();
        return fail("engine.parameter_shape",
                    {{"name", value.name}, {"found", shapeText(found->second.shape)}, {"expected", shapeText(value.shape)}});
    }
    Entry entry{value.shape, value.role, m_device.allocate(countOf(value.shape) * dtypeSize(m_device.real()))};
    setNumbersAt(entry.memory.get(), m_device.real(), startNumbers(value, seed));
    return m_entries.emplace(value.name, std::move(entry)).first->second.memory.get();
}

std::shared_ptr<void> ParameterStore::workspace(std::size_t bytes) {
    auto memory = m_workspace.lock();
    if (memory && bytes <= m_workspaceBytes) return memory;
    memory = m_device.allocate(bytes);
    m_workspace = memory;
    m_workspaceBytes = bytes;
    return memory;
}

std::vector<double> ParameterStore::read(const std::string& name) const {
    const auto found = m_entries.find(name);
    if (found == m_entries.end()) return {};
    m_device.makeReadable(found->second.memory.get());
    return numbersAt(found->second.memory.get(), m_device.real(), countOf(found->second.shape));
}

std::vector<float> ParameterStore::readFloats(const std::string& name) const {
    const auto numbers = read(name);
    return {numbers.begin(), numbers.end()};
}

Result<void> ParameterStore::write(const std::string& name, std::span<const double> numbers) {
    const auto found = m_entries.find(name);
    if (found == m_entries.end()) return fail("engine.parameter_unknown", {{"name", name}});
    if (numbers.size() != countOf(found->second.shape))
        return fail("engine.parameter_count",
                    {{"name", name}, {"found", std::to_string(numbers.size())}, {"expected", std::to_string(countOf(found->second.shape))}});
    setNumbersAt(found->second.memory.get(), m_device.real(), numbers);
    m_device.noteWritten(found->second.memory.get());
    return {};
}

Result<void> ParameterStore::writeFloats(const std::string& name, const Shape& shape, ValueRole role, std::span<const float> numbers) {
    const auto expected = checkedElementCount(shape, static_cast<std::int64_t>(numbers.size()));
    if (expected != static_cast<std::int64_t>(numbers.size()))
        return fail("engine.parameter_count", {{"name", name}, {"found", std::to_string(numbers.size())}, {"expected", shapeText(shape)}});
    LAMINA_CHECK(ensure(Value{name, shape, DType::Float32, role, {}}, 0));
    return write(name, std::vector<double>(numbers.begin(), numbers.end()));
}

}  // namespace lamina
