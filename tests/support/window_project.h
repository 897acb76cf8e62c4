// A project for tests of the window: a small table of three classes, split, with a network that trains in well under a second.
#pragma once

#include <fstream>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/network_jobs.h"
#include "app/jobs/split_jobs.h"
#include "core/tensor/random.h"
#include "tests/support/temporary_folder.h"

namespace lamina {

inline Path writeThreeColours(const TemporaryFolder& folder, int rows = 300) {
    const Path path = folder / "colours.csv";
    std::ofstream file(path);
    file << "a,b,c,kind\n";
    const RandomStream noise(3, streamOf("colours"));
    const char* names[] = {"red", "green", "blue"};
    for (int row = 0; row < rows; ++row) {
        for (int f = 0; f < 3; ++f) file << (row % 3 == f ? 2.0f : 0.0f) + noise.normal(static_cast<std::uint64_t>(row * 3 + f)) << ',';
        file << names[row % 3] << '\n';
    }
    return path;
}

/// Closed when it returns. Fails the test where a step fails.
inline Path makeColourProject(const TemporaryFolder& folder, bool withNetwork = true, int rows = 300) {
    const Path file = folder / "colours.lamina";
    auto project = Project::create(file);
    EXPECT_TRUE(project) << project.error().debugText();
    ImportRequest request;
    request.source = writeThreeColours(folder, rows);
    request.target = "kind";
    auto imported = importDataset(**project, request);
    EXPECT_TRUE(imported) << imported.error().debugText();
    auto split = splitDataset(**project, imported->dataset, SplitSettings{});
    EXPECT_TRUE(split) << split.error().debugText();
    if (withNetwork) {
        auto built = buildNetwork(**project, BuildRequest{});
        EXPECT_TRUE(built) << built.error().debugText();
    }
    return file;
}

}  // namespace lamina
