#include "core/engine/cuda/plugin/cuda_plan.h"

#include <algorithm>
#include <cstring>

#include "core/engine/cuda/plugin/kernels/kernels.h"
#include "core/engine/op_type.h"
#include "core/engine/program.h"

namespace lamina::cuda {

namespace {

std::size_t index(ValueId id) { return static_cast<std::size_t>(id); }

std::vector<ValueRole> rolesOf(const Graph& graph) {
    std::vector<ValueRole> roles;
    for (const Value& value : graph.values) roles.push_back(value.role);
    return roles;
}

/// Parameters and states that a step changes.
std::vector<bool> updatedBy(const Graph& graph) {
    std::vector<bool> updated(graph.values.size(), false);
    for (const Op& op : graph.ops)
        for (int input : opType(op.kind).updates)
            if (static_cast<std::size_t>(input) < op.inputs.size()) updated[index(op.inputs[static_cast<std::size_t>(input)])] = true;
    return updated;
}

bool isStored(ValueRole role) { return role == ValueRole::Parameter || role == ValueRole::State; }

}  // namespace

CudaPlan::CudaPlan(std::shared_ptr<Context> context, PlanBuilder&& builder, const std::vector<ValueId>& kept)
    : m_context(std::move(context)),
      m_steps(std::move(builder.steps)),
      m_planned(std::move(builder.planned)),
      m_deviceBuffers(std::move(builder.buffers)),
      m_hostBuffers(builder.graph().values.size()),
      m_ofValue(std::move(builder.ofValue)),
      m_bufferOf(builder.bufferOf()),
      m_updateGroups(std::move(builder.updateGroups)),
      m_roles(rolesOf(builder.graph())),
      m_updated(updatedBy(builder.graph())) {
    for (ValueId id : kept)
        if (id != noValue && std::find(m_kept.begin(), m_kept.end(), id) == m_kept.end()) m_kept.push_back(id);
    for (std::size_t i = 0; i < m_hostBuffers.size(); ++i) {
        const bool visible = m_roles[i] != ValueRole::Computed || std::find(m_kept.begin(), m_kept.end(), static_cast<ValueId>(i)) != m_kept.end();
        const Value& value = builder.graph().values[i];
        if (visible) m_hostBuffers[i] = {static_cast<std::size_t>(elementCount(value.shape)) * dtypeSize(value.type), 0, stepCount(), noValue};
    }
}

CudaPlan::~CudaPlan() {
    if (m_graph) cudaGraphExecDestroy(m_graph);
}

Result<void> CudaPlan::bind(const std::vector<void*>& addresses) {
    try {
        m_context->makeCurrent();
        place(addresses);
        makeTables();
        check(cudaStreamSynchronize(m_context->stream()), "cudaStreamSynchronize");
        return {};
    } catch (const Failure& failure) {
        return errorOf(failure);
    }
}

/// Addresses on the GPU for every buffer, and what is copied when.
void CudaPlan::place(const std::vector<void*>& addresses) {
    std::vector<bool> inArena;
    for (ValueId of : m_ofValue) inArena.push_back(of == noValue);
    std::vector<std::size_t> offsets;
    m_arena.emplace(planArena(m_deviceBuffers, inArena, offsets));
    std::vector<void*> placed(m_deviceBuffers.size(), nullptr);
    for (std::size_t b = 0; b < placed.size(); ++b) {
        if (inArena[b]) {
            placed[b] = m_arena->at(offsets[b]);
            continue;
        }
        void* const host = addresses[index(m_ofValue[b])];
        Mirrored* const block = m_context->memory().mirrored(host);
        if (!block) continue;  // no elements
        placed[b] = block->device;
        const ValueRole role = m_roles[index(m_ofValue[b])];
        if (isStored(role)) m_stored.push_back(block);
        if (isStored(role) && m_updated[index(m_ofValue[b])]) m_changed.push_back(block);
        if (role == ValueRole::Input) m_uploads.push_back({host, block->device, m_deviceBuffers[b].bytes});
        if (role == ValueRole::Constant) upload(*block, m_context->stream());
    }
    for (ValueId id : m_kept)
        if (m_roles[index(id)] == ValueRole::Computed && m_bufferOf[index(id)] >= 0 && m_hostBuffers[index(id)].bytes > 0)
            m_downloads.push_back({addresses[index(id)], placed[static_cast<std::size_t>(m_bufferOf[index(id)])], m_hostBuffers[index(id)].bytes});
    for (Step& step : m_steps)
        for (int buffer : step.buffers) step.addresses.push_back(buffer < 0 ? nullptr : placed[static_cast<std::size_t>(buffer)]);
    m_record = m_context->memory().allocate(sizeof(StepRecord) + m_updateGroups.size() * sizeof(UpdateNumbers));
    m_recordBlock = m_context->memory().mirrored(m_record.get());
}

/// All tables of the plan in one piece of memory.
void CudaPlan::makeTables() {
    constexpr std::size_t alignment = 256;
    std::vector<std::byte> all;
    std::vector<std::pair<Step*, std::size_t>> places;
    for (Step& step : m_steps) {
        if (!step.table) continue;
        const auto bytes = step.table(step.addresses.data());
        places.emplace_back(&step, all.size());
        all.insert(all.end(), bytes.begin(), bytes.end());
        all.resize((all.size() + alignment - 1) / alignment * alignment);
    }
    m_tables.emplace(all.size());
    if (!all.empty()) check(cudaMemcpy(m_tables->at(0), all.data(), all.size(), cudaMemcpyHostToDevice), "cudaMemcpy");
    for (auto& [step, offset] : places) step->addresses.push_back(m_tables->at(offset));
}

void CudaPlan::fillRecord(const StepContext& context) {
    auto* const record = static_cast<StepRecord*>(m_record.get());
    *record = {context.seed, context.step};
    auto* const numbers = reinterpret_cast<UpdateNumbers*>(record + 1);
    for (std::size_t i = 0; i < m_updateGroups.size(); ++i)
        numbers[i] = formulas::updateNumbers<float>(m_updateGroups[i], context.learningRate, context.step);
}

void CudaPlan::enqueue() {
    const cudaStream_t stream = m_context->stream();
    check(cudaMemcpyAsync(m_recordBlock->device, m_record.get(), m_recordBlock->bytes, cudaMemcpyHostToDevice, stream), "cudaMemcpyAsync");
    for (const Copy& copy : m_uploads) check(cudaMemcpyAsync(copy.device, copy.host, copy.bytes, cudaMemcpyHostToDevice, stream), "cudaMemcpyAsync");
    const Launch launch{stream, m_context->blas(), static_cast<const StepRecord*>(m_recordBlock->device)};
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        m_steps[i].launch(launch, m_steps[i].addresses.data());
        check(cudaGetLastError(), m_planned[i].op.c_str());
    }
    for (const Copy& copy : m_downloads)
        check(cudaMemcpyAsync(copy.host, copy.device, copy.bytes, cudaMemcpyDeviceToHost, stream), "cudaMemcpyAsync");
}

bool CudaPlan::capture() {
    const cudaStream_t stream = m_context->stream();
    cudaGraph_t graph = nullptr;
    bool captured = cudaStreamBeginCapture(stream, cudaStreamCaptureModeThreadLocal) == cudaSuccess;
    if (captured) {
        try {
            enqueue();
        } catch (const Failure&) {
            captured = false;
        }
        captured = cudaStreamEndCapture(stream, &graph) == cudaSuccess && captured;
    }
    captured = captured && cudaGraphInstantiate(&m_graph, graph, 0) == cudaSuccess;
    if (graph) cudaGraphDestroy(graph);
    cudaGetLastError();
    if (!captured) m_graph = nullptr;
    return captured;
}

/// The first run goes op by op: it loads kernels and libraries, which a capture could not. The second captures.
void CudaPlan::launch() {
    if (m_runs == 1) capture();
    if (m_graph) check(cudaGraphLaunch(m_graph, m_context->stream()), "cudaGraphLaunch");
    else enqueue();
    m_runs = std::min(m_runs + 1, 2);
}

void CudaPlan::run(const StepContext& context) {
    m_context->makeCurrent();
    fillRecord(context);
    for (Mirrored* block : m_stored) upload(*block, m_context->stream());
    launch();
    check(cudaStreamSynchronize(m_context->stream()), "cudaStreamSynchronize");
    for (Mirrored* block : m_changed) block->deviceIsNewer = true;
}

}  // namespace lamina::cuda
