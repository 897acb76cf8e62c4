// Ctrl-C and SIGTERM: the first one asks the job to stop at a safe place, the second one ends the program at once.
#pragma once

#include "core/base/cancel.h"

namespace lamina {

/// From now on the first signal cancels `token`, the second one exits with 130. Call once.
void cancelOnInterrupt(const CancelToken& token);

}  // namespace lamina
