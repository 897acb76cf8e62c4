// When each operation of a step ran, and on which thread: recorded on demand, for people who want to see where the time goes.
#pragma once

#include <cstdint>
#include <vector>

#include "core/engine/device.h"

namespace lamina {

/// One recorded run of a plan. Times are nanoseconds since it began.
struct StepTrace {
    struct Slice {
        int operation = 0;  ///< place in `operations`
        int thread = 0;     ///< 0: the thread that ran the plan; others: workers of the pool
        std::int64_t begin = 0, end = 0;
    };
    std::vector<PlannedOp> operations;
    std::vector<Slice> whole;   ///< each operation, as the first thread saw it
    std::vector<Slice> slices;  ///< the parts of them that the threads did
    std::int64_t step = 0;      ///< which one it was, from 1; filled by the training
};

/// While it lives, every run of a CPU plan on this thread is recorded into `trace` (the newest stays). Runs that nobody records cost nothing.
class TraceScope {
public:
    explicit TraceScope(StepTrace& trace);
    ~TraceScope();
    TraceScope(const TraceScope&) = delete;
    TraceScope& operator=(const TraceScope&) = delete;

private:
    StepTrace* m_before;
};

/// What this thread records into; nullptr: nothing.
StepTrace* activeTrace();

}  // namespace lamina
