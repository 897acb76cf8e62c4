#include "core/base/property.h"

#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>

namespace lamina {
namespace {

struct Settings {
    bool bias = true;
    std::int64_t units = 10;
    int repeats = 1;
    float rate = 0.5f;
    double momentum = 0.9;
    std::string padding = "same";
    std::array<std::int64_t, 2> kernel{3, 3};
    std::vector<std::int64_t> sizes{1, 2, 3};
};

const std::vector<Property>& properties() {
    static const std::vector<Property> all{
        property("bias", &Settings::bias, "Bias", "…"),
        property("units", &Settings::units, "Units", "…", {.minimum = 1}),
        property("repeats", &Settings::repeats, "Repeats", "…", {.minimum = 0, .maximum = 8}),
        property("rate", &Settings::rate, "Rate", "…", {.minimum = 0, .maximum = 1}),
        property("momentum", &Settings::momentum, "Momentum", "…", {.minimum = 0, .maximum = 1, .exclusiveMinimum = true}),
        property("padding", &Settings::padding, "Padding", "…", {.choices = {"same", "valid"}}),
        property("kernel", &Settings::kernel, "Kernel", "…", {.minimum = 1}),
        property("sizes", &Settings::sizes, "Sizes", "…"),
    };
    return all;
}

const Property& named(const std::string& id) {
    for (const auto& property : properties())
        if (property.id == id) return property;
    throw std::logic_error("no property " + id);
}

std::string refusal(const char* json) {
    std::any settings = Settings{};
    const auto result = propertiesFromJson(properties(), nlohmann::json::parse(json), settings);
    return result ? "" : result.error().code;
}

TEST(Properties, EveryKindSurvivesJson) {
    const Settings changed{.bias = false, .units = 7, .repeats = 3, .rate = 0.25f, .momentum = 0.1, .padding = "valid", .kernel = {5, 1}, .sizes = {}};
    const nlohmann::json json = propertiesToJson(properties(), std::any(changed));
    std::any read = Settings{};
    ASSERT_TRUE(propertiesFromJson(properties(), json, read));
    EXPECT_EQ(propertiesToJson(properties(), read), json);
    const auto& settings = std::any_cast<const Settings&>(read);
    EXPECT_EQ(settings.units, 7);
    EXPECT_EQ(settings.padding, "valid");
    EXPECT_EQ(settings.kernel, (std::array<std::int64_t, 2>{5, 1}));
    EXPECT_TRUE(settings.sizes.empty());
    EXPECT_EQ(settings.rate, 0.25f);
}

TEST(Properties, WhatJsonDoesNotNameKeepsItsDefault) {
    std::any settings = Settings{};
    ASSERT_TRUE(propertiesFromJson(properties(), nlohmann::json::parse(R"({"units": 3})"), settings));
    EXPECT_EQ(std::any_cast<const Settings&>(settings).units, 3);
    EXPECT_EQ(std::any_cast<const Settings&>(settings).padding, "same");
}

TEST(Properties, WrongJsonIsRefusedByName) {
    EXPECT_EQ(refusal(R"({"unit": 3})"), "property.unknown");
    EXPECT_EQ(refusal(R"({"units": "3"})"), "property.wrong_kind");
    EXPECT_EQ(refusal(R"({"units": 2.5})"), "property.wrong_kind");
    EXPECT_EQ(refusal(R"({"bias": 1})"), "property.wrong_kind");
    EXPECT_EQ(refusal(R"({"sizes": [1, "2"]})"), "property.wrong_kind");
    EXPECT_EQ(refusal(R"({"repeats": 18446744073709551615})"), "property.wrong_kind");
    EXPECT_EQ(refusal(R"({"units": 0})"), "property.out_of_range");
    EXPECT_EQ(refusal(R"({"momentum": 0})"), "property.out_of_range");
    EXPECT_EQ(refusal(R"({"rate": 1.01})"), "property.out_of_range");
    EXPECT_EQ(refusal(R"({"kernel": [3, 0]})"), "property.out_of_range");
    EXPECT_EQ(refusal(R"({"kernel": [3]})"), "property.wrong_length");
    EXPECT_EQ(refusal(R"({"padding": "full"})"), "property.not_a_choice");
    EXPECT_EQ(refusal(R"([1])"), "property.not_an_object");
}

TEST(Properties, AnOpenChoiceTakesAnyText) {
    const Property open = property("padding", &Settings::padding, "", "", {.choices = {"same", "valid"}, .meaning = "open"});
    EXPECT_TRUE(open.check(std::string("full")));
    EXPECT_FALSE(named("padding").check(std::string("full")));
}

TEST(Properties, ALimitIsInside) {
    EXPECT_TRUE(named("rate").check(0.0));
    EXPECT_TRUE(named("rate").check(1.0));
    EXPECT_FALSE(named("momentum").check(0.0));
    EXPECT_FALSE(named("rate").check(std::numeric_limits<double>::quiet_NaN()));
    EXPECT_FALSE(named("rate").check(std::numeric_limits<double>::infinity()));
}

TEST(Properties, TheErrorSaysWhatIsAllowed) {
    const auto refused = named("repeats").check(std::int64_t{9});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().argument("property"), "repeats");
    EXPECT_NE(refused.error().argument("allowed").find("8"), std::string::npos);
}

TEST(Properties, TypedTextBecomesAValue) {
    EXPECT_EQ(*propertyFromText(named("units"), std::int64_t{1}, "12"), PropertyValue(std::int64_t{12}));
    EXPECT_EQ(*propertyFromText(named("rate"), 0.0, "0.125"), PropertyValue(0.125));
    EXPECT_EQ(*propertyFromText(named("bias"), true, "false"), PropertyValue(false));
    EXPECT_EQ(*propertyFromText(named("kernel"), std::vector<std::int64_t>{}, "5,3"), PropertyValue(std::vector<std::int64_t>{5, 3}));
    EXPECT_EQ(*propertyFromText(named("padding"), std::string(), "valid"), PropertyValue(std::string("valid")));
    EXPECT_FALSE(propertyFromText(named("units"), std::int64_t{1}, "twelve"));
    EXPECT_FALSE(propertyFromText(named("units"), std::int64_t{1}, "12 kittens"));
    EXPECT_FALSE(propertyFromText(named("units"), std::int64_t{1}, "0"));
    EXPECT_FALSE(propertyFromText(named("padding"), std::string(), "full"));
    EXPECT_FALSE(propertyFromText(named("padding"), std::string(), "\xff\xfe"));
}

}  // namespace
}  // namespace lamina
