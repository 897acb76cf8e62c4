#include "core/base/uuid.h"

#include <gtest/gtest.h>

#include <set>

#include "core/base/clock.h"

namespace lamina {
namespace {

class FixedClock final : public Clock {
public:
    explicit FixedClock(std::int64_t milliseconds) : m_milliseconds(milliseconds) {}
    std::int64_t wallMilliseconds() const override { return m_milliseconds; }

private:
    std::int64_t m_milliseconds;
};

TEST(Uuid, IsOfVersionSevenAndTheStandardVariant) {
    for (int n = 0; n < 100; ++n) {
        const std::string id = newUuid();
        ASSERT_TRUE(isUuid(id)) << id;
        EXPECT_EQ(id[14], '7');
        EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos) << id;
    }
}

TEST(Uuid, BeginsWithItsMoment) {
    const FixedClock clock(0x0123456789abll);
    const auto guard = replaceClock(clock);
    EXPECT_EQ(newUuid().substr(0, 13), "01234567-89ab");
}

TEST(Uuid, LaterIdsSortLater) {
    std::string before;
    for (std::int64_t moment : {1ll, 255ll, 256ll, 1'700'000'000'000ll, 1'700'000'000'001ll}) {
        const FixedClock clock(moment);
        const auto guard = replaceClock(clock);
        const std::string id = newUuid();
        EXPECT_LT(before, id);
        before = id;
    }
}

TEST(Uuid, NoTwoAreAlikeInOneMillisecond) {
    const FixedClock clock(1);
    const auto guard = replaceClock(clock);
    std::set<std::string> ids;
    for (int n = 0; n < 10'000; ++n) ids.insert(newUuid());
    EXPECT_EQ(ids.size(), 10'000u);
}

TEST(Uuid, OtherTextIsNone) {
    EXPECT_TRUE(isUuid("0190a5f0-7c3b-7d52-9b1e-0a1b2c3d4e5f"));
    EXPECT_FALSE(isUuid(""));
    EXPECT_FALSE(isUuid("0190a5f0-7c3b-7d52-9b1e-0a1b2c3d4e5"));
    EXPECT_FALSE(isUuid("0190a5f0-7c3b-7d52-9b1e-0a1b2c3d4e5f0"));
    EXPECT_FALSE(isUuid("0190A5F0-7c3b-7d52-9b1e-0a1b2c3d4e5f"));
    EXPECT_FALSE(isUuid("0190a5f0a7c3b-7d52-9b1e-0a1b2c3d4e5f"));
    EXPECT_FALSE(isUuid("0190a5f0-7c3b-7d52-9b1e-0a1b2c3d4e5g"));
}

}  // namespace
}  // namespace lamina
