#include "core/onnx/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <thread>

#include "core/base/clock.h"

namespace lamina {
namespace {

Result<pid_t> start(const std::vector<std::string>& arguments, const Path& output) {
    std::vector<char*> pointers;
    for (const auto& argument : arguments) pointers.push_back(const_cast<char*>(argument.c_str()));
    pointers.push_back(nullptr);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    pid_t child = 0;
    const int error = posix_spawn(&child, pointers[0], &actions, nullptr, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) return fail("onnx.runtime_failed", {{"reason", arguments[0] + ": " + std::strerror(error)}});
    return child;
}

int exitStatus(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

}  // namespace

Result<int> runChild(const std::vector<std::string>& arguments, const Path& output, double timeoutSeconds, const CancelToken& cancel) {
    LAMINA_TRY(const pid_t child, start(arguments, output));
    const Stopwatch watch;
    int status = 0;
    while (true) {
        const pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended == child) return exitStatus(status);
        if (ended < 0 && errno != EINTR) return fail("onnx.runtime_failed", {{"reason", std::strerror(errno)}});
        const bool late = watch.seconds() > timeoutSeconds;
        if (late || cancel.cancelled()) {
            kill(child, SIGKILL);
            waitpid(child, &status, 0);
            if (cancel.cancelled()) return fail("job.cancelled");
            return fail("onnx.runtime_timeout", {{"seconds", std::to_string(static_cast<int>(timeoutSeconds))}});
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

}  // namespace lamina
