// Work in the background: delivered in the GUI thread, cancelled, shown in words.
#include "app/workspace/task_list.h"
#include "tests/support/window_test.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QTest>
#include <QThread>

#include <thread>

namespace lamina {
namespace {

Result<int> untilCancelled(TaskContext& context) {
    while (!context.cancel.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    return fail("job.cancelled");
}

TEST(TaskList, WorkRunsElsewhereAndItsResultComesToTheGuiThread) {
    TaskList tasks;
    QObject context;
    QThread *worker = nullptr, *delivery = nullptr;
    int got = 0;
    tasks.quietly(
        &context, [&](TaskContext&) -> Result<int> { worker = QThread::currentThread(); return 42; },
        [&](Result<int> result) { delivery = QThread::currentThread(); got = *result; });
    ASSERT_TRUE(waitFor([&] { return got == 42; }));
    EXPECT_NE(worker, qApp->thread());
    EXPECT_EQ(delivery, qApp->thread());
    EXPECT_EQ(tasks.rowCount(), 0) << "quiet work is not shown";
}

TEST(TaskList, NothingIsDeliveredToAReceiverThatIsGone) {
    TaskList tasks;
    auto context = std::make_unique<QObject>();
    bool delivered = false;
    std::atomic<bool> go = false;
    tasks.quietly(
        context.get(), [&](TaskContext&) -> Result<int> { while (!go) std::this_thread::yield(); return 1; }, [&](Result<int>) { delivered = true; });
    context.reset();
    go = true;
    QTest::qWait(50);
    EXPECT_FALSE(delivered);
}

TEST(TaskList, ProgressOfAShownTaskIsSeenInTheModel) {
    TaskList tasks;
    QAbstractItemModelTester tester(&tasks);
    QObject context;
    std::atomic<bool> go = false;
    tasks.start(
        "Import", &context,
        [&](TaskContext& c) -> Result<int> {
            c.progress({"reading", 250, 1000, "rows"});
            while (!go) std::this_thread::sleep_for(std::chrono::milliseconds(1));
            return 0;
        },
        [](Result<int>) {});
    ASSERT_TRUE(waitFor([&] { return tasks.info(0).fraction == 0.25; }));
    EXPECT_EQ(tasks.info(0).state, TaskState::Running);
    EXPECT_EQ(tasks.info(0).detail, "250 of 1,000 rows");
    EXPECT_EQ(tasks.runningCount(), 1);
    go = true;
    ASSERT_TRUE(waitFor([&] { return tasks.info(0).state == TaskState::Done; }));
    tasks.clear();
    EXPECT_EQ(tasks.rowCount(), 0);
}

TEST(TaskList, ACancelledTaskIsNoFailure) {
    TaskList tasks;
    QObject context;
    bool failed = false;
    QObject::connect(&tasks, &TaskList::failed, &context, [&] { failed = true; });
    std::string code;
    const int id = tasks.start("Long", &context, untilCancelled, [&](Result<int> result) { code = result.error().code; });
    tasks.cancel(id);
    ASSERT_TRUE(waitFor([&] { return tasks.info(0).state == TaskState::Cancelled; }));
    EXPECT_EQ(code, "job.cancelled");
    EXPECT_FALSE(failed);
}

TEST(TaskList, AFailedTaskSaysWhyInWords) {
    TaskList tasks;
    QObject context;
    QString said;
    QObject::connect(&tasks, &TaskList::failed, &context, [&](const QString& title, const QString& error) { said = title + "|" + error; });
    tasks.start("Open", &context, [](TaskContext&) -> Result<int> { return fail("file.not_found", {{"file", "/nowhere"}}); }, [](Result<int>) {});
    ASSERT_TRUE(waitFor([&] { return !said.isEmpty(); }));
    EXPECT_TRUE(said.startsWith("Open|"));
    EXPECT_TRUE(said.contains("/nowhere")) << said.toStdString();
}

TEST(TaskList, QuietWorkThatIsCancelledIsNotDelivered) {
    TaskList tasks;
    QObject context;
    bool delivered = false;
    const int id = tasks.quietly(&context, untilCancelled, [&](Result<int>) { delivered = true; });
    tasks.cancel(id);
    tasks.finishAll();
    QTest::qWait(20);
    EXPECT_FALSE(delivered);
}

TEST(TaskList, AnnouncedTasksAreRunBySomebodyElse) {
    TaskList tasks;
    bool asked = false;
    const int id = tasks.announce("Training", [&] { asked = true; });
    tasks.update(id, 0.5, "Epoch 5 of 10", 12);
    EXPECT_EQ(tasks.info(0).detail, "Epoch 5 of 10");
    tasks.cancel(id);
    EXPECT_TRUE(asked);
    tasks.end(id);
    EXPECT_EQ(tasks.info(0).state, TaskState::Done);
    EXPECT_EQ(tasks.runningCount(), 0);
}

}  // namespace
}  // namespace lamina
