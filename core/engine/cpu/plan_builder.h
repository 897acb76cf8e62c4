// Turns joined ops into steps: decides the physical layout of every value, adds reorders where two steps disagree,
// writes over inputs that nobody needs any more, and keeps account of how long each buffer lives.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/engine/cpu/fusion.h"
#include "core/engine/cpu/layout.h"
#include "core/engine/cpu/step.h"

namespace lamina::cpu {

class PlanBuilder {
public:
    PlanBuilder(const Graph& graph, const std::vector<ValueId>& kept, const Kernels& kernels, int threads);

    /// Lowers the whole graph. May throw dnnl::error.
    Result<void> build();

    // What lowering functions use.
    const Graph& graph() const { return m_graph; }
    const Kernels& kernels() const { return m_kernels; }
    int threads() const { return m_threads; }
    const Shape& shape(ValueId value) const { return m_graph.shape(value); }

    /// Does anybody look at this value?
    bool isRead(ValueId value) const { return m_kept[index(value)] || m_lastUse[index(value)] >= 0; }
    /// The layout in which the value was made.
    Layout layoutOf(ValueId value) const { return m_forms[index(value)].front().layout; }
    /// The buffer that holds the value in this layout; a reorder is added where there is none yet.
    int in(ValueId value, Layout layout = Layout::Plain);
    /// The same numbers rounded to bfloat16: 2 bytes each, or (`wide`) still as float32.
    int inBfloat16(ValueId value, Layout layout, bool wide);
    /// A new buffer for a value that the current op makes.
    int out(ValueId value, Layout layout = Layout::Plain);
    /// The same, written over `over` (in the same layout) where nobody needs that any more.
    int outOver(ValueId value, ValueId over, Layout layout = Layout::Plain);
    /// `value` is another name for the plain form of `of`.
    void alias(ValueId value, ValueId of);
    int scratch(std::int64_t bytes);
    /// `bytes` for each thread, rounded up to 64: thread t's part starts at t times the rounded size.
    int scratchPerThread(std::int64_t bytes);
    static std::int64_t roundedBytes(std::int64_t bytes) { return (bytes + 63) / 64 * 64; }

    /// Whether the value stays the same from run to run until somebody writes parameters: it is stored or constant, and this graph updates nothing.
    bool isFixed(ValueId value) const;
    /// A buffer whose contents stay from run to run: for what addOnce() makes of fixed values.
    int lasting(std::int64_t bytes);

    /// Appends a step of the current op. The first one carries the op's cost; helpers (reorders) carry none.
    void add(std::unique_ptr<Step> step, std::string implementation, std::string note = {});
    void addHelper(std::unique_ptr<Step> step, std::string implementation);
    /// A helper that reads fixed values only: it runs where they may have changed since the last run.
    void addOnce(std::unique_ptr<Step> step, std::string implementation);
    template <class Function>
    void addSliced(std::vector<int> buffers, int slices, Function function, std::string implementation, std::string note = {}) {
        implementation += ", " + std::to_string(slices) + (slices == 1 ? " slice" : " slices");
        add(std::make_unique<SlicedStep>(std::move(buffers), slices, std::move(function)), std::move(implementation), std::move(note));
    }

    std::vector<std::unique_ptr<Step>> steps;
    std::vector<bool> once;  ///< for every step: was it added by addOnce()?
    std::vector<PlannedOp> planned;
    std::vector<DevicePlan::Buffer> buffers;
    bool updates = false;  ///< parameters or states are written

private:
    enum class Numbers : std::uint8_t { Float32, RoundedFloat32, Bfloat16 };
    struct Form {
        Layout layout;
        int buffer;
        Numbers numbers = Numbers::Float32;
    };
    struct Use {
        int lastOp = -1;
        bool pinned = false;
        bool lasting = false;
    };
    static std::size_t index(ValueId value) { return static_cast<std::size_t>(value); }
    void noteUses();
    void placeGiven();
    void setForm(ValueId value, Layout layout, int buffer);
    const Form* find(ValueId value, Layout layout, Numbers numbers = Numbers::Float32) const;
    int newBuffer(std::int64_t bytes);
    void addReorder(ValueId value, const Form& from, Layout layout, int to);
    void finishKept(const FusedOp& op);
    void finishBuffers();
    void append(std::unique_ptr<Step> step, std::string implementation, std::string note, double flops);

    const Graph& m_graph;
    std::vector<bool> m_kept;
    const Kernels& m_kernels;
    int m_threads;
    std::vector<FusedOp> m_ops;
    std::vector<int> m_lastUse;
    std::vector<std::vector<Form>> m_forms;
    std::vector<Use> m_uses;
    int m_current = 0;
    bool m_flopsCounted = false;
};

}  // namespace lamina::cpu
