#include "app/cli/interrupt.h"

#include <csignal>
#include <unistd.h>

#include "app/cli/exit_code.h"

namespace lamina {
namespace {

// Lives as long as the program: a signal may come at any moment.
const CancelToken* interruptToken = nullptr;

void onSignal(int) {
    if (interruptToken->cancelled()) _exit(static_cast<int>(ExitCode::Interrupted));
    interruptToken->cancel();
}

}  // namespace

void cancelOnInterrupt(const CancelToken& token) {
    interruptToken = new CancelToken(token);
    struct sigaction action {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    for (int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace lamina
