#include "app/cli/exit_code.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>

#include "core/base/files.h"

using namespace lamina;

TEST(ExitCode, EveryKindOfErrorHasItsNumber) {
    EXPECT_EQ(exitCodeFor("cli.usage"), ExitCode::Usage);
    EXPECT_EQ(exitCodeFor("csv.ragged_row"), ExitCode::BadInput);
    EXPECT_EQ(exitCodeFor("file.not_found"), ExitCode::BadInput);
    EXPECT_EQ(exitCodeFor("project.locked"), ExitCode::Project);
    EXPECT_EQ(exitCodeFor("disk.full"), ExitCode::DiskFull);
    EXPECT_EQ(exitCodeFor("disk.full_while_writing"), ExitCode::DiskFull);
    EXPECT_EQ(exitCodeFor("job.cancelled"), ExitCode::Interrupted);
    EXPECT_EQ(exitCodeFor("training.not_finite"), ExitCode::Failed);
}

// A new importer's errors are about what it was given, and scripts tell that by the number.
TEST(ExitCode, WhatAnImporterRefusesIsBadInput) {
    static const std::regex refusal("fail\\(\"([a-z_]+\\.)");
    const std::set<std::string> others{"job.", "disk."};
    std::set<std::string> areas;
    for (const char* folder : {"core/data/importers", "core/annotation/formats"})
        for (const auto& entry : std::filesystem::directory_iterator(Path(LAMINA_SOURCE_DIR) / folder)) {
            if (entry.path().extension() != ".cpp") continue;
            const std::string text = *readTextFile(entry.path());
            for (std::sregex_iterator at(text.begin(), text.end(), refusal), end; at != end; ++at) areas.insert((*at)[1]);
        }
    ASSERT_GT(areas.size(), 10u);
    for (const std::string& area : areas) {
        if (others.count(area)) continue;
        EXPECT_EQ(exitCodeFor(area + "anything"), ExitCode::BadInput) << "the table of app/cli/exit_code.cpp lacks \"" << area << "\"";
    }
}

TEST(ExitCode, NumbersAreThoseThatShellsKnow) {
    EXPECT_EQ(static_cast<int>(ExitCode::Usage), 2);
    EXPECT_EQ(static_cast<int>(ExitCode::Interrupted), 130);
}
