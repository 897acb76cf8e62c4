// What the program tells the shell. One table, in exit_code.cpp.
#pragma once

#include <string>

namespace lamina {

enum class ExitCode : int {
    Ok = 0,
    Failed = 1,
    Usage = 2,        ///< a wrong option or command
    BadInput = 3,     ///< a file, a setting or data that cannot be used
    Project = 4,      ///< the project is locked, of a newer version, damaged or not there
    DiskFull = 5,
    Interrupted = 130 ///< stopped by Ctrl-C or SIGTERM at a safe place
};

/// The exit code for an error's code: the longest entry of the table that the code starts with; Failed where none does.
ExitCode exitCodeFor(const std::string& errorCode);

}  // namespace lamina
