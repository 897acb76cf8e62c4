// A project as one file to hand on, and back. Block; any thread.
#pragma once

#include "core/project/project.h"

namespace lamina {

struct PackOutcome {
    Path file;
    std::uint64_t bytes = 0;   ///< of the pack, or of the project that came out of it
    std::int64_t files = 0;    ///< content files
    std::vector<Issue> issues; ///< "pack.pictures_stay" {dataset, folder}: pictures that lie outside the project are not in the pack; "pack.without_keys"
};

/// How a project is packed.
struct PackRequest {
    bool replace = false;   ///< a file of that name may go
    bool withKeys = false;  ///< the keys of its recipes (recipe_keys.h) go along; whoever has the pack has them
    CancelToken cancel;
    ProgressFunction progress;
};

/// Writes a zip file with a snapshot of the project and its content files; what recipes gave and can be made again is left out. The project may be used
/// and written meanwhile. There whole or not at all. "jobs.file_exists", "pack.file_missing" {file}, errors of writing, "job.cancelled".
Result<PackOutcome> packProject(Project& project, const Path& file, const PackRequest& request = {});

/// Makes the packed project in `folder`; its file is PackOutcome::file. Whatever the pack claims, only the names of a project's own files are taken, every content
/// file is compared with its hash, and what comes out is limited by what lies in the pack and by the free space. On error nothing is left.
/// "pack.not_a_pack" {file, reason}, "pack.file_changed" {file, entry}, "project.exists", "archive.*", "project.*", "job.cancelled".
Result<PackOutcome> unpackProject(const Path& pack, const Path& folder, const CancelToken& cancel = {}, const ProgressFunction& progress = {});

}  // namespace lamina
