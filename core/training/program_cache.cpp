#include "core/training/program_cache.h"

#include <algorithm>

namespace lamina {

Result<CachedProgram*> ProgramCache::get(std::int64_t batch) {
    if (auto found = m_programs.find(batch); found != m_programs.end()) return &found->second;
    CachedProgram made;
    LAMINA_TRY(made.network, m_compile(batch));
    const auto kept = made.network.kept();
    LAMINA_TRY(made.program, Program::create(std::move(made.network.graph), m_store.device(), m_store, kept, m_seed));
    return &m_programs.emplace(batch, std::move(made)).first->second;
}

Result<void> ProgramCache::prepare(std::int64_t rows, std::int64_t batchSize) {
    if (rows == 0) return {};
    const std::int64_t whole = std::min(batchSize, rows);
    LAMINA_CHECK(get(whole));
    if (rows % whole != 0) LAMINA_CHECK(get(rows % whole));
    return {};
}

}  // namespace lamina
