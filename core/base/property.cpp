#include "core/base/property.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/number_text.h"

namespace lamina {
namespace {

std::string limitsText(const PropertyLimits& limits) {
    const bool low = std::isfinite(limits.minimum), high = std::isfinite(limits.maximum);
    const std::string above = limits.exclusiveMinimum ? "> " : ">= ";
    if (low && high) return above + shortestText(limits.minimum) + ", <= " + shortestText(limits.maximum);
    if (low) return above + shortestText(limits.minimum);
    if (high) return "<= " + shortestText(limits.maximum);
    return "finite";
}

bool inside(double v, const PropertyLimits& limits) {
    if (!std::isfinite(v)) return false;
    if (limits.exclusiveMinimum ? v <= limits.minimum : v < limits.minimum) return false;
    return v <= limits.maximum;
}

/// JSON → value of the same kind as `example`; false where the kinds do not fit.
bool convert(const nlohmann::json& json, PropertyValue& example) {
    return std::visit(
        [&](auto& held) {
            using T = std::decay_t<decltype(held)>;
            if constexpr (std::is_same_v<T, bool>) {
                if (!json.is_boolean()) return false;
                held = json.get<bool>();
            } else if constexpr (std::is_same_v<T, std::int64_t>) {
                if (json.is_number_unsigned() && json.get<std::uint64_t>() > INT64_MAX) return false;
                if (json.is_number_integer()) held = json.get<std::int64_t>();
                else if (json.is_number_float() && std::floor(json.get<double>()) == json.get<double>() && std::abs(json.get<double>()) < 9e15)
                    held = static_cast<std::int64_t>(json.get<double>());
                else return false;
            } else if constexpr (std::is_same_v<T, double>) {
                if (!json.is_number()) return false;
                held = json.get<double>();
            } else if constexpr (std::is_same_v<T, std::string>) {
                if (!json.is_string()) return false;
                held = json.get<std::string>();
            } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
                if (!json.is_array()) return false;
                T list;
                for (const auto& entry : json) {
                    if (!entry.is_string()) return false;
                    list.push_back(entry.get<std::string>());
                }
                held = std::move(list);
            } else {
                if (!json.is_array()) return false;
                T list;
                for (const auto& entry : json) {
                    if (!entry.is_number_integer() || (entry.is_number_unsigned() && entry.get<std::uint64_t>() > INT64_MAX)) return false;
                    list.push_back(entry.get<std::int64_t>());
                }
                held = std::move(list);
            }
            return true;
        },
        example);
}

/// "a, b" → {"a", "b"}; texts with commas are given as JSON.
std::vector<std::string> textsBetweenCommas(std::string_view text) {
    std::vector<std::string> texts;
    while (!text.empty()) {
        const auto end = text.find(',');
        std::string_view piece = text.substr(0, end);
        while (!piece.empty() && piece.front() == ' ') piece.remove_prefix(1);
        while (!piece.empty() && piece.back() == ' ') piece.remove_suffix(1);
        texts.emplace_back(piece);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return texts;
}

nlohmann::json valueToJson(const PropertyValue& value) {
    return std::visit([](const auto& held) { return nlohmann::json(held); }, value);
}

}  // namespace

Result<void> Property::check(const PropertyValue& value) const {
    auto refuse = [&](double v) -> Result<void> {
        return fail("property.out_of_range", {{"property", id}, {"value", shortestText(v)}, {"allowed", limitsText(limits)}});
    };
    if (const auto* n = std::get_if<std::int64_t>(&value); n && !inside(static_cast<double>(*n), limits)) return refuse(static_cast<double>(*n));
    if (const auto* x = std::get_if<double>(&value); x && !inside(*x, limits)) return refuse(*x);
    if (const auto* texts = std::get_if<std::vector<std::string>>(&value); texts && limits.length != 0 && texts->size() != limits.length)
        return fail("property.wrong_length", {{"property", id}, {"expected", std::to_string(limits.length)}, {"found", std::to_string(texts->size())}});
    if (const auto* list = std::get_if<std::vector<std::int64_t>>(&value)) {
        if (limits.length != 0 && list->size() != limits.length)
            return fail("property.wrong_length", {{"property", id}, {"expected", std::to_string(limits.length)}, {"found", std::to_string(list->size())}});
        for (auto n : *list)
            if (!inside(static_cast<double>(n), limits)) return refuse(static_cast<double>(n));
    }
    // Of an open list the choices are the usual ones; others may be typed.
    if (const auto* text = std::get_if<std::string>(&value); text && !limits.choices.empty() && limits.meaning != "open") {
        std::string allowed;
        for (const auto& choice : limits.choices) {
            if (choice == *text) return {};
            allowed += (allowed.empty() ? "" : ", ") + choice;
        }
        return fail("property.not_a_choice", {{"property", id}, {"value", *text}, {"allowed", allowed}});
    }
    return {};
}

nlohmann::json propertiesToJson(const std::vector<Property>& properties, const std::any& settings) {
    nlohmann::json json = nlohmann::json::object();
    for (const auto& property : properties) json[property.id] = valueToJson(property.get(settings));
    return json;
}

Result<void> propertiesFromJson(const std::vector<Property>& properties, const nlohmann::json& json, std::any& settings) {
    if (json.is_null()) return {};
    if (!json.is_object()) return fail("property.not_an_object", {{"found", json.type_name()}});
    for (const auto& [key, entry] : json.items()) {
        const Property* property = nullptr;
        for (const auto& candidate : properties)
            if (candidate.id == key) property = &candidate;
        if (!property) {
            std::string known;
            for (const auto& candidate : properties) known += (known.empty() ? "" : ", ") + candidate.id;
            return fail("property.unknown", {{"property", key}, {"known", known}});
        }
        PropertyValue value = property->get(settings);
        if (!convert(entry, value)) return fail("property.wrong_kind", {{"property", key}, {"value", entry.dump()}});
        LAMINA_CHECK(property->check(value));
        property->set(settings, value);
    }
    return {};
}

Result<PropertyValue> propertyFromText(const Property& property, const PropertyValue& example, std::string_view text) {
    if (std::holds_alternative<std::string>(example)) {
        LAMINA_CHECK(property.check(std::string(text)));
        return PropertyValue(std::string(text));
    }
    if (std::holds_alternative<std::vector<std::string>>(example) && (text.empty() || text.front() != '[')) {
        PropertyValue value = textsBetweenCommas(text);
        LAMINA_CHECK(property.check(value));
        return value;
    }
    PropertyValue value = example;
    std::string json(text);
    if (std::holds_alternative<std::vector<std::int64_t>>(value) && (json.empty() || json.front() != '[')) json = "[" + json + "]";
    const auto parsed = nlohmann::json::parse(json, nullptr, false);
    if (parsed.is_discarded() || !convert(parsed, value))
        return fail("property.wrong_kind", {{"property", property.id}, {"value", std::string(text)}});
    LAMINA_CHECK(property.check(value));
    return value;
}

}  // namespace lamina
