#include "app/cli/interrupt.h"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>

using namespace lamina;

namespace {

[[noreturn]] void interrupt(int times) {
    const CancelToken token;
    cancelOnInterrupt(token);
    for (int i = 0; i < times; ++i) std::raise(SIGINT);
    std::_Exit(token.cancelled() ? 7 : 8);
}

}  // namespace

TEST(InterruptDeathTest, FirstCtrlCOnlyAsksTheJobToStop) { EXPECT_EXIT(interrupt(1), testing::ExitedWithCode(7), ""); }

TEST(InterruptDeathTest, SecondCtrlCEndsTheProgramAtOnce) { EXPECT_EXIT(interrupt(2), testing::ExitedWithCode(130), ""); }
