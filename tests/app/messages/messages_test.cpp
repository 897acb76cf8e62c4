#include "app/messages/messages.h"

#include <gtest/gtest.h>

#include <cstdlib>

using namespace lamina;

namespace {

class Environment {
public:
    Environment(const char* name, const char* value) : m_name(name) {
        if (const char* before = std::getenv(name)) m_before = before, m_was = true;
        setenv(name, value, 1);
    }
    ~Environment() { m_was ? setenv(m_name, m_before.c_str(), 1) : unsetenv(m_name); }

private:
    const char* m_name;
    std::string m_before;
    bool m_was = false;
};

}  // namespace

TEST(Messages, PlaceholdersTakeTheErrorsArguments) {
    const Error error = fail("file.not_found", {{"file", "/tmp/iris.csv"}});
    EXPECT_NE(message(error, Language::English).find("/tmp/iris.csv"), std::string::npos);
    EXPECT_EQ(message(error, Language::English).find('{'), std::string::npos);
}

TEST(Messages, ArgumentsAreNotFilledASecondTime) {
    const Error error = fail("file.failed", {{"file", "{reason}"}, {"call", "open"}, {"reason", "secret"}});
    EXPECT_NE(message(error, Language::English).find("{reason}"), std::string::npos);
}

TEST(Messages, ChineseIsAnotherText) {
    const Error error = fail("file.not_found", {{"file", "a"}});
    EXPECT_EQ(message(error, Language::Chinese), "找不到文件 a。请检查文件名和所在文件夹。");
}

TEST(Messages, BytesAreShownReadably) {
    const Error error = fail("disk.full", {{"file", "a"}, {"needed", "1610612736"}, {"free", "17"}});
    const std::string said = message(error, Language::English);
    EXPECT_NE(said.find("1.5 GiB"), std::string::npos) << said;
    EXPECT_NE(said.find("17 B"), std::string::npos) << said;
}

TEST(Messages, AnErrorThatTellsOfAnotherHoldsItsSentence) {
    const Error outer = fail("jobs.cpu_instead", {{"why", "cuda.failed"}, {"call", "launch"}, {"reason", "it is gone"}});
    for (const Language language : {Language::English, Language::Chinese}) {
        const std::string said = message(outer, language);
        EXPECT_NE(said.find(message(fail("cuda.failed", {{"call", "launch"}, {"reason", "it is gone"}}), language)), std::string::npos) << said;
    }
    EXPECT_EQ(message(fail("jobs.cpu_instead", {{"why", "jobs.cpu_instead"}}), Language::English).find("{"), std::string::npos) << "not for ever";
}

TEST(Messages, BytesThatAreNoNumberStayAsTheyAre) {
    const std::string said = message(fail("disk.full", {{"file", "a"}, {"needed", "many"}, {"free", "17"}}), Language::English);
    EXPECT_NE(said.find("many"), std::string::npos) << said;
}

TEST(Messages, ReadableBytesUseTheLargestFittingUnit) {
    EXPECT_EQ(readableBytes(0), "0 B");
    EXPECT_EQ(readableBytes(1023), "1023 B");
    EXPECT_EQ(readableBytes(1024), "1.0 KiB");
    EXPECT_EQ(readableBytes(240ull << 20), "240 MiB");
}

TEST(Messages, AnUnknownCodeGivesItsDebugText) {
    const Error error{"no.such_code", {{"row", "3"}}};
    EXPECT_EQ(message(error, Language::Chinese), error.debugText());
}

TEST(Messages, AnUnknownIdGivesWhatTheCallerHas) {
    EXPECT_EQ(text("no.such_text", Language::English), "no.such_text");
    EXPECT_EQ(textOr("no.such_text", Language::Chinese, "Dense"), "Dense");
}

TEST(Messages, LanguageComesFromTheFirstVariableThatIsSet) {
    const Environment lang("LANG", "zh_CN.UTF-8");
    {
        const Environment all("LC_ALL", ""), messages("LC_MESSAGES", "");
        EXPECT_EQ(languageFromEnvironment(), Language::Chinese);
    }
    {
        const Environment all("LC_ALL", "C"), messages("LC_MESSAGES", "zh_TW");
        EXPECT_EQ(languageFromEnvironment(), Language::English);
    }
    const Environment all("LC_ALL", ""), messages("LC_MESSAGES", "en_US.UTF-8");
    EXPECT_EQ(languageFromEnvironment(), Language::English);
}
