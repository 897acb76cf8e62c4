#include "core/engine/cpu/primitive_step.h"

#include <algorithm>

namespace lamina::cpu {

namespace {
constexpr std::size_t mostArguments = 8;
}

PrimitiveStep::PrimitiveStep(std::vector<int> buffers, int slices, int threads, Form form, std::vector<Argument> arguments, std::size_t pad,
                             std::int64_t padBytes)
    : Step(std::move(buffers)),
      m_slices(slices),
      m_threads(threads),
      m_form(std::move(form)),
      m_arguments(std::move(arguments)),
      m_pad(pad),
      m_padBytes(padBytes) {}

void PrimitiveStep::prepare() {
    const auto memory = [this](const onednn::Description& description, void* address) {
        m_memories.emplace_back(description, onednn::engine(), address);
        return m_memories.back().get();
    };
    for (int slice = 0; slice < m_slices; ++slice)
        for (const Argument& a : m_arguments)
            m_prepared.push_back({a.name, memory(slice + 1 < m_slices ? a.whole : a.last, as<std::byte>(a.buffer) + a.offset(slice))});
    for (int thread = 0; thread < m_threads; ++thread) {
        m_streams.emplace_back(onednn::engine());
        std::byte* const pad = as<std::byte>(m_pad) + thread * m_padBytes;
        m_wholePads.push_back(memory(m_form.wholeScratchpad, pad));
        m_lastPads.push_back(memory(m_form.lastScratchpad, pad));
    }
}

void PrimitiveStep::run(const RunContext& context) {
    const std::size_t count = m_arguments.size();
    context.pool.run(m_slices, [&](int slice, int worker) {
        const auto thread = static_cast<std::size_t>(worker);
        const bool isLast = slice + 1 == m_slices;
        dnnl_exec_arg_t arguments[mostArguments];
        std::copy_n(m_prepared.data() + static_cast<std::size_t>(slice) * count, count, arguments);
        arguments[count] = {DNNL_ARG_SCRATCHPAD, (isLast ? m_lastPads : m_wholePads)[thread]};
        dnnl_primitive_execute((isLast ? m_form.last : m_form.whole).get(), m_streams[thread].get(), static_cast<int>(count) + 1, arguments);
    });
}

}  // namespace lamina::cpu
