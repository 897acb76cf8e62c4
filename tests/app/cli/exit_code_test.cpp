#include "app/cli/exit_code.h"

#include <gtest/gtest.h>

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

TEST(ExitCode, NumbersAreThoseThatShellsKnow) {
    EXPECT_EQ(static_cast<int>(ExitCode::Usage), 2);
    EXPECT_EQ(static_cast<int>(ExitCode::Interrupted), 130);
}
