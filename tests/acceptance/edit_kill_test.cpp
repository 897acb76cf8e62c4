// kill -9 at random moments of a process that edits: whatever it acknowledged is there afterwards, once, and the project is whole.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>
#include <set>

#include "core/project/project.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

constexpr int kills = 50;

/// Adds classes until it is killed; writes each name to the pipe once its commit has come back.
[[noreturn]] void editForever(const Path& file, int round, int acknowledge) {
    auto project = Project::open(file, StoreAccess::Write);
    if (!project) _exit(1);
    for (int i = 0;; ++i) {
        LabelClassRecord record;
        record.name = std::to_string(round) + "-" + std::to_string(i);
        if (!(*project)->labelClasses().add(record).get()) _exit(2);
        const std::string line = record.name + "\n";
        if (write(acknowledge, line.data(), line.size()) < 0) _exit(3);
        if (i % 3 == 2 && !(*project)->undo().get()) _exit(4);
        if (i % 3 == 2 && !(*project)->redo().get()) _exit(5);
    }
}

std::string readAll(int descriptor) {
    std::string text;
    char piece[4096];
    for (ssize_t n; (n = read(descriptor, piece, sizeof piece)) > 0;) text.append(piece, static_cast<std::size_t>(n));
    return text;
}

/// What a child acknowledged before it was killed after `delay`.
std::string killedChild(const Path& file, int round, std::chrono::microseconds delay, int& status) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        editForever(file, round, ends[1]);
    }
    close(ends[1]);
    usleep(static_cast<useconds_t>(delay.count()));
    kill(child, SIGKILL);
    const std::string acknowledged = readAll(ends[0]);
    waitpid(child, &status, 0);
    close(ends[0]);
    return acknowledged;
}

TEST(EditKill, NoAcknowledgedEditIsLostOrDoubled) {
    const TemporaryFolder folder;
    const Path file = folder / "p.lamina";
    ASSERT_TRUE(Project::create(file));
    std::mt19937 random(7);
    std::uniform_int_distribution<int> milliseconds(5, 120);
    std::vector<std::string> acknowledged;
    for (int round = 0; round < kills; ++round) {
        int status = 0;
        const std::string lines = killedChild(file, round, std::chrono::milliseconds(milliseconds(random)), status);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
        for (std::size_t at = 0, end; (end = lines.find('\n', at)) != std::string::npos; at = end + 1) acknowledged.push_back(lines.substr(at, end - at));
    }
    auto project = Project::open(file, StoreAccess::Write);
    ASSERT_TRUE(project) << project.error().debugText();
    EXPECT_TRUE((*project)->verify(VerifyLevel::Full)->empty());

    std::multiset<std::string> names;
    const auto classes = *(*project)->labelClasses().all();
    const auto history = *(*project)->history();
    for (const auto& record : classes) names.insert(record.name);
    ASSERT_GT(acknowledged.size(), 50u) << "too slow to prove anything";
    // The kill may fall between an undo and its redo, which takes back the last acknowledged one of a round for good; the journal then says so.
    std::set<std::string> takenBack;
    for (const auto& entry : history)
        if (entry.kind == EditKind::Normal && entry.state != EditState::Done) takenBack.insert(entry.name.arguments.front().second);
    for (const auto& name : acknowledged) EXPECT_EQ(names.count(name) + takenBack.count(name), 1u) << name;
    RecordProperty("acknowledged", static_cast<int>(acknowledged.size()));
}

}  // namespace
}  // namespace lamina
