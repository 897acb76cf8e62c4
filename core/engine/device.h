// Devices: where Programs run. A device plans a whole graph (so that physical layouts and fusions are its own choice),
// then runs the prepared ops with nothing to look up.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/engine/graph.h"

namespace lamina {

/// What changes from step to step; everything else was decided when the Program was made.
struct StepContext {
    std::uint64_t seed = 0;
    std::uint64_t step = 0;        ///< number of the optimizer update, from 0; the counter of random streams
    double learningRate = 0.001;
};

/// One line of `lamina explain`.
struct PlannedOp {
    std::string op;              ///< "gemm+bias+relu"
    std::string origin;          ///< network node
    std::string implementation;  ///< "dnnl_sgemm 4 slices", "reorder oihw→OIhw16i16o"
    std::string note;            ///< why a faster path was refused; empty where none was
    double flops = 0;
};

/// A device's own form of a graph. Made by Device::plan; bound once to memory by the Program; then run.
class DevicePlan {
public:
    virtual ~DevicePlan() = default;
    /// Bytes a value needs in its physical layout (0: never touches memory). Scratch values follow the graph's own.
    struct Buffer {
        std::size_t bytes = 0;
        int firstStep = 0, lastStep = -1;  ///< planned steps between which the contents must live
        ValueId aliasOf = noValue;         ///< shares memory with this value
        bool lasting = false;              ///< the contents stay from run to run, whatever runs in between
    };
    virtual const std::vector<Buffer>& buffers() const = 0;
    virtual int stepCount() const = 0;
    /// Addresses for every buffer, in the order of buffers(); valid until the plan dies. May create primitives; may allocate.
    virtual Result<void> bind(const std::vector<void*>& addresses) = 0;
    /// Runs all steps. Allocates nothing of Lamina's own, looks nothing up, takes no lock.
    virtual void run(const StepContext& context) = 0;
    virtual std::vector<PlannedOp> describe() const = 0;
};

class Device {
public:
    virtual ~Device() = default;
    virtual std::string id() const = 0;           ///< "reference-float64", "cpu"
    virtual std::string description() const = 0;  ///< "CPU, AVX-512, 2 threads, oneDNN 2.6.3": recorded with checkpoints
    /// The type behind Float32 values.
    virtual DType real() const { return DType::Float32; }
    /// Memory for parameters, inputs and arenas: aligned to 64 bytes, zeroed.
    virtual std::shared_ptr<void> allocate(std::size_t bytes);
    /// For devices that compute in memory of their own; `memory` is what allocate() gave for a parameter or state. makeReadable: what the last
    /// run left becomes visible to the host; noteWritten: the host wrote there. Inputs, constants and kept values need neither: a run takes them
    /// afresh and leaves them readable.
    virtual void makeReadable(const void* memory);
    virtual void noteWritten(const void* memory);
    /// `kept`: values that the caller reads after a run (they live until the end).
    virtual Result<std::unique_ptr<DevicePlan>> plan(const Graph& graph, const std::vector<ValueId>& kept) = 0;
};

/// Plain templates, one thread, float32 or float64: the oracle of every test.
std::unique_ptr<Device> makeReferenceDevice(DType real);

struct CpuOptions {
    int threads = 0;          ///< 0: one per core
    std::string instructionSet;  ///< "": the best this machine has; "v2", "v3", "v4" (x86-64 levels) for tests
};
/// oneDNN and own kernels on all cores; same bits for any number of threads.
std::unique_ptr<Device> makeCpuDevice(const CpuOptions& options = {});
/// Whether this machine's processor multiplies bfloat16 by itself: only then is Precision::Bfloat16 quicker than float32.
bool cpuHasBfloat16();

}  // namespace lamina
