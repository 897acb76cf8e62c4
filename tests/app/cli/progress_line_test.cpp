#include "app/cli/progress_line.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>

using namespace lamina;

namespace {

/// A terminal that nobody looks at, or a plain pipe.
class Stream {
public:
    explicit Stream(bool terminal) {
        if (terminal) {
            m_reader = posix_openpt(O_RDWR | O_NOCTTY);
            if (m_reader < 0 || grantpt(m_reader) != 0 || unlockpt(m_reader) != 0) return;
            const int end = open(ptsname(m_reader), O_RDWR | O_NOCTTY);
            if (end >= 0) m_file = fdopen(end, "w");
        } else {
            int ends[2] = {-1, -1};
            if (pipe(ends) == 0) m_file = fdopen(ends[1], "w");
            m_reader = ends[0];
        }
        fcntl(m_reader, F_SETFL, O_NONBLOCK);
    }
    ~Stream() {
        if (m_file) fclose(m_file);
        close(m_reader);
    }
    /// Null where this system has no terminals to give: a root without /dev/pts.
    std::FILE* file() const { return m_file; }
    /// All that arrives until nothing did for a while: the kernel hands a terminal's output on in its own time, in pieces.
    std::string written() const {
        std::string all;
        char bytes[4096];
        pollfd waiting{m_reader, POLLIN, 0};
        while (poll(&waiting, 1, 100) == 1 && (waiting.revents & POLLIN) != 0) {
            const auto count = read(m_reader, bytes, sizeof bytes);
            if (count <= 0) break;
            all.append(bytes, static_cast<std::size_t>(count));
        }
        return all;
    }

private:
    int m_reader = -1;
    std::FILE* m_file = nullptr;
};

class StoppedClock : public Clock {
public:
    std::int64_t steadyNanoseconds() const override { return now; }
    std::int64_t now = 0;
};
constexpr std::int64_t second = 1'000'000'000;

}  // namespace

TEST(ProgressLine, TerminalSeesOneLineRewritten) {
    const Stream stream(true);
    if (!stream.file()) GTEST_SKIP() << "this system gives no pseudo terminal";
    StoppedClock time;
    const auto guard = replaceClock(time);
    ProgressLine line(Language::English, stream.file());
    line.show({"import", 0, 1000, "rows"});
    time.now = 2 * second;
    line.show({"import", 500, 1000, "rows"});
    const std::string seen = stream.written();
    EXPECT_EQ(seen.find('\n'), std::string::npos) << seen;
    EXPECT_NE(seen.find("50 %"), std::string::npos) << seen;
    EXPECT_NE(seen.find("250 rows/s"), std::string::npos) << seen;
    EXPECT_NE(seen.find("2 s left"), std::string::npos) << seen;
}

TEST(ProgressLine, LogSeesALineNowAndThenOnly) {
    const Stream stream(false);
    StoppedClock time;
    const auto guard = replaceClock(time);
    ProgressLine line(Language::English, stream.file());
    for (int i = 0; i < 250; ++i) {
        line.show({"import", i, 250, "rows"});
        time.now += second / 10;
    }
    const std::string seen = stream.written();
    EXPECT_EQ(std::count(seen.begin(), seen.end(), '\n'), 2) << seen;
    EXPECT_EQ(seen.find('\r'), std::string::npos);
}

TEST(ProgressLine, WhatIsOverAtOnceIsNotWorthALogLine) {
    const Stream stream(false);
    ProgressLine line(Language::English, stream.file());
    line.show({"import", 0, 10, "rows"});
    line.show({"import", 10, 10, "rows"});
    line.finish();
    EXPECT_EQ(stream.written(), "");
}

TEST(ProgressLine, NumbersAndDurationsStayShort) {
    EXPECT_EQ(shortNumber(0.5), "0.5");
    EXPECT_EQ(shortNumber(340), "340");
    EXPECT_EQ(shortNumber(146232), "146 k");
    EXPECT_EQ(shortDuration(59.4, Language::English), "59 s");
    EXPECT_EQ(shortDuration(200, Language::English), "3 min 20 s");
    EXPECT_EQ(shortDuration(7500, Language::Chinese), "2 小时 5 分");
}
