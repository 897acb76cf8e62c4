// A oneDNN primitive run on sub-batches by our pool. N is outermost in every layout used, so a sub-batch is an offset.
#pragma once

#include <vector>

#include "core/engine/cpu/onednn.h"
#include "core/engine/cpu/step.h"

namespace lamina::cpu {

class PrimitiveStep : public Step {
public:
    /// What a slice gets as one argument: a buffer, moved on by sliceBytes after every `every` slices, back at its start after `period` such places
    /// (0: never).
    struct Argument {
        int name;            ///< DNNL_ARG_…
        std::size_t buffer;  ///< place in the list of buffers
        std::int64_t sliceBytes;
        onednn::Description whole, last;  ///< the last slice may be shorter
        int every = 1, period = 0;
        std::int64_t offset(int slice) const { return sliceBytes * (period ? slice / every % period : slice / every); }
    };
    /// `last` and `lastScratchpad` belong to the last slice. The scratchpads (one per thread, padBytes apart) are the buffer at `pad`.
    struct Form {
        dnnl::primitive whole, last;
        onednn::Description wholeScratchpad, lastScratchpad;
    };
    PrimitiveStep(std::vector<int> buffers, int slices, int threads, Form form, std::vector<Argument> arguments, std::size_t pad,
                  std::int64_t padBytes);

    void prepare() override;
    void run(const RunContext& context) override;

private:
    int m_slices, m_threads;
    Form m_form;
    std::vector<Argument> m_arguments;
    std::size_t m_pad;
    std::int64_t m_padBytes;
    std::vector<dnnl::stream> m_streams;
    std::vector<dnnl::memory> m_memories;
    std::vector<dnnl_exec_arg_t> m_prepared;  // slice by slice
    std::vector<dnnl_memory_t> m_wholePads, m_lastPads;
};

}  // namespace lamina::cpu
