// Profile, split methods, leaks and final checks from outside.
#include <gtest/gtest.h>

#include "tests/app/cli/program.h"

using namespace lamina;

namespace {

/// 200 orders of 50 customers; "paid" gives the target away, every tenth order is there twice.
void writeOrders(const Path& file, int rows = 200) {
    std::ofstream csv(file);
    csv << "order,customer,day,amount,city,paid,kept\n";
    const auto line = [&](int order, int i) {
        const bool kept = i % 5 < 3;
        csv << order << ",C" << i % 50 << ",2024-0" << 1 + i % 6 << "-1" << i % 10 << "," << (i == 17 ? 9000.5 : 10.5 + i % 40) << ","
            << (i % 9 == 0 ? ""
                : i % 2    ? "Bern"
                           : "Basel")
            << "," << (kept ? "paid" : "open") << "," << (kept ? "yes" : "no") << "\n";
    };
    for (int i = 0; i < rows; ++i) line(100000 + i, i);
    for (int i = 0; i < rows; i += 10) line(100000 + rows + i, i);
}

class Orders : public testing::Test {
protected:
    void SetUp() override {
        writeOrders(folder / "orders.csv");
        ASSERT_EQ(run({"new", "p"}).exitCode, 0);
        const auto imported = run({"import", "p", "orders.csv", "--target", "kept"});
        ASSERT_EQ(imported.exitCode, 0) << imported.out << imported.err;
    }
    Outcome run(std::vector<std::string> arguments) { return lamina::lamina(folder, arguments, "C"); }
    nlohmann::json json(std::vector<std::string> arguments) {
        arguments.push_back("--json");
        const auto outcome = run(arguments);
        EXPECT_EQ(outcome.exitCode, 0) << outcome.out << outcome.err;
        return outcome.json();
    }
    TemporaryFolder folder;
};

TEST_F(Orders, AreProfiledAndEveryFigureNamesItsRows) {
    const auto profile = json({"profile", "p"});
    EXPECT_EQ(profile["rows"], 220);
    EXPECT_EQ(profile["duplicates"]["groups"], 0);
    EXPECT_EQ(profile["identifiers"], nlohmann::json({"order"}));
    EXPECT_EQ(profile["alike_but_identifiers"]["repeated"], 20);
    ASSERT_EQ(profile["suspects"].size(), 1u);
    EXPECT_EQ(profile["suspects"][0]["column"], "paid");
    EXPECT_EQ(json({"profile", "p", "--column", "amount", "--rows-of", "outliers"})["rows"], nlohmann::json({17}));
    const auto city = json({"profile", "p", "--column", "city"});
    EXPECT_EQ(json({"profile", "p", "--column", "city", "--rows-of", "missing"})["count"], city["missing"]);
    EXPECT_EQ(json({"profile", "p", "--rows-of", "alike"})["count"], 40);
    EXPECT_EQ(run({"profile", "p", "--rows-of", "nonsense", "--json"}).errorCode(), "profile.query");
    const auto people = run({"profile", "p"});
    EXPECT_NE(people.out.find("paid"), std::string::npos);
    EXPECT_NE(people.out.find("give the answer away"), std::string::npos) << people.out;
}

TEST_F(Orders, WhatIsMissingTogetherAndWhatGoesTogetherIsSaidToPeople) {
    {
        std::ofstream csv(folder / "pairs.csv");
        csv << "x,twice,noise,lost_a,lost_b,kind\n";
        for (int i = 0; i < 120; ++i) {
            csv << i << ',' << -2 * i + i % 7 << ',' << i * 37 % 101 << ',';
            if (i % 4 != 0) csv << i % 9;
            csv << ',';
            if (i % 4 != 0) csv << i % 5;
            csv << ',' << (i % 3 ? "a" : "b") << '\n';
        }
    }
    ASSERT_EQ(run({"import", "p", "pairs.csv", "--target", "kind"}).exitCode, 0);
    const auto people = run({"profile", "p", "pairs"});
    EXPECT_NE(people.out.find("90 rows have a value in every column"), std::string::npos) << people.out;
    EXPECT_NE(people.out.find("30  lost_a, lost_b"), std::string::npos) << people.out;
    EXPECT_NE(people.out.find("-1.00  x "), std::string::npos) << people.out;
    EXPECT_EQ(people.out.find("noise  "), people.out.rfind("noise  ")) << "in the list of columns alone: it goes with nothing\n" << people.out;
    EXPECT_EQ(run({"profile", "p", "orders"}).out.find("Pairs of columns"), std::string::npos) << "where none go together nothing is said";
    const auto chinese = lamina::lamina(folder, {"profile", "p", "pairs"}, "zh_CN.UTF-8");
    EXPECT_NE(chinese.out.find("相关系数"), std::string::npos) << chinese.out;
}

TEST_F(Orders, AreSplitByEveryMethodAndMended) {
    const auto grouped = json({"split", "p", "--method", "group", "--column", "customer"});
    EXPECT_EQ(grouped["method"], "group:customer");
    EXPECT_EQ(json({"split", "p", "--leaks"})["relations"].back()["pairs"], 0);
    const auto folds = json({"split", "p", "--folds", "4", "--test", "0", "--training", "0.8", "--validation", "0.2"});
    ASSERT_EQ(folds["folds"].size(), 4u);
    EXPECT_EQ(folds["folds"][3]["counts"]["validation"], 55);
    EXPECT_EQ(json({"split", "p", "--method", "time", "--column", "day"})["method"], "time:day");
    EXPECT_EQ(run({"split", "p", "--method", "group", "--json"}).errorCode(), "split.needs_column");
    EXPECT_EQ(json({"split", "p"})["method"], "stratified");
    const auto leaks = json({"split", "p", "--leaks"});
    EXPECT_EQ(leaks["relations"][0]["relation"], "identical");
    EXPECT_GT(leaks["relations"][0]["pairs"], 0);
    const auto mended = json({"split", "p", "--mend"});
    EXPECT_EQ(mended["after"]["relations"][0]["pairs"], 0);
    EXPECT_LE(mended["moved"].size(), 20u);
    EXPECT_EQ(json({"split", "p", "--leaks"})["relations"][0]["pairs"], 0);
    EXPECT_TRUE(json({"split", "p", "--mend"})["moved"].empty());
    writeOrders(folder / "more.csv", 300);
    ASSERT_EQ(run({"import", "p", "more.csv", "--target", "kept"}).exitCode, 0);
    const auto extended = json({"split", "p", "--dataset", "more", "--extend", mended["id"], "--key", "order"});
    EXPECT_EQ(extended["known"], 220);
    EXPECT_EQ(extended["added"], 110);
}

TEST_F(Orders, LooksAtTheTestPartAreCountedWithTheirDates) {
    ASSERT_EQ(run({"split", "p"}).exitCode, 0);
    ASSERT_EQ(run({"build", "p", "--template", "linear"}).exitCode, 0);
    const auto trained = run({"train", "p", "--epochs", "1", "--json"});
    ASSERT_EQ(trained.exitCode, 0) << trained.out << trained.err;
    const auto first = json({"evaluate", "p", "--part", "test", "--no-baselines"});
    EXPECT_EQ(first["final_check"], 1);
    EXPECT_TRUE(first["earlier_final_checks"].empty());
    EXPECT_FALSE(json({"evaluate", "p", "--no-baselines"}).contains("final_check"));
    const auto second = json({"evaluate", "p", "--part", "test", "--no-baselines"});
    EXPECT_EQ(second["final_check"], 2);
    EXPECT_EQ(second["earlier_final_checks"].size(), 1u);
    const auto people = run({"evaluate", "p", "--part", "test", "--no-baselines"});
    EXPECT_NE(people.out.find("look number 3"), std::string::npos) << people.out;
}

}  // namespace
