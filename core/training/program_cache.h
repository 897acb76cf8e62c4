// Programs of one network by batch size: the last, short batch of an epoch gets a Program of its own size, exact like any other.
#pragma once

#include <functional>
#include <map>
#include <memory>

#include "core/compiler/compiler.h"

namespace lamina {

struct CachedProgram {
    CompiledNetwork network;  ///< its graph has moved into the program; the ids stay valid
    std::unique_ptr<Program> program;
};

class ProgramCache {
public:
    using Compile = std::function<Result<CompiledNetwork>(std::int64_t batch)>;
    ProgramCache(Compile compile, ParameterStore& store, std::uint64_t seed) : m_compile(std::move(compile)), m_store(store), m_seed(seed) {}

    /// Made at its first use (that one allocates), then the same one.
    Result<CachedProgram*> get(std::int64_t batch);
    /// Makes those that so many rows need: of the whole batch, and of the last, short one.
    Result<void> prepare(std::int64_t rows, std::int64_t batchSize);

private:
    Compile m_compile;
    ParameterStore& m_store;
    std::uint64_t m_seed;
    std::map<std::int64_t, CachedProgram> m_programs;
};

}  // namespace lamina
