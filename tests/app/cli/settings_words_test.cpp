#include "app/cli/settings_words.h"

#include <gtest/gtest.h>

using namespace lamina;

namespace {

struct Settings {
    double rate = 0.5;
    bool shuffle = true;
    std::string mode = "fast";
};

const std::vector<Property> properties{property("rate", &Settings::rate, "Rate", "", {.minimum = 0, .maximum = 1}), property("shuffle", &Settings::shuffle, "Shuffle", ""),
                                       property("mode", &Settings::mode, "Mode", "", {.choices = {"fast", "good"}})};

Result<nlohmann::json> read(const std::vector<std::string>& words) { return settingsFromWords(properties, std::any(Settings{}), words); }

}  // namespace

TEST(SettingsWords, ValuesTakeTheKindOfTheirProperty) {
    const auto settings = read({"rate=0.25", "shuffle=false", "mode=good"});
    ASSERT_TRUE(settings) << settings.error().debugText();
    EXPECT_EQ(*settings, (nlohmann::json{{"rate", 0.25}, {"shuffle", false}, {"mode", "good"}}));
}

TEST(SettingsWords, WhatDoesNotFitIsRefused) {
    EXPECT_EQ(read({"rate"}).error().code, "cli.setting_form");
    EXPECT_EQ(read({"speed=1"}).error().code, "property.unknown");
    EXPECT_EQ(read({"rate=2"}).error().code, "property.out_of_range");
    EXPECT_EQ(read({"mode=slow"}).error().code, "property.not_a_choice");
}
