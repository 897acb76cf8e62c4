// Work in a few threads: all of it is done, no more at a time than there are threads, and waiting means waiting.
#include "core/base/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>

namespace lamina {
namespace {

TEST(WorkerPool, DoesEverythingAndNeverMoreAtATimeThanItHasThreads) {
    std::atomic<int> done = 0, now = 0, most = 0;
    WorkerPool pool(2);
    for (int i = 0; i < 40; ++i)
        pool.start([&] {
            const int running = ++now;
            for (int seen = most; seen < running && !most.compare_exchange_weak(seen, running);) {}
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            --now;
            ++done;
        });
    pool.waitForDone();
    EXPECT_EQ(done, 40);
    EXPECT_EQ(most, 2);
}

TEST(WorkerPool, WaitsForWorkThatWorkStarted) {
    std::atomic<bool> inner = false;
    WorkerPool pool(1);
    pool.start([&] { pool.start([&] { inner = true; }); });
    pool.waitForDone();
    EXPECT_TRUE(inner);
}

TEST(WorkerPool, WhatWorkHeldIsGoneWhenItIsDone) {
    auto held = std::make_shared<int>(1);
    const std::weak_ptr<int> look = held;
    WorkerPool pool(1);
    pool.start([held = std::move(held)] {});
    pool.waitForDone();
    EXPECT_TRUE(look.expired());
}

TEST(WorkerPool, TheEndWaitsForWhatWasStarted) {
    std::atomic<int> done = 0;
    {
        WorkerPool pool(3);
        for (int i = 0; i < 10; ++i) pool.start([&] { ++done; });
    }
    EXPECT_EQ(done, 10);
}

}  // namespace
}  // namespace lamina
