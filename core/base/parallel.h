// Work cut into numbered pieces and done by several threads. What a piece gives may not depend on who does it, so cut by fixed sizes, never by
// threads.
#pragma once

#include <cstddef>
#include <functional>

namespace lamina {

/// How many threads `threads` stands for: itself, or 0: one for every core.
int threadCount(int threads);

/// work(i) for every i of 0 … count-1, each once, on up to `threads` threads (0: one for every core; the caller's is one of them), and returns when
/// all are done. Pieces are taken in their order. An exception of a piece reaches the caller after the others ended; pieces not yet begun are then
/// left out.
void parallelFor(std::size_t count, int threads, const std::function<void(std::size_t)>& work);

}  // namespace lamina
