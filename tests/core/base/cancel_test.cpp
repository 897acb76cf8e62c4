#include "core/base/cancel.h"

#include <gtest/gtest.h>

#include <thread>

namespace lamina {
namespace {

TEST(CancelToken, AllCopiesShareOneFlag) {
    const CancelToken token;
    const CancelToken copy = token;
    EXPECT_FALSE(copy.cancelled());
    std::thread([&] { token.cancel(); }).join();
    EXPECT_TRUE(copy.cancelled());
    EXPECT_FALSE(CancelToken().cancelled());
}

}  // namespace
}  // namespace lamina
