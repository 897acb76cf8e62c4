// Whether the file or folder that a dataset came from has changed since. Sizes and times only: no file is read. All functions block; any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/project/project.h"

namespace lamina {

struct SourceEntry {
    std::uint64_t size = 0;
    std::int64_t time = 0;  ///< of the last change, by the file system's own clock
    bool operator==(const SourceEntry&) const = default;
};

/// The files of a source by their path within it (a single file: its name). Hidden ones do not count.
struct SourceState {
    std::map<std::string, SourceEntry> files;
    bool folder = false;
    bool operator==(const SourceState&) const = default;

    static constexpr std::size_t mostFiles = 500'000;  ///< further ones are not looked at
};

struct SourceChange {
    std::int64_t added = 0, changed = 0, gone = 0;
    bool any() const { return added + changed + gone > 0; }
    bool operator==(const SourceChange&) const = default;
};

/// "file.failed" where the source is not there, "job.cancelled".
Result<SourceState> lookAtSource(const Path& source, const CancelToken& cancel = {});
SourceChange changesBetween(const SourceState& before, const SourceState& now);

/// Keeps the state in which a dataset was imported, in the project's folder. Nothing in a project that is only read; that nothing could be kept is no error.
void keepSourceState(const Project& project, const DatasetRecord& dataset, const SourceState& state);
/// Nothing where none was kept for this content.
std::optional<SourceState> keptSourceState(const Project& project, const DatasetRecord& dataset);

}  // namespace lamina
