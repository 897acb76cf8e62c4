// Ways to mend what the compiler found: one function per fix. A fix is only offered where it makes the problem go.
#pragma once

#include <vector>

#include "app/jobs/network_jobs.h"

namespace lamina {

struct Fix {
    EditName label;   ///< text of the button ("fix.…")
    EditName edit;    ///< what the edit is called in the journal
    Network network;  ///< the mended network
};

/// Everything that is wrong: of the compiler and, where it has nothing to say, of the data. `needs` may be nullptr.
std::vector<Error> problemsOf(const Network& network, const NetworkReport& report, const NetworkNeeds* needs);
/// The fixes of one problem, the best first; mostly none or one. Any thread.
std::vector<Fix> fixesFor(const Error& problem, const Network& network, const NetworkNeeds* needs);

}  // namespace lamina
