#include "core/base/mailbox.h"

#include <gtest/gtest.h>

#include <memory>
#include <thread>

namespace lamina {
namespace {

TEST(Mailbox, GivesTheNewestOnce) {
    Mailbox<int> box;
    EXPECT_FALSE(box.take());
    box.put(1);
    box.put(2);
    EXPECT_EQ(box.take(), 2);
    EXPECT_FALSE(box.take());
}

TEST(Mailbox, CarriesWhatCannotBeCopied) {
    Mailbox<std::unique_ptr<int>> box;
    box.put(std::make_unique<int>(3));
    EXPECT_EQ(**box.take(), 3);
}

TEST(Mailbox, AReaderSeesTheLastValueAndNeverAnOlderOne) {
    Mailbox<int> box;
    constexpr int last = 20'000;
    std::thread writer([&] {
        for (int n = 1; n <= last; ++n) box.put(n);
    });
    int seen = 0;
    while (seen < last) {
        if (const auto value = box.take()) {
            EXPECT_GT(*value, seen);
            seen = *value;
        } else {
            std::this_thread::yield();
        }
    }
    writer.join();
    EXPECT_FALSE(box.take());
}

}  // namespace
}  // namespace lamina
